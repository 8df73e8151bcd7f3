/** Where to look: the box of what was chosen, and the way there. */

import * as L from "leaflet";
import { boxOf, type Box, growBox, inside, joinBoxes, mercatorX, mercatorY, polygonsOf } from "../geometry";
import type { Mark, Model } from "../model";
import type { Store } from "../store";
import type { Geometry, PlaceDoc, Position } from "../types";
import { calm } from "../ui/dom";
import { coveredSides } from "./furniture";

const SECONDS = 0.35;
const TILE = 256;
/** No closer than this for a single spot: a reader needs something to recognise. */
const CLOSEST = 10.5;
const AIR = 36;
/** Zoom levels that a flight gives up to keep clear of a card. */
const LITTLE = 0.5;

interface Target {
  readonly center: L.LatLng;
  readonly zoom: number;
}

/** A rectangle of the map's box, in pixels. */
export interface Free {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Answers the store's wishes to see something. */
export class Flight {
  private readonly paper = matchMedia("print");
  /** From the turn to paper until the turn back, whichever of the browser's messages comes first. */
  private onPaper = false;
  /** What the reader last saw on the screen, and how. */
  private seen: { readonly box: Box; readonly view: Target } | null = null;

  constructor(
    private readonly map: L.Map,
    private readonly model: Model,
    private readonly store: Store,
    private readonly host: HTMLElement,
  ) {
    store.on("flyTo", (marks) => this.show(marks));
    store.on("home", () => this.home());
    store.on("setView", ({ lon, lat, zoom }) => map.setView([lat, lon], zoom, { animate: false }));
    store.on("showPoint", ({ lon, lat, zoom }) => this.fly(this.target({ west: lon, east: lon, south: lat, north: lat }, zoom)));
    store.subscribe("selection", ({ marks, origin }) => {
      if (origin !== "map" && origin !== "program" && marks.length) this.show(marks);
    });
    map.on("moveend", () => this.note());
    this.paper.addEventListener("change", () => this.turn());
  }

  private note(): void {
    if (this.paper.matches || this.onPaper) return;
    const { left, top, width, height } = this.free();
    const [a, b] = [this.map.containerPointToLatLng([left, top]), this.map.containerPointToLatLng([left + width, top + height])];
    this.seen = { box: { west: a.lng, north: a.lat, east: b.lng, south: b.lat }, view: { center: this.map.getCenter(), zoom: this.map.getZoom() } };
  }

  /** From the screen to paper and back: what was seen is seen, whatever the shape of the map. */
  private turn(): void {
    const { seen } = this;
    this.onPaper = true;
    this.map.invalidateSize({ pan: false, animate: false });
    if (seen) this.fly(this.paper.matches ? this.target(seen.box, seen.view.zoom + 1, 0) : seen.view, false);
    this.onPaper = this.paper.matches;
  }

  /** Show what the page's address asks for, else the document's view. */
  open(): void {
    const { map, store } = this;
    const view = store.get("view");
    const { marks, origin } = store.get("selection");
    this.home(false);
    if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else if (origin === "link" && marks.length) this.show(marks, false);
  }

  /** The view that the page opens on. */
  home(animate = true): void {
    const [west = -170, south = -60, east = 170, north = 75] = this.model.doc.view.bbox ?? [];
    // West greater than east: across the antimeridian.
    const target = this.target({ west, south, east: east < west ? east + 360 : east, north }, 12, 8);
    this.fly(target, animate);
  }

  /** Fly to all of these marks; stay where they are all seen already, and large enough. */
  show(ids: readonly string[], animate = true): void {
    const box = boxOfMarks(this.model, ids);
    if (!box) return;
    const target = this.target(box, CLOSEST);
    if (target.zoom - this.map.getZoom() < 1.6 && this.isSeen(box)) return;
    this.fly(target, animate);
  }

  /** Move just so far that a point is clear of what covers the map. */
  uncover(lon: number, lat: number): void {
    const box = { west: lon, east: lon, south: lat, north: lat };
    if (!this.isSeen(box)) this.fly(this.target(box, this.map.getZoom()));
  }

  private fly({ center, zoom }: Target, animate = true): void {
    if (calm() || !animate) this.map.setView(center, zoom, { animate: false });
    else this.map.flyTo(center, zoom, { duration: SECONDS });
  }

  /** The part of the map's box that nothing covers, in pixels. */
  free(cards = false): Free {
    const size = this.map.getSize();
    if (this.paper.matches) return { left: 0, top: 0, width: size.x, height: size.y };
    const padding = this.store.get("padding");
    const sides = coveredSides(this.host, cards);
    const [left, right] = [Math.max(padding.left, sides.left), Math.max(padding.right, sides.right)];
    return { left, top: padding.top, width: Math.max(60, size.x - left - right), height: Math.max(60, size.y - padding.top - padding.bottom) };
  }

  private isSeen(box: Box): boolean {
    const free = this.free();
    const corners = [L.latLng(box.north, box.west), L.latLng(box.south, box.east)].map((corner) => this.map.latLngToContainerPoint(corner));
    return corners.every(({ x, y }) => x >= free.left && y >= free.top && x <= free.left + free.width && y <= free.top + free.height);
  }

  private target(box: Box, closest: number, air = AIR): Target {
    const { map } = this;
    const width = Math.max(1e-9, mercatorX(box.east) - mercatorX(box.west));
    const height = Math.max(1e-9, mercatorY(box.south) - mercatorY(box.north));
    const snap = map.options.zoomSnap || 0.25;
    const fitting = (free: Free): number => {
      const fit = Math.log2(Math.min(Math.max(40, free.width - 2 * air) / width, Math.max(40, free.height - 2 * air) / height) / TILE);
      return Math.max(map.getMinZoom(), Math.min(closest, Math.floor(fit / snap) * snap));
    };
    // Clear of a short legend too, where the map is hardly smaller for it.
    const [plain, clear] = [this.free(), this.free(true)];
    const free = fitting(plain) - fitting(clear) <= LITTLE ? clear : plain;
    const zoom = fitting(free);
    const size = map.getSize();
    const world = TILE * 2 ** zoom;
    const middle = L.point(
      ((mercatorX(box.east) + mercatorX(box.west)) / 2) * world + size.x / 2 - free.left - free.width / 2,
      ((mercatorY(box.south) + mercatorY(box.north)) / 2) * world + size.y / 2 - free.top - free.height / 2,
    );
    return { center: map.unproject(middle, zoom), zoom };
  }
}

/**
 * The box of all that marks are about. Zones, provinces and spots count whole. A country counts by the part of it
 * that lies nearest to the rest, for its name is written on whatever part is seen, and not at all if that is far
 * off (the map's edge points to it then); alone it counts whole.
 */
export function boxOfMarks(model: Model, ids: readonly string[]): Box | null {
  const near: Box[] = [];
  const countries: PlaceDoc[] = [];
  for (const mark of withPlaces(model, ids)) {
    if (mark.type === "place" && mark.place.kind === "country") countries.push(mark.place);
    else near.push(...boxesOf(model, mark));
  }
  const core = joinBoxes(near) ?? smallest(model, countries);
  if (!core) return null;
  const bites = countries.map((place) => bite(model, place, core)).filter((box) => !near.length || isClose(core, box));
  return joinBoxes([core, ...bites]);
}

function* withPlaces(model: Model, ids: readonly string[]): Generator<Mark> {
  const seen = new Set<string>();
  const queue = [...ids];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const mark = model.marks.get(id);
    if (!mark || seen.has(id)) continue;
    seen.add(id);
    if (mark.type === "fact") queue.push(...mark.fact.places, ...mark.fact.zones.map((link) => link.zone));
    else yield mark;
  }
}

function boxesOf(model: Model, mark: Mark): Box[] {
  if (mark.type === "zone") {
    const geometries = [mark.zone.geometry, ...mark.zone.parts.map((part) => part.geometry)];
    return geometries.flatMap((geometry) => (geometry ? (boxOf(geometry) ?? []) : []));
  }
  if (mark.type !== "place") return [];
  const { place } = mark;
  const area = model.doc.areas[place.area ?? ""];
  const box = area ? boxOf(area) : null;
  const point = { west: place.lon, east: place.lon, south: place.lat, north: place.lat };
  return [box ?? growBox(point, Math.min(60, Math.max(5, place.radius_km)))];
}

function smallest(model: Model, countries: readonly PlaceDoc[]): Box | null {
  const boxes = countries.map((place) => wholeBox(model, place));
  return boxes.sort((a, b) => sizeOf(a) - sizeOf(b))[0] ?? null;
}

/** Whether seeing both leaves the first large enough: a far country is pointed to from the map's edge instead. */
function isClose(core: Box, box: Box): boolean {
  const both = joinBoxes([core, box]) ?? core;
  const most = 3 * Math.max(1.5, core.east - core.west, core.north - core.south);
  return Math.max(both.east - both.west, both.north - both.south) < most;
}

const sizeOf = (box: Box): number => (box.east - box.west) * (box.north - box.south);

function wholeBox(model: Model, place: PlaceDoc): Box {
  const area = model.doc.areas[place.area ?? ""];
  const box = area ? boxOf(largestOf(area)) : null;
  return box ?? { west: place.lon - 3, east: place.lon + 3, south: place.lat - 2, north: place.lat + 2 };
}

/** The mainland: far islands should not decide how a country is shown. */
function largestOf(area: Geometry): Geometry {
  const polygons = polygonsOf(area);
  const sizes = polygons.map((rings) => sizeOf(boxOf({ type: "Polygon", coordinates: rings }) ?? { west: 0, east: 0, south: 0, north: 0 }));
  const largest = polygons[sizes.indexOf(Math.max(...sizes))];
  return largest ? { type: "Polygon", coordinates: largest } : area;
}

/** The nearest part of a country: a spot some way in from its border, or nothing more if the box lies in it. */
function bite(model: Model, place: PlaceDoc, core: Box): Box {
  const area = model.doc.areas[place.area ?? ""];
  const at: Position = [(core.west + core.east) / 2, (core.south + core.north) / 2];
  if (!area) return { west: place.lon, east: place.lon, south: place.lat, north: place.lat };
  const rings = polygonsOf(largestOf(area)).flat();
  if (inside(at[0] ?? 0, at[1] ?? 0, rings)) return core;
  const [lon = 0, lat = 0] = nearest(rings.flat(), at);
  const depth = 1.2;
  const away = Math.hypot(lon - (at[0] ?? 0), lat - (at[1] ?? 0)) || 1;
  const [dx, dy] = [((lon - (at[0] ?? 0)) / away) * depth, ((lat - (at[1] ?? 0)) / away) * depth];
  return { west: Math.min(lon, lon + dx), east: Math.max(lon, lon + dx), south: Math.min(lat, lat + dy), north: Math.max(lat, lat + dy) };
}

function nearest(positions: readonly Position[], to: Position): Position {
  const away = (p: Position): number => ((p[0] ?? 0) - (to[0] ?? 0)) ** 2 + ((p[1] ?? 0) - (to[1] ?? 0)) ** 2;
  return positions.reduce((best, position) => (away(position) < away(best) ? position : best), positions[0] ?? to);
}
