/** The basemap's geography, decoded: paths in the unit square of Web Mercator, and names with their points. */

export type AreaKind = "land" | "theatre" | "lake" | "contested";
export type LineKind = "border" | "disputed" | "admin" | "river" | "coast";
export type NameKind = "country" | "admin" | "town" | "sea";

/** A ring or line as x, y, x, y …, with its box for culling. */
export interface Path {
  readonly xy: Float64Array;
  readonly box: readonly [number, number, number, number];
}

export interface Drawn<K> {
  readonly kind: K;
  readonly paths: readonly Path[];
  /** West, north, east, south of a box that none of the paths reaches into. */
  readonly clear: readonly [number, number, number, number] | null;
  /** Zooms between which it is drawn. */
  readonly from: number;
  readonly to: number;
}

export interface Name {
  readonly kind: NameKind;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly lon: number;
  readonly lat: number;
  /** 0 is the most important. */
  readonly rank: number;
  /** Lowest zoom at which it is shown. */
  readonly from: number;
  readonly to: number;
}

/** An area that more than one side claims: its name, a neutral sentence, and the box that it lies in, in degrees. */
export interface Contested {
  readonly name: string;
  readonly note: string;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface Ground {
  readonly areas: readonly Drawn<AreaKind>[];
  readonly lines: readonly Drawn<LineKind>[];
  readonly names: readonly Name[];
  readonly contested: readonly Contested[];
}

/** A path of positions given as Web Mercator units. */
export function pathOf(xy: Float64Array): Path {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [xy[i] ?? 0, xy[i + 1] ?? 0];
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  }
  return { xy, box: [west, north, east, south] };
}
