/** Hatches, one SVG pattern for each hue and kind; they differ in a photocopy too. */

import { svg } from "./dom";
import type { Hatch } from "./zonestyle";

const DRAWINGS: Readonly<Record<Hatch, { size: number; turn: number; d: string }>> = {
  rising: { size: 6, turn: 45, d: "M0 0V6" },
  falling: { size: 7, turn: -45, d: "M0 0V7" },
  dots: { size: 6, turn: 30, d: "M3 3h.01" },
  level: { size: 6, turn: 90, d: "M0 0V6" },
  cross: { size: 8, turn: 45, d: "M0 0V8M0 0H8" },
};

/** The definitions of the sheet; `url` gives a hatch in a hue, made when first asked for. */
export class Patterns {
  readonly defs = svg("defs");
  private readonly made = new Set<string>();

  url(hatch: Hatch, hue: string): string {
    const id = `cl-hatch-${hatch}${hue}`;
    if (!this.made.has(id)) {
      this.made.add(id);
      this.defs.append(pattern(id, hatch, hue));
    }
    return `url(#${id})`;
  }
}

/** One hatch pattern as an element of its own (the legend has its own copy of each). */
export function pattern(id: string, hatch: Hatch, hue: string): SVGPatternElement {
  const { size, turn, d } = DRAWINGS[hatch];
  const line = svg("path", { d, fill: "none", "stroke-linecap": "round", "stroke-width": hatch === "dots" ? 2.2 : 1.5 });
  line.style.stroke = `var(${hue})`;
  return svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` }, [line]);
}
