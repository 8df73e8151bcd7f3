/** What stands on the timeline, and where: items, axis ticks, rows. No element in here; days are whole numbers. */

import { familyName, nameIn } from "../model";
import type { FactDoc, Interval, MapDocument, ZoneDoc } from "../types";
import { dayNumber, isoDay } from "../when";

export interface Item {
  readonly kind: "zone" | "deadline" | "span" | "tick";
  /** What a click selects. */
  readonly marks: readonly string[];
  readonly label: string;
  /** First and last day, cut to the span of the timeline. */
  readonly start: number;
  readonly end: number;
  /** Whether the bar fades out at that end: open, unknown, or beyond the span. */
  readonly fadeStart: boolean;
  readonly fadeEnd: boolean;
  /** The days as they are, not cut. */
  readonly whole: Interval;
}

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly now: number | null;
}

/** The days that the timeline covers, or null where the document knows no day at all. */
export function spanOf(doc: MapDocument): Span | null {
  const now = dayNumber(doc.time?.now ?? doc.articles[0]?.published.date ?? null);
  let [start, end] = [dayNumber(doc.time?.start ?? null), dayNumber(doc.time?.end ?? null)];
  if (start === null || end === null) {
    const days = doc.facts.flatMap((fact) => [fact.when?.start ?? null, fact.when?.end ?? null]).map(dayNumber).concat(now);
    const known = days.filter((day): day is number => day !== null);
    if (known.length === 0) return null;
    [start, end] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  }
  return start < end ? { start, end, now } : { start: end - 3, end: start + 3, now };
}

/** Longer stretches than this do not decide where the axis begins and ends. */
const LONG = 62;
/** Days that the axis shows at least. */
const LEAST = 8;

/**
 * The days that the axis opens on: from the report's first fact to its last fact or deadline, with a margin; zones run on
 * past its ends. What lies far back (a quarter of what is dated at most, and more than half of the time away) is left
 * before it. The whole span where that is hardly longer.
 */
export function ownSpan(items: readonly Item[], span: Span): Span {
  const facts = items.filter((item) => item.kind !== "zone");
  const short = facts.filter((item) => item.end - item.start <= LONG || item.kind === "deadline");
  const told = (short.length ? short : facts).map(({ start, end }) => [start, end] as const).sort((a, b) => a[0] - b[0]);
  if (!told.length) return span;
  const now = span.now === null ? [] : [span.now];
  const last = Math.max(...told.map(([, end]) => end), ...now);
  const first = Math.min(afterBackground(told, last, span.now ?? last), ...now);
  const margin = Math.max((last - first) * 0.05, 1, (LEAST - last + first) / 2);
  const [start, end] = [Math.max(span.start, Math.floor(first - margin)), Math.min(span.end, Math.ceil(last + margin))];
  return (end - start) / (span.end - span.start) < 0.75 ? { start, end, now: span.now } : span;
}

/** The first day, or the first after a long silence that lies before the report and has little before it. */
function afterBackground(told: readonly (readonly [number, number])[], last: number, now: number): number {
  const first = told[0]?.[0] ?? last;
  let until = first;
  for (const [i, [start, end]] of told.entries()) {
    if (i && i <= told.length / 4 && start <= now && start - until > (last - first) / 2) return start;
    until = Math.max(until, end);
  }
  return first;
}

/** All items of a document that meet the span: zones by theme, deadlines and stretches, single days. */
export function itemsOf(doc: MapDocument, span: Span, language: string): Item[] {
  return [...zoneItems(doc, span, language), ...oneADay(doc.facts.flatMap((fact) => factItem(doc, fact, span)))];
}

/** Deadlines of one day are one bar, told by the shortest of them. */
function oneADay(items: readonly Item[]): Item[] {
  const merged: Item[] = [];
  for (const item of items) {
    const same = merged.findIndex((other) => item.kind === "deadline" && other.kind === "deadline" && other.end === item.end);
    const other = merged[same];
    if (!other) merged.push(item);
    else {
      const [short] = [other.label, item.label].sort((a, b) => a.length - b.length);
      merged[same] = { ...other, marks: [...other.marks, ...item.marks], label: short ?? other.label, start: Math.min(other.start, item.start) };
    }
  }
  return merged;
}

function zoneItems(doc: MapDocument, span: Span, language: string): Item[] {
  const groups = new Map<string, ZoneDoc[]>();
  for (const zone of doc.zones) {
    // Roads are there all along: their days are those of the story.
    if (!zone.valid || zone.variant_of || zone.theme === "roads") continue;
    const key = zone.theme === "posts" ? zone.theme : `${zone.theme} ${zone.valid.start ?? ""} ${zone.valid.end ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), zone]);
  }
  return [...groups.values()].flatMap((zones) => {
    const marks = zones.map((zone) => zone.id);
    const first = zones[0];
    if (!first?.valid) return [];
    const title = doc.layers.find((layer) => layer.marks.includes(first.id))?.title;
    const called = (some: readonly ZoneDoc[]): string | null => familyName(some.map((zone) => nameIn(zone, language)));
    const label = called(zones) ?? called(zones.filter((zone) => zone.kind === first.kind)) ?? title ?? nameIn(first, language);
    return bar("zone", marks, label, union(zones.flatMap((zone) => zone.valid ?? [])), span);
  });
}

/** The stretch that several intervals cover together; an end that one leaves open is open. */
function union(intervals: readonly Interval[]): Interval {
  const [first, ...rest] = intervals as [Interval, ...Interval[]];
  return rest.reduce((all, one) => ({
    ...all,
    start: all.start && one.start ? (all.start < one.start ? all.start : one.start) : null,
    end: all.end && one.end ? (all.end > one.end ? all.end : one.end) : null,
    end_kind: all.end && one.end ? "day" : "open",
  }), first);
}

function factItem(doc: MapDocument, fact: FactDoc, span: Span): Item[] {
  if (!fact.when || fact.related) return [];
  const { when } = fact;
  const label = fact.statement || fact.quote;
  if (when.start && when.start === when.end) return bar("tick", [fact.id], label, when, span);
  if (when.role !== "deadline") return bar("span", [fact.id], label, when, span);
  // A deadline runs from the day that it was made known.
  const said = doc.articles.find((article) => article.id === fact.article)?.published.date ?? null;
  const start = when.start ?? (said && when.end && said < when.end ? said : null);
  return bar("deadline", [fact.id], label, { ...when, start }, span);
}

function bar(kind: Item["kind"], marks: readonly string[], label: string, interval: Interval, span: Span): Item[] {
  const [start, end] = [dayNumber(interval.start), dayNumber(interval.end)];
  if (start === null && end === null) return [];
  if ((start ?? span.start) > span.end || (end ?? span.end) < span.start) return [];
  // What holds before, during and after all of the story has nothing to tell here.
  if (kind === "zone" && (start ?? span.start - 1) < span.start && (end ?? span.end + 1) > span.end) return [];
  // An unknown beginning is shown as a short run-up, not as a claim about the time before.
  const lead = interval.start_kind === "unknown" && end !== null ? end - Math.ceil((span.end - span.start) / 20) : span.start;
  return [{
    kind, marks, label, whole: interval,
    start: Math.max(start ?? lead, span.start),
    end: Math.min(end ?? span.end, span.end),
    fadeStart: start === null || start < span.start,
    fadeEnd: end === null || end > span.end,
  }];
}

/** Where signs stand that are `size` wide, so that none cover others: each at its place or next to the one before. */
export function sideBySide(places: readonly number[], size: number, width: number): number[] {
  const step = Math.min(size, width / Math.max(1, places.length));
  let last = -Infinity;
  const along = places.map((at) => (last = Math.max(at, last + step)));
  let next = Infinity;
  return along.reverse().map((at) => (next = Math.min(at, next - step, next === Infinity ? width : Infinity))).reverse();
}

/** Rows for stretches in pixels, so that none overlap; each goes into the first row with room. */
export function pack(stretches: readonly { from: number; to: number }[], gap = 8): number[] {
  const ends: number[] = [];
  return stretches.map(({ from, to }) => {
    let row = ends.findIndex((end) => end + gap <= from);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = to;
    return row;
  });
}

export interface AxisTick {
  readonly day: number;
  readonly unit: "day" | "month" | "year";
  /** Whether the year has to be named here. */
  readonly withYear: boolean;
}

const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 300, 600, 1200, 3000];

/** Round days on the axis, at most `most` of them. */
export function axis(span: Span, most: number): AxisTick[] {
  const days = span.end - span.start;
  const step = DAY_STEPS.find((size) => days / size <= most);
  if (step) return dayTicks(span, step);
  const months = MONTH_STEPS.find((size) => days / 30.44 / size <= most) ?? 12_000;
  return monthTicks(span, months);
}

function dayTicks(span: Span, step: number): AxisTick[] {
  const ticks: AxisTick[] = [];
  for (let day = span.start; day <= span.end; day += step) ticks.push({ day, unit: "day", withYear: ticks.length === 0 });
  return ticks;
}

function monthTicks(span: Span, step: number): AxisTick[] {
  const ticks: AxisTick[] = [];
  const [year, month] = isoDay(span.start).split(/(?<=\d)-/).map(Number);
  let at = Math.ceil(((year ?? 1970) * 12 + (month ?? 1) - 1) / step) * step;
  for (let guard = 0; guard < 400; guard++, at += step) {
    const day = firstOfMonth(at);
    if (day > span.end) break;
    if (day < span.start) continue;
    const january = ((at % 12) + 12) % 12 === 0;
    ticks.push({ day, unit: step >= 12 ? "year" : "month", withYear: january || ticks.length === 0 });
  }
  return ticks;
}

function firstOfMonth(months: number): number {
  const at = new Date(0);
  at.setUTCFullYear(Math.floor(months / 12), ((months % 12) + 12) % 12, 1);
  return Math.round(at.getTime() / 86_400_000);
}

/** Days on which something begins or ends, in order: where the step buttons stop. */
export function stops(items: readonly Item[], span: Span): number[] {
  const days = items.flatMap((item) => [...(item.fadeStart ? [] : [item.start]), ...(item.fadeEnd ? [] : [item.end])]);
  return [...new Set([...days, ...(span.now === null ? [] : [span.now])])].sort((a, b) => a - b);
}
