/**
 * Signs for facts, posts and places, the same on the map, in the legend and in lists. All in ink: shape, fill
 * and dash tell them apart, so that a photocopy can be read.
 */

import type { Certainty } from "../types";
import { svg } from "./dom";

/** Drawings of the themes, within ±5 of the middle. */
const THEMES: Readonly<Record<string, string>> = {
  commitments: "M-3 -4.2H1.4L3.2 -2.4V4.2H-3ZM-1.4 -.6H1.6M-1.4 1.8H1.6",
  talks: "M-4.2 -3.6H4.2V2H.4L-1.8 4.4V2H-4.2Z",
  military: "M-3.8 3.8L3.8 -3.8M-3.8 -3.8L3.8 3.8M-4.4 1.6L-1.6 4.4M4.4 1.6L1.6 4.4",
  humanitarian: "M0 -4.4A1.7 1.7 0 1 1 -.01 -4.4ZM-3.6 4.4V2.6A3.6 2.6 0 0 1 3.6 2.6V4.4Z",
  control: "M-2.6 4.6V-4.4L3.8 -2L-2.6 .4",
  background: "M-3.4 -2.6H3.4M-3.4 0H3.4M-3.4 2.6H1.2",
};

const FILLED_THEMES = new Set(["talks", "humanitarian"]);
const RADIUS = 9;
let clips = 0;

function picture(theme: string, tone: "ink" | "paper"): SVGPathElement {
  const solid = FILLED_THEMES.has(theme) ? ` cl-solid-${tone}` : "";
  return svg("path", { class: `cl-pict cl-stroke-${tone}${solid}`, d: THEMES[theme] ?? THEMES.background });
}

/** The sign of a fact, its middle at 0, 0 and 9 units in radius. */
export function factSymbol(certainty: Certainty, negated: boolean, theme: string): SVGGElement {
  const sign = svg("g", { class: "cl-sign" }, certaintyBody(certainty, theme));
  if (negated) sign.append(svg("path", { class: "cl-strike-casing", d: "M-10 10L10 -10" }), svg("path", { class: "cl-strike", d: "M-10 10L10 -10" }));
  return sign;
}

function certaintyBody(certainty: Certainty, theme: string): SVGElement[] {
  const disc = (kind: string): SVGCircleElement => svg("circle", { class: `cl-body ${kind}`, r: RADIUS - 0.75 });
  if (certainty === "established") return [disc("cl-full"), picture(theme, "paper")];
  if (certainty === "planned") return halfFilled(disc("cl-hollow"), theme);
  if (certainty === "alleged") return [disc("cl-hollow cl-dashed"), picture(theme, "ink")];
  const diamond = svg("path", { class: "cl-body cl-hollow", d: "M0 -10.5L10.5 0L0 10.5L-10.5 0Z" });
  return [diamond, scaled(picture(theme, "ink"), 0.78)];
}

/** Half ink, half paper, the picture changing tone where they meet; a clock's hands at the shoulder. */
function halfFilled(disc: SVGCircleElement, theme: string): SVGElement[] {
  const id = `cl-half-${clips++}`;
  const right = svg("clipPath", { id }, [svg("rect", { x: 0, y: -10, width: 10, height: 20 })]);
  const half = svg("path", { class: "cl-solid-ink", d: "M0 -8.25A8.25 8.25 0 0 1 0 8.25Z" });
  const light = svg("g", { "clip-path": `url(#${id})` }, [picture(theme, "paper")]);
  const clock = svg("g", { class: "cl-clock", transform: "translate(7 -7)" }, [
    svg("circle", { class: "cl-body cl-hollow", r: 3.9 }),
    svg("path", { class: "cl-stroke-ink", d: "M0 -2.2V0L1.6 .9" }),
  ]);
  return [right, disc, picture(theme, "ink"), half, light, clock];
}

function scaled<T extends SVGElement>(element: T, scale: number): T {
  element.setAttribute("transform", `scale(${scale})`);
  return element;
}

const POSTS = ["M-5 4.5L0 -5L5 4.5Z", "M-4.5 -4.5H4.5V4.5H-4.5Z", "M0 -5.5L5.2 -1.7L3.2 4.5H-3.2L-5.2 -1.7Z", "M0 -5.6L5.6 0L0 5.6L-5.6 0Z"];

/** The sign of a post: a shape for each party, hollow where the place is only known roughly. */
export function postSymbol(party: number, rough: boolean): SVGPathElement {
  return svg("path", { class: `cl-post${rough ? " cl-rough" : ""}`, d: POSTS[party % POSTS.length] });
}

/** A place named by the article: a dot, hollow with a question mark where it is in doubt. */
export function placeSymbol(doubt: boolean): SVGElement[] {
  if (!doubt) return [svg("circle", { class: "cl-dot", r: 4.5 })];
  return [svg("circle", { class: "cl-dot cl-doubt", r: 7 }), svg("text", { class: "cl-query", y: 3.8 }, ["?"])];
}

/** A sign in an SVG of its own, for legends and lists. */
export function framed(sign: readonly SVGElement[], width = 24, height = 24): SVGSVGElement {
  const viewBox = `${-width / 2} ${-height / 2} ${width} ${height}`;
  return svg("svg", { class: "cl-swatch", viewBox, width, height, "aria-hidden": "true" }, sign as SVGElement[]);
}
