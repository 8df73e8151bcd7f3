/** The page's own words: interface texts in the document's language, dates and intervals as a reader knows them. */

import type en from "../../../strings/en.json";
import { dayNumber } from "../when";
import type { Interval, MapDocument } from "../types";

export type Key = keyof typeof en;

export type Unit = "day" | "month" | "year";

export interface Words {
  /** BCP 47 language of the interface. */
  readonly language: string;
  /** The text of a key, `{name}` filled in; the key itself, readable, where the document lacks it. */
  t(key: Key, values?: Readonly<Record<string, string | number>>): string;
  /** The text of a key made from data (`kind.town`), or the last part of the key itself, readable. */
  of(family: string, member: string): string;
  /** `15 Oct 2018`; what is no day stays as it is. */
  date(iso: string | null): string;
  /** A whole number, its thousands parted. */
  number(n: number): string;
  /** A day on an axis: `15 Oct`, `Oct 2018`, `2018`. */
  tick(day: number, unit: Unit, withYear: boolean): string;
  /** `until 15 Oct 2018`, `from 8 Mar 2019`, `7 Sept 2018`, `1–5 Oct 2018`. */
  interval(interval: Interval): string;
  /** A text in the quotation marks of the language. */
  quote(text: string): string;
}

/** The words of a document. */
export function makeWords(doc: MapDocument): Words {
  const texts = doc.strings;
  const language = doc.language || "en";
  const write = dayWriter(language);
  const fillIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const t = (key: string, values: Readonly<Record<string, string | number>> = {}): string => fillIn(texts[key] ?? readable(key), values);
  const date = (iso: string | null): string => {
    const day = dayNumber(iso);
    return day === null ? (iso ?? "") : write(day, "day", true);
  };
  return {
    language,
    t,
    of: (family, member) => texts[`${family}.${member}`] ?? readable(member),
    date,
    tick: write,
    number: numberWriter(language),
    interval: (interval) => intervalText(interval, { t, date }),
    quote: (text) => t("quote.mark", { text }),
  };
}

const readable = (key: string): string => key.replace(/^.*\./, "").replace(/_/g, " ");

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(" ");

/** Writes days in a language. English is written here: to wake the browser's formats takes longer than the article. */
function dayWriter(language: string): (day: number, unit: Unit, withYear: boolean) => string {
  if (/^en\b/.test(language)) return englishDay;
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (day, unit, withYear) => {
    const key = `${unit} ${withYear}`;
    let format = formats.get(key);
    if (!format) formats.set(key, (format = dateFormat(language, unit, withYear)));
    return format.format(new Date(day * 86_400_000));
  };
}

function numberWriter(language: string): (n: number) => string {
  if (/^en\b/.test(language)) return (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  let format: Intl.NumberFormat | null = null;
  return (n) => (format ??= new Intl.NumberFormat(language)).format(n);
}

function englishDay(day: number, unit: Unit, withYear: boolean): string {
  const at = new Date(day * 86_400_000);
  const parts = [unit === "day" ? at.getUTCDate() : "", unit === "year" ? "" : MONTHS[at.getUTCMonth()], withYear || unit === "year" ? at.getUTCFullYear() : ""];
  return parts.filter((part) => part !== "").join(" ");
}

function dateFormat(language: string, unit: Unit, withYear: boolean): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", calendar: "gregory" };
  if (unit === "day") options.day = "numeric";
  if (unit !== "year") options.month = "short";
  if (withYear || unit === "year") options.year = "numeric";
  try {
    return new Intl.DateTimeFormat(language, options);
  } catch {
    return new Intl.DateTimeFormat("en-GB", options);
  }
}

interface Teller {
  t(key: Key, values?: Readonly<Record<string, string | number>>): string;
  date(iso: string | null): string;
}

function intervalText(interval: Interval, { t, date }: Teller): string {
  const { start, end } = interval;
  if (start && end) return start === end ? date(start) : t("when.between", { start: date(start), end: date(end) });
  if (end) return t(interval.start_kind === "unknown" ? "when.end" : "when.until", { end: date(end) });
  if (start) return t(interval.end_kind === "unknown" ? "when.start" : "when.from", { start: date(start) });
  return interval.edtf && !interval.edtf.includes("..") ? interval.edtf : t("when.unknown");
}
