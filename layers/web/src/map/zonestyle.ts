/** How a zone looks: its hue, hatch, edge and where it lies in the pile. Decided once, in document order. */

import { sharedName } from "../model";
import type { MapDocument, ZoneDoc } from "../types";

export type Shape = "area" | "line" | "post" | "none";
export type Hatch = "rising" | "falling" | "dots" | "level" | "cross";

export interface ZoneStyle {
  readonly shape: Shape;
  /** A custom property of tokens.css. */
  readonly hue: string;
  readonly hatch: Hatch;
  /** Lower is drawn first. */
  readonly rank: number;
  /** Which shape its party has (posts). */
  readonly party: number;
}

const RANKS: Readonly<Record<string, number>> = { roads: 0, area: 1, zone: 3, patrols: 4, line: 6, posts: 7 };
const HATCHES: readonly Hatch[] = ["rising", "falling", "dots", "level", "cross"];
const OUTLINED = new Set(["deescalation_area", "named_area"]);

/** Styles by zone id. Variants and parts of one zone share its hue; no two others share hue and hatch. */
export function zoneStyles(doc: MapDocument): Map<string, ZoneStyle> {
  const styles = new Map<string, ZoneStyle>();
  const parties = [...new Set(doc.zones.filter(isPost).map(partyOf))];
  const hues = new Map<string, number>();
  for (const zone of [...doc.zones].sort((a, b) => Number(hueFirst(b)) - Number(hueFirst(a)))) {
    const shape = shapeOf(zone);
    const kin = shape === "area" ? doc.zones.find((other) => isKin(other, zone)) : null;
    const owner = zone.variant_of ?? (kin ?? zone).id;
    if (shape === "area" && !hues.has(owner)) hues.set(owner, hues.size);
    const turn = hues.get(owner) ?? 0;
    styles.set(zone.id, {
      shape,
      hue: hueOf(zone, shape, turn),
      hatch: HATCHES[(turn + (zone.variant_of ? 1 : 0)) % HATCHES.length] ?? "rising",
      rank: (RANKS[zone.theme] ?? 2) - (zone.variant_of ? 0.5 : 0),
      party: Math.max(0, parties.indexOf(partyOf(zone))),
    });
  }
  return styles;
}

/** Whether only the edge is drawn, with a thin tint along it: areas that other zones lie in. */
export const isOutline = (zone: ZoneDoc): boolean => OUTLINED.has(zone.kind) || zone.theme === "area";

/** Whether two zones are parts of one: of one kind and time, their names the same but for what tells the parts apart. */
export function isKin(one: ZoneDoc, other: ZoneDoc): boolean {
  if (one === other) return true;
  if (one.kind !== other.kind || one.variant_of || other.variant_of) return false;
  const same = (["start", "end"] as const).every((side) => one.valid?.[side] === other.valid?.[side]);
  return same && sharedName([one.name, other.name]).includes(" ");
}

const hueFirst = (zone: ZoneDoc): boolean => zone.theme === "zone" && !zone.variant_of;
const isPost = (zone: ZoneDoc): boolean => zone.theme === "posts";
const partyOf = (zone: ZoneDoc): string => zone.parties.join(" & ");

function shapeOf(zone: ZoneDoc): Shape {
  const type = zone.geometry?.type ?? zone.parts[0]?.geometry.type;
  if (!type) return "none";
  if (type.endsWith("Polygon") || type === "GeometryCollection") return "area";
  return type.endsWith("LineString") ? "line" : "post";
}

function hueOf(zone: ZoneDoc, shape: Shape, turn: number): string {
  if (zone.theme === "roads") return "--road";
  if (shape !== "area") return "--line";
  return `--hue-${(turn % 6) + 1}`;
}
