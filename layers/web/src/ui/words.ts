/** The page's own words: interface texts in the document's language, dates and intervals as a reader knows them. */

import type en from "../../../strings/en.json";
import { dayNumber } from "../when";
import type { Interval, MapDocument } from "../types";

export type Key = keyof typeof en;

export interface Words {
  /** BCP 47 language of the interface. */
  readonly language: string;
  /** The text of a key, `{name}` filled in; the key itself, readable, where the document lacks it. */
  t(key: Key, values?: Readonly<Record<string, string | number>>): string;
  /** The text of a key made from data (`kind.town`), or the last part of the key itself, readable. */
  of(family: string, member: string): string;
  /** `15 Oct 2018`; what is no day stays as it is. */
  date(iso: string | null): string;
  /** `until 15 Oct 2018`, `from 8 Mar 2019`, `7 Sept 2018`, `1–5 Oct 2018`. */
  interval(interval: Interval): string;
  /** A text in the quotation marks of the language. */
  quote(text: string): string;
}

/** The words of a document. */
export function makeWords(doc: MapDocument): Words {
  const texts = doc.strings;
  const language = doc.language || "en";
  let dates: Intl.DateTimeFormat | null = null;
  const fillIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const t = (key: string, values: Readonly<Record<string, string | number>> = {}): string => fillIn(texts[key] ?? readable(key), values);
  const date = (iso: string | null): string => {
    const day = dayNumber(iso);
    return day === null ? (iso ?? "") : (dates ??= dateFormat(language)).format(new Date(day * 86_400_000));
  };
  return {
    language,
    t,
    of: (family, member) => texts[`${family}.${member}`] ?? readable(member),
    date,
    interval: (interval) => intervalText(interval, { t, date }),
    quote: (text) => t("quote.mark", { text }),
  };
}

const readable = (key: string): string => key.replace(/^.*\./, "").replace(/_/g, " ");

function dateFormat(language: string): Intl.DateTimeFormat {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC", calendar: "gregory" } as const;
  try {
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options);
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
