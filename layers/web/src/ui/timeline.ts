/** The timeline: what was promised and in force when, and a slider over days or a range of them. */

import { isoDay, dayNumber } from "../when";
import { factSymbol, framed } from "../map/symbols";
import { zoneStyles } from "../map/zonestyle";
import { calm, h, icon, replace } from "./dom";
import type { Context } from "./index";
import { axis, itemsOf, pack, sideBySide, spanOf, stops, type AxisTick, type Item, type Span } from "./timescale";

/** `until` shows the story from its beginning up to a day. */
type Mode = "all" | "until" | "day" | "range";

const PLAY = "M8 5v14l11-7z";
const PAUSE = "M8 5v14M16 5v14";
const BEFORE = "M15 5l-7 7 7 7";
const AFTER = "M9 5l7 7-7 7";
const ROW = 16;
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
    this.styles = zoneStyles(doc);
    this.handles = [this.handle(0), this.handle(1)] as const;
    this.modes = { all: this.modeButton("all"), until: this.modeButton("until"), day: this.modeButton("day"), range: this.modeButton("range") };
    this.play = this.button("cl-play", words.t("time.play"), PLAY, () => this.setPlaying(!this.store.get("time").playing));
    const modes = h("div", { class: "cl-modes", role: "group", "aria-label": words.t("time.mode") }, this.modes.all, this.modes.until, this.modes.day, this.modes.range);
    const controls = h("div", { class: "cl-timebar" }, this.play,
      this.button("", words.t("time.back"), BEFORE, () => this.step(-1)),
      this.button("", words.t("time.on"), AFTER, () => this.step(1)), modes, this.readout);
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

  private listen(): void {
    const { store } = this;
    store.subscribe("time", () => this.update());
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
    return this.clamp(Math.round(this.span.start + along * (this.span.end - this.span.start)));
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
    else this.store.setTime(isoDay(from === to ? this.clamp(from - 7) : from), isoDay(from === to ? this.clamp(to + 28) : to));
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
    let day = first >= this.span.end - width ? this.span.start : first;
    const stride = Math.max(1, Math.round((this.span.end - this.span.start) / (calm() ? 12 : 160)));
    const tick = (): void => {
      if (this.mode === "until") this.moveTo(1, day);
      else this.store.setTime(isoDay(day), isoDay(this.clamp(day + width)));
      if (day + width >= this.span.end) this.setPlaying(false);
      day += stride;
    };
    tick();
    this.timer = window.setInterval(tick, calm() ? 1200 : 110);
  }

  /** Put handles, shades, words and buttons where the state says. */
  private update(): void {
    const { words } = this.context;
    const { from, to, playing } = this.store.get("time");
    this.mode = this.modeOf(from, to);
    const days = this.days();
    this.handles.forEach((handle, which) => {
      const day = days[which] ?? 0;
      handle.style.setProperty("inset-inline-start", this.percent(day));
      handle.setAttribute("aria-valuenow", String(day));
      handle.setAttribute("aria-valuetext", this.mode === "all" ? words.t("time.all") : words.date(isoDay(day)));
    });
    this.handles[0].hidden = this.mode === "until";
    this.handles[1].hidden = this.mode !== "range" && this.mode !== "until";
    this.shade[0].style.setProperty("inset-inline-end", `calc(100% - ${this.percent(days[0])})`);
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
    return `${(((day - this.span.start) / (this.span.end - this.span.start)) * 100).toFixed(3)}%`;
  }

  /** Draw axis and items for the present width. */
  private draw(): void {
    const width = this.chart.clientWidth;
    this.width = width;
    if (width < 40) return;
    this.shown.clear();
    const days = this.span.end - this.span.start;
    const whole = axis(this.span, Math.max(2, Math.floor(width / 72))).filter((tick) => ((this.span.end - tick.day) / days) * width > TICK_WORDS);
    const ticks = whole.map((tick) => this.axisTick(tick));
    const bars = this.items.filter((item) => item.kind !== "tick");
    const stretches = bars.map((item) => this.stretch(item, width));
    const rows = pack(stretches);
    const drawn = bars.map((item, index) => this.bar(item, rows[index] ?? 0, stretches[index] as Stretch));
    const count = rows.length ? Math.max(...rows) + 1 : 0;
    replace(this.bars, ...ticks, this.nowLine(), ...drawn, ...this.points(width));
    this.chart.style.setProperty("--rows", String(Math.min(count, 12)));
    this.update();
    this.light("on", this.store.get("selection").marks);
  }

  /** Where a bar and its words stand, in pixels from the start of the chart: after it, on it where it is long, before it. */
  private stretch(item: Item, width: number): Stretch {
    const from = this.pixel(item.start, width);
    const to = Math.max(this.pixel(item.end, width), from + 14);
    const words = Array.from(item.label).length * 6 + 16;
    if (item.kind === "zone") return { from, to: Math.min(width, Math.max(to, from + words)), room: width - from - 8, where: "on" };
    if (to + words <= width || width - to > Math.max(from, to - from)) return { from, to: Math.min(width, to + words), room: width - to, where: "after" };
    if (to - from > Math.min(words, from)) return { from, to, room: to - from - 24, where: "on" };
    return { from: Math.max(0, from - words), to, room: Math.min(words, from), where: "before" };
  }

  private bar(item: Item, row: number, { room, where }: Stretch): HTMLElement {
    const style = item.kind === "zone" ? this.styles.get(item.marks[0] ?? "") : undefined;
    const ends = `${item.fadeStart ? " fs" : ""}${item.fadeEnd ? " fe" : ""}${item.kind === "zone" ? "" : ` ${where === "on" ? "on-bar" : where}`}`;
    // The line stands where the timeline's direction puts it, the words in it run in their own.
    const words = h("span", {}, h("bdi", {}, item.label));
    const element = h("div", { class: `cl-item cl-k-${item.kind}${ends}`, title: item.label }, words);
    if (style) element.style.setProperty("--hue", `var(${style.hue})`);
    words.style.maxWidth = `${Math.max(0, room - 8)}px`;
    // On paper the chart is narrower than it was drawn for.
    const [start, end] = [item.start, item.end].map((day) => this.pixel(day, 100)) as [number, number];
    const share = where === "before" ? start : where === "after" ? 100 - end : (item.kind === "zone" ? 100 : end) - start;
    words.style.maxWidth = `min(${words.style.maxWidth}, ${share.toFixed(2)}cqi - 12px)`;
    element.style.setProperty("inset-inline-start", this.percent(item.start));
    element.style.setProperty("inset-inline-end", `calc(100% - ${this.percent(item.end)})`);
    element.style.setProperty("inset-block-start", `${row * ROW}px`);
    this.shown.set(element, item);
    return element;
  }

  /** Facts of one day, and of the next, stand side by side, each with its sign. */
  private points(width: number): HTMLElement[] {
    const items = this.items.filter((item) => item.kind === "tick").sort((a, b) => a.start - b.start);
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
    return ((day - this.span.start) / (this.span.end - this.span.start)) * width;
  }

  private axisTick(tick: AxisTick): HTMLElement {
    const element = h("div", { class: "cl-axis" }, this.context.words.tick(tick.day, tick.unit, tick.withYear));
    element.style.setProperty("inset-inline-start", this.percent(tick.day));
    return element;
  }

  private nowLine(): HTMLElement | null {
    if (this.span.now === null || this.span.now < this.span.start || this.span.now > this.span.end) return null;
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
