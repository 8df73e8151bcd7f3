/**
 * Land and sea, borders, provinces, towns: a quiet ground, drawn from the document's own vectors. The theatre's
 * country is a shade lighter than its neighbours; disputed borders are dashed and a layer of their own.
 */

import type { LatLngBounds } from "leaflet";

import { nameIn } from "../model";
import type { Store } from "../store";
import type { LayerDoc, MapDocument } from "../types";
import type { Words } from "../ui/words";
import { decodeGround } from "./decode";
import type { AreaKind, Drawn, Ground, LineKind, Name, Path } from "./ground";
import { type Anchor, type FaceName, type Label, SMALL } from "./labels";
import type { Pen } from "./pen";
import type { LabelSource } from "./scene";
import type { Frame, Sheet } from "./sheet";

type Stroke = readonly [token: string, width: number, dash?: readonly number[]];

const TOWN_RADIUS = [3.4, 2.8, 2.2];
const TOWN_ANCHORS: readonly Anchor[] = ["end", "start", "above", "below", "end-above", "end-below", "start-above", "start-below"];
const AREA_COLOURS: Readonly<Record<AreaKind, string>> = { land: "--land-2", theatre: "--land", lake: "--sea", contested: "--land-3" };

export class Basemap implements LabelSource {
  readonly layers: LayerDoc[];
  readonly ground: Ground;
  private readonly inks = new Map<string, string>();

  constructor(
    sheet: Sheet,
    doc: MapDocument,
    private readonly store: Store,
    words: Words,
  ) {
    this.ground = decodeGround(doc.basemap);
    this.layers = this.listLayers(words, doc);
    sheet.onPaint((pen, frame) => {
      if (!pen.screen || !sheet.hasTiles || !this.isOn("basemap-tiles")) this.paint(pen, frame);
    });
    store.subscribe("layers", () => sheet.drawSoon());
    new MutationObserver(() => {
      this.inks.clear();
      sheet.drawSoon();
    }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  private paint(pen: Pen, frame: Frame): void {
    pen.begin();
    for (const [x, y, next] of [[0, 0, "move"], [frame.width, 0, "line"], [frame.width, frame.height, "line"], [0, frame.height, "line"]] as const) pen[next](x, y);
    pen.close();
    pen.fill(this.ink("--sea"));
    for (const kind of ["land", "theatre", "contested", "lake"] as const) this.paintAreas(pen, frame, kind);
    this.paintLines(pen, frame);
  }

  labels(frame: Frame, named: ReadonlySet<string>): readonly Label[] {
    const language = this.store.get("language");
    return this.namesIn(frame).flatMap((name) => (isNamed(name, named) ? [] : [labelOf(frame, name, nameIn(name, language))]));
  }

  private listLayers(words: Words, doc: MapDocument): LayerDoc[] {
    const has = (kind: LineKind): boolean => this.ground.lines.some((line) => line.kind === kind);
    const layer = (id: string, title: string): LayerDoc => ({ id, title, group: "basemap", marks: [], shown: true });
    return [
      ...(doc.tiles ? [layer("basemap-tiles", words.t("map.tiles"))] : []),
      ...(has("river") ? [layer("basemap-water", words.t("map.rivers"))] : []),
      ...(has("admin") ? [layer("basemap-admin", words.t("map.admin"))] : []),
      ...(has("disputed") ? [layer("basemap-disputed", words.t("map.disputed"))] : []),
      ...(this.ground.names.some((name) => name.kind === "town") ? [layer("basemap-towns", words.t("map.towns"))] : []),
    ];
  }

  /** Names of the areas in view that more than one side claims. */
  contestedIn(view: LatLngBounds): readonly string[] {
    const seen = this.ground.contested.filter(({ west, south, east, north }) => view.intersects([[south, west], [north, east]]));
    return seen.map(({ name }) => name);
  }

  isOn(id: string): boolean {
    return this.store.get("layers").byId[id]?.shown ?? true;
  }

  /** A token's colour, in the theme of the moment. */
  private ink(token: string): string {
    let colour = this.inks.get(token);
    if (colour === undefined) {
      colour = getComputedStyle(document.documentElement).getPropertyValue(token).trim() || "#888";
      this.inks.set(token, colour);
    }
    return colour;
  }

  private paintAreas(pen: Pen, frame: Frame, kind: AreaKind): void {
    const colour = this.ink(AREA_COLOURS[kind]);
    // One by one: where two areas overlap, holes are told by the even-odd rule within each only.
    for (const area of this.ground.areas) {
      pen.begin();
      if (!trace(pen, frame, [area], kind, true)) continue;
      pen.fill(colour);
      // The same colour along the edge hides the seams between neighbours.
      if (kind !== "lake") pen.stroke(colour, 0.7);
    }
  }

  private paintLines(pen: Pen, frame: Frame): void {
    const draw = (kind: LineKind, ...strokes: Stroke[]): void => {
      pen.begin();
      trace(pen, frame, this.ground.lines, kind, false);
      for (const [token, width, dash] of strokes) pen.stroke(this.ink(token), width, dash);
    };
    if (this.isOn("basemap-water")) draw("river", ["--river", frame.zoom > 8 ? 1.4 : 0.8]);
    draw("coast", ["--coast", 0.8]);
    if (this.isOn("basemap-admin")) draw("admin", ["--admin", frame.zoom > 6 ? 1 : 0.7, [1.2, 3]]);
    draw("border", ["--border-casing", 4.5], ["--border", frame.zoom > 5 ? 1.2 : 0.8]);
    if (this.isOn("basemap-disputed")) draw("disputed", ["--border-casing", 4.5], ["--border", 1.2, [5, 4]]);
  }

  private namesIn(frame: Frame): Name[] {
    return this.ground.names.filter((name) => !(SMALL.matches && (name.kind === "admin" || name.rank > 1)) && frame.zoom >= name.from && frame.zoom < name.to && this.isNameOn(name) && isIn(frame, name));
  }

  private isNameOn(name: Name): boolean {
    if (name.kind === "town") return this.isOn("basemap-towns");
    return name.kind !== "admin" || this.isOn("basemap-admin");
  }
}

const townRadius = (town: Name): number => TOWN_RADIUS[Math.min(2, town.rank)] ?? 2.2;
const isNamed = (name: Name, named: ReadonlySet<string>): boolean => named.has(name.name) || Object.values(name.names).some((one) => named.has(one));

function isIn(frame: Frame, name: Name): boolean {
  const [x, y] = frame.at([name.lon, name.lat]);
  return x > 0 && y > 0 && x < frame.width && y < frame.height;
}

function labelOf(frame: Frame, name: Name, text: string): Label {
  const [x, y] = frame.at([name.lon, name.lat]);
  const base = { id: `${name.kind}:${name.name}:${name.lon}`, text, x, y };
  if (name.kind === "town") {
    const face = `town-${Math.min(3, name.rank + 1)}` as FaceName;
    return { ...base, face, priority: 500 - name.rank * 40, anchors: TOWN_ANCHORS, gap: townRadius(name) + 3, dot: townRadius(name) };
  }
  const priority = { country: 600 - name.rank, admin: 350 - name.rank, sea: 420 - name.rank }[name.kind];
  return { ...base, face: name.kind, priority, anchors: ["middle", "above", "below"], wrap: 150 };
}

/** Lay all paths of a kind into the pen, in as many copies of the world as the frame sees; says if there were any. */
function trace<K>(pen: Pen, frame: Frame, drawn: readonly Drawn<K>[], kind: K, closed: boolean): boolean {
  const { world, left, top, width, height, zoom } = frame;
  let any = false;
  for (const item of drawn) {
    if (item.kind !== kind || zoom < item.from || zoom >= item.to || isClear(frame, item)) continue;
    for (let turn = Math.floor(left / world); turn <= Math.floor((left + width) / world); turn++) {
      const dx = turn * world - left;
      for (const path of item.paths) {
        const [west, north, east, south] = path.box;
        if (east * world + dx < 0 || west * world + dx > width || south * world - top < 0 || north * world - top > height) continue;
        tracePath(pen, path, world, dx, -top, closed);
        any = true;
      }
    }
  }
  return any;
}

/** Whether the frame lies wholly where none of the paths is. */
function isClear({ world, left, top, width, height }: Frame, { clear }: Drawn<unknown>): boolean {
  if (!clear) return false;
  const [west, north, east, south] = clear;
  return left >= west * world && left + width <= east * world && top >= north * world && top + height <= south * world;
}

/** One path, without the points that would fall on the pixel of the one before. */
function tracePath(pen: Pen, { xy }: Path, world: number, dx: number, dy: number, closed: boolean): void {
  let [lastX, lastY] = [Infinity, Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    const x = (xy[i] ?? 0) * world + dx;
    const y = (xy[i + 1] ?? 0) * world + dy;
    if (i === 0) pen.move(x, y);
    else if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.8 && i < xy.length - 2) continue;
    else pen.line(x, y);
    [lastX, lastY] = [x, y];
  }
  if (closed) pen.close();
}
