/** The timeline: what was promised and in force when, and a slider over days or a range of them. */

import { isoDay, dayNumber } from "../when";
import { factSymbol, framed } from "../map/symbols";
import { zoneStyles } from "../map/zonestyle";
import { calm, h, icon, replace } from "./dom";
import type { Context } from "./index";
import { axis, itemsOf, ownSpan, pack, sideBySide, spanOf, stops, type AxisTick, type Item, type Span } from "./timescale";

/** `until` shows the story from its beginning up to a day. */
type Mode = "all" | "until" | "day" | "range";

const PLAY = "M8 5v14l11-7z";
const PAUSE = "M8 5v14M16 5v14";
const BEFORE = "M15 5l-7 7 7 7";
const AFTER = "M9 5l7 7-7 7";
const WIDER = "M3 12h18M7 8l-4 4 4 4M17 8l4 4-4 4";
const ROW = 16;
/** Pixels that a bar takes at least. */
const BAR = 14;
/** Rows that a phone has room for. */
const FEW = 3;
/** Pixels that the sign of a fact takes. */
const POINT = 20;
/** Pixels that the words of a tick take. */
const TICK_WORDS = 30;

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Pixels that its words may take. */
  readonly room: number;
  readonly where: "before" | "on" | "after";
  /** What is told of an end beyond the axis, where there is room for it. */
  readonly end: string;
}

/** Fill the timeline, or say that there are no dates. */
export function mountTimeline(context: Context): void {
  const span = spanOf(context.doc);
  if (!span) {
    context.shell.time.append(h("p", { class: "cl-empty" }, context.words.t("time.none")));
    return;
  }
  new Timeline(context, span);
}

class Timeline {
  private readonly items: readonly Item[];
  private readonly stops: readonly number[];
  private readonly own: Span;
  private readonly wider: HTMLButtonElement;
  private readonly styles;
  private readonly chart = h("div", { class: "cl-chart" });
  private readonly bars = h("div", { class: "cl-bars", "aria-hidden": "true" });
  private readonly shade = [h("i", { class: "cl-shade" }), h("i", { class: "cl-shade" })] as const;
  private readonly handles;
  private readonly modes: Record<Mode, HTMLButtonElement>;
  private readonly play: HTMLButtonElement;
  private readonly readout = h("output", { class: "cl-readout" });
  private readonly shown = new Map<HTMLElement, Item>();
  private mode: Mode = "all";
  private timer = 0;
  /** Pixels that it was last drawn for. */
  private width = 0;

  constructor(private readonly context: Context, private readonly span: Span) {
    const { doc, words, shell, store } = context;
    this.items = itemsOf(doc, span, store.get("language"));
    this.stops = stops(this.items, span);
    this.own = ownSpan(this.items, span);
    this.styles = zoneStyles(doc);
    this.handles = [this.handle(0), this.handle(1)] as const;
    this.modes = { all: this.modeButton("all"), until: this.modeButton("until"), day: this.modeButton("day"), range: this.modeButton("range") };
    this.play = this.button("cl-play", words.t("time.play"), PLAY, () => this.setPlaying(!this.store.get("time").playing));
    const modes = h("div", { class: "cl-modes", role: "group", "aria-label": words.t("time.mode") }, this.modes.all, this.modes.until, this.modes.day, this.modes.range);
    this.wider = h("button", { type: "button", class: "cl-wider", title: words.t("time.whole.how"), onclick: () => this.setWhole(this.axis !== this.span) }, icon(WIDER, 16), h("span", {}, words.t("time.whole")));
    this.wider.hidden = this.own === span;
    const controls = h("div", { class: "cl-timebar" }, this.play,
      this.button("", words.t("time.back"), BEFORE, () => this.step(-1)),
      this.button("", words.t("time.on"), AFTER, () => this.step(1)), modes, this.wider, this.readout);
    this.chart.append(this.bars, ...this.shade, ...this.handles);
    shell.time.append(controls, this.chart);
    new ResizeObserver(() => this.chart.clientWidth !== this.width && this.draw()).observe(this.chart);
    this.listen();
    // At once, so that the map is given its final height before it is made.
    this.draw();
    this.update();
  }

  private get store(): Context["store"] {
    return this.context.store;
  }

  /** The days that the axis shows. */
  private get axis(): Span {
    return this.store.get("axis") === "whole" ? this.span : this.own;
  }

  /** Show all days that are known, or the report's own again: what was chosen beyond them comes to their end. */
  private setWhole(whole: boolean): void {
    this.setPlaying(false);
    const { from, to } = this.store.get("time");
    if (!whole && this.mode !== "all") {
      const [first, last] = this.days().map((day) => this.onAxis(day, this.own)) as [number, number];
      if (this.mode === "until") this.moveTo(1, last);
      else if (from && to) this.store.setTime(isoDay(first), isoDay(last));
    }
    this.store.set("axis", whole ? "whole" : "own");
  }

  private onAxis(day: number, { start, end }: Span = this.axis): number {
    return Math.min(end, Math.max(start, day));
  }

  /** Whether a day that is shown lies where the axis does not reach. */
  private isBeyond(): boolean {
    const shown = this.mode === "all" ? [] : this.mode === "until" ? this.days().slice(1) : this.days();
    return shown.some((day) => day !== this.onAxis(day));
  }

  private listen(): void {
    const { store } = this;
    store.subscribe("time", () => this.update());
    store.subscribe("axis", () => this.draw());
    store.subscribe("selection", ({ marks }) => this.light("on", marks));
    store.subscribe("hover", ({ marks }) => this.light("hov", marks));
    store.subscribe("language", () => this.draw());
    const itemAt = (event: Event): Item | undefined => this.shown.get((event.target as Element).closest<HTMLElement>(".cl-item") ?? this.chart);
    this.bars.addEventListener("pointerover", (event) => {
      const item = itemAt(event);
      if (item) store.hover(item.marks, { origin: "timeline" });
      else store.unhover("timeline");
    });
    this.bars.addEventListener("pointerleave", () => store.unhover("timeline"));
    this.chart.addEventListener("pointerdown", (event) => this.press(event, itemAt(event)));
  }

  /** A press on an item selects it; elsewhere the nearest handle comes and follows the pointer. */
  private press(event: PointerEvent, item: Item | undefined): void {
    if (event.button !== 0) return;
    if (item) {
      this.store.select(item.marks, { origin: "timeline" });
      return;
    }
    event.preventDefault();
    this.setPlaying(false);
    if (this.mode === "all") this.mode = "day";
    const which = this.nearest(this.dayAt(event));
    this.handles[which].focus({ preventScroll: true });
    const move = (at: PointerEvent): void => this.moveTo(which, this.dayAt(at));
    move(event);
    this.chart.setPointerCapture(event.pointerId);
    const end = (): void => {
      this.chart.removeEventListener("pointermove", move);
      this.chart.removeEventListener("pointerup", end);
      this.chart.removeEventListener("pointercancel", end);
    };
    this.chart.addEventListener("pointermove", move);
    this.chart.addEventListener("pointerup", end);
    this.chart.addEventListener("pointercancel", end);
  }

  private dayAt(event: PointerEvent): number {
    const box = this.chart.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    const along = this.context.doc.dir === "rtl" ? 1 - share : share;
    return this.onAxis(Math.round(this.axis.start + along * (this.axis.end - this.axis.start)));
  }

  private clamp(day: number): number {
    return Math.min(this.span.end, Math.max(this.span.start, day));
  }

  private nearest(day: number): 0 | 1 {
    const [from, to] = this.days();
    if (this.mode === "until") return 1;
    return this.mode === "range" && Math.abs(day - to) < Math.abs(day - from) ? 1 : 0;
  }

  /** The days of the two handles; one and the same unless a range is shown. */
  private days(): [number, number] {
    const { from, to } = this.store.get("time");
    const rest = this.span.now ?? this.span.start;
    return [dayNumber(from) ?? this.clamp(rest), dayNumber(to) ?? this.clamp(rest)];
  }

  private moveTo(which: 0 | 1, day: number): void {
    const days = this.days();
    const at = this.clamp(day);
    if (this.mode === "until") this.store.setTime(isoDay(this.span.start), isoDay(at));
    else if (this.mode !== "range") this.store.setTime(isoDay(at));
    else if (which === 0) this.store.setTime(isoDay(Math.min(at, days[1])), isoDay(days[1]));
    else this.store.setTime(isoDay(days[0]), isoDay(Math.max(at, days[0])));
  }

  private setMode(mode: Mode): void {
    this.mode = mode;
    this.setPlaying(false);
    const [from, to] = this.days();
    if (mode === "all") this.store.setTime(null);
    else if (mode === "until") this.store.setTime(isoDay(this.span.start), isoDay(Math.max(to, this.span.start + 1)));
    else if (mode === "day") this.store.setTime(isoDay(to));
    else this.store.setTime(isoDay(from === to ? this.onAxis(from - 7) : from), isoDay(from === to ? this.onAxis(to + 28) : to));
  }

  /** To the next day on which something begins or ends. */
  private step(direction: 1 | -1): void {
    const [first, to] = this.days();
    const { stops: days } = this;
    const from = this.mode === "until" ? to : first;
    const next = direction > 0 ? days.find((day) => day > from) : [...days].reverse().find((day) => day < from);
    const day = next ?? this.clamp(from + direction);
    if (this.mode === "all") this.mode = "day";
    if (this.mode === "until") this.moveTo(1, day);
    else if (this.mode === "range") this.store.setTime(isoDay(day), isoDay(this.clamp(to + day - from)));
    else this.store.setTime(isoDay(day));
  }

  private setPlaying(playing: boolean): void {
    clearInterval(this.timer);
    if (playing !== this.store.get("time").playing) this.store.setPlaying(playing);
    if (!playing) return;
    const [from, to] = this.days();
    const width = this.mode === "range" ? to - from : 0;
    if (this.mode === "all") this.mode = "day";
    const first = this.mode === "until" ? to : from;
    const { start, end } = this.axis;
    let day = first >= end - width ? start : first;
    const stride = Math.max(1, Math.round((end - start) / (calm() ? 12 : 160)));
    const tick = (): void => {
      if (this.mode === "until") this.moveTo(1, day);
      else this.store.setTime(isoDay(day), isoDay(this.onAxis(day + width)));
      if (day + width >= end) this.setPlaying(false);
      day = Math.min(day + stride, end - width);
    };
    tick();
    this.timer = window.setInterval(tick, calm() ? 1200 : 110);
  }

  /** Put handles, shades, words and buttons where the state says. */
  private update(): void {
    const { words } = this.context;
    const { from, to, playing } = this.store.get("time");
    this.mode = this.modeOf(from, to);
    // The axis comes along to wherever keys, steps or an address lead.
    if (this.isBeyond()) return this.store.set("axis", "whole");
    this.wider.setAttribute("aria-pressed", String(this.axis === this.span));
    const days = this.days();
    this.handles.forEach((handle, which) => {
      const day = days[which] ?? 0;
      handle.style.setProperty("inset-inline-start", this.percent(day));
      handle.setAttribute("aria-valuenow", String(day));
      handle.setAttribute("aria-valuetext", this.mode === "all" ? words.t("time.all") : words.date(isoDay(day)));
    });
    this.handles[0].hidden = this.mode === "until";
    this.handles[1].hidden = this.mode !== "range" && this.mode !== "until";
    this.shade[0].style.setProperty("inset-inline-end", `calc(100% - ${this.percent(this.onAxis(days[0]))})`);
    this.shade[1].style.setProperty("inset-inline-start", this.percent(days[1]));
    this.chart.dataset["mode"] = this.mode;
    for (const [name, button] of Object.entries(this.modes)) button.setAttribute("aria-pressed", String(name === this.mode));
    this.readout.textContent = this.readoutOf(from, to);
    replace(this.play, icon(playing ? PAUSE : PLAY, 18));
    this.play.setAttribute("aria-label", words.t(playing ? "time.pause" : "time.play"));
    this.fade(from, to);
  }

  /** What the state shows; a range from the very beginning is the story up to a day, unless it was asked for. */
  private modeOf(from: string | null, to: string | null): Mode {
    if (from === null || to === null) return "all";
    const begins = (dayNumber(from) ?? 0) <= this.span.start;
    if (begins && this.mode !== "range" && (from !== to || this.mode === "until")) return "until";
    return from === to && this.mode !== "range" ? "day" : "range";
  }

  private readoutOf(from: string | null, to: string | null): string {
    const { words } = this.context;
    if (this.mode === "all") return this.nowText();
    if (this.mode === "until") return words.t("time.upto", { date: words.date(to) });
    return from === to ? words.date(from) : `${words.date(from)} – ${words.date(to)}`;
  }

  private nowText(): string {
    return this.span.now === null ? "" : this.context.words.t("time.now", { date: this.context.words.date(isoDay(this.span.now)) });
  }

  /** Items that do not meet the days shown step back. */
  private fade(from: string | null, to: string | null): void {
    const [first, last] = [dayNumber(from), dayNumber(to)];
    for (const [element, item] of this.shown) {
      element.classList.toggle("out", first !== null && last !== null && (item.end < first || item.start > last));
    }
  }

  private light(name: string, marks: readonly string[]): void {
    for (const [element, item] of this.shown) element.classList.toggle(name, item.marks.some((id) => marks.includes(id)));
  }

  private percent(day: number): string {
    return `${this.pixel(day, 100).toFixed(3)}%`;
  }

  /** Draw axis and items for the present width. */
  private draw(): void {
    const width = this.chart.clientWidth;
    this.width = width;
    if (width < 40) return;
    this.shown.clear();
    const marked = axis(this.axis, Math.max(2, Math.floor(width / 72))).filter((tick) => width - this.pixel(tick.day, width) > TICK_WORDS);
    const ticks = marked.map((tick) => this.axisTick(tick));
    const bars = this.barsShown();
    const stretches = bars.map((item) => this.stretch(item, width));
    const rows = pack(stretches);
    const drawn = bars.map((item, index) => this.bar(item, rows[index] ?? 0, stretches[index] as Stretch));
    const count = rows.length ? Math.max(...rows) + 1 : 0;
    replace(this.bars, ...ticks, this.nowLine(), ...drawn, ...this.points(width));
    this.chart.style.setProperty("--rows", String(Math.min(count, this.isSmall() ? FEW : 12)));
    this.update();
    this.light("on", this.store.get("selection").marks);
  }

  private isSmall(): boolean {
    return this.context.shell.narrow();
  }

  /** What has a bar: on a phone the zone that the map is about, and the deadlines by their days. */
  private barsShown(): Item[] {
    const { words, doc } = this.context;
    const bars = this.items.filter((item) => item.kind !== "tick");
    if (!this.isSmall()) return [...bars.filter((item) => !this.isEarlier(item)), ...this.earlier()];
    const main = doc.zones.find((zone) => zone.theme === "zone" && !zone.variant_of)?.id ?? "";
    const zones = bars.filter((item) => item.kind === "zone");
    const zone = zones.find((item) => item.marks.includes(main)) ?? zones[0];
    const deadlines = bars.filter((item) => item.kind === "deadline");
    const stub = Math.ceil((BAR * (this.axis.end - this.axis.start)) / Math.max(1, this.width));
    return [...(zone ? [zone] : []), ...deadlines.map((item) => ({ ...item, start: Math.max(item.start, item.end - stub), label: words.tick(item.end, "day", false) }))];
  }

  private isEarlier(item: Item): boolean {
    return item.kind !== "zone" && item.end < this.axis.start;
  }

  /** One line for what the report tells of long before. */
  private earlier(): Item[] {
    const { words } = this.context;
    const items = this.items.filter((item) => this.isEarlier(item)).sort((a, b) => a.start - b.start);
    const [first] = items;
    if (!first) return [];
    const told = items.length === 1 ? `${words.interval(first.whole)}: ${first.label}` : words.t("time.earlier", { n: items.length, date: words.date(isoDay(first.start)) });
    return [{ ...first, kind: "span", label: told, marks: items.flatMap((item) => item.marks) }];
  }

  /** What is told of an end that the axis does not show. */
  private endWords({ kind, end, fadeEnd, whole }: Item): string {
    const { words } = this.context;
    if (kind !== "zone" || (end <= this.axis.end && !fadeEnd)) return "";
    return whole.end ? words.t("time.ends", { date: words.date(whole.end) }) : words.t(whole.end_kind === "unknown" ? "time.end_unknown" : "time.end_open");
  }

  /** Where a bar and its words stand, in pixels from the start of the chart: after it, on it where it is long, before it. */
  private stretch(item: Item, width: number): Stretch {
    const from = Math.min(width - BAR, this.pixel(this.onAxis(item.start), width));
    const to = Math.max(this.pixel(this.onAxis(item.end), width), from + BAR);
    const words = Array.from(this.barWords(item)).length * 6 + 16;
    if (item.kind === "zone" && item.start <= this.axis.end) {
      const end = this.endWords(item);
      const rest = width - from - end.length * 6 - 28;
      if (end && rest > words) return { from, to: width, room: rest, where: "on", end };
      return { from, to: Math.min(width, Math.max(to, from + words)), room: width - from - 8, where: "on", end: "" };
    }
    if (to + words <= width || width - to > Math.max(from, to - from)) return { from, to: Math.min(width, to + words), room: width - to, where: "after", end: "" };
    if (to - from > Math.min(words, from)) return { from, to, room: to - from - 24, where: "on", end: "" };
    return { from: Math.max(0, from - words), to, room: Math.min(words, from), where: "before", end: "" };
  }

  /** A zone that begins after the axis says when. */
  private barWords(item: Item): string {
    const { words } = this.context;
    return item.start > this.axis.end ? `${item.label}, ${words.t("when.from", { start: words.date(item.whole.start) })}` : item.label;
  }

  private bar(item: Item, row: number, { room, where, end: told }: Stretch): HTMLElement {
    const style = item.kind === "zone" ? this.styles.get(item.marks[0] ?? "") : undefined;
    const [starts, stops] = [this.onAxis(item.start), this.onAxis(item.end)];
    const fades = [item.fadeStart || starts > item.start ? " fs" : "", item.fadeEnd || stops < item.end ? " fe" : "", item.end < this.axis.start ? " off-start" : "", item.start > this.axis.end ? " off-end" : ""].join("");
    const ends = `${fades}${item.kind === "zone" && where === "on" ? "" : ` ${where === "on" ? "on-bar" : where}`}`;
    // The line stands where the timeline's direction puts it, the words in it run in their own.
    const words = h("span", {}, h("bdi", {}, this.barWords(item)));
    const element = h("div", { class: `cl-item cl-k-${item.kind}${ends}`, title: item.label }, words, told ? h("b", {}, told) : null);
    if (style) element.style.setProperty("--hue", `var(${style.hue})`);
    words.style.maxWidth = `${Math.max(0, room - 8)}px`;
    // On paper the chart is narrower than it was drawn for.
    const [start, end] = [starts, stops].map((day) => this.pixel(day, 100)) as [number, number];
    const share = where === "before" ? start : where === "after" ? 100 - end : (item.kind === "zone" ? 100 : end) - start;
    words.style.maxWidth = `min(${words.style.maxWidth}, ${share.toFixed(2)}cqi - 12px)`;
    element.style.setProperty("inset-inline-start", this.percent(starts));
    element.style.setProperty("inset-inline-end", `calc(100% - ${this.percent(stops)})`);
    element.style.setProperty("inset-block-start", `${row * ROW}px`);
    // A phone has only the end of some.
    this.shown.set(element, this.items.find(({ kind, marks }) => kind === item.kind && marks[0] === item.marks[0]) ?? item);
    return element;
  }

  /** Facts of one day, and of the next, stand side by side, each with its sign. */
  private points(width: number): HTMLElement[] {
    const items = this.items.filter((item) => item.kind === "tick" && item.start >= this.axis.start && item.start <= this.axis.end).sort((a, b) => a.start - b.start);
    const places = sideBySide(items.map((item) => this.pixel(item.start, width)), POINT, width);
    return items.map((item, i) => {
      const mark = this.context.model.marks.get(item.marks[0] ?? "");
      const sign = mark?.type === "fact" ? framed([factSymbol(mark.fact.certainty, mark.fact.negated, mark.fact.theme)], 22, 22) : null;
      const element = h("div", { class: "cl-item cl-point", title: item.label }, sign);
      // A share of the chart, which paper makes narrower, and what the sign is moved aside.
      const aside = (places[i] ?? 0) - this.pixel(item.start, width);
      element.style.setProperty("inset-inline-start", `calc(${this.percent(item.start)} + ${aside.toFixed(1)}px)`);
      this.shown.set(element, item);
      return element;
    });
  }

  private pixel(day: number, width: number): number {
    return ((day - this.axis.start) / (this.axis.end - this.axis.start)) * width;
  }

  private axisTick(tick: AxisTick): HTMLElement {
    const element = h("div", { class: "cl-axis" }, this.context.words.tick(tick.day, tick.unit, tick.withYear));
    element.style.setProperty("inset-inline-start", this.percent(tick.day));
    return element;
  }

  private nowLine(): HTMLElement | null {
    if (this.span.now === null || this.span.now !== this.onAxis(this.span.now)) return null;
    const element = h("i", { class: "cl-now", title: this.nowText() });
    element.style.setProperty("inset-inline-start", this.percent(this.span.now));
    return element;
  }

  private handle(which: 0 | 1): HTMLElement {
    const { words } = this.context;
    return h("div", {
      class: "cl-thumb", role: "slider", tabindex: 0, "aria-label": words.t(which ? "time.to" : "time.slider"),
      "aria-valuemin": this.span.start, "aria-valuemax": this.span.end, onkeydown: (event) => this.key(event as KeyboardEvent, which),
    });
  }

  private key(event: KeyboardEvent, which: 0 | 1): void {
    const on = this.context.doc.dir === "rtl" ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: on, ArrowUp: 1, ArrowLeft: -on, ArrowDown: -1, PageUp: 30, PageDown: -30, Home: -Infinity, End: Infinity };
    const by = steps[event.key];
    if (event.key === " ") this.setPlaying(!this.store.get("time").playing);
    else if (by === undefined) return;
    else {
      if (this.mode === "all") this.mode = "day";
      this.moveTo(which, (this.days()[which] ?? 0) + by);
    }
    event.preventDefault();
  }

  private modeButton(mode: Mode): HTMLButtonElement {
    return h("button", { type: "button", onclick: () => this.setMode(mode) }, this.context.words.t(`time.${mode}`));
  }

  private button(name: string, label: string, path: string, act: () => void): HTMLButtonElement {
    return h("button", { type: "button", class: `cl-round ${name}`, "aria-label": label, onclick: act }, icon(path, 18));
  }
}
