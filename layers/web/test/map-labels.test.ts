import assert from "node:assert/strict";
import { test } from "node:test";
import { breakLines, faceAttributes, FACES, inFace, type Label, type Placed, placeLabels, straightest } from "../src/map/labels";
import { type Candidate, standTogether } from "../src/map/stands";

const measure = (text: string): number => text.length * 7;
const SCREEN = [0, 0, 800, 600] as const;
const town = (id: string, x: number, y: number, more: Partial<Label> = {}): Label => ({
  id, text: id, face: "town-2", x, y, priority: 1, anchors: ["end", "start", "above", "below"], gap: 6, ...more,
});
const box = ({ label, lines, x, y }: Placed): number[] => {
  const [w, h] = [Math.max(...lines.map(measure)), lines.length * FACES[label.face].size * 1.2];
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
};
const meet = (a: readonly number[], b: readonly number[]): boolean => a[0]! < b[2]! && b[0]! < a[2]! && a[1]! < b[3]! && b[1]! < a[3]!;

test("no two of a crowd of labels overlap, and the important ones stay", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const labels = Array.from({ length: 400 }, (_, i) => town(`town number ${i}`, random() * 800, random() * 600, { priority: i < 5 ? 100 : random() }));
  const obstacle = [300, 200, 420, 320] as const;
  const placed = placeLabels(labels, [obstacle], measure, SCREEN);
  assert.ok(placed.length > 40);
  const boxes = placed.map(box);
  boxes.forEach((one, i) => {
    assert.equal(meet(one, obstacle), false);
    boxes.slice(i + 1).forEach((other) => assert.equal(meet(one, other), false));
  });
});

test("a label that must be shown is, and moves off before it covers another", () => {
  const labels = ["a", "b", "c", "d", "e", "f"].map((id, i) => town(`place ${id}`, 400 + i, 300, { must: true, priority: 9 }));
  const placed = placeLabels(labels, [], measure, SCREEN);
  assert.equal(placed.length, 6);
  const boxes = placed.map(box);
  boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => assert.equal(meet(one, other), false)));
});

test("the edge of the screen cuts no label of a point on the screen", () => {
  const [placed] = placeLabels([town("a rather long name", 790, 300)], [], measure, SCREEN);
  assert.ok(placed && box(placed)[2]! <= 800);
});

test("placing does not depend on the order of the labels", () => {
  const labels = Array.from({ length: 40 }, (_, i) => town(`t${i}`, (i * 37) % 300, (i * 53) % 200));
  const key = (all: readonly Label[]): string => JSON.stringify(placeLabels(all, [], measure, SCREEN).map(({ label, x, y }) => [label.id, x, y]).sort());
  assert.equal(key(labels), key([...labels].reverse()));
});

test("joined scripts keep their letters together, and run from right to left", () => {
  assert.equal(inFace("إدلب", "place-area"), "إدلب");
  assert.equal(inFace("Idlib", "place-area"), "IDLIB");
  assert.equal(faceAttributes("إدلب", "place-area")["letter-spacing"], null);
  assert.equal(faceAttributes("إدلب", "place-area")["direction"], "rtl");
  assert.equal(faceAttributes("Идлиб", "country")["direction"], "ltr");
});

test("long names break at spaces only", () => {
  const label = town("Idlib de-escalation area", 0, 0, { wrap: 100 });
  assert.deepEqual(breakLines(label, measure), ["Idlib", "de-escalation", "area"]);
});

test("a line's name goes where the line is straight, and stays readable", () => {
  const bent = [[50, 300], [200, 100], [240, 400], [300, 300], [700, 310]] as const;
  const [spot] = straightest(bent, 150, [0, 0, 800, 600]);
  assert.ok(spot && spot.x > 350 && Math.abs(spot.angle) < 5);
  const back = straightest([[700, 310], [300, 300]], 150, [0, 0, 800, 600])[0];
  assert.ok(back && Math.abs(back.angle) < 90);
  assert.deepEqual(straightest([[0, 0], [20, 0]], 150, [0, 0, 800, 600]), []);
});

const candidate = (id: string, x: number, facts: string[], more: Partial<Candidate> = {}): Candidate =>
  ({ view: { place: { id, name: id } }, x, y: 0, weight: facts.length, signs: facts.map((fact) => ({ fact: { id: fact } })), alone: false, ...more }) as unknown as Candidate;

test("places on one spot stand together, lose no fact and count one once", () => {
  const stands = standTogether([candidate("a", 0, ["f1", "f2"]), candidate("b", 10, ["f2", "f3"]), candidate("c", 100, [])], new Set());
  assert.deepEqual(stands.map((stand) => [stand.lead.place.id, stand.others.length]), [["a", 1], ["c", 0]]);
  assert.deepEqual(stands[0]?.signs.map((sign) => sign.fact.id), ["f1", "f2", "f3"]);
  assert.equal(stands[0]?.more, 0);
});

test("a full tray counts the rest and keeps what is selected in sight", () => {
  const many = Array.from({ length: 30 }, (_, i) => `f${i}`);
  const [stand] = standTogether([candidate("a", 0, many)], new Set(["f29"]));
  assert.equal(stand?.signs[0]?.fact.id, "f29");
  assert.equal((stand?.signs.length ?? 0) + (stand?.more ?? 0), 30);
});

test("an area with room of its own joins no other", () => {
  const stands = standTogether([candidate("area", 0, ["f1"], { alone: true }), candidate("town", 1, [])], new Set());
  assert.equal(stands.length, 2);
});

test("a name without room is set in another way, then beside its place with a line to it", () => {
  const zone: Partial<Label> = { face: "zone", spots: [{ x: 400, y: 300, angle: 0 }], anchors: ["middle"], text: "a long name, and more", else: [{ text: "a long name" }], aside: [20] };
  const walls = (half: number): [number, number, number, number][] => [[0, 0, 400 - half, 600], [400 + half, 0, 800, 600]];
  const [short] = placeLabels([town("z", 0, 0, zone)], walls(50), measure, SCREEN);
  assert.deepEqual(short?.lines, ["a long name"]);
  assert.equal(short?.label.isAside, undefined);
  const [beside] = placeLabels([town("z", 0, 0, zone)], [[395, 295, 405, 305]], measure, SCREEN);
  assert.equal(beside?.label.isAside, true);
  assert.deepEqual([beside?.label.x, beside?.label.y], [400, 300]);
});
