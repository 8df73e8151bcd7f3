/**
 * Places and what is said to happen at them. A place that is an area is drawn as that area; facts stand in a tray
 * under its name, so that several at one place are all seen, and an area's are read as being about the area.
 */

import { clipRing, polygonsOf } from "../geometry";
import type { FactDoc, Geometry, PlaceDoc, Position } from "../types";
import { svg } from "./dom";
import type { Label, Placed, Rect } from "./labels";
import type { Frame } from "./sheet";
import { factSymbol, placeSymbol } from "./symbols";
import { geometryData, placeRadius } from "./zones";

const CELL = 23;
const A_ROW = 6;
const WIDE_KINDS = new Set(["country", "province", "district", "region"]);

export interface FactSign {
  readonly fact: FactDoc;
  readonly element: SVGGElement;
}

/** Whether a place is an extent rather than a spot. */
export const isWide = (place: PlaceDoc): boolean => place.area !== null || WIDE_KINDS.has(place.kind);

export class PlaceView {
  readonly element: SVGGElement;
  /** The outline of its area, which lies under the zones. */
  readonly outline: SVGPathElement | null;
  readonly tray = svg("g", { class: "cl-tray" });
  readonly signs: FactSign[];
  private readonly radius = svg("circle", { class: "cl-radius" });
  private readonly dot = svg("g", { class: "cl-place-dot" });

  constructor(
    readonly place: PlaceDoc,
    readonly area: Geometry | null,
    facts: readonly FactDoc[],
  ) {
    this.element = svg("g", { class: `cl-place cl-kind-${place.kind}${place.doubt ? " is-doubt" : ""}` });
    this.outline = area ? svg("path", { class: "cl-area" }) : null;
    if (!isWide(place)) {
      this.dot.append(svg("circle", { class: "cl-hit cl-fill-hit", r: 13 }), ...placeSymbol(place.doubt));
      this.element.append(this.radius, this.dot);
    }
    this.signs = facts.map((fact) => ({ fact, element: signOf(fact) }));
    this.tray.append(...this.signs.map((sign) => sign.element));
  }

  draw(frame: Frame): void {
    const { place } = this;
    if (this.outline && this.area) this.outline.setAttribute("d", geometryData(frame, this.area));
    if (isWide(place)) return;
    placeRadius(this.radius, frame, place.lon, place.lat, place.radius_km);
    this.dot.setAttribute("transform", `translate(${frame.x(place.lon).toFixed(1)} ${frame.y(place.lat).toFixed(1)})`);
  }

  /** Where its name goes: a spot's beside it, an area's in the part of it that is seen. */
  label(frame: Frame, text: string, shown: readonly FactSign[]): Label | null {
    const { place } = this;
    const wide = isWide(place);
    const at = wide ? this.seenMiddle(frame) : frame.at([place.lon, place.lat]);
    if (!at) return null;
    return {
      id: place.id,
      text,
      face: wide ? "place-area" : "place",
      x: at[0],
      y: at[1],
      priority: (wide ? 800 : 900) + shown.length,
      anchors: wide ? ["middle", "above", "below"] : ["end", "start", "above", "below", "end-below", "start-below", "end-above", "start-above"],
      gap: wide ? 0 : place.doubt ? 11 : 9,
      must: shown.length > 0 || !wide,
      wrap: 160,
      ...(shown.length ? { tray: traySize(shown.length) } : {}),
    };
  }

  /** Lay the signs in rows under the name. */
  layTray(placed: Placed | null, shown: readonly FactSign[]): void {
    this.tray.style.display = placed && shown.length ? "" : "none";
    if (!placed) return;
    const [width, height] = traySize(shown.length);
    shown.forEach(({ element }, i) => {
      const x = placed.trayX - width / 2 + (i % A_ROW) * CELL + CELL / 2;
      const y = placed.trayY - height / 2 + Math.floor(i / A_ROW) * CELL + CELL / 2;
      element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    });
  }

  /** What no label may cover. */
  obstacle(frame: Frame): Rect | null {
    if (isWide(this.place)) return null;
    const [x, y] = frame.at([this.place.lon, this.place.lat]);
    return [x - 7, y - 7, x + 7, y + 7];
  }

  private seenMiddle(frame: Frame): [number, number] | null {
    const at = frame.at([this.place.lon, this.place.lat]);
    return this.area ? seenMiddle(frame, this.area, at) : at;
  }
}

function signOf(fact: FactDoc): SVGGElement {
  const hit = svg("circle", { class: "cl-hit cl-fill-hit", r: 12 });
  const ring = svg("circle", { class: "cl-ring", r: 12 });
  const inner = svg("g", {}, [hit, ring, factSymbol(fact.certainty, fact.negated, fact.theme)]);
  return svg("g", { class: "cl-fact" }, [inner]);
}

function traySize(count: number): readonly [number, number] {
  return [Math.min(count, A_ROW) * CELL, Math.ceil(count / A_ROW) * CELL];
}

/** The label point of an area if it is on the screen, else the roomiest spot of the part that is. */
export function seenMiddle(frame: Frame, area: Geometry, at: readonly [number, number]): [number, number] | null {
  const [left, top, width, height] = frame.screen;
  const pad = Math.min(60, width / 6, height / 6);
  const seen = [left + pad, top + pad, left + width - pad, top + height - pad] as const;
  if (at[0] > seen[0] && at[0] < seen[2] && at[1] > seen[1] && at[1] < seen[3]) return [at[0], at[1]];
  return roomiest(polygonsOf(area).map((rings) => rings.map((ring) => clipRing(ring.map((p) => frame.at(p)), seen))));
}

/** The middle of the largest part; coarse, for it only has to be inside and stay put. */
function roomiest(polygons: readonly Position[][][]): [number, number] | null {
  let best: [number, number] | null = null;
  let most = 900;
  for (const [ring = []] of polygons) {
    const { x, y, area } = centre(ring);
    if (area > most) [most, best] = [area, [x, y]];
  }
  return best;
}

function centre(ring: readonly Position[]): { x: number; y: number; area: number } {
  let [sum, x, y] = [0, 0, 0];
  ring.forEach(([ax = 0, ay = 0], i) => {
    const [bx = 0, by = 0] = ring[(i + 1) % ring.length] ?? [];
    const cross = ax * by - bx * ay;
    sum += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return sum ? { x: x / (3 * sum), y: y / (3 * sum), area: Math.abs(sum / 2) } : { x: 0, y: 0, area: 0 };
}

