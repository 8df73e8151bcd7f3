/** All marks of a document on the sheet: made once, placed with every frame, dressed by the store's state. */

import type { Mark, Model } from "../model";
import { nameIn } from "../model";
import type { LayerState, Store } from "../store";
import { boxOf } from "../geometry";
import type { FactDoc, Geometry, Interval, MapDocument } from "../types";
import type { Words } from "../ui/words";
import { isAhead, standing } from "../when";
import { setAll, svg } from "./dom";
import { furniture } from "./furniture";
import { faceAttributes, inFace, type Label, type Measure, placeLabels, type Placed, type Rect } from "./labels";
import { Patterns } from "./patterns";
import { type FactSign, isWide, PlaceView } from "./places";
import type { Frame, Sheet } from "./sheet";
import { type Candidate, type Stand, standTogether } from "./stands";
import { placeSymbol } from "./symbols";
import { zoneLabel } from "./zonelabels";
import { zoneStyles, type ZoneStyle } from "./zonestyle";
import { ZoneView } from "./zones";

/** The share of the main zone's name that may cover other names. */
const MAIN_COVERED = 0.4;

/** Names that the basemap offers; those of the report win over them. */
export interface LabelSource {
  labels(frame: Frame, named: ReadonlySet<string>): readonly Label[];
}

export class Scene {
  readonly patterns = new Patterns();
  readonly styles: Map<string, ZoneStyle>;
  readonly zones: ZoneView[];
  readonly places: PlaceView[];
  placed: readonly Placed[] = [];
  /** Called before names are laid: what they have to keep clear of. */
  beforeNames: () => void = () => {};
  private readonly names = svg("g", { class: "cl-labels", "aria-hidden": "true" });
  private readonly candidates = svg("g", { class: "cl-candidates", "aria-hidden": "true" });
  private readonly elements = new Map<string, SVGElement[]>();

  constructor(
    private readonly sheet: Sheet,
    private readonly model: Model,
    private readonly store: Store,
    private readonly words: Words,
    private readonly measure: Measure,
    private readonly ground: LabelSource | null,
    private readonly host: HTMLElement,
  ) {
    this.styles = zoneStyles(model.doc);
    this.zones = this.makeZones();
    this.places = model.doc.places.map((place) => new PlaceView(place, model.doc.areas[place.area ?? ""] ?? null, this.factsAt(place.id)));
    this.assemble();
    this.describeAll();
    for (const key of ["selection", "hover"] as const) store.subscribe(key, () => this.dress());
    for (const key of ["time", "layers", "candidates"] as const) store.subscribe(key, () => this.redraw());
    store.subscribe("selection", () => this.redraw());
    store.subscribe("language", () => {
      this.describeAll();
      this.redraw();
    });
    sheet.onDraw((frame) => this.draw(frame));
    this.dress();
  }

  get doc(): MapDocument {
    return this.model.doc;
  }

  /** The elements of a mark, for focus and for pulses. */
  elementsOf(id: string): readonly SVGElement[] {
    return this.elements.get(id) ?? [];
  }

  /** Whether a mark is drawn now: its layer is on, or it is selected. */
  isShown(id: string): boolean {
    if (this.store.get("selection").marks.includes(id)) return true;
    const { solo } = this.store.get("layers");
    const layer = this.model.layerOf.get(id);
    const zone = this.model.marks.get(id);
    if (zone?.type === "zone" && !zone.zone.shown && (layer?.shown ?? true)) return false;
    return solo ? layer?.id === solo : this.layerState(layer?.id).shown;
  }

  layerState(id: string | undefined): LayerState {
    return this.store.get("layers").byId[id ?? ""] ?? { shown: true, opacity: 1 };
  }

  /** Ids of all marks that are drawn now and in force at the time shown: what the legend explains. */
  drawn(): Mark[] {
    return [...this.model.marks.values()].filter((mark) => this.isShown(mark.id) && this.isSomewhere(mark) && this.standingOf(mark) !== "out");
  }

  /** How a mark stands to the days shown; a zone that is agreed but not yet in force is "ahead", and drawn pale. */
  standingOf(mark: Mark): "in" | "out" | "near" | "ahead" {
    const { from, to } = this.store.get("time");
    if (mark.type === "zone" && isAhead(mark.zone.valid, from, to)) return "ahead";
    return standing(validityOf(mark), from, to);
  }

  private isSomewhere(mark: Mark): boolean {
    if (mark.type === "fact") return mark.fact.places.length > 0;
    return mark.type === "place" || mark.zone.geometry !== null || mark.zone.parts.length > 0;
  }

  private redraw(): void {
    this.dress();
    this.draw(this.sheet.frame);
  }

  private makeZones(): ZoneView[] {
    const views = this.model.doc.zones.flatMap((zone) => {
      const style = this.styles.get(zone.id);
      return style && style.shape !== "none" ? [new ZoneView(zone, style, this.patterns)] : [];
    });
    return views.sort((a, b) => a.style.rank - b.style.rank);
  }

  private factsAt(place: string): FactDoc[] {
    return this.model.doc.facts.filter((fact) => fact.places.includes(place));
  }

  private assemble(): void {
    const outlines = svg("g", { class: "cl-outlines", "aria-hidden": "true" });
    const zones = svg("g", { class: "cl-zones" }, this.zones.map((view) => view.element));
    const places = svg("g", { class: "cl-places" });
    for (const view of this.places) {
      if (view.outline) outlines.append(view.outline);
      places.append(view.element, view.tray);
      this.register(view.place.id, view.element, ...(view.outline ? [view.outline] : []));
      for (const sign of view.signs) this.register(sign.fact.id, sign.element);
    }
    for (const view of this.zones) this.register(view.zone.id, view.element);
    this.sheet.svg.append(this.patterns.defs, outlines, zones, this.names, places, this.candidates);
  }

  private register(id: string, ...elements: SVGElement[]): void {
    for (const element of elements) element.dataset.mark = id;
    this.elements.set(id, [...(this.elements.get(id) ?? []), ...elements]);
  }

  /** Names for a screen reader, and a stop for the Tab key. */
  private describeAll(): void {
    const { words } = this;
    const language = this.store.get("language");
    const give = (element: Element, ...parts: string[]): void =>
      setAll(element, { role: "button", tabindex: 0, "aria-label": parts.filter(Boolean).join(", ") });
    for (const { zone, element } of this.zones) {
      give(element, nameIn(zone, language), words.of("basis", zone.basis), zone.in_article ? "" : words.t("zone.not_here"));
    }
    for (const { place, element, signs } of this.places) {
      give(element, nameIn(place, language), words.of("kind", place.kind), place.doubt ? words.t("place.sure.low") : "");
      for (const sign of signs) {
        const where = words.t(isWide(place) ? "map.about" : "map.at", { name: nameIn(place, language) });
        give(sign.element, `${sign.fact.word}: ${sign.fact.statement}`, where);
      }
    }
  }

  /** Show, fade and light what the state says. */
  private dress(): void {
    const [selected, hovered] = [new Set(this.store.get("selection").marks), new Set(this.store.get("hover").marks)];
    for (const [id, elements] of this.elements) {
      const mark = this.model.marks.get(id);
      const shown = this.isShown(id);
      const stand = mark ? this.standingOf(mark) : "in";
      const gone = !shown || (mark?.type === "zone" && stand === "out" && !selected.has(id));
      const opacity = this.layerState(this.model.layerOf.get(id)?.id).opacity;
      for (const element of elements) {
        element.classList.toggle("is-hidden", !shown);
        element.classList.toggle("is-out", stand === "out");
        element.classList.toggle("is-near", stand === "near");
        element.classList.toggle("is-ahead", stand === "ahead");
        element.classList.toggle("is-selected", selected.has(id));
        element.classList.toggle("is-hovered", hovered.has(id));
        element.style.setProperty("--opacity", String(opacity));
        if (element.hasAttribute("role")) setAll(element, { tabindex: gone ? -1 : 0, "aria-hidden": gone ? "true" : null, "aria-pressed": String(selected.has(id)) });
      }
    }
  }

  private draw(frame: Frame): void {
    // Read before anything is written: the browser would lay the page out twice.
    const over = this.readOver();
    for (const view of this.zones) view.place(frame);
    for (const view of this.places) view.draw(frame);
    for (const view of this.places) {
      const hidden = !this.isPlaceShown(view);
      view.element.classList.toggle("is-hidden", hidden);
      view.outline?.classList.toggle("is-hidden", hidden);
    }
    this.candidates.replaceChildren(...this.store.get("candidates").map(({ lon, lat }) => {
      const [x, y] = frame.at([lon, lat]);
      return svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }, placeSymbol(true));
    }));
    this.nameAll(over);
  }

  /** What lies over the map. */
  private readOver(): Rect[] {
    this.beforeNames();
    return furniture(this.host, this.sheet.frame);
  }

  /** Lay all names and signs where they have room. */
  nameAll(over = this.readOver()): void {
    const { frame } = this.sheet;
    const shown = this.places.filter((view) => this.isPlaceShown(view));
    const selected = new Set(this.store.get("selection").marks);
    const stands = standTogether(shown.map((view) => this.candidate(frame, view, selected)), selected);
    this.placed = placeLabels(this.allLabels(frame, stands), [...over, ...this.allObstacles(frame, stands)], this.measure, this.freeScreen(frame));
    // A name is lit with any of the places that it stands for.
    const lit = new Set([...selected, ...stands.filter(({ others }) => others.some((one) => selected.has(one.place.id))).map(({ lead }) => lead.place.id)]);
    this.names.replaceChildren(...this.placed.map((placed) => labelElement(placed, lit.has(placed.label.id))));
    this.layTrays(stands, selected);
  }

  private candidate(frame: Frame, view: PlaceView, selected: ReadonlySet<string>): Candidate {
    const [x, y] = frame.at([view.place.lon, view.place.lat]);
    const signs = this.signsShown(view);
    return { view, x, y, weight: (selected.has(view.place.id) ? 1000 : 0) + signs.length, signs, alone: view.hasRoom(frame) };
  }

  private layTrays(stands: readonly Stand[], selected: ReadonlySet<string>): void {
    const byId = new Map(this.placed.map((placed) => [placed.label.id, placed]));
    for (const view of this.places) view.clearTray();
    for (const { lead, signs, more, others } of stands) {
      const placed = byId.get(lead.place.id);
      if (placed) lead.layTray(placed, signs, more);
      lead.element.classList.remove("is-minor");
      const [chosen = lead, second] = [lead, ...others].filter((one) => selected.has(one.place.id));
      // One circle of doubt for the stand: that of its name, or of another that is selected alone.
      for (const one of [lead, ...others]) one.element.classList.toggle("is-uncircled", one !== (second ? lead : chosen));
      for (const other of others) other.element.classList.add("is-minor");
    }
  }

  /** What the reader sees of the sheet, clear of what covers its edges. */
  private freeScreen({ screen: [left, top, width, height] }: Frame): Rect {
    const padding = this.store.get("padding");
    return [left + padding.left, top + padding.top, left + width - padding.right, top + height - padding.bottom];
  }

  private isPlaceShown(view: PlaceView): boolean {
    return this.isShown(view.place.id) || this.signsShown(view).length > 0;
  }

  private signsShown(view: PlaceView): FactSign[] {
    return view.signs.filter((sign) => this.isShown(sign.fact.id));
  }

  private allLabels(frame: Frame, stands: readonly Stand[]): Label[] {
    const language = this.store.get("language");
    const main = this.doc.zones.find((zone) => zone.theme === "zone" && !zone.variant_of);
    const core = main?.geometry ? boxIn(frame, main.geometry) : null;
    const [left, top, right, bottom] = this.freeScreen(frame);
    const places = stands.flatMap(({ lead, others, signs, more }) => {
      const [x, y] = frame.at([lead.place.lon, lead.place.lat]);
      // Half a name at the edge of a spot beyond it tells nothing.
      if (!isWide(lead.place) && (x < left || x > right || y < top || y > bottom)) return [];
      const name = nameIn(lead.place, language) + (others.length ? ` \u2066+${others.length}\u2069` : "");
      return asList(lead.label(frame, name, signs.length + (more ? 1 : 0), core));
    });
    const shown = stands.flatMap(({ lead, others }) => [lead, ...others]);
    const zones = this.zones.filter(({ zone }) => this.isShown(zone.id) && this.standingOf({ type: "zone", id: zone.id, zone }) !== "out");
    const selected = new Set(this.store.get("selection").marks);
    const zoneLabels = zones.flatMap((view) => {
      const label = zoneLabel(frame, view.zone, view.style, this.zoneText(view), this.measure);
      // What is selected is named, whatever that covers; and the zone that the map is about nearly always.
      const isChosen = selected.has(view.zone.id) && selected.size < 3;
      const chosen = { must: true, most: Infinity, priority: 1200 };
      return label ? [{ ...label, ...(isChosen ? chosen : view.zone === main ? { most: MAIN_COVERED } : {}) }] : [];
    });
    const named = new Set(shown.flatMap(({ place }) => [place.name, ...Object.values(place.names ?? {})]));
    const candidates = this.store.get("candidates").map(({ name, score, lon, lat }, i): Label => {
      const [x, y] = frame.at([lon, lat]);
      return { id: `candidate-${i}`, text: `${name} ${Math.round(score * 100)} %`, face: "town-1", x, y, priority: 1100, anchors: ["end", "start", "above", "below"], gap: 11, must: true };
    });
    return [...candidates, ...places, ...zoneLabels, ...(this.ground?.labels(frame, named) ?? [])];
  }

  /** A zone's name; what is assumed says so, and what is not yet in force says from when. */
  private zoneText({ zone }: ZoneView): string {
    const name = nameIn(zone, this.store.get("language"));
    const word = this.words.t("map.assumption");
    const assumed = zone.basis === "assumption" && !name.includes(word) ? `${name} (${word})` : name;
    const ahead = zone.theme !== "posts" && this.standingOf({ type: "zone", id: zone.id, zone }) === "ahead";
    return ahead ? `${assumed}, ${this.words.t("when.from", { start: this.words.date(zone.valid?.start ?? null) })}` : assumed;
  }

  private allObstacles(frame: Frame, stands: readonly Stand[]): Rect[] {
    const posts = this.zones.filter(({ zone, style }) => style.shape === "post" && this.isShown(zone.id));
    const rects = posts.map(({ zone }) => around(frame, zone.geometry?.type === "Point" ? zone.geometry.coordinates : [0, 0]));
    return [...this.sheet.taken, ...rects, ...stands.flatMap(({ lead, others }) => [lead, ...others].flatMap((view) => asList(view.obstacle(frame))))];
  }
}

function boxIn(frame: Frame, geometry: Geometry): Rect | null {
  const box = boxOf(geometry);
  return box && [frame.x(box.west), frame.y(box.north), frame.x(box.east), frame.y(box.south)];
}

const asList = <T>(value: T | null): T[] => (value === null ? [] : [value]);

function around(frame: Frame, position: readonly number[]): Rect {
  const [x, y] = frame.at(position as number[]);
  return [x - 6, y - 6, x + 6, y + 6];
}

function validityOf(mark: Mark): Interval | null {
  if (mark.type === "zone") return mark.zone.valid;
  return mark.type === "fact" ? mark.fact.when : null;
}

/** A thin line from a point to a name that found room only farther off. */
function leader({ label, x, y, half }: Placed): SVGElement[] {
  const [dx, dy] = [x - label.x, y - label.y];
  if (label.spots || (!label.isAside && (label.gap ?? 0) < 24)) return [];
  const share = 1 - Math.min((half[0] + 2) / Math.abs(dx || 1e-9), half[1] / Math.abs(dy || 1e-9));
  if (share * Math.hypot(dx, dy) < 8) return [];
  return [svg("path", { class: "cl-leader", d: `M${label.x.toFixed(1)} ${label.y.toFixed(1)}l${(dx * share).toFixed(1)} ${(dy * share).toFixed(1)}` })];
}

/** A placed label as text with a halo; every line in the middle, which is right in both directions of writing. */
function labelElement(placed: Placed, selected: boolean): SVGElement {
  const { label, lines, x, y } = placed;
  const face = faceAttributes(label.text, label.face);
  const size = Number(face["font-size"]);
  const texts = lines.map((line, i) => {
    const at = { x: x.toFixed(1), y: (y + (i - (lines.length - 1) / 2) * size * 1.2 + size * 0.35).toFixed(1) };
    return svg("text", { ...face, ...at, class: `cl-label cl-label-${label.face}${selected ? " is-selected" : ""}` }, [inFace(line, label.face)]);
  });
  const turn = label.angle ? `rotate(${label.angle.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})` : null;
  const dot = label.dot ? [svg("circle", { class: "cl-town", cx: label.x.toFixed(1), cy: label.y.toFixed(1), r: label.dot })] : [];
  return svg("g", { transform: turn, "data-label": label.id }, [...dot, ...leader(placed), ...texts]);
}
