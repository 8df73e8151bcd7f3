/**
 * Zones: a sure core filled, a doubtful margin hatched, an edge whose dash says what it rests on. Each zone is one
 * group that the keyboard can reach; its paths are drawn anew with every frame, the group stays.
 */

import { linesOf, pointsOf, polygonsOf } from "../geometry";
import type { Geometry, ZoneDoc } from "../types";
import { setAll, svg } from "./dom";
import type { Patterns } from "./patterns";
import { type Frame, pathData } from "./sheet";
import { postSymbol } from "./symbols";
import { isOutline, type ZoneStyle } from "./zonestyle";

const WIDE_PX = 60;

interface Piece {
  readonly element: SVGElement;
  place(frame: Frame): void;
}

export class ZoneView {
  readonly element: SVGGElement;
  private readonly pieces: Piece[] = [];

  constructor(
    readonly zone: ZoneDoc,
    readonly style: ZoneStyle,
    patterns: Patterns,
  ) {
    this.element = svg("g", { class: `cl-zone cl-basis-${zone.basis} cl-${style.shape} cl-theme-${zone.theme}` });
    this.element.style.setProperty("--hue", `var(${style.hue})`);
    if (style.shape === "area") this.buildArea(patterns);
    else if (style.shape === "line") this.buildLine();
    else this.buildPost();
    this.element.append(...this.pieces.map((piece) => piece.element));
  }

  place(frame: Frame): void {
    for (const piece of this.pieces) piece.place(frame);
  }

  private buildArea(patterns: Patterns): void {
    const { zone, style } = this;
    const whole = zone.geometry ?? zone.parts[0]?.geometry;
    const margin = zone.parts.filter((part) => part.role !== "core");
    const core = zone.parts.find((part) => part.role === "core")?.geometry;
    if (whole) this.path("cl-hit cl-fill-hit", whole);
    if (isOutline(zone) && whole) this.path("cl-inner", whole);
    else if (zone.variant_of && whole) this.hatched(whole, patterns.url(style.hatch, style.hue));
    else this.fills(core ?? whole, margin.map((part) => part.geometry), patterns);
    if (whole) this.edge(whole);
    if (core) this.path("cl-core-edge", core);
  }

  private fills(core: Geometry | undefined, margins: readonly Geometry[], patterns: Patterns): void {
    const { style } = this;
    if (core) this.path("cl-fill", core);
    for (const margin of margins) this.hatched(margin, patterns.url(style.hatch, style.hue));
    if (core && !margins.length && this.zone.theme === "patrols") this.hatched(core, patterns.url(style.hatch, style.hue));
  }

  private hatched(geometry: Geometry, fill: string): void {
    this.path("cl-hatch", geometry).setAttribute("fill", fill);
  }

  private buildLine(): void {
    const { zone } = this;
    if (zone.band) this.path("cl-band", zone.band);
    if (!zone.geometry) return;
    this.path("cl-hit", zone.geometry);
    this.edge(zone.geometry);
  }

  /** Casing, edge and, for an agreement, the pale middle that makes it double. */
  private edge(geometry: Geometry): void {
    this.path("cl-casing", geometry);
    this.path("cl-edge", geometry);
    if (this.zone.basis === "agreement") this.path("cl-double", geometry);
  }

  private buildPost(): void {
    const [lon = 0, lat = 0] = pointsOf(this.zone.geometry ?? { type: "MultiPoint", coordinates: [] })[0] ?? [];
    const km = this.zone.uncertainty_km ?? 0;
    const circle = svg("circle", { class: "cl-radius" });
    const hit = svg("circle", { class: "cl-hit cl-fill-hit", r: 12 });
    const sign = svg("g", {}, [hit, postSymbol(this.style.party, km > 3)]);
    this.pieces.push({ element: circle, place: (frame) => placeRadius(circle, frame, lon, lat, km) });
    this.pieces.push({
      element: sign,
      place: (frame) => sign.setAttribute("transform", `translate(${frame.x(lon).toFixed(1)} ${frame.y(lat).toFixed(1)})`),
    });
  }

  private path(kind: string, geometry: Geometry): SVGPathElement {
    const element = svg("path", { class: kind });
    this.pieces.push({ element, place: (frame) => element.setAttribute("d", geometryData(frame, geometry)) });
    return element;
  }
}

/** The path data of a whole geometry, polygons and lines. */
export function geometryData(frame: Frame, geometry: Geometry): string {
  const rings = polygonsOf(geometry).flat();
  return rings.map((ring) => pathData(frame, ring, true)).join("") + linesOf(geometry).map((line) => pathData(frame, line, false)).join("");
}

/** Lay a circle of so many kilometres; taken away where it would be no larger than the sign itself. */
export function placeRadius(circle: SVGCircleElement, frame: Frame, lon: number, lat: number, km: number): void {
  const radius = km * frame.perKm(lat);
  const seen = radius > 9 && radius < 4 * Math.max(frame.width, frame.height);
  // A large circle says little about any one spot: it stands back until its mark is looked at.
  circle.classList.toggle("is-wide", radius > WIDE_PX);
  setAll(circle, { cx: frame.x(lon).toFixed(1), cy: frame.y(lat).toFixed(1), r: seen ? radius.toFixed(1) : 0 });
}
