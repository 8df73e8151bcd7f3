/** Where the names of zones go: an area's where it is roomiest, a line's along its straightest stretch. */

import { boxAround, clipRing, linesOf, pointsOf, type Pole, polesOf, polygonsOf } from "../geometry";
import type { Geometry, Position, ZoneDoc } from "../types";
import { type Anchor, type Label, type Measure, type Rect, SMALL, type Spot, straightest } from "./labels";
import type { Frame } from "./sheet";
import { isOutline, type ZoneStyle } from "./zonestyle";

/** Pixels between a line and the middle of its name. */
const LIFT = 13;
/** A zone's name stands over lines and towns, but not over other names. */
const MOST_COVERED = 0.05;

/** The label of a zone in a frame, or null where it has no room or no place. */
export function zoneLabel(frame: Frame, zone: ZoneDoc, style: ZoneStyle, text: string, measure: Measure): Label | null {
  if (!zone.geometry) return null;
  if (zone.theme === "roads") return shield(frame, zone, zone.geometry, text);
  if (style.shape === "area") return areaLabel(frame, zone, text, measure);
  if (style.shape === "line") return lineLabel(frame, zone, zone.geometry, text, measure);
  return frame.zoom >= 9 ? postLabel(frame, zone, zone.geometry, text) : null;
}

function areaLabel(frame: Frame, zone: ZoneDoc, text: string, measure: Measure): Label | null {
  const core = zone.parts.find((part) => part.role === "core")?.geometry ?? zone.geometry;
  const seen = core ? seenRings(frame, core) : [];
  const wrap = Math.max(90, Math.min(200, measure(text, "zone") * 0.6));
  const poles = seen.flatMap((rings) => roomiest(rings, SHAPE)).sort((a, b) => b.room - a.room);
  const most = (poles[0]?.room ?? 0) / SHAPE;
  if (most < 3) return null;
  const priority = (zone.theme === "zone" ? 780 : 640) - (zone.variant_of ? 60 : 0);
  // An area that is drawn as an edge is named inside it, wherever there is room; others beside them if need be.
  const outline = isOutline(zone);
  const spots = (outline ? apart(poles, 30, 40) : apart(poles.filter(({ room }) => room > most * SHAPE * 0.55))).map(({ x, y }) => ({ x, y, angle: 0 }));
  return { id: zone.id, text, face: "zone", x: 0, y: 0, spots, priority, anchors: sides(seen, most), gap: most + 4, wrap, else: otherwise(text), ...(outline ? {} : { aside: [most + 8, most + 24, most + 48] }), must: zone.theme === "zone" && !outline, most: MOST_COVERED };
}

/** A strip too thin for a name has it along its side. */
function sides(seen: readonly Position[][][], most: number): Anchor[] {
  const box = boxAround(seen.flat(2));
  if (!box || most > 9) return ["middle"];
  return box.east - box.west > box.north - box.south ? ["above", "below", "middle"] : ["start", "end", "middle"];
}

/** A long name in narrow lines, then without what a comma parts off. */
function otherwise(text: string): { text?: string; wrap: number }[] {
  const [short = text] = text.split(/[,،]/);
  return [{ wrap: 80 }, ...(short === text ? [] : [{ text: short, wrap: 160 }, { text: short, wrap: 80 }])];
}

/** How many times wider than high a name of two lines is. */
const SHAPE = 3;

/** Spots inside rings with the most room for a text so many times wider than high; their room is half its width. */
export function roomiest(rings: readonly Position[][], shape: number, cells = 24): Pole[] {
  const tall = rings.map((ring) => ring.map(([x, y = 0]) => [x, y * shape] as Position));
  return polesOf(tall, cells).map(({ x, y, room }) => ({ x, y: y / shape, room }));
}

/** The best of points, none within so many pixels of a better one. */
export function apart(points: readonly Pole[], most = 12, gap = 28): Pole[] {
  const kept: Pole[] = [];
  for (const point of points) {
    if (kept.length < most && kept.every(({ x, y }) => Math.hypot(x - point.x, y - point.y) > gap)) kept.push(point);
  }
  return kept;
}

function seenRings(frame: Frame, geometry: Geometry): Position[][][] {
  const screen = inner(frame, 10);
  return polygonsOf(geometry)
    .map((rings) => rings.map((ring) => clipRing(thinned(ring.map((position) => frame.at(position))), screen)).filter((ring) => ring.length > 2))
    .filter((rings) => rings.length > 0);
}

/** Without points closer than three pixels: enough for where a name goes. */
export function thinned(ring: readonly Position[]): Position[] {
  const kept: Position[] = [];
  for (const point of ring) {
    const last = kept[kept.length - 1];
    if (!last || Math.hypot((point[0] ?? 0) - (last[0] ?? 0), (point[1] ?? 0) - (last[1] ?? 0)) > 3) kept.push(point);
  }
  return kept;
}

function lineLabel(frame: Frame, zone: ZoneDoc, geometry: Geometry, text: string, measure: Measure): Label | null {
  const width = measure(text, "line") + 8;
  const spots = linesOf(geometry).flatMap((line) => straightest(line.map((position) => frame.at(position)), width, inner(frame, 30)));
  const level = (zone.basis === "assumption" ? linesOf(geometry) : []).flatMap((line) => levelSpots(line.map((position) => frame.at(position)), width, inner(frame, 20)));
  const beside = [...spots.flatMap((spot) => [lifted(spot, -1), lifted(spot, 1)]), ...level];
  if (!beside.length) return null;
  return { id: zone.id, text, face: "line", x: 0, y: 0, spots: beside, priority: zone.kind === "closure" ? 560 : 720, anchors: ["middle"] };
}

/** Level places beside a line and over or under it: what is assumed should say so even where it is nowhere straight. */
function levelSpots(points: readonly (readonly [number, number])[], width: number, screen: Rect): Spot[] {
  const seen = points.filter(([x, y]) => x > screen[0] && x < screen[2] && y > screen[1] && y < screen[3]);
  const step = Math.max(1, Math.ceil(seen.length / 6));
  const some = seen.filter((_, i) => i % step === Math.floor(step / 2));
  const aside = width / 2 + LIFT;
  return some.flatMap(([x, y]) => [
    { x, y: y - LIFT - 4, angle: 0 },
    { x: x + aside, y, angle: 0 },
    { x: x - aside, y, angle: 0 },
    { x, y: y + LIFT + 4, angle: 0 },
  ]);
}

/** A spot moved off its line, to its upper (-1) or lower side. */
function lifted({ x, y, angle }: Spot, side: number): Spot {
  const normal = ((angle + 90) * Math.PI) / 180;
  return { x: x + side * LIFT * Math.cos(normal), y: y + side * LIFT * Math.sin(normal), angle };
}

/** A road's number, taken from its name, on a straight stretch near the middle of the screen. */
function shield(frame: Frame, zone: ZoneDoc, geometry: Geometry, text: string): Label | null {
  const number = /\b[A-Z]{1,2}-?\d{1,4}\b/.exec(zone.name)?.[0] ?? text;
  const spots = linesOf(geometry).flatMap((line) => straightest(line.map((position) => frame.at(position)), 30, inner(frame, 40)));
  if (!spots.length) return null;
  const level = spots.map((spot) => ({ ...spot, angle: 0 }));
  return { id: zone.id, text: number, face: "shield", x: 0, y: 0, spots: level, priority: SMALL.matches ? 340 : 700, anchors: ["middle"] };
}

function postLabel(frame: Frame, zone: ZoneDoc, geometry: Geometry, text: string): Label | null {
  const at = pointsOf(geometry)[0];
  if (!at) return null;
  const [x, y] = frame.at(at);
  const short = text.includes(": ") ? text.slice(text.indexOf(": ") + 2) : text;
  return { id: zone.id, text: short, face: "post", x, y, priority: 300, anchors: ["end", "start", "above", "below"], gap: 9 };
}

function inner(frame: Frame, pad: number): Rect {
  const [left, top, width, height] = frame.screen;
  return [left + pad, top + pad, left + width - pad, top + height - pad];
}
