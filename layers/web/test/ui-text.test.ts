import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { makeModel } from "../src/model";
import type { Interval, MapDocument, Sentence } from "../src/types";
import { Finder } from "../src/ui/find";
import { fold, nearly, skeleton, tokens } from "../src/ui/fold";
import { pieces } from "../src/ui/runs";
import { makeWords } from "../src/ui/words";

const root = process.cwd();
const read = (path: string): any => JSON.parse(readFileSync(`${root}/${path}`, "utf8"));
const sample = read("../../tests/layers/documents/sample.json") as MapDocument;
const strings = { en: read("../strings/en.json"), ar: read("../strings/ar.json") } as Record<string, Record<string, string>>;

test("one key for the spellings of a name", () => {
  for (const [a, b] of [
    ["Khān Shaykhūn", "khan shaykhun"],
    ["Ma`arrat", "maarrat"],
    ["İDLİB", "idlib"],
    ["Łódź", "lodz"],
    ["Йошкар-Ола", "ioshkar ola"],
    ["Đakovo", "dakovo"],
  ] as const) assert.equal(fold(a), b);
});

test("the Arabic article falls, sun letters too", () => {
  for (const name of ["al-Numan", "an-Numan", "el-Numan", "Al Numan".replace(" ", "-"), "Numan"]) assert.deepEqual(tokens(name), ["numan"]);
  assert.deepEqual(tokens("ash-Shaykh"), ["shaykh"]);
});

test("scripts meet in the consonants", () => {
  const bones = (text: string): string[] => tokens(text).map(skeleton);
  const latin = bones("Khan Shaykhun");
  for (const other of ["Khan Sheikhoun", "خان شيخون", "Хан-Шейхун", "Khān Shaykhūn"]) assert.deepEqual(bones(other), latin, other);
  assert.notDeepEqual(bones("Jisr"), bones("Kasr"));
});

test("nearly the same is one letter away", () => {
  for (const other of ["idlib", "idlb", "idleb", "idliib", "dilib"]) assert.ok(nearly("idlib", other), other);
  for (const other of ["idl", "adlab", "homs", "iidliib"]) assert.ok(!nearly("idlib", other), other);
});

test("search puts places before text, and needs every word", () => {
  const finder = new Finder(makeModel(sample), "en");
  assert.equal(finder.find("idlib")[0]?.kind, "place");
  assert.equal(finder.find("khan shaykhun")[0]?.title, "Khan Shaykhun");
  assert.deepEqual(finder.find("khan nowhere"), []);
  assert.deepEqual(finder.find("  "), []);
  assert.ok(finder.find("o".repeat(100_000)).length === 0);
});

const sentence = (text: string, runs: Sentence["runs"]): Sentence => ({ id: "s1", text, runs, marks: [] });

test("pieces together are the text, whatever the runs", () => {
  const text = "Ab 𝕏 cd, هنا ef";
  const cases: Sentence["runs"][] = [
    [],
    [{ start: 0, end: 2, kind: "place", marks: ["p1"] }],
    [{ start: 0, end: 4, kind: "fact", marks: ["f1"] }, { start: 2, end: 7, kind: "zone", marks: ["z"] }],
    [{ start: 3, end: 4, kind: "place", marks: ["p1"] }, { start: -5, end: 99, kind: "fact", marks: ["f1"] }],
    [{ start: 6, end: 2, kind: "time", marks: ["f1"] }],
    [{ start: Number.NaN, end: 1.5, kind: "time", marks: ["f1"] }],
  ];
  for (const runs of cases) assert.equal(pieces(sentence(text, runs)).map((piece) => piece.text).join(""), text);
});

test("offsets count code points, and the shortest run names the piece first", () => {
  const found = pieces(sentence("𝕏𝕏 Idlib fell", [
    { start: 0, end: 13, kind: "fact", marks: ["f1"] },
    { start: 3, end: 8, kind: "place", marks: ["p1"] },
  ]));
  const place = found.find((piece) => piece.text === "Idlib");
  assert.deepEqual(place?.marks, ["p1", "f1"]);
});

const interval = (start: string | null, end: string | null, kinds: Partial<Interval> = {}): Interval => ({
  start, end, start_kind: start ? "day" : "open", end_kind: end ? "day" : "open", ...kinds,
});

test("dates and intervals in words", () => {
  const words = makeWords({ ...sample, strings: strings["en"] ?? {} });
  assert.equal(words.date("2018-10-15"), "15 Oct 2018");
  assert.equal(words.date("1949-04-03"), "3 Apr 1949");
  assert.equal(words.date("not a day"), "not a day");
  assert.equal(words.interval(interval(null, "2018-10-15")), "by 15 Oct 2018");
  assert.equal(words.interval(interval("2019-03-08", null)), "from 8 Mar 2019");
  assert.equal(words.interval(interval("2018-10-01", "2018-10-05")), "1 Oct 2018 – 5 Oct 2018");
  assert.equal(words.interval(interval(null, "2018-10-01", { start_kind: "unknown" })), "before 1 Oct 2018; beginning unknown");
  assert.equal(words.interval(interval(null, null)), "date unknown");
});

test("a missing text shows its readable key, never nothing", () => {
  const words = makeWords({ ...sample, strings: {} });
  assert.equal(words.t("tab.article"), "article");
  assert.equal(words.of("kind", "buffer_zone"), "buffer zone");
});

test("every language has the same texts with the same gaps", () => {
  const gaps = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  const [en, ar] = [strings["en"] ?? {}, strings["ar"] ?? {}];
  assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) {
    assert.ok(ar[key]?.trim(), key);
    assert.deepEqual(gaps(ar[key] ?? ""), gaps(en[key] ?? ""), key);
  }
});
