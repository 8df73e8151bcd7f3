/** The basemap's coding, as `layers/basemap.py` describes it, undone. */

import { mercatorX, mercatorY } from "../geometry";
import { type AreaKind, type Drawn, type Ground, type LineKind, type Name, type Path, pathOf } from "./ground";

type CodedShape = [kind: string, from: number, to: number, paths: (string | number[])[], clear?: [west: number, south: number, east: number, north: number]];
type CodedName = [kind: Name["kind"], name: string, names: Record<string, string>, lon: number, lat: number, rank: number, from: number, to: number];

interface Coded {
  readonly areas?: readonly CodedShape[];
  readonly lines?: readonly CodedShape[];
  readonly names?: readonly CodedName[];
  readonly contested?: readonly [name: string, note: string, ...box: number[]][];
}

/** Geography from its coding; empty for a document without a basemap. */
export function decodeGround(basemap: Record<string, unknown>): Ground {
  const coded = basemap as Coded;
  return {
    areas: (coded.areas ?? []).map((shape) => decodeShape<AreaKind>(shape)),
    lines: (coded.lines ?? []).map((shape) => decodeShape<LineKind>(shape)),
    names: (coded.names ?? []).map(([kind, name, names, lon, lat, rank, from, to]) => ({ kind, name, names, lon, lat, rank, from, to })),
    contested: (coded.contested ?? []).map(([name, note, west = -180, south = -90, east = 180, north = 90]) => ({ name, note, west, south, east, north })),
  };
}

function decodeShape<K>([kind, from, to, paths, clear]: CodedShape): Drawn<K> {
  let decoded: Path[] | null = null;
  const [west = 0, south = 0, east = 0, north = 0] = clear ?? [];
  return {
    kind: kind as K,
    from,
    to,
    clear: clear ? [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)] : null,
    // Undone when first drawn: the far ground waits until somebody zooms out.
    get paths() {
      return (decoded ??= paths.map(decodePath));
    },
  };
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Uint8Array(128);
for (let value = 0; value < DIGITS.length; value++) VALUE[DIGITS.charCodeAt(value)] = value;

/** Whole numbers from their text: five bits a letter, the lowest first, 32 where more follow; the sign is the last bit. */
export function decodeNumbers(text: string): number[] {
  const numbers: number[] = [];
  let [rest, unit] = [0, 1];
  for (let i = 0; i < text.length; i++) {
    const value = VALUE[text.charCodeAt(i)] ?? 0;
    rest += (value % 32) * unit;
    unit *= 32;
    if (value >= 32) continue;
    numbers.push(rest % 2 ? -(rest + 1) / 2 : rest / 2);
    [rest, unit] = [0, 1];
  }
  return numbers;
}

/** Longitude and latitude as differences of whole ten-thousandths of a degree. */
function decodePath(path: string | readonly number[]): Path {
  const deltas = typeof path === "string" ? decodeNumbers(path) : path;
  const xy = new Float64Array(deltas.length);
  let [lon, lat] = [deltas[0] ?? 0, 0];
  for (let i = 0; i < deltas.length; i += 2) {
    // A step of more than half the globe goes the other way round.
    const step = i ? (deltas[i] ?? 0) : 0;
    lon += step - 3.6e6 * Math.round(step / 3.6e6);
    lat += deltas[i + 1] ?? 0;
    xy[i] = mercatorX(lon / 1e4);
    xy[i + 1] = mercatorY(lat / 1e4);
  }
  return pathOf(xy);
}
