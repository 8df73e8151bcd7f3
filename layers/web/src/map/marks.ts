/**
 * Many marks: drawn on the canvas, gathered in groups while they would cover one another, found through a spatial
 * index. A mark opens a card; a group opens by zooming in, or as a list where zooming would not part it.
 */

import Flatbush from "flatbush";
import * as L from "leaflet";
import { latitudeOf, longitudeOf } from "../geometry";
import type { Store } from "../store";
import type { MapDocument } from "../types";
import type { Words } from "../ui/words";
import { dayNumber, isoDay } from "../when";
import { ICONS, iconButton } from "./controls";
import { html } from "./dom";
import { type Clusters, gather, kindShape, type MarkData, marksOf } from "./markdata";
import type { Pen } from "./pen";
import type { Frame, Sheet } from "./sheet";

/** From this zoom on every mark stands for itself. */
const APART = 14;
const TOUCH = 14;
const MOST_LISTED = 200;
const HUES = 6;

/** Draw the document's many marks, if it has any. */
export function mountMarks(overlay: HTMLElement, sheet: Sheet, doc: MapDocument, store: Store, words: Words): void {
  const data = marksOf(doc);
  if (!data) return;
  const layer = new MarkLayer(data, sheet, store, words);
  overlay.append(layer.card, layer.count);
}

class MarkLayer {
  readonly card: HTMLElement;
  readonly count: HTMLButtonElement;
  private readonly gathered = new Map<number, Clusters>();
  private index: Flatbush | null = null;
  private passing: Uint8Array | null = null;
  private chosen = -1;

  constructor(
    private readonly data: MarkData,
    private readonly sheet: Sheet,
    private readonly store: Store,
    private readonly words: Words,
  ) {
    this.card = html("section", { class: "cl-mapcard cl-markcard", hidden: "", tabindex: -1, "aria-label": words.t("notes") });
    this.count = html("button", { type: "button", class: "cl-markcount" }) as HTMLButtonElement;
    this.count.addEventListener("click", () => this.list(this.inView()));
    sheet.onPaint((pen, frame) => this.paint(pen, frame));
    sheet.onDraw((frame) => this.draw(frame));
    sheet.map.on("click", ({ latlng }) => this.open(latlng));
    sheet.map.on("mousemove", ({ latlng }) => {
      sheet.map.getContainer().classList.toggle("is-over-mark", this.hit(latlng) !== null);
    });
    for (const key of ["time", "layers"] as const) {
      store.subscribe(key, () => {
        this.gathered.clear();
        this.passing = null;
        sheet.drawSoon();
      });
    }
    store.on("dismiss", () => this.close());
    store.on("openMark", (mark) => this.goTo(mark));
  }

  /** Show a mark where it stands for itself; one that a layer or the days hide is still told of. */
  private goTo(mark: number): void {
    const { map } = this.sheet;
    const [lon, lat] = this.at(mark);
    map.setView([lat, lon], Math.max(map.getZoom(), APART), { animate: false });
    this.show(mark);
  }

  /** Longitude and latitude of a mark. */
  private at(mark: number): [number, number] {
    return [longitudeOf(this.data.x[mark] ?? 0), latitudeOf(this.data.y[mark] ?? 0)];
  }

  private paint(pen: Pen, frame: Frame): void {
    const style = getComputedStyle(document.documentElement);
    const ink = (token: string): string => style.getPropertyValue(token).trim();
    const [paper, dark] = [ink("--paper"), ink("--ink")];
    const hues = this.data.kinds.length ? Array.from({ length: HUES }, (_, i) => ink(`--hue-${i + 1}`)) : [dark];
    const signs = hues.map(() => "");
    const numbers: [string, number, number][] = [];
    let groups = "";
    this.each(frame, (i, x, y, clusters) => {
      const size = clusters.size[i] ?? 1;
      const kind = this.data.kind[clusters.first[i] ?? 0] ?? 0;
      if (size === 1) signs[kind % hues.length] += kindShape(kind, x, y);
      else {
        groups += ring(x, y, groupRadius(size));
        numbers.push([short(size), x, y]);
      }
    });
    signs.forEach((data, i) => pen.sign(data, hues[i] ?? dark, paper));
    pen.sign(groups, paper, dark);
    for (const [digits, x, y] of numbers) pen.number(digits, x, y, dark);
  }

  /** Keep names off the groups, and tell how many marks are seen. */
  private draw(frame: Frame): void {
    const [left, top, width, height] = frame.screen;
    let seen = 0;
    this.each(frame, (i, x, y, clusters) => {
      const size = clusters.size[i] ?? 1;
      if (x >= left && y >= top && x <= left + width && y <= top + height) seen += size;
      if (size === 1) return;
      const radius = groupRadius(size);
      this.sheet.taken.push([x - radius, y - radius, x + radius, y + radius]);
    });
    this.tell(seen);
  }

  /** How many marks are on the screen, as a button that lists them. */
  private tell(seen: number): void {
    this.count.textContent = this.words.t("marks.seen", { n: this.words.number(seen) });
  }

  /** Call with every group or mark of the frame, in its pixels. */
  private each(frame: Frame, call: (i: number, x: number, y: number, clusters: Clusters) => void): void {
    const clusters = this.clusters(frame.zoom);
    const { world, left, top, width, height } = frame;
    // In as many copies of the world as the frame sees: a view may lie across the antimeridian.
    for (let turn = Math.floor((left - 20) / world); turn <= Math.floor((left + width + 20) / world); turn++) {
      for (let i = 0; i < clusters.length; i++) {
        const x = ((clusters.x[i] ?? 0) + turn) * world - left;
        const y = (clusters.y[i] ?? 0) * world - top;
        if (x > -20 && y > -20 && x < width + 20 && y < height + 20) call(i, x, y, clusters);
      }
    }
  }

  private clusters(zoom: number): Clusters {
    const whole = Math.min(APART + 8, Math.floor(zoom >= APART ? APART + 8 : zoom));
    let clusters = this.gathered.get(whole);
    if (!clusters) this.gathered.set(whole, (clusters = gather(this.data, whole, (i) => this.isShown(i))));
    return clusters;
  }

  /** Which marks the layers and the days shown let pass; worked out once for each change. */
  private isShown(i: number): boolean {
    this.passing ??= this.sift();
    return this.passing[i] === 1;
  }

  private sift(): Uint8Array {
    const { data } = this;
    const { from, to } = this.store.get("time");
    const { byId, solo } = this.store.get("layers");
    const on = data.kinds.map((_, kind) => (solo ? solo === `marks-${kind}` : (byId[`marks-${kind}`]?.shown ?? true)));
    const [first, last] = [dayNumber(from ?? to), dayNumber(to ?? from)];
    return Uint8Array.from({ length: data.count }, (_, i) => {
      const day = data.days?.[i] ?? data.noDay;
      const inTime = first === null || last === null || !data.days || day === data.noDay || (day >= first && day <= last);
      return Number(inTime && (on[data.kind[i] ?? 0] ?? true));
    });
  }

  /** The marks on the screen, at most as many as can be listed, and one more. */
  private inView(): number[] {
    const { frame } = this.sheet;
    const [left, top, width, height] = frame.screen;
    const [west, east] = [(left + frame.left) / frame.world, (left + width + frame.left) / frame.world];
    return this.within(west, (top + frame.top) / frame.world, east, (top + height + frame.top) / frame.world);
  }

  /** The marks let pass in a box of the unit square, which may reach over its sides. */
  private within(west: number, north: number, east: number, south: number): number[] {
    const found = new Set<number>();
    for (let turn = Math.floor(west); turn <= Math.floor(east); turn++) {
      for (const i of this.tree().search(west - turn, north, east - turn, south)) if (this.isShown(i)) found.add(i);
    }
    return [...found];
  }

  /** The index over all marks, made when first needed. */
  private tree(): Flatbush {
    if (!this.index) {
      this.index = new Flatbush(this.data.count);
      for (let i = 0; i < this.data.count; i++) this.index.add(this.data.x[i] ?? 0, this.data.y[i] ?? 0);
      this.index.finish();
    }
    return this.index;
  }

  /** The group or mark under a position, if any. */
  private hit(latlng: L.LatLng): { mark: number; size: number; x: number; y: number } | null {
    const { frame } = this.sheet;
    const [px, py] = [frame.x(latlng.lng), frame.y(latlng.lat)];
    let best: { mark: number; size: number; x: number; y: number } | null = null;
    let least = Infinity;
    this.each(frame, (i, x, y, clusters) => {
      const size = clusters.size[i] ?? 1;
      const away = Math.hypot(x - px, y - py) - (size > 1 ? groupRadius(size) : 0);
      if (away < TOUCH && away < least) [least, best] = [away, { mark: clusters.first[i] ?? 0, size, x, y }];
    });
    return best;
  }

  private open(latlng: L.LatLng): void {
    if (this.store.get("measure")) return;
    const found = this.hit(latlng);
    if (!found) this.close();
    else if (found.size === 1) this.show(found.mark);
    else this.part(found.x, found.y);
  }

  /** Zoom into a group; where that would not part it, list it. */
  private part(x: number, y: number): void {
    const { map, frame } = this.sheet;
    const cell = 30 / frame.world;
    const [mx, my] = [(x + frame.left) / frame.world, (y + frame.top) / frame.world];
    const near = this.within(mx - cell, my - cell, mx + cell, my + cell);
    if (frame.zoom >= APART - 0.5) this.list(near);
    else map.setView([frame.lat(y), frame.lon(x)], Math.min(APART, frame.zoom + 2));
  }

  private show(mark: number): void {
    this.chosen = mark;
    const { data, words } = this;
    const day = data.days?.[mark] ?? data.noDay;
    const facts = [data.kinds[data.kind[mark] ?? 0], day === data.noDay || !data.days ? "" : words.date(isoDay(day))].filter(Boolean);
    const quote = data.quote(mark);
    this.fill(data.name(mark) || words.t("notes"), [
      ...(quote ? [html("blockquote", { dir: "auto" }, [words.quote(quote)])] : []),
      ...(facts.length ? [html("p", { dir: "auto" }, [facts.join(" · ")])] : []),
    ]);
  }

  private list(marks: readonly number[]): void {
    const rows = marks.slice(0, MOST_LISTED).map((mark) => {
      const button = html("button", { type: "button", dir: "auto" }, [this.data.name(mark) || this.data.quote(mark).slice(0, 80)]);
      button.addEventListener("click", () => this.show(mark));
      return html("li", {}, [button]);
    });
    const more = marks.length > MOST_LISTED ? [html("p", {}, [this.words.t("marks.more", { n: marks.length - MOST_LISTED })])] : [];
    this.fill(this.words.t("marks.seen", { n: marks.length }), [html("ul", {}, rows), ...more]);
  }

  private fill(title: string, body: readonly Node[]): void {
    const close = iconButton(ICONS.cross, this.words.t("close"), () => this.close());
    this.card.replaceChildren(html("header", {}, [html("h2", { dir: "auto" }, [title]), close]), html("div", { class: "cl-cardbody" }, body));
    this.card.hidden = false;
    this.card.focus({ preventScroll: true });
  }

  private close(): void {
    if (this.chosen < 0 && this.card.hidden) return;
    this.chosen = -1;
    this.card.hidden = true;
  }
}

const groupRadius = (size: number): number => Math.min(20, 8 + 1.3 * Math.log2(size));
const short = (size: number): string => (size < 1000 ? String(size) : `${(size / 1000).toFixed(size < 10_000 ? 1 : 0)}k`);

function ring(x: number, y: number, radius: number): string {
  const r = radius.toFixed(1);
  return `M${(x + radius).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${(-2 * radius).toFixed(1)} 0a${r} ${r} 0 1 0 ${(2 * radius).toFixed(1)} 0Z`;
}
