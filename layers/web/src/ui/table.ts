/** The table twin: places, facts and zones in sortable columns; a name leads to the map, the text and the card. */

import type { FactDoc, PlaceDoc, ZoneDoc } from "../types";
import { label } from "./article";
import { chain, chip, membershipLine, sureness } from "./cards";
import { decimal, latitudeOf, longitudeOf } from "../geometry";
import { type MarkData, marksOf } from "../map/markdata";
import { isoDay } from "../when";
import { h, icon, replace } from "./dom";
import type { Context } from "./index";
import type { Key } from "./words";

type Sheet = "places" | "facts" | "zones" | "marks";
/** Rows drawn at once; more on demand. */
const PORTION = 300;

interface Column<T> {
  readonly title: Key;
  readonly text: (row: T) => string;
  /** What to sort by, where it is not the text. */
  readonly key?: (row: T) => string | number;
}

/** One of many marks, as a row; its id is its number. */
interface MarkRow {
  readonly id: string;
  readonly number: number;
}

/** Build the table when it is first opened. */
export function mountTable(context: Context): void {
  let built = false;
  context.shell.onTable((open) => {
    if (open && !built) new Table(context);
    built ||= open;
  });
}

class Table {
  private sheet: Sheet;
  private sorted: { column: number; down: boolean } | null = null;
  private rows = PORTION;
  private readonly frame: HTMLElement;
  private readonly tabs: ReadonlyMap<Sheet, HTMLButtonElement>;
  private readonly many: MarkData | null;
  private readonly marks: readonly MarkRow[];

  constructor(private readonly context: Context) {
    const { words, shell } = context;
    this.frame = h("div", { class: "cl-tableframe", tabindex: 0, role: "region", "aria-label": words.t("tab.table") });
    this.many = marksOf(context.doc);
    this.marks = Array.from({ length: this.many?.count ?? 0 }, (_, number) => ({ id: String(number), number }));
    const sheets: Sheet[] = ["places", "facts", "zones"];
    const shown = this.many ? [...sheets.filter((name) => this.size(name)), "marks" as const] : sheets;
    this.tabs = new Map(shown.map((name) => [name, this.tab(name)]));
    this.sheet = shown[0] ?? "places";
    const close = h("button", { type: "button", class: "cl-round", "aria-label": words.t("close"), onclick: () => shell.table(false) }, icon("M6 6l12 12M18 6 6 18", 16));
    shell.twin.append(h("div", { class: "cl-bar" }, h("div", { class: "cl-tablist", role: "group", "aria-label": words.t("tab.table") }, ...this.tabs.values()), close), this.frame);
    this.draw();
    context.store.subscribe("selection", () => this.light());
    context.store.subscribe("language", () => this.draw());
  }

  private size(name: Sheet): number {
    return name === "marks" ? this.marks.length : this.context.doc[name].length;
  }

  private tab(name: Sheet): HTMLButtonElement {
    const { words } = this.context;
    return h("button", { type: "button", class: "cl-tab", onclick: () => {
      this.sheet = name;
      this.sorted = null;
      this.rows = PORTION;
      this.draw();
    } }, `${words.t(`table.${name}`)} `, h("small", {}, this.size(name)));
  }

  private draw(): void {
    for (const [name, tab] of this.tabs) tab.setAttribute("aria-pressed", String(name === this.sheet));
    const { doc } = this.context;
    if (this.sheet === "places") this.fill(doc.places, placeColumns(this.context));
    else if (this.sheet === "facts") this.fill(doc.facts, factColumns(this.context));
    else if (this.sheet === "zones") this.fill(doc.zones, zoneColumns(this.context));
    else if (this.many) this.fill(this.marks, markColumns(this.context, this.many));
    this.light();
  }

  private fill<T extends { id: string }>(all: readonly T[], columns: readonly Column<T>[]): void {
    const { words } = this.context;
    const rows = this.inOrder(all, columns);
    const head = h("tr", {}, ...columns.map((column, index) => this.heading(words.t(column.title), index)));
    const body = h("tbody", {}, ...rows.slice(0, this.rows).map((row) => this.row(row, columns)));
    const table = h("table", {}, h("caption", { class: "cl-sr" }, words.t("table.caption")), h("thead", {}, head), body);
    const more = rows.length > this.rows && h("button", { type: "button", class: "cl-chip", onclick: () => {
      this.rows += PORTION;
      this.draw();
    } }, words.t("more"));
    replace(this.frame, rows.length ? table : h("p", { class: "cl-empty" }, words.t("table.empty")), more);
  }

  private inOrder<T>(all: readonly T[], columns: readonly Column<T>[]): T[] {
    const column = this.sorted && columns[this.sorted.column];
    if (!column) return [...all];
    const key = column.key ?? column.text;
    const order = new Intl.Collator(this.context.words.language, { numeric: true });
    const sign = this.sorted?.down ? -1 : 1;
    const keyed = all.map((row) => [String(key(row)), row] as const);
    return keyed.sort(([a], [b]) => sign * order.compare(a, b)).map(([, row]) => row);
  }

  private heading(text: string, index: number): HTMLElement {
    const sorted = this.sorted?.column === index ? (this.sorted.down ? "descending" : "ascending") : null;
    return h("th", { scope: "col", "aria-sort": sorted }, h("button", { type: "button", onclick: () => {
      this.sorted = { column: index, down: this.sorted?.column === index && !this.sorted.down };
      this.draw();
      this.frame.querySelectorAll<HTMLElement>("th button")[index]?.focus();
    } }, text));
  }

  private row<T extends { id: string }>(row: T, columns: readonly Column<T>[]): HTMLElement {
    const cells = columns.map((column, index) => {
      const text = column.text(row);
      return index ? h("td", { dir: "auto" }, text) : h("th", { scope: "row" }, this.name(row.id, text));
    });
    return h("tr", { "data-id": row.id }, ...cells);
  }

  /** A button that shows the row on the map. */
  private name(id: string, text: string): HTMLElement {
    if (this.sheet !== "marks") return chip(this.context, id, text);
    return h("button", { type: "button", class: "cl-chip", dir: "auto", onclick: () => this.context.store.send("openMark", Number(id)) }, text);
  }

  private light(): void {
    const { marks } = this.context.store.get("selection");
    for (const row of this.frame.querySelectorAll<HTMLElement>("tr[data-id]")) row.classList.toggle("on", marks.includes(row.dataset["id"] ?? ""));
  }
}

function placeColumns(context: Context): Column<PlaceDoc>[] {
  const { words } = context;
  return [
    { title: "col.name", text: (place) => label(context, place.id) },
    { title: "col.kind", text: (place) => words.of("kind", place.kind) },
    { title: "col.where", text: (place) => place.where },
    { title: "col.sure", text: (place) => (place.score === null ? words.t("origin.case") : sureness(context, place)), key: (place) => place.score ?? 2 },
    { title: "col.zone", text: (place) => membershipLine(context, place) },
    { title: "col.sentences", text: (place) => String(place.sentences.length) },
  ];
}

function factColumns(context: Context): Column<FactDoc>[] {
  const { words } = context;
  return [
    { title: "col.said", text: (fact) => fact.statement || fact.quote },
    { title: "col.certainty", text: (fact) => fact.word },
    { title: "col.who", text: (fact) => chain(context, fact) },
    { title: "col.when", text: (fact) => (fact.when ? words.interval(fact.when) : ""), key: (fact) => fact.when?.start ?? fact.when?.end ?? "9" },
    { title: "col.where", text: (fact) => fact.places.map((id) => label(context, id)).join(", ") },
  ];
}

function zoneColumns(context: Context): Column<ZoneDoc>[] {
  const { words } = context;
  return [
    { title: "col.name", text: (zone) => label(context, zone.id) },
    { title: "col.kind", text: (zone) => words.of("kind", zone.kind) },
    { title: "col.basis", text: (zone) => words.of("basis", zone.basis) },
    { title: "col.status", text: (zone) => words.of("status", zone.status) },
    { title: "col.when", text: (zone) => (zone.valid ? words.interval(zone.valid) : ""), key: (zone) => zone.valid?.start ?? "9" },
    { title: "col.extent", text: (zone) => zone.figures.map((pair) => pair.join(" ")).join("; ") || (zone.geometry ? "" : words.t("zone.undrawn")) },
  ];
}

function markColumns({ words }: Context, data: MarkData): Column<MarkRow>[] {
  const day = ({ number }: MarkRow): number => data.days?.[number] ?? data.noDay;
  const isKnown = (row: MarkRow): boolean => data.days !== null && day(row) !== data.noDay;
  return [
    { title: "col.name", text: ({ number }) => data.name(number) || words.t("marks.one", { n: number + 1 }) },
    { title: "col.said", text: ({ number }) => data.quote(number) },
    { title: "col.kind", text: ({ number }) => data.kinds[data.kind[number] ?? 0] ?? "" },
    { title: "col.when", text: (row) => (isKnown(row) ? words.date(isoDay(day(row))) : ""), key: (row) => (isKnown(row) ? day(row) + 1e6 : "") },
    { title: "place.at", text: ({ number }) => decimal(longitudeOf(data.x[number] ?? 0), latitudeOf(data.y[number] ?? 0)) },
  ];
}
