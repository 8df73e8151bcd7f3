/**
 * The map document as the page reads it: `layers/document.py` in TypeScript.
 *
 * Offsets are Unicode code points into a sentence's `text`, end exclusive. Coordinates are WGS 84 longitude,
 * latitude in degrees. Dates are ISO days; null with a kind says "open" or "unknown".
 */

export const VERSION = "1.0";

export type Certainty = "established" | "planned" | "hypothetical" | "alleged";
export type Basis = "article" | "agreement" | "reconstruction" | "assumption";
export type EndKind = "day" | "open" | "unknown";

export type Position = number[];
export type Geometry =
  | { type: "Point"; coordinates: Position }
  | { type: "MultiPoint"; coordinates: Position[] }
  | { type: "LineString"; coordinates: Position[] }
  | { type: "MultiLineString"; coordinates: Position[][] }
  | { type: "Polygon"; coordinates: Position[][] }
  | { type: "MultiPolygon"; coordinates: Position[][][] }
  | { type: "GeometryCollection"; geometries: Geometry[] };

export interface Interval {
  start: string | null;
  end: string | null;
  start_kind: EndKind;
  end_kind: EndKind;
  edtf?: string;
  text?: string;
  role?: "event" | "deadline" | "validity" | "statement";
}

export interface Run {
  start: number;
  end: number;
  kind: "place" | "fact" | "time" | "zone";
  marks: string[];
}

export interface Sentence {
  id: string;
  text: string;
  runs: Run[];
  marks: string[];
}

export type BlockRole = "headline" | "subheadline" | "byline" | "body" | "caption" | "related_link" | "gap";

export interface Block {
  role: BlockRole;
  sentences: Sentence[];
}

export interface ArticleDoc {
  id: string;
  title: string;
  source: string | null;
  url: string | null;
  language: string;
  dir: "ltr" | "rtl";
  published: { date: string | null; basis: string; evidence: string[] };
  text_mode: "full" | "quotes" | "none";
  blocks: Block[];
  notes: string[];
}

export interface Alternative {
  name: string;
  where: string;
  lon: number;
  lat: number;
  score: number;
  reasons: string[];
}

export interface MembershipDoc {
  zone: string;
  verdict: "inside" | "outside" | "in doubt";
  words: string;
  reading: string;
  other?: string;
}

export type PlaceKind = "country" | "province" | "district" | "town" | "site" | "region" | "spot";

export interface PlaceDoc {
  id: string;
  name: string;
  names: Record<string, string>;
  lon: number;
  lat: number;
  feature: string;
  kind: PlaceKind;
  where: string;
  radius_km: number;
  area: string | null;
  origin: "article" | "case";
  doubt: boolean;
  score: number | null;
  reasons: string[];
  alternatives: Alternative[];
  source: string;
  sentences: string[];
  facts: string[];
  membership: MembershipDoc[];
}

export interface ZoneRelation {
  zone: string;
  relation: string;
}

export interface FactDoc {
  id: string;
  event: string | null;
  label: string;
  theme: string;
  statement: string;
  quote: string;
  certainty: Certainty;
  negated: boolean;
  word: string;
  article: string;
  sentences: string[];
  voices: { name: string }[];
  when: Interval | null;
  places: string[];
  zones: ZoneRelation[];
  figure: string | null;
  actors: string[];
  origin: "article" | "editor";
  related: boolean;
  notes: string[];
}

export interface SourceDoc {
  title: string;
  url: string | null;
  says: string | null;
  contradicts: string | null;
}

export interface PartDoc {
  role: string;
  label: string;
  geometry: Geometry;
}

export interface ZoneDoc {
  id: string;
  name: string;
  names: Record<string, string>;
  kind: string;
  theme: string;
  status: string;
  basis: Basis;
  valid: Interval | null;
  parties: string[];
  applies_to: string[];
  uncertainty_km: number | null;
  sources: SourceDoc[];
  note: string | null;
  geometry: Geometry | null;
  parts: PartDoc[];
  band: Geometry | null;
  derived: boolean;
  variant_of: string | null;
  in_article: boolean;
  shown: boolean;
  figures: string[][];
  sentences: string[];
  facts: string[];
}

export type LayerGroup = "zones" | "article" | "case" | "basemap";

export interface LayerDoc {
  id: string;
  title: string;
  group: LayerGroup;
  marks: string[];
  shown: boolean;
}

export interface MapDocument {
  version: string;
  id: string;
  title: string;
  subtitle: string;
  language: string;
  dir: "ltr" | "rtl";
  credit: string | null;
  disclaimer: string | null;
  notes: string[];
  view: { bbox: number[] };
  time: { start: string; end: string; now: string | null } | null;
  tiles: { url: string; attribution: string } | null;
  articles: ArticleDoc[];
  places: PlaceDoc[];
  facts: FactDoc[];
  zones: ZoneDoc[];
  areas: Record<string, Geometry>;
  basemap: Record<string, unknown>;
  layers: LayerDoc[];
  credits: { text: string; url: string | null }[];
  strings: Record<string, string>;
  generator: Record<string, string>;
  marks?: Record<string, unknown>;
}
