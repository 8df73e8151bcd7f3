/**
 * Places and what is said to happen at them. A place that is an area is drawn as that area; facts stand in a tray
 * under its name, so that several at one place are all seen, and an area's are read as being about the area.
 */

import { boxAround, boxOf, clipRing, polygonsOf } from "../geometry";
import type { FactDoc, Geometry, PlaceDoc, Position } from "../types";
import { svg } from "./dom";
import type { Label, Placed, Rect } from "./labels";
import type { Frame } from "./sheet";
import { apart, roomiest, thinned } from "./zonelabels";
import { factSymbol, placeSymbol } from "./symbols";
import { SMALL } from "./labels";
import { geometryData, placeRadius } from "./zones";

const CELL = 23;
const A_ROW = 6;
/** A phone's map has room for trays as high as wide. */
const aRow = (count: number): number => (SMALL.matches ? Math.ceil(Math.sqrt(count)) : A_ROW);
/** How many times wider than high an area's name is. */
const SHAPE = 5;
/** Pixels off its point at which the name of a region without an outline is tried. */
const OFFSETS = [0, -24, 24, -48, 48];
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
  private readonly rest = svg("text", { class: "cl-rest", y: 4 });
  private readonly radius = svg("circle", { class: "cl-radius" });
  private readonly dot = svg("g", { class: "cl-place-dot" });

  constructor(
    readonly place: PlaceDoc,
    readonly area: Geometry | null,
    facts: readonly FactDoc[],
  ) {
    this.element = svg("g", { class: `cl-place cl-kind-${place.kind}${place.doubt ? " is-doubt" : ""}` });
    this.outline = area ? svg("path", { class: `cl-outline cl-of-${place.kind}` }) : null;
    if (!isWide(place)) {
      this.dot.append(svg("circle", { class: "cl-hit cl-fill-hit", r: 13 }), ...placeSymbol(place.doubt));
      this.element.append(this.radius, this.dot);
    }
    this.signs = facts.map((fact) => ({ fact, element: signOf(fact) }));
    this.tray.append(...this.signs.map((sign) => sign.element), this.rest);
  }

  draw(frame: Frame): void {
    const { place } = this;
    if (this.outline && this.area) this.outline.setAttribute("d", geometryData(frame, this.area));
    if (isWide(place)) return;
    placeRadius(this.radius, frame, place.lon, place.lat, place.radius_km);
    this.dot.setAttribute("transform", `translate(${frame.x(place.lon).toFixed(1)} ${frame.y(place.lat).toFixed(1)})`);
  }

  /** Whether it is drawn as an extent with room for a name, in this frame. */
  hasRoom(frame: Frame): boolean {
    if (!isWide(this.place)) return false;
    const box = this.area ? boxOf(this.area) : null;
    return !box || frame.x(box.east) - frame.x(box.west) > 48;
  }

  /** Where its name goes: a spot's beside it, an area's in the part of it that is seen. */
  label(frame: Frame, text: string, cells: number, avoid: Rect | null = null): Label | null {
    const { place } = this;
    const wide = this.hasRoom(frame);
    const at = frame.at([place.lon, place.lat]);
    const round = (): [number, number][] => OFFSETS.flatMap((dy) => OFFSETS.map((dx): [number, number] => [at[0] + 2 * dx, at[1] + dy]));
    const spots = wide ? (this.area ? seenSpots(frame, this.area, at) : round()) : null;
    if (spots && !spots.length) return null;
    // A country's name is not that of the zone in it.
    if (spots && avoid && place.kind === "country") spots.sort((a, b) => Number(isIn(a, avoid)) - Number(isIn(b, avoid)));
    return {
      id: place.id,
      text,
      face: isWide(place) ? "place-area" : "place",
      x: at[0],
      y: at[1],
      priority: (wide ? 800 : 900) + cells,
      anchors: wide ? ["middle"] : ["end", "start", "above", "below", "end-below", "start-below", "end-above", "start-above"],
      gap: wide ? 0 : place.doubt ? 11 : 9,
      must: cells > 0 || !(isWide(place) || SMALL.matches),
      wrap: 160,
      ...(spots ? { spots: spots.map(([x, y]) => ({ x, y, angle: 0 })) } : {}),
      ...(cells ? { tray: traySize(cells) } : {}),
    };
  }

  /** Lay signs, its own and those of the places that it stands for, in rows under the name. */
  layTray(placed: Placed, signs: readonly FactSign[], more: number): void {
    const count = signs.length + (more ? 1 : 0);
    const [[width, height], row] = [traySize(count), aRow(count)];
    const cell = (i: number): string => {
      const x = placed.trayX - width / 2 + (i % row) * CELL + CELL / 2;
      const y = placed.trayY - height / 2 + Math.floor(i / row) * CELL + CELL / 2;
      return `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
    };
    signs.forEach(({ element }, i) => {
      element.setAttribute("transform", cell(i));
      element.classList.remove("is-elsewhere");
    });
    if (!more) return;
    this.rest.textContent = `+${more}`;
    this.rest.setAttribute("transform", cell(signs.length));
    this.rest.classList.remove("is-elsewhere");
  }

  /** Take its signs off, until a stand lays them out. */
  clearTray(): void {
    for (const { element } of this.signs) element.classList.add("is-elsewhere");
    this.rest.classList.add("is-elsewhere");
  }

  /** What no label may cover. */
  obstacle(frame: Frame): Rect | null {
    if (isWide(this.place)) return null;
    const [x, y] = frame.at([this.place.lon, this.place.lat]);
    return [x - 7, y - 7, x + 7, y + 7];
  }
}

const isIn = ([x, y]: readonly [number, number], [west, north, east, south]: Rect): boolean => x > west && x < east && y > north && y < south;

function signOf(fact: FactDoc): SVGGElement {
  const hit = svg("circle", { class: "cl-hit cl-fill-hit", r: 12 });
  const ring = svg("circle", { class: "cl-ring", r: 12 });
  const inner = svg("g", {}, [hit, ring, factSymbol(fact.certainty, fact.negated, fact.theme)]);
  return svg("g", { class: "cl-fact" }, [inner]);
}

function traySize(count: number): readonly [number, number] {
  const row = aRow(count);
  return [Math.min(count, row) * CELL, Math.ceil(count / row) * CELL];
}

/** Where an area's name may go: its label point if that is on the screen, then where the part seen has most room. */
export function seenSpots(frame: Frame, area: Geometry, at: readonly [number, number]): [number, number][] {
  const [left, top, width, height] = frame.screen;
  const [padX, padY] = [Math.min(60, width / 6), Math.min(14, height / 6)];
  const seen = [left + padX, top + padY, left + width - padX, top + height - padY] as const;
  const poles = seenParts(frame, area, seen).flatMap((rings) => roomiest(rings, SHAPE, 16)).sort((a, b) => b.room - a.room);
  const own = isIn(at, seen) ? [[at[0], at[1]] as [number, number]] : [];
  return [...own, ...apart(poles, 30, 32).map(({ x, y }) => [x, y] as [number, number])];
}

/** Whether any of an area is on the screen. */
export function isSeen(frame: Frame, area: Geometry): boolean {
  const [left, top, width, height] = frame.screen;
  return seenParts(frame, area, [left, top, left + width, top + height]).length > 0;
}

/** The polygons of an area, cut to a part of the screen; what lies wholly beside it is not even looked at. */
function seenParts(frame: Frame, area: Geometry, seen: Rect): Position[][][] {
  const [west, north, east, south] = [frame.lon(seen[0]), frame.lat(seen[1]), frame.lon(seen[2]), frame.lat(seen[3])];
  const near = polygonsOf(area).filter(([outer = []]) => {
    const box = boxAround(outer);
    return box && box.west < east && box.east > west && box.south < north && box.north > south;
  });
  const cut = near.map((rings) => rings.map((ring) => clipRing(thinned(ring.map((p) => frame.at(p))), seen)).filter((ring) => ring.length > 2));
  return cut.filter((rings) => rings.length > 0);
}
