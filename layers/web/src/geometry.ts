/** Plane and sphere: boxes, rings, Web Mercator, distances. Pure; positions are longitude, latitude in degrees. */

import type { Geometry, Position } from "./types";

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export type XY = readonly [number, number];

const RADIANS = Math.PI / 180;
const EQUATOR_M = 6_378_137;
const FLATTENING = 1 / 298.257223563;
/** Radius of the sphere with the ellipsoid's area. */
const AUTHALIC_KM = 6371.0072;
const MAX_LATITUDE = 85.0511;

/** Web Mercator, the world as the unit square with its origin in the north-west. */
export const mercatorX = (lon: number): number => lon / 360 + 0.5;
export function mercatorY(lat: number): number {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * RADIANS);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
export const longitudeOf = (x: number): number => (x - 0.5) * 360;
export const latitudeOf = (y: number): number => Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) / RADIANS;

/** Longitudes that never jump by more than half the globe: a line across the antimeridian stays in one piece. */
export function unwrap(positions: readonly Position[], near?: number): Position[] {
  let last = near ?? positions[0]?.[0] ?? 0;
  return positions.map(([lon = 0, lat = 0]) => {
    last = lon + 360 * Math.round((last - lon) / 360);
    return [last, lat];
  });
}

/** The polygons of a geometry, each a list of rings; none for points and lines. */
export function polygonsOf(geometry: Geometry): Position[][][] {
  if (geometry.type === "Polygon") return [unwrapRings(geometry.coordinates)];
  if (geometry.type === "MultiPolygon") {
    const anchor = geometry.coordinates[0]?.[0]?.[0]?.[0];
    return geometry.coordinates.map((rings) => unwrapRings(rings, anchor));
  }
  return geometry.type === "GeometryCollection" ? geometry.geometries.flatMap(polygonsOf) : [];
}

function unwrapRings(rings: readonly Position[][], near?: number): Position[][] {
  const anchor = near ?? rings[0]?.[0]?.[0];
  return rings.map((ring) => unwrap(ring, anchor));
}

/** The lines of a geometry. */
export function linesOf(geometry: Geometry): Position[][] {
  if (geometry.type === "LineString") return [unwrap(geometry.coordinates)];
  if (geometry.type === "MultiLineString") return geometry.coordinates.map((line) => unwrap(line));
  return geometry.type === "GeometryCollection" ? geometry.geometries.flatMap(linesOf) : [];
}

/** The single points of a geometry. */
export function pointsOf(geometry: Geometry): Position[] {
  if (geometry.type === "Point") return [geometry.coordinates];
  if (geometry.type === "MultiPoint") return geometry.coordinates;
  return geometry.type === "GeometryCollection" ? geometry.geometries.flatMap(pointsOf) : [];
}

/** The box around a geometry, or null if it has no position. */
export function boxOf(geometry: Geometry): Box | null {
  return boxAround([...polygonsOf(geometry).flat(2), ...linesOf(geometry).flat(), ...pointsOf(geometry)]);
}

/** The box around positions, or null if there is none. */
export function boxAround(positions: readonly Position[]): Box | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon = NaN, lat = NaN] of positions) {
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) continue;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west <= east ? { west, south, east, north } : null;
}

/** The box around boxes; the second is moved by whole turns to lie near the first. */
export function joinBoxes(boxes: readonly Box[]): Box | null {
  const first = boxes[0];
  if (!first) return null;
  return boxes.slice(1).reduce((all, box) => {
    const turn = 360 * Math.round((all.west + all.east - box.west - box.east) / 720);
    return {
      west: Math.min(all.west, box.west + turn),
      east: Math.max(all.east, box.east + turn),
      south: Math.min(all.south, box.south),
      north: Math.max(all.north, box.north),
    };
  }, first);
}

/** A box grown by kilometres on every side. */
export function growBox(box: Box, km: number): Box {
  const dy = km / 111.2;
  const dx = dy / Math.max(0.2, Math.cos(((box.south + box.north) / 2) * RADIANS));
  return { west: box.west - dx, east: box.east + dx, south: box.south - dy, north: box.north + dy };
}

/** Whether a point lies in rings (even-odd, so that holes count as outside). */
export function inside(x: number, y: number, rings: readonly (readonly Position[])[]): boolean {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? [];
      const [xj = 0, yj = 0] = ring[j] ?? [];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

/** The part of a ring within a box (Sutherland and Hodgman 1974). */
export function clipRing(ring: readonly Position[], box: readonly [number, number, number, number]): Position[] {
  let points: Position[] = ring as Position[];
  for (let side = 0; side < 4 && points.length; side++) points = clipSide(points, side, box[side] ?? 0);
  return points;
}

function clipSide(points: readonly Position[], side: number, limit: number): Position[] {
  const axis = side % 2;
  const sign = side < 2 ? 1 : -1;
  const kept: Position[] = [];
  points.forEach((point, i) => {
    const before = points[(i + points.length - 1) % points.length] ?? point;
    const here = sign * ((point[axis] ?? 0) - limit);
    const there = sign * ((before[axis] ?? 0) - limit);
    if (here >= 0 !== there >= 0) {
      const share = there / (there - here);
      kept.push(before.map((value, k) => value + share * ((point[k] ?? 0) - value)));
    }
    if (here >= 0) kept.push(point);
  });
  return kept;
}

export interface Pole {
  readonly x: number;
  readonly y: number;
  /** Distance to the edge, in the rings' own unit. */
  readonly room: number;
}

/**
 * Points inside rings with most room around them, best first, on a grid of 24 by 24: the first is the pole of
 * inaccessibility, where a label sits best; the others are where it may go if that is taken.
 */
export function polesOf(rings: readonly (readonly Position[])[], cells = 24): Pole[] {
  const box = boxAround(rings[0] ?? []);
  if (!box) return [];
  const found: Pole[] = [];
  const edges = edgesOf(rings);
  const [stepX, stepY] = [(box.east - box.west) / cells, (box.north - box.south) / cells];
  for (let j = 0; j < cells; j++) {
    const y = box.south + (j + 0.5) * stepY;
    const crossings = crossingsAt(y, edges);
    for (let i = 0; i < cells; i++) {
      const x = box.west + (i + 0.5) * stepX;
      if (crossings.filter((at) => at > x).length % 2) found.push({ x, y, room: roomAt(x, y, edges) });
    }
  }
  return found.sort((a, b) => b.room - a.room);
}

/** Where edges cross a level line. */
function crossingsAt(y: number, edges: Float64Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < edges.length; i += 4) {
    const [ay, by] = [edges[i + 1] as number, edges[i + 3] as number];
    if (ay > y !== by > y) found.push((edges[i] as number) + (((edges[i + 2] as number) - (edges[i] as number)) * (y - ay)) / (by - ay));
  }
  return found;
}

/** All edges of rings as x, y, x, y in one row: thousands are looked at for each label. */
function edgesOf(rings: readonly (readonly Position[])[]): Float64Array {
  const edges = new Float64Array(4 * rings.reduce((sum, ring) => sum + ring.length, 0));
  let at = 0;
  for (const ring of rings) {
    let last = ring[ring.length - 1];
    for (const point of ring) {
      edges.set([last?.[0] ?? 0, last?.[1] ?? 0, point[0] ?? 0, point[1] ?? 0], at);
      last = point;
      at += 4;
    }
  }
  return edges;
}

/** How far a point is from the nearest edge. */
function roomAt(x: number, y: number, edges: Float64Array): number {
  let least = Infinity;
  for (let i = 0; i < edges.length; i += 4) {
    const ax = x - (edges[i] as number);
    const ay = y - (edges[i + 1] as number);
    const dx = (edges[i + 2] as number) - (edges[i] as number);
    const dy = (edges[i + 3] as number) - (edges[i + 1] as number);
    const square = dx * dx + dy * dy;
    const along = square ? Math.max(0, Math.min(1, (ax * dx + ay * dy) / square)) : 0;
    const ex = ax - along * dx;
    const ey = ay - along * dy;
    const away = ex * ex + ey * ey;
    if (away < least) least = away;
  }
  return Math.sqrt(least);
}

/**
 * Length of the shortest line on WGS 84, in kilometres: Lambert's formula for long lines (Lambert 1942), good
 * to about ten metres in a thousand kilometres; not for points almost opposite each other.
 */
export function distanceKm(a: Position, b: Position): number {
  const [p, q] = [reducedLatitude(a[1] ?? 0), reducedLatitude(b[1] ?? 0)];
  const half = Math.sin(((b[0] ?? 0) - (a[0] ?? 0)) * RADIANS * 0.5) ** 2;
  const haversine = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * half;
  const sigma = 2 * Math.asin(Math.min(1, Math.sqrt(haversine)));
  if (sigma < 1e-12) return 0;
  const [mean, gap] = [(p + q) / 2, (q - p) / 2];
  const x = ((sigma - Math.sin(sigma)) * (Math.sin(mean) * Math.cos(gap)) ** 2) / Math.cos(sigma / 2) ** 2;
  const y = ((sigma + Math.sin(sigma)) * (Math.cos(mean) * Math.sin(gap)) ** 2) / Math.sin(sigma / 2) ** 2;
  return (EQUATOR_M * (sigma - (FLATTENING / 2) * (x + y))) / 1000;
}

const reducedLatitude = (lat: number): number => Math.atan((1 - FLATTENING) * Math.tan(lat * RADIANS));

/** Length of a path in kilometres. */
export function lengthKm(path: readonly Position[]): number {
  return path.slice(1).reduce((sum, point, i) => sum + distanceKm(path[i] ?? point, point), 0);
}

/**
 * Area of a ring in square kilometres: the trapezoid rule on the sphere, at authalic latitudes (Snyder 1987,
 * eq. 3-18), so that the ellipsoid's area is kept.
 */
export function areaKm2(ring: readonly Position[]): number {
  const path = unwrap(ring);
  let sum = 0;
  path.forEach(([lon = 0, lat = 0], i) => {
    const [nextLon = 0, nextLat = 0] = path[(i + 1) % path.length] ?? [];
    const mean = (authalicSine(lat) + authalicSine(nextLat)) / 2;
    sum += (nextLon - lon) * RADIANS * mean;
  });
  return Math.abs(sum) * AUTHALIC_KM ** 2;
}

function authalicSine(lat: number): number {
  const e2 = FLATTENING * (2 - FLATTENING);
  const phi = lat * RADIANS;
  return Math.sin(phi - (e2 / 3 + (31 * e2 * e2) / 180) * Math.sin(2 * phi) + ((17 * e2 * e2) / 360) * Math.sin(4 * phi));
}

/** A number in the precision that a reconstruction deserves: two figures, whole. */
export function honest(value: number): number {
  if (value < 1) return Math.round(value * 10) / 10;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}

/** The longest round length that fits, in kilometres, for a scale bar. */
export function roundLengthKm(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([5, 3, 2].find((step) => step * power <= most) ?? 1);
}

/** `35.9306° N, 36.6339° E`. */
export function decimal(lon: number, lat: number): string {
  return `${Math.abs(lat).toFixed(4)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(4)}° ${lon < 0 ? "W" : "E"}`;
}

/** `35°55′50″ N, 36°38′02″ E`. */
export function sexagesimal(lon: number, lat: number): string {
  const part = (value: number, plus: string, minus: string): string => {
    const seconds = Math.round(Math.abs(value) * 3600);
    const two = (n: number): string => String(n).padStart(2, "0");
    const [degrees, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    return `${degrees}°${two(minutes)}′${two(seconds % 60)}″ ${value < 0 ? minus : plus}`;
  };
  return `${part(lat, "N", "S")}, ${part(lon, "E", "W")}`;
}
