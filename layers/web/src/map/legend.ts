/** The legend, made from what is drawn now: nothing is explained that cannot be seen. */

import { type Mark, nameIn } from "../model";
import type { Store } from "../store";
import type { Basis, Certainty, FactDoc, ZoneDoc } from "../types";
import type { Words } from "../ui/words";
import { html, svg } from "./dom";
import { pattern } from "./patterns";
import { isWide } from "./places";
import type { Scene } from "./scene";
import { factSymbol, framed, placeSymbol, postSymbol } from "./symbols";
import { isOutline, type ZoneStyle } from "./zonestyle";

const BASES: readonly Basis[] = ["article", "agreement", "reconstruction", "assumption"];
const CERTAINTIES: readonly Certainty[] = ["established", "planned", "alleged", "hypothetical"];

interface Row {
  readonly sign: SVGSVGElement;
  readonly text: string;
}

/** The legend's rows under their headings; sections without rows are left out. */
export function legend(scene: Scene, store: Store, words: Words): HTMLElement {
  const marks = scene.drawn();
  const language = store.get("language");
  const sections: [string, Row[], string][] = [
    [words.t("map.zones"), zoneRows(marks, scene, language, words), "cl-one"],
    [words.t("map.edges"), basisRows(marks, words), ""],
    [words.t("map.places"), placeRows(marks, words), ""],
    [words.t("map.facts"), certaintyRows(marks, words), ""],
    [words.t("map.subjects"), themeRows(marks, words), ""],
  ];
  const shown = sections.filter(([, rows]) => rows.length);
  return html("div", { class: "cl-legend" }, shown.map(([title, rows, kind]) => section(title, rows, kind)));
}

function section(title: string, rows: readonly Row[], kind: string): HTMLElement {
  const items = rows.map(({ sign, text }) => html("li", {}, [sign, html("span", { dir: "auto" }, [text])]));
  return html("section", {}, [html("h3", {}, [title]), html("ul", { class: kind }, items)]);
}

function zoneRows(marks: readonly Mark[], scene: Scene, language: string, words: Words): Row[] {
  const zones = marks.flatMap((mark) => (mark.type === "zone" ? [mark.zone] : []));
  const rows: Row[] = [];
  const parties = new Set<number>();
  for (const zone of zones) {
    const style = scene.styles.get(zone.id);
    if (!style) continue;
    if (style.shape === "post") {
      if (!parties.has(style.party)) rows.push({ sign: framed([postSymbol(style.party, false)]), text: postText(zone, words) });
      parties.add(style.party);
    } else rows.push(...shapeRows(zone, style, nameIn(zone, language), words));
  }
  return rows;
}

function postText(zone: ZoneDoc, words: Words): string {
  const parties = zone.parties.length ? `: ${zone.parties.join(", ")}` : "";
  return words.of("kind", zone.kind) + parties;
}

function shapeRows(zone: ZoneDoc, style: ZoneStyle, name: string, words: Words): Row[] {
  if (style.shape === "line") return [{ sign: lineSwatch(zone, style), text: name }];
  const margin = zone.parts.find((part) => part.role !== "core");
  const rows = [{ sign: areaSwatch(zone, style, margin ? "core" : "whole"), text: margin ? `${name}: ${words.t("map.core")}` : name }];
  if (margin) rows.push({ sign: areaSwatch(zone, style, "margin"), text: words.t("map.margin") });
  return rows;
}

let swatches = 0;

function areaSwatch(zone: ZoneDoc, style: ZoneStyle, part: "core" | "margin" | "whole"): SVGSVGElement {
  const d = "M-12 -7.5H12V7.5H-12Z";
  const shapes: SVGElement[] = [];
  const hatched = part === "margin" || Boolean(zone.variant_of) || zone.theme === "patrols";
  if (isOutline(zone)) shapes.push(svg("path", { class: "cl-inner", d: "M-12 -4H12" }));
  else if (part !== "margin" && !zone.variant_of) shapes.push(svg("path", { class: "cl-fill", d }));
  if (hatched && !isOutline(zone)) {
    const id = `cl-swatch-${swatches++}`;
    shapes.push(svg("defs", {}, [pattern(id, style.hatch, style.hue)]), svg("path", { class: "cl-hatch", d, fill: `url(#${id})` }));
  }
  shapes.push(svg("path", { class: "cl-edge", d: "M-14 -7.5H14" }));
  return dressed(shapes, zone, style);
}

function lineSwatch(zone: ZoneDoc, style: ZoneStyle): SVGSVGElement {
  const d = "M-14 0H14";
  const band = zone.band ? [svg("path", { class: "cl-band", d: "M-14 -6H14V6H-14Z" })] : [];
  return dressed([...band, svg("path", { class: "cl-edge", d })], zone, style);
}

function dressed(shapes: readonly SVGElement[], zone: ZoneDoc, style: ZoneStyle): SVGSVGElement {
  const group = svg("g", { class: `cl-zone cl-basis-${zone.basis} cl-${style.shape} cl-theme-${zone.theme}` }, shapes);
  group.style.setProperty("--hue", `var(${style.hue})`);
  return framed([group], 28, 18);
}

function basisRows(marks: readonly Mark[], words: Words): Row[] {
  const drawn = new Set(marks.flatMap((mark) => (mark.type === "zone" && !mark.zone.geometry?.type.endsWith("Point") ? [mark.zone.basis] : [])));
  return BASES.filter((basis) => drawn.has(basis)).map((basis) => ({ sign: basisSwatch(basis), text: words.of("basis", basis) }));
}

function basisSwatch(basis: Basis): SVGSVGElement {
  const d = "M-14 0H14";
  const shapes = [svg("path", { class: "cl-edge", d })];
  if (basis === "agreement") shapes.push(svg("path", { class: "cl-double", d }));
  const group = svg("g", { class: `cl-zone cl-area cl-basis-${basis}` }, shapes);
  group.style.setProperty("--hue", "var(--ink-2)");
  return framed([group], 28, 14);
}

function placeRows(marks: readonly Mark[], words: Words): Row[] {
  const places = marks.flatMap((mark) => (mark.type === "place" ? [mark.place] : []));
  const rows: Row[] = [];
  if (places.some((place) => !isWide(place) && !place.doubt)) rows.push({ sign: framed(placeSymbol(false)), text: words.t("map.place") });
  if (places.some((place) => place.area)) rows.push({ sign: framed([svg("path", { class: "cl-area", d: "M-10 -6H10V6H-10Z" })]), text: words.t("map.area") });
  if (places.some((place) => place.doubt)) rows.push({ sign: framed(placeSymbol(true)), text: words.t("map.doubt") });
  if (places.some((place) => !isWide(place) && place.radius_km > 1)) rows.push({ sign: framed([svg("circle", { class: "cl-radius", r: 9 })]), text: words.t("map.radius") });
  return rows;
}

function certaintyRows(marks: readonly Mark[], words: Words): Row[] {
  const facts = factsOf(marks);
  const kinds = new Set(facts.map((fact) => fact.certainty));
  const rows = CERTAINTIES.filter((certainty) => kinds.has(certainty)).map((certainty) => ({
    sign: framed([factSymbol(certainty, false, "")]),
    text: words.of("certainty", certainty),
  }));
  if (facts.some((fact) => fact.negated)) rows.push({ sign: framed([factSymbol("alleged", true, "")]), text: words.t("map.negated") });
  return rows;
}

function themeRows(marks: readonly Mark[], words: Words): Row[] {
  const themes = [...new Set(factsOf(marks).map((fact) => fact.theme))];
  return themes.map((theme) => ({ sign: framed([factSymbol("established", false, theme)]), text: words.of("theme", theme) }));
}

const factsOf = (marks: readonly Mark[]): FactDoc[] => marks.flatMap((mark) => (mark.type === "fact" ? [mark.fact] : []));
