import assert from "node:assert/strict";
import { test } from "node:test";
import { latitudeOf, longitudeOf } from "../src/geometry";
import { decodeGround } from "../src/map/decode";
import { decodeMarks, gather } from "../src/map/markdata";
import { zoneStyles } from "../src/map/zonestyle";
import { Store } from "../src/store";
import type { MapDocument, ZoneDoc } from "../src/types";
import { isAhead, isoDay, standing } from "../src/when";

test("the ground's paths are undone, and cross the antimeridian in one piece", () => {
  const ground = decodeGround({ areas: [["land", 0, 24, [[1799000, 0, 2000, 0, -3600000, 10000]]]], names: [["town", "Idlib", { ar: "إدلب" }, 36.6, 35.9, 1, 7, 24]] });
  const xy = ground.areas[0]?.paths[0]?.xy ?? new Float64Array();
  const lons = [0, 2, 4].map((i) => Math.round(longitudeOf(xy[i] ?? 0) * 1e4) / 1e4);
  assert.deepEqual(lons, [179.9, 180.1, 180.1]);
  assert.equal(ground.names[0]?.names["ar"], "إدلب");
  assert.deepEqual(decodeGround({}), { areas: [], lines: [], names: [], contested: [] });
});

test("the ground says what it is clear of, and undoes its paths only when they are asked for", () => {
  const ground = decodeGround({ lines: [["border", 0, 24, ["AA"], [-180, -85.0511, 180, 85.0511]], ["coast", 5, 24, []]] });
  assert.deepEqual(ground.lines[0]?.clear?.map((edge) => Math.round(edge * 1e4) / 1e4), [0, 0, 1, 1]);
  assert.equal(ground.lines[1]?.clear, null);
  let asked = 0;
  const paths = new Proxy([[0, 0]], { get: (of, key) => (asked++, Reflect.get(of, key)) });
  const { lines } = decodeGround({ lines: [["river", 0, 24, paths]] });
  assert.equal(asked, 0);
  assert.equal(lines[0]?.paths.length, 1);
  assert.ok(asked > 0);
});

const MARKS = { count: 4, scale: 100000, xy: [3660000, 3590000, 10, 10, 500000, 0, 0, 5], separator: "|", name: "a||ç|d", quote: "one|two|three|four", kinds: ["x", "y"], kind: [0, 1, 1, 0], no_day: -1e6, days: [10, -5, -1e6, 12] };

test("many marks are undone: positions, texts, kinds, days", () => {
  const data = decodeMarks(MARKS);
  assert.ok(data);
  assert.ok(Math.abs(longitudeOf(data.x[1] ?? 0) - 36.6001) < 1e-9);
  assert.ok(Math.abs(latitudeOf(data.y[3] ?? 0) - 35.90015) < 1e-9);
  assert.deepEqual([0, 1, 2, 3].map((i) => data.name(i)), ["a", "", "ç", "d"]);
  assert.deepEqual([3, 0].map((i) => data.quote(i)), ["four", "one"]);
  assert.equal(decodeMarks(undefined), null);
  assert.equal(decodeMarks({ count: 0, xy: [] }), null);
});

test("gathering keeps every mark that is let pass, at every zoom", () => {
  const data = decodeMarks(MARKS);
  assert.ok(data);
  for (const zoom of [0, 5, 9, 14, 22]) {
    const all = gather(data, zoom, () => true);
    assert.equal(all.size.reduce((sum, size) => sum + size, 0), 4);
    const some = gather(data, zoom, (i) => data.kind[i] === 1);
    assert.equal(some.size.reduce((sum, size) => sum + size, 0), 2);
  }
  assert.equal(gather(data, 0, () => true).length, 1);
  assert.equal(gather(data, 22, () => true).length, 4);
});

const zone = (id: string, more: Partial<ZoneDoc>): ZoneDoc =>
  ({ id, name: id, kind: "buffer_zone", theme: "zone", basis: "article", geometry: { type: "Polygon", coordinates: [] }, parts: [], parties: [], variant_of: null, ...more }) as unknown as ZoneDoc;

test("no two zones look the same but readings of one, which differ in hatch", () => {
  const zones = [zone("a", {}), zone("b", {}), zone("a2", { variant_of: "a" }), zone("p1", { theme: "patrols" }), zone("p2", { theme: "patrols" })];
  const styles = zoneStyles({ zones } as unknown as MapDocument);
  const look = (id: string): string => `${styles.get(id)?.hue} ${styles.get(id)?.hatch}`;
  assert.equal(new Set(zones.map(({ id }) => look(id))).size, zones.length);
  assert.equal(styles.get("a")?.hue, styles.get("a2")?.hue);
});

test("posts of two parties have two shapes, whatever the parties are", () => {
  const post = (id: string, party: string): ZoneDoc => zone(id, { theme: "posts", parties: [party], geometry: { type: "Point", coordinates: [0, 0] } });
  const styles = zoneStyles({ zones: [post("a", "X"), post("b", "Y"), post("c", "X")] } as unknown as MapDocument);
  assert.equal(styles.get("a")?.party, styles.get("c")?.party);
  assert.notEqual(styles.get("a")?.party, styles.get("b")?.party);
  assert.equal(styles.get("a")?.shape, "post");
});

const from = (start: string | null, end: string | null): Parameters<typeof standing>[0] => ({ start, end, start_kind: start ? "day" : "open", end_kind: end ? "day" : "open" });

test("time: in force, past, ahead, and long ago", () => {
  assert.equal(standing(from("2018-10-15", null), "2018-09-18", "2018-09-18"), "out");
  assert.equal(isAhead(from("2018-10-15", null), "2018-09-01", "2018-09-18"), true);
  assert.equal(isAhead(from("2018-10-15", null), null, null), false);
  assert.equal(standing(from("1953-07-27", "1953-08-01"), "1953-08-01", "1953-08-01"), "in");
  assert.equal(isoDay(-6000), "1953-07-29");
});

test("the store tells of a change once, and a listener that fails does not stop the others", () => {
  const store = new Store({ layers: [], language: "en", time: null, articles: [], zones: [], facts: [], places: [] } as unknown as MapDocument);
  const heard: string[] = [];
  store.subscribe("selection", () => {
    throw new Error("broken");
  });
  store.subscribe("selection", ({ marks }) => heard.push(marks.join()));
  store.select(["a"], { origin: "map" });
  store.select(["a"], { origin: "map" });
  assert.deepEqual(heard, ["a"]);
  assert.equal(store.get("status")[0]?.text, "broken");
});
