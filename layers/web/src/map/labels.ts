/**
 * Where names go. Greedy by importance: each label tries its positions in turn and is left out if all of them
 * collide, unless it must be shown; then it takes the one that collides least.
 */

export type Anchor = "middle" | "end" | "start" | "above" | "below" | "end-below" | "start-below" | "end-above" | "start-above";

/** How a kind of label is set; the colours are in the style sheet. */
interface Face {
  readonly size: number;
  readonly weight?: number;
  readonly italic?: boolean;
  readonly serif?: boolean;
  /** Em between letters; the text is set in capitals where it is above 0. */
  readonly spacing?: number;
}

/** On a wall display names are read from farther off. */
const SCALE = globalThis.matchMedia?.("(min-width: 2200px)").matches ? 1.5 : 1;

/** A map on a phone: less is named there. */
export const SMALL = globalThis.matchMedia?.("screen and (max-width: 520px)") ?? { matches: false };

export const FACES = scaled({
  country: { size: 13, weight: 600, spacing: 0.22 },
  admin: { size: 10.5, weight: 500, spacing: 0.14 },
  sea: { size: 13, italic: true, serif: true },
  "town-1": { size: 12.5, weight: 600 },
  "town-2": { size: 11.5 },
  "town-3": { size: 10.5 },
  place: { size: 13.5, weight: 650 },
  "place-area": { size: 13, weight: 700, spacing: 0.16 },
  zone: { size: 13, weight: 650, italic: true, serif: true },
  line: { size: 12, weight: 600, italic: true, serif: true },
  post: { size: 10.5 },
  shield: { size: 10, weight: 700 },
});

export type FaceName = keyof typeof FACES;

function scaled<K extends string>(faces: Record<K, Face>): Record<K, Face> {
  for (const face of Object.values<{ size: number }>(faces)) face.size *= SCALE;
  return faces;
}

export interface Label {
  readonly id: string;
  readonly text: string;
  readonly face: FaceName;
  readonly x: number;
  readonly y: number;
  /** Higher is placed earlier. */
  readonly priority: number;
  readonly anchors: readonly Anchor[];
  /** Places to try one after the other, for texts along a line; instead of x, y and angle. */
  readonly spots?: readonly Spot[];
  /** Pixels between the point and the text. */
  readonly gap?: number;
  /** Degrees; the text is turned about its middle. */
  readonly angle?: number;
  /** Room to be kept under the text: width and height in pixels. */
  readonly tray?: readonly [number, number];
  /** Radius of a dot that comes and goes with the label. */
  readonly dot?: number;
  /** Shown even where it collides. */
  readonly must?: boolean;
  /** The share of the text that may be covered where it must be shown; without it any. */
  readonly most?: number;
  /** Pixels; longer text is broken into lines at spaces. */
  readonly wrap?: number;
  /** Other ways to set the text, tried in turn where it has no room as it is. */
  readonly else?: readonly { readonly text?: string; readonly wrap?: number }[];
  /** Pixels off the first of its spots at which it is tried after them, a thin line leading to it. */
  readonly aside?: readonly number[];
  readonly isAside?: boolean;
}

export interface Placed {
  readonly label: Label;
  readonly lines: readonly string[];
  /** Middle of the text block. */
  readonly x: number;
  readonly y: number;
  /** Half its width and height. */
  readonly half: readonly [number, number];
  /** Middle of the tray under it. */
  readonly trayX: number;
  readonly trayY: number;
}

/** West, north, east, south in pixels. */
export type Rect = readonly [number, number, number, number];
export type Measure = (text: string, face: FaceName) => number;

const LINE = 1.22;
const NONE: readonly [number, number] = [0, 0];
const SIDES: Readonly<Record<Anchor, readonly [number, number]>> = {
  middle: [0, 0],
  end: [1, 0],
  start: [-1, 0],
  above: [0, -1],
  below: [0, 1],
  "end-below": [1, 1],
  "start-below": [-1, 1],
  "end-above": [1, -1],
  "start-above": [-1, -1],
};

/** The labels that find room, with their places; `obstacles` are signs that none may cover. */
export function placeLabels(labels: readonly Label[], obstacles: readonly Rect[], measure: Measure, screen: Rect): Placed[] {
  const taken = new Taken(obstacles, screen);
  const placed: Placed[] = [];
  for (const label of [...labels].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))) {
    const best = bestPosition(label, taken, measure);
    if (!best) continue;
    taken.add(best.rects);
    placed.push(best.placed);
  }
  return placed;
}

interface Trial {
  readonly placed: Placed;
  readonly rects: Rect[];
}

/** Pixels farther off that a label is tried at, with a thin line to its point, before it may collide. */
const FARTHER = [16, 34, 56, 84];
const ASIDE: readonly Anchor[] = ["start", "end", "above", "below", "end-below", "start-below", "end-above", "start-above"];

/** In each way of setting it: all near spots in one way, then in the next; farther off only then, and where it collides last. */
function bestPosition(label: Label, taken: Taken, measure: Measure): Trial | null {
  const ways = [label, ...(label.else ?? []).map((way) => ({ ...label, ...way }))].map((way) => setting(way, measure));
  const near = label.spots?.map((spot) => ({ ...label, ...spot })) ?? [label];
  const sides = label.anchors.flatMap((anchor) => near.map((tried) => [anchor, tried] as const));
  let least = Infinity;
  let best: Trial | null = null;
  for (const tries of [sides, farther(label)]) {
    for (const [lines, width] of ways) {
      for (const [anchor, tried] of tries) {
        const trial = tryAnchor(tried, anchor, lines, width);
        const overlap = taken.overlap(trial.rects) + taken.cutOff(tried, trial.rects);
        if (overlap === 0) return trial;
        const share = overlap / (width * lines.length * FACES[label.face].size * LINE);
        if (share < least) [least, best] = [share, trial];
      }
    }
  }
  return label.must && least <= (label.most ?? Infinity) ? best : null;
}

/** A label's lines, and the width of the longest. */
function setting(label: Label, measure: Measure): readonly [string[], number] {
  const lines = breakLines(label, measure);
  return [lines, Math.max(...lines.map((line) => measure(line, label.face)))];
}

function farther(label: Label): (readonly [Anchor, Label])[] {
  const { spots, aside, ...plain } = label;
  const first = spots?.[0];
  if (first && aside) return aside.flatMap((gap) => ASIDE.map((anchor) => [anchor, { ...plain, ...first, gap, isAside: true }] as const));
  if (!label.must || !label.gap) return [];
  return FARTHER.flatMap((more) => label.anchors.map((anchor) => [anchor, { ...label, gap: (label.gap ?? 0) + more }] as const));
}

function tryAnchor(label: Label, anchor: Anchor, lines: readonly string[], width: number): Trial {
  const [sideX, sideY] = SIDES[anchor];
  const [trayWidth, trayHeight] = label.tray ?? NONE;
  const textHeight = lines.length * FACES[label.face].size * LINE;
  const [blockWidth, blockHeight] = [Math.max(width, trayWidth), textHeight + trayHeight];
  const gap = label.gap ?? 0;
  const diagonal = sideX && sideY ? 0.7 : 1;
  const x = label.x + sideX * (blockWidth / 2 + gap * diagonal);
  const y = label.y + sideY * (blockHeight / 2 + gap * diagonal) + (sideY ? 0 : (anchor === "middle" ? 0 : trayHeight / 2));
  const top = y - blockHeight / 2;
  const inner = (own: number): number => x - (sideX * (blockWidth - own)) / 2;
  const placed = { label, lines, x: inner(width), y: top + textHeight / 2, half: [width / 2, textHeight / 2] as const, trayX: inner(trayWidth), trayY: top + textHeight + trayHeight / 2 };
  // A shield is wider than its number.
  const rim = label.face === "shield" ? 5 : 2;
  const rects: Rect[] = label.angle ? turned(x, y, width, textHeight, label.angle) : [[x - blockWidth / 2 - rim, top - rim + 2, x + blockWidth / 2 + rim, top + blockHeight + rim - 2]];
  if (label.dot) rects.push([label.x - label.dot, label.y - label.dot, label.x + label.dot, label.y + label.dot]);
  return { placed, rects };
}

/** Squares along a turned text: close enough to its shape. */
function turned(x: number, y: number, width: number, height: number, degrees: number): Rect[] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const count = Math.max(1, Math.ceil(width / height));
  return Array.from({ length: count }, (_, i) => {
    const along = (i + 0.5) * (width / count) - width / 2;
    const [cx, cy, half] = [x + along * cos, y + along * sin, height * 0.6];
    return [cx - half, cy - half, cx + half, cy + half] as const;
  });
}

/** Break at spaces, so that no line is longer than `wrap` if words allow it. */
export function breakLines(label: Label, measure: Measure): string[] {
  if (!label.wrap) return [label.text];
  const lines: string[] = [];
  for (const word of label.text.split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measure(longer, label.face) <= label.wrap) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** What is taken, in cells, so that a look-up sees only its neighbours. */
class Taken {
  private readonly cells = new Map<number, number[]>();
  private readonly rects: Rect[] = [];
  /** The look-up that last saw each rectangle: one that lies in several cells counts once. */
  private readonly seen: number[] = [];
  private lookUp = 0;

  constructor(
    rects: readonly Rect[],
    private readonly screen: Rect,
  ) {
    this.add(rects);
  }

  add(rects: readonly Rect[]): void {
    for (const rect of rects) {
      const id = this.rects.push(rect) - 1;
      eachCell(rect, (key) => {
        const cell = this.cells.get(key);
        if (cell) cell.push(id);
        else this.cells.set(key, [id]);
      });
    }
  }

  /** The area that the screen's edge would cut from the label of a point on the screen. */
  cutOff({ x, y, spots }: Label, rects: readonly Rect[]): number {
    const [left, top, right, bottom] = this.screen;
    // A label with spots to choose from is about something on the screen, wherever a spot lies.
    if (!spots && (x < left || x > right || y < top || y > bottom)) return 0;
    return rects.reduce((sum, rect) => sum + (rect[2] - rect[0]) * (rect[3] - rect[1]) - shared(rect, this.screen), 0);
  }

  /** The area, in square pixels, that is already taken. */
  overlap(rects: readonly Rect[]): number {
    let sum = 0;
    for (const rect of rects) {
      const lookUp = ++this.lookUp;
      eachCell(rect, (key) => {
        for (const id of this.cells.get(key) ?? NOBODY) {
          if (this.seen[id] === lookUp) continue;
          this.seen[id] = lookUp;
          sum += shared(rect, this.rects[id] ?? rect);
        }
      });
    }
    return sum;
  }
}

const NOBODY: readonly number[] = [];
const CELL = 96;

function eachCell([west, north, east, south]: Rect, call: (key: number) => void): void {
  const [right, bottom] = [Math.floor(east / CELL), Math.floor(south / CELL)];
  for (let i = Math.floor(west / CELL); i <= right; i++) {
    for (let j = Math.floor(north / CELL); j <= bottom; j++) call(i * 4096 + j);
  }
}

function shared(a: Rect, b: Rect): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

const ORIGIN: readonly [number, number] = [0, 0];

/** A place for a text along a line: its middle and its angle in degrees. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** Where along a line a text of this width lies straightest, within the screen: the best few, best first. */
export function straightest(points: readonly (readonly [number, number])[], width: number, screen: Rect, most = 10): Spot[] {
  const found: (Spot & { cost: number })[] = [];
  const walk = everyPixels(points, 12);
  const span = Math.ceil(width / 12);
  for (let i = 0; i + span < walk.length; i += 2) {
    const part = walk.slice(i, i + span + 1);
    if (!part.every(([x, y]) => x > screen[0] && x < screen[2] && y > screen[1] && y < screen[3])) continue;
    const spot = spotOn(part, width, screen);
    if (spot) found.push(spot);
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, most);
}

function spotOn(part: readonly (readonly [number, number])[], width: number, screen: Rect): (Spot & { cost: number }) | null {
  const a = part[0] ?? ORIGIN;
  const b = part[part.length - 1] ?? ORIGIN;
  const chord = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (chord < width * 0.9) return null;
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  let angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  if (angle > 90 || angle <= -90) angle += angle > 0 ? -180 : 180;
  const bend = Math.max(...part.map(([px, py]) => Math.abs((b[0] - a[0]) * (a[1] - py) - (a[0] - px) * (b[1] - a[1])) / chord));
  const away = Math.hypot(x - (screen[0] + screen[2]) / 2, y - (screen[1] + screen[3]) / 2);
  return { x, y, angle, cost: bend * 3 + Math.abs(angle) * 0.3 + away * 0.05 };
}

function everyPixels(points: readonly (readonly [number, number])[], step: number): [number, number][] {
  const walk: [number, number][] = [];
  let left = 0;
  points.forEach(([x, y], i) => {
    const [px, py] = points[i - 1] ?? [x, y];
    const length = Math.hypot(x - px, y - py);
    if (length > 1e5) return;
    for (; left <= length && length > 0; left += step) walk.push([px + ((x - px) * left) / length, py + ((y - py) * left) / length]);
    left -= length;
  });
  return walk;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/** Whether a text runs from right to left: no capitals and no space between its letters, which are joined. */
export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** A text as its face shows it: capitals where letters are spaced, and never in joined scripts. */
export function inFace(text: string, face: FaceName): string {
  const { spacing }: Face = FACES[face];
  return spacing && !isRightToLeft(text) ? text.toLocaleUpperCase() : text;
}

/** The attributes that set a text in its face, the same that it was measured in. */
export function faceAttributes(text: string, face: FaceName): Record<string, string | number | null> {
  const { size, weight, italic, serif, spacing }: Face = FACES[face];
  const rtl = isRightToLeft(text);
  return {
    "font-size": rtl ? size + 1.5 : size,
    "font-weight": weight ?? 400,
    "font-style": italic && !rtl ? "italic" : null,
    "font-family": family(rtl, serif ?? false),
    "letter-spacing": spacing && !rtl ? (spacing * size).toFixed(2) : null,
    direction: rtl ? "rtl" : "ltr",
  };
}

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const SERIF = 'ui-serif, Georgia, "Noto Serif", serif';
const ARABIC = '"Noto Naskh Arabic", "Geeza Pro", serif';
const family = (rtl: boolean, serif: boolean): string => (rtl ? ARABIC : serif ? SERIF : SANS);

/** Measures texts on a canvas; remembers what it measured. */
export function canvasMeasure(): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, number>();
  return (text, face) => {
    const key = `${face}|${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const set = faceAttributes(text, face);
    const shown = inFace(text, face);
    let width = shown.length * 7;
    if (context) {
      context.font = `${set["font-style"] ?? ""} ${set["font-weight"]} ${set["font-size"]}px ${set["font-family"]}`;
      width = context.measureText(shown).width + Number(set["letter-spacing"] ?? 0) * shown.length;
    }
    known.set(key, width);
    return width;
  };
}
