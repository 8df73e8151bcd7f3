/** The legend, made from what is drawn now: nothing is explained that cannot be seen. */

import { familyName, type Mark, nameIn } from "../model";
import type { Store } from "../store";
import type { Basis, Certainty, FactDoc, MapDocument, ZoneDoc } from "../types";
import type { Words } from "../ui/words";
import { html, svg } from "./dom";
import { pattern } from "./patterns";
import { kindShape } from "./markdata";
import { isWide } from "./places";
import type { Scene } from "./scene";
import { factSymbol, framed, placeSymbol, postSymbol } from "./symbols";
import { isOutline, type ZoneStyle } from "./zonestyle";

const BASES: readonly Basis[] = ["article", "agreement", "reconstruction", "assumption"];
const CERTAINTIES: readonly Certainty[] = ["established", "planned", "alleged", "hypothetical"];

/** Letters that half the width of the legend holds on two lines: what has more takes the whole. */
const SHORT = 26;

interface Row {
  readonly sign: SVGSVGElement;
  readonly text: string;
  /** A second, smaller line. */
  readonly more?: string;
}

/** The legend's rows under their headings; sections without rows are left out. `contested` are the disputed areas in view. */
export function legend(scene: Scene, store: Store, words: Words, contested: readonly string[]): HTMLElement {
  const marks = scene.drawn();
  const language = store.get("language");
  // Zones take the whole width, short sections half of it each, one left over all of it.
  const sections: [string, Row[], boolean][] = [
    [words.t("map.zones"), zoneRows(marks, scene, language, words), true],
    [words.t("map.edges"), basisRows(marks, words), false],
    [words.t("table.marks"), kindRows(scene.doc, store), true],
    [words.t("map.places"), placeRows(marks, words), false],
    [words.t("map.facts"), certaintyRows(marks, words), false],
    [words.t("map.subjects"), themeRows(marks, words), false],
    [words.t("group.basemap"), groundRows(contested, words), true],
  ];
  const shown = sections.filter(([, rows]) => rows.length);
  if (!shown.length) return html("p", { class: "cl-empty" }, [words.t("legend.none")]);
  const halves = shown.filter(([, , isWhole]) => !isWhole);
  const odd = halves.length % 2 ? halves[halves.length - 1] : null;
  return html("div", { class: "cl-legend" }, shown.map((one) => section(one[0], one[1], one[2] || one === odd)));
}

function section(title: string, rows: readonly Row[], isWhole: boolean): HTMLElement {
  const items = rows.map(({ sign, text, more }) => {
    const words = html("span", { dir: "auto" }, more ? [text, " ", html("small", {}, [more])] : [text]);
    return html("li", { class: text.length + (more?.length ?? 0) > SHORT ? "cl-wide" : null }, [sign, words]);
  });
  return html("section", { class: isWhole ? "cl-whole" : null }, [html("h3", {}, [title]), html("ul", {}, items)]);
}

function zoneRows(marks: readonly Mark[], scene: Scene, language: string, words: Words): Row[] {
  const kin = new Map<string, ZoneDoc[]>();
  for (const mark of marks) {
    const style = mark.type === "zone" ? scene.styles.get(mark.zone.id) : undefined;
    if (mark.type !== "zone" || !style) continue;
    const { zone } = mark;
    const fill = style.shape === "area" ? `${style.hue} ${style.hatch} ${zone.variant_of} ${isMargined(zone)}` : "";
    const look = style.shape === "post" ? style.party : `${zone.basis} ${!zone.band} ${fill}`;
    const key = `${style.shape} ${zone.kind} ${look}`;
    kin.set(key, [...(kin.get(key) ?? []), zone]);
  }
  return [...kin.values()].flatMap((zones) => rowsOf(zones, scene, language, words));
}

/** One row for all zones that are drawn alike, as far as one name tells them. */
function rowsOf(zones: readonly ZoneDoc[], scene: Scene, language: string, words: Words): Row[] {
  const [zone] = zones as [ZoneDoc];
  const style = scene.styles.get(zone.id) as ZoneStyle;
  const names = zones.map((one) => nameIn(one, language));
  if (style.shape === "post") return [{ sign: framed([postSymbol(style.party, false)]), text: postText(zone, names, scene, language, words) }];
  const name = zone.theme === "roads" ? names.join(", ") : familyName(names);
  if (name !== null) return [shapeRow(zones, style, name, words)];
  // No name for all: one for those whose names begin with the same word.
  const begins = (i: number): string => (names[i] ?? "").split(" ", 1).join();
  const same = zones.filter((_, i) => begins(i) === begins(0));
  const some = same.length < zones.length ? same : [zone];
  return [some, zones.filter((one) => !some.includes(one))].flatMap((part) => rowsOf(part, scene, language, words));
}

/** Posts by kind and party; a mere area, of which only the point is known, by its name. */
function postText(zone: ZoneDoc, names: readonly string[], scene: Scene, language: string, words: Words): string {
  if (zone.kind === "named_area") return familyName(names) ?? words.of("kind", zone.kind);
  // A party that is a place of the report is called as that place is.
  const called = zone.parties.map((party) => scene.doc.places.find((place) => place.name === party)?.names?.[language] ?? party);
  const parties = called.length ? `: ${called.join(", ")}` : "";
  return words.of("kind", zone.kind) + parties;
}

const isMargined = (zone: ZoneDoc): boolean => zone.parts.some((part) => part.role !== "core");

function shapeRow(zones: readonly ZoneDoc[], style: ZoneStyle, text: string, words: Words): Row {
  const [zone] = zones as [ZoneDoc];
  const margin = isMargined(zone);
  if (style.shape === "area") return { sign: areaSwatch(zone, style, margin), text, ...(margin ? { more: words.t("map.margin") } : {}) };
  const kms = zones.flatMap((one) => one.uncertainty_km ?? []);
  const km = [...new Set([Math.min(...kms), Math.max(...kms)])].join("–");
  return { sign: lineSwatch(zone, style), text, ...(zone.band && zone.theme !== "roads" ? { more: words.t("map.band", { km: kms.length ? km : "?" }) } : {}) };
}

let swatches = 0;

/** Half core, half margin where a zone has both. */
function areaSwatch(zone: ZoneDoc, style: ZoneStyle, margin: boolean): SVGSVGElement {
  const whole = "M-12 -7.5H12V7.5H-12Z";
  const shapes: SVGElement[] = [];
  const hatched = margin || Boolean(zone.variant_of) || zone.theme === "patrols";
  if (isOutline(zone)) shapes.push(svg("path", { class: "cl-inner", d: "M-12 -4H12" }));
  else if (!zone.variant_of) shapes.push(svg("path", { class: "cl-fill", d: margin ? "M-12 -7.5H0V7.5H-12Z" : whole }));
  if (hatched && !isOutline(zone)) {
    const id = `cl-swatch-${swatches++}`;
    shapes.push(svg("defs", {}, [pattern(id, style.hatch, style.hue)]), svg("path", { class: "cl-hatch", d: margin ? "M0 -7.5H12V7.5H0Z" : whole, fill: `url(#${id})` }));
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
  if (places.some((place) => place.area)) rows.push({ sign: framed([svg("path", { class: "cl-outline", d: "M-10 -6H10V6H-10Z" })]), text: words.t("map.area") });
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

/** The kinds of many marks, as far as their layers are on. */
function kindRows(doc: MapDocument, store: Store): Row[] {
  const kinds = (doc.marks?.["kinds"] ?? []) as readonly string[];
  const rows = kinds.map((text, kind) => ({ sign: framed([kindSymbol(kind)]), text, on: store.get("layers").byId[`marks-${kind}`]?.shown ?? true }));
  return rows.filter((row) => row.on);
}

function groundRows(names: readonly string[], words: Words): Row[] {
  if (!names.length) return [];
  const more = names.join(" · ");
  return [{ sign: framed([svg("path", { class: "cl-disputed", d: "M-14 0H14" })], 28, 14), text: words.t("map.disputed"), more }];
}

function kindSymbol(kind: number): SVGElement {
  const shape = svg("path", { d: kindShape(kind, 0, 0) });
  shape.style.fill = `var(--hue-${(kind % 6) + 1})`;
  return shape;
}

const factsOf = (marks: readonly Mark[]): FactDoc[] => marks.flatMap((mark) => (mark.type === "fact" ? [mark.fact] : []));
