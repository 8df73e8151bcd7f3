import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { MapDocument } from "../src/types";
import { familyName, sharedName } from "../src/model";
import { linkOf, parseLink } from "../src/ui/permalink";
import { makeWords } from "../src/ui/words";
import { axis, itemsOf, pack, sideBySide, spanOf, stops } from "../src/ui/timescale";
import { dayNumber, isoDay } from "../src/when";

const sample = JSON.parse(readFileSync(`${process.cwd()}/../../tests/layers/documents/sample.json`, "utf8")) as MapDocument;
const day = (iso: string): number => dayNumber(iso) ?? Number.NaN;

test("the span is the document's, else that of what is dated, else none", () => {
  assert.deepEqual(spanOf(sample), { start: day("2018-09-01"), end: day("2019-04-30"), now: day("2018-09-18") });
  const span = spanOf({ ...sample, time: null });
  assert.ok(span && span.start < span.end);
  assert.equal(spanOf({ ...sample, time: null, facts: [], articles: [] }), null);
});

test("a deadline closes on its day", () => {
  const span = spanOf(sample);
  assert.ok(span);
  const deadline = itemsOf(sample, span, "en").find((item) => item.marks[0] === "f4");
  assert.equal(deadline?.kind, "deadline");
  assert.equal(isoDay(deadline?.end ?? 0), "2018-10-15");
  assert.equal(isoDay(deadline?.start ?? 0), "2018-09-18");
  assert.equal(deadline?.fadeEnd, false);
});

test("what holds all through the story is left out; open ends fade", () => {
  const span = spanOf(sample);
  assert.ok(span);
  const items = itemsOf(sample, span, "en");
  assert.ok(!items.some((item) => item.marks.includes("deescalation-area")));
  assert.equal(items.find((item) => item.marks.includes("dmz"))?.fadeEnd, true);
  assert.ok(!items.some((item) => item.marks.includes("f15")), "related links are not on the timeline");
});

test("every item lies within the span", () => {
  const span = spanOf(sample);
  assert.ok(span);
  for (const item of itemsOf(sample, span, "en")) assert.ok(span.start <= item.start && item.start <= item.end && item.end <= span.end, item.label);
});

test("rows hold no two stretches that overlap", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const stretches = Array.from({ length: 200 }, () => {
    const from = random() * 900;
    return { from, to: from + random() * 200 };
  });
  const rows = pack(stretches);
  for (const [i, a] of stretches.entries()) {
    for (const [j, b] of stretches.entries()) {
      if (i < j && rows[i] === rows[j]) assert.ok(a.to <= b.from || b.to <= a.from);
    }
  }
});

test("axis ticks are few, in order, on round days, in any century", () => {
  for (const [start, end] of [["2018-09-01", "2018-09-12"], ["2018-09-01", "2019-04-30"], ["1948-10-01", "1949-12-31"], ["1850-01-01", "2020-01-01"], ["0900-01-01", "2020-01-01"]] as const) {
    const ticks = axis({ start: day(start), end: day(end), now: null }, 10);
    assert.ok(ticks.length >= 1 && ticks.length <= 11, `${start} ${ticks.length}`);
    for (const [i, tick] of ticks.entries()) {
      assert.ok(tick.day >= day(start) && tick.day <= day(end));
      if (i) assert.ok(tick.day > (ticks[i - 1]?.day ?? 0));
      if (tick.unit !== "day") assert.equal(isoDay(tick.day).slice(-2), "01");
    }
  }
});

test("stops are the days on which something begins or ends", () => {
  const span = spanOf(sample);
  assert.ok(span);
  const days = stops(itemsOf(sample, span, "en"), span).map(isoDay);
  for (const known of ["2018-09-17", "2018-09-18", "2018-10-10", "2018-10-15", "2018-12-31"]) assert.ok(days.includes(known), known);
  assert.deepEqual(days, [...days].sort());
});

const state = (change: object): Parameters<typeof linkOf>[0] => ({
  view: null,
  layers: { byId: { a: { shown: true, opacity: 1 }, "b,c": { shown: false, opacity: 1 } }, solo: null },
  time: { from: null, to: null, playing: false },
  selection: { marks: [], sentence: null, origin: "map" },
  ...change,
});

test("an address tells view, layers, time and selection, and reads back", () => {
  const link = linkOf(state({
    view: { lat: 35.81, lon: 36.6, zoom: 8.25 },
    layers: { byId: { a: { shown: false, opacity: 1 }, b: { shown: true, opacity: 1 } }, solo: null },
    time: { from: "1949-04-03", to: "1949-07-20", playing: true },
    selection: { marks: ["p1", "dmz"], sentence: null, origin: "map" },
  }), { layers: { a: true, b: false }, time: { from: null, to: null } });
  assert.deepEqual(parseLink(`#${link}`), {
    view: { lat: 35.81, lon: 36.6, zoom: 8.25 },
    layers: { a: false, b: true },
    time: ["1949-04-03", "1949-07-20"],
    marks: ["p1", "dmz"],
  });
});

test("the state on opening has no address", () => {
  assert.equal(linkOf(state({}), { layers: { a: true, "b,c": false }, time: { from: null, to: null } }), "");
  const until = { from: "2018-09-01", to: "2018-09-18", playing: false };
  assert.equal(linkOf(state({ time: until }), { layers: { "b,c": false }, time: until }), "");
  assert.equal(linkOf(state({}), { layers: { "b,c": false }, time: until }), "t=all");
  assert.deepEqual(parseLink("#t=all").time, [null, null]);
});

test("nonsense in an address is left out", () => {
  for (const nonsense of ["", "#", "#v=1,2", "#v=a,b,c", "#v=95,0,3", "#v=1,1,Infinity", "#t=yesterday", "#%E0%A4%A", "#l=,,-&m=,,"]) {
    const link = parseLink(nonsense);
    assert.equal(link.view, undefined, nonsense);
    assert.equal(link.time, undefined, nonsense);
    assert.deepEqual(link.marks, []);
  }
});

test("English days and numbers are written as the browser would write them", () => {
  const words = makeWords({ language: "en", strings: {} } as unknown as MapDocument);
  const browser = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  for (let day = -30_000; day < 30_000; day += 97) assert.equal(words.tick(day, "day", true), browser.format(new Date(day * 86_400_000)));
  assert.equal(words.tick(0, "month", false), "Jan");
  assert.equal(words.tick(0, "year", false), "1970");
  for (const n of [0, 7, 999, 1000, 123_456, 1_000_000]) assert.equal(words.number(n), new Intl.NumberFormat("en-GB").format(n));
  const arabic = makeWords({ language: "ar", strings: {} } as unknown as MapDocument);
  assert.match(arabic.tick(0, "month", true), /يناير/);
});

test("signs keep off one another and inside the chart", () => {
  assert.deepEqual(sideBySide([10, 100, 300], 20, 400), [10, 100, 300]);
  assert.deepEqual(sideBySide([10, 10, 15, 300], 20, 400), [10, 30, 50, 300]);
  assert.deepEqual(sideBySide([395, 396, 400], 20, 400), [360, 380, 400]);
  const crowd = sideBySide(Array.from({ length: 50 }, () => 200), 20, 400);
  assert.ok(crowd.every((at, i) => at >= 0 && at <= 400 && (i === 0 || at > (crowd[i - 1] ?? 0))));
});

test("zones of a kind are called what their names share", () => {
  assert.equal(sharedName(["UN buffer zone, from A to B", "UN buffer zone, from B to the sea", "UN buffer zone round C"]), "UN buffer zone");
  assert.equal(sharedName(["Ceasefire line of the north", "Ceasefire line of the south"]), "Ceasefire line");
  assert.equal(sharedName(["Areas of limitation, one side", "Areas of limitation, other side"]), "Areas of limitation");
  assert.equal(familyName(["Line A", "Line B"]), "Line A, Line B");
  assert.equal(familyName(["Pyla, Civil Use Area", "Deneia, Civil Use Area"]), "Civil Use Area");
  assert.equal(familyName(["The long name of one zone by the coast", "Another, quite unlike that one"]), null);
  assert.equal(familyName(["Qamishli, left out of the patrols"]), "Qamishli, left out of the patrols");
});
