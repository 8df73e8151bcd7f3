/** The grammar of certainty as small pictures: they differ by form, so that a photocopy can be read. */

import { s } from "./dom";
import type { Certainty } from "../types";

/** The mark of a certainty in a 14-unit square; a stroke through it where the fact is said not to be. */
export function certaintyGlyph(certainty: Certainty, negated: boolean): SVGElement {
  const parts = SHAPES[certainty]?.() ?? SHAPES.established();
  if (negated) parts.push(s("path", { d: "M1.5 12.5 12.5 1.5", stroke: "currentColor", "stroke-width": 1.6 }));
  return s("svg", { viewBox: "0 0 14 14", width: 12, height: 12, "aria-hidden": "true", class: "cl-glyph" }, ...parts);
}

const round = (fill: string, dash: string | null = null): SVGElement =>
  s("circle", { cx: 7, cy: 7, r: 4.7, fill, stroke: "currentColor", "stroke-width": 1.5, "stroke-dasharray": dash });

const SHAPES: Record<Certainty, () => SVGElement[]> = {
  established: () => [round("currentColor")],
  planned: () => [
    round("none"),
    s("path", { d: "M7 2.3a4.7 4.7 0 0 1 0 9.4z", fill: "currentColor" }),
    s("path", { d: "M7 7V3.6", stroke: "currentColor", "stroke-width": 1.3 }),
  ],
  alleged: () => [round("none", "2.2 1.5")],
  hypothetical: () => [s("path", { d: "M7 1.6 12.4 7 7 12.4 1.6 7z", fill: "none", stroke: "currentColor", "stroke-width": 1.5 })],
};
