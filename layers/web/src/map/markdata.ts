/** The columnar payload of many marks (`layers/marks.py`), undone into typed arrays; texts are cut out when asked for. */

import { mercatorX, mercatorY } from "../geometry";
import type { MapDocument } from "../types";

interface Coded {
  readonly count: number;
  readonly scale: number;
  readonly xy: readonly number[];
  readonly separator?: string;
  readonly name?: string;
  readonly quote?: string;
  readonly kinds?: readonly string[];
  readonly kind?: readonly number[];
  readonly days?: readonly number[];
  readonly no_day?: number;
}

export interface MarkData {
  readonly count: number;
  /** Web Mercator, the unit square. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly kinds: readonly string[];
  readonly kind: Uint8Array;
  /** Days since 1970; `noDay` where unknown; null where no mark has one. */
  readonly days: Int32Array | null;
  readonly noDay: number;
  name(i: number): string;
  quote(i: number): string;
}

const KNOWN = new WeakMap<MapDocument, MarkData | null>();

/** The many marks of a document, undone once; null where it has none. */
export function marksOf(doc: MapDocument): MarkData | null {
  let data = KNOWN.get(doc);
  if (data === undefined) KNOWN.set(doc, (data = decodeMarks(doc.marks)));
  return data;
}

/** Undo the coding; null for a document without many marks. */
export function decodeMarks(marks: Record<string, unknown> | undefined): MarkData | null {
  const coded = marks as Coded | undefined;
  if (!coded?.count || !Array.isArray(coded.xy)) return null;
  const { count, scale, xy } = coded;
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  let [lon, lat] = [0, 0];
  for (let i = 0; i < count; i++) {
    lon += xy[2 * i] ?? 0;
    lat += xy[2 * i + 1] ?? 0;
    const turns = mercatorX(lon / scale);
    // Within one turn of the world: 181° east is 179° west.
    x[i] = turns - Math.floor(turns);
    y[i] = mercatorY(lat / scale);
  }
  const separator = coded.separator ?? "|";
  return {
    count,
    x,
    y,
    kinds: coded.kinds ?? [],
    kind: Uint8Array.from(coded.kind ?? new Uint8Array(count)),
    days: coded.days ? Int32Array.from(coded.days) : null,
    noDay: coded.no_day ?? NaN,
    name: cutter(coded.name, separator, count),
    quote: cutter(coded.quote, separator, count),
  };
}

/** Finds the i-th text of a joined column; the joints are looked for once, when the first text is asked for. */
function cutter(joined: string | undefined, separator: string, count: number): (i: number) => string {
  let ends: Uint32Array | null = null;
  return (i) => {
    if (joined === undefined) return "";
    ends ??= jointsOf(joined, separator, count);
    return joined.slice(i ? (ends[i - 1] ?? 0) + separator.length : 0, ends[i]);
  };
}

function jointsOf(joined: string, separator: string, count: number): Uint32Array {
  const ends = new Uint32Array(count);
  let at = -separator.length;
  for (let i = 0; i < count; i++) {
    at = joined.indexOf(separator, at + separator.length);
    if (at < 0) at = joined.length;
    ends[i] = at;
  }
  return ends;
}

/** Marks gathered at one zoom: the middle of each group, how many, and one that stands for it. */
export interface Clusters {
  readonly length: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: Uint32Array;
  /** For a group of one, the mark itself. */
  readonly first: Uint32Array;
}

const CELL = 44;
const TILE = 256;

/**
 * Gather the marks that `shown` lets pass in squares of 44 pixels at a whole zoom. The squares are fixed to the world,
 * so that groups stay as they are while the map is moved.
 */
export function gather(data: MarkData, zoom: number, shown: (i: number) => boolean): Clusters {
  const across = Math.ceil((TILE * 2 ** zoom) / CELL);
  const slots = new Map<number, number>();
  const [x, y] = [new Float64Array(data.count), new Float64Array(data.count)];
  const [size, first] = [new Uint32Array(data.count), new Uint32Array(data.count)];
  let length = 0;
  let [lastKey, slot] = [-1, 0];
  for (let i = 0; i < data.count; i++) {
    if (!shown(i)) continue;
    const [px, py] = [data.x[i] ?? 0, data.y[i] ?? 0];
    const key = Math.floor(px * across) * 0x1000000 + Math.floor(py * across);
    // Neighbours in the table are neighbours on the ground: most look-ups repeat the last one.
    if (key !== lastKey) {
      const known = slots.get(key);
      slot = known ?? length++;
      if (known === undefined) {
        slots.set(key, slot);
        first[slot] = i;
      }
      lastKey = key;
    }
    x[slot] = (x[slot] ?? 0) + px;
    y[slot] = (y[slot] ?? 0) + py;
    size[slot] = (size[slot] ?? 0) + 1;
  }
  for (let i = 0; i < length; i++) {
    x[i] = (x[i] ?? 0) / (size[i] ?? 1);
    y[i] = (y[i] ?? 0) / (size[i] ?? 1);
  }
  return { length, x: x.slice(0, length), y: y.slice(0, length), size: size.slice(0, length), first: first.slice(0, length) };
}

/** A kind's shape as path data: circle, square, triangle, diamond by turns, so that hue is not the only difference. */
export function kindShape(kind: number, x: number, y: number): string {
  const [cx, cy] = [x.toFixed(1), y.toFixed(1)];
  if (kind % 4 === 0) return `M${cx} ${cy}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`;
  if (kind % 4 === 1) return `M${cx} ${cy}m-3.6 -3.6h7.2v7.2h-7.2z`;
  return kind % 4 === 2 ? `M${cx} ${cy}m0 -5l4.6 8.5h-9.2z` : `M${cx} ${cy}m0 -5l5 5l-5 5l-5 -5z`;
}
