/** Days as whole numbers, and how an interval stands to the days that the page shows. */

import type { Interval } from "./types";

const MS_A_DAY = 86_400_000;

/** The day number of an ISO day (0 is 1970-01-01, negative before), or null if it is none. */
export function dayNumber(iso: string | null): number | null {
  const parts = /^([+-]?\d{4,6})-(\d{2})-(\d{2})$/.exec(iso ?? "");
  if (!parts) return null;
  const at = new Date(0);
  at.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return Math.round(at.getTime() / MS_A_DAY);
}

/** The ISO day of a day number. */
export function isoDay(day: number): string {
  const iso = new Date(day * MS_A_DAY).toISOString();
  return iso.slice(0, iso.indexOf("T"));
}

/**
 * Whether an interval meets the days from `from` to `to`: "in", "out", or "near" where an unknown end leaves
 * it open. No interval, or all times shown: "in".
 */
export function standing(interval: Interval | null, from: string | null, to: string | null): "in" | "out" | "near" {
  const first = dayNumber(from ?? to);
  const last = dayNumber(to ?? from);
  if (!interval || first === null || last === null) return "in";
  const start = dayNumber(interval.start);
  const end = dayNumber(interval.end);
  if (start !== null && start > last) return "out";
  if (end !== null && end < first) return "out";
  const unknownStart = start === null && interval.start_kind === "unknown";
  const unknownEnd = end === null && interval.end_kind === "unknown";
  return (unknownStart && end === null) || (unknownEnd && start === null) ? "near" : "in";
}

/** Whether an interval begins only after the days shown: agreed or announced, not yet in force. */
export function isAhead(interval: Interval | null, from: string | null, to: string | null): boolean {
  const start = dayNumber(interval?.start ?? null);
  const last = dayNumber(to ?? from);
  return start !== null && last !== null && start > last;
}
