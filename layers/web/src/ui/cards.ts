/** What is known of one mark, as a small card: quote, voice, certainty, time, basis, place, doubt. */

import { factSymbol, framed, placeSymbol } from "../map/symbols";
import type { FactDoc, MembershipDoc, PlaceDoc, SourceDoc, ZoneDoc } from "../types";
import { label } from "./article";
import { add, h, link, type Child } from "./dom";
import type { Context } from "./index";

/** The card of a mark, or null if there is none of that id. */
export function card(context: Context, id: string): HTMLElement | null {
  const mark = context.model.marks.get(id);
  if (!mark) return null;
  const body = h("div", { class: `cl-card cl-card-${mark.type}` });
  if (mark.type === "fact") add(body, factCard(context, mark.fact));
  else if (mark.type === "place") add(body, placeCard(context, mark.place));
  else add(body, zoneCard(context, mark.zone));
  return body;
}

/** A fact's certainty: its sign and, always beside it, the word. */
export function certaintyWord({ words }: Context, fact: FactDoc): HTMLElement {
  const word = fact.word || words.of("certainty", fact.certainty);
  return h("span", { class: "cl-certainty", dir: "auto" }, framed([factSymbol(fact.certainty, fact.negated, fact.theme)], 24, 24), word);
}

/** Who says it, nearest to the event first, the report last. */
export function chain({ doc, words }: Context, fact: FactDoc): string {
  const report = doc.articles.find((article) => article.id === fact.article)?.source ?? null;
  const voices = fact.voices.map((voice) => voice.name);
  if (voices.length === 0) return report ?? words.t("said.itself");
  return [...voices, ...(report ? [report] : [])].join(" › ");
}

/** `“by Oct. 15” → by 15 Oct 2018`. */
export function whenText({ words }: Context, fact: FactDoc): string {
  if (!fact.when) return "";
  const date = words.interval(fact.when);
  return fact.when.text ? words.t("when.as", { text: words.quote(fact.when.text), date }) : date;
}

function row(name: string, ...content: Child[]): HTMLElement | null {
  const shown = content.filter((child) => child !== null && child !== undefined && child !== false && child !== "");
  return shown.length ? h("div", { class: "cl-dlrow" }, h("dt", {}, name), h("dd", { dir: "auto" }, ...shown)) : null;
}

function rows(...all: Child[]): HTMLElement {
  return h("dl", { class: "cl-rows" }, ...all);
}

/** A button that selects a mark. */
export function chip(context: Context, id: string, text?: string): HTMLElement {
  return h("button", {
    type: "button", class: "cl-chip", dir: "auto", onclick: () => {
      context.store.select([id], { origin: "list" });
      context.store.send("openCard", id);
    },
  }, text ?? label(context, id));
}

function chips(context: Context, ids: readonly string[]): Child {
  return ids.length ? h("span", { class: "cl-chips" }, ...ids.map((id) => chip(context, id))) : null;
}

function factCard(context: Context, fact: FactDoc): Child[] {
  const { words } = context;
  const zones = fact.zones.map(({ zone, relation }) =>
    h("span", { class: "cl-rel" }, `${words.of("relation", relation)} `, chip(context, zone)));
  return [
    h("p", { class: "cl-over" }, certaintyWord(context, fact), h("span", { class: "cl-kind", dir: "auto" }, fact.label)),
    h("blockquote", { dir: "auto" }, words.quote(fact.quote)),
    rows(
      row(words.t("said.by"), chain(context, fact)),
      row(words.t("when"), whenText(context, fact)),
      row(words.t("where"), chips(context, fact.places) ?? (zones.length ? null : h("em", {}, words.t("where.none")))),
      row(words.t("zones"), ...zones),
      row(words.t("figure"), fact.figure),
      row(words.t("actors"), fact.actors.join(", ")),
    ),
    ...(fact.origin === "editor" ? [h("p", { class: "cl-note" }, words.t("origin.editor"))] : []),
    ...(fact.related ? [h("p", { class: "cl-note" }, words.t("related.note"))] : []),
    ...fact.notes.map((note) => h("p", { class: "cl-note", dir: "auto" }, note)),
  ];
}

/** Names in other languages, each marked as what it is. */
function otherNames(named: { name: string; names: Record<string, string> }): Child {
  const others = Object.entries(named.names ?? {}).filter(([, name]) => name && name !== named.name);
  if (others.length === 0) return null;
  const items = others.flatMap(([language, name], index) => {
    const span = h("span", { dir: "auto", ...(language === "und" ? {} : { lang: language }) }, name);
    return index ? [" · ", span] : [span];
  });
  return h("p", { class: "cl-names" }, ...items);
}

/** How sure a place is, in a word and a round figure. */
export function sureness({ words }: Context, place: PlaceDoc): string {
  if (place.score === null) return "";
  const level = place.doubt || place.score < 0.6 ? "low" : place.score < 0.9 ? "middle" : "high";
  return words.t("place.score", { word: words.t(`place.sure.${level}`), percent: Math.round(place.score * 100) });
}

function placeCard(context: Context, place: PlaceDoc): Child[] {
  const { words } = context;
  const borrowed = place.origin === "case" && place.sentences.length === 0;
  const position = `${place.lat.toFixed(3)}, ${place.lon.toFixed(3)}`;
  return [
    h("h3", { dir: "auto" }, label(context, place.id)),
    otherNames(place),
    h("p", { class: "cl-over" }, framed(placeSymbol(place.doubt), 20, 20), h("span", { class: "cl-kind", dir: "auto" }, place.where)),
    borrowed && h("p", { class: "cl-note" }, words.t("origin.case")),
    rows(
      ...place.membership.map((membership) => row(label(context, membership.zone), ...membershipText(context, membership))),
      row(words.t("place.sure"), sureness(context, place), place.reasons.length > 0 && h("span", { class: "cl-why", dir: "auto" }, place.reasons.join("; "))),
      row(words.t("place.at"), h("span", { class: "cl-num", dir: "ltr" }, position), ` · ${words.t("place.radius", { km: round(place.radius_km) })} · ${place.source}`),
    ),
    alternatives(context, place),
    factList(context, place.facts),
  ];
}

/** In which zones a place lies, as one line; zones of which the same is true together. */
export function membershipLine(context: Context, place: PlaceDoc): string {
  const { words } = context;
  const told = new Map<string, string[]>();
  for (const { zone, verdict, words: odds } of place.membership) {
    const text = words.t("membership.words", { verdict: words.of("membership", verdict), words: odds });
    told.set(text, [...(told.get(text) ?? []), label(context, zone)]);
  }
  return [...told].map(([text, zones]) => `${zones.join(", ")}: ${text}`).join("; ");
}

function membershipText({ words }: Context, membership: MembershipDoc): Child[] {
  const verdict = words.of("membership", membership.verdict);
  return [
    h("strong", { class: `cl-verdict-${membership.verdict.replace(" ", "-")}` }, words.t("membership.words", { verdict, words: membership.words })),
    h("span", { class: "cl-why", dir: "auto" }, words.t("membership.reading", { reading: membership.reading })),
    membership.other && h("span", { class: "cl-why", dir: "auto" }, words.t("membership.other", { other: membership.other })),
  ];
}

function alternatives(context: Context, place: PlaceDoc): Child {
  if (place.alternatives.length === 0) return null;
  const { words, store } = context;
  const items = place.alternatives.map((other) => h("li", {},
    h("button", { type: "button", class: "cl-chip", dir: "auto", onclick: () => store.send("showPoint", { lon: other.lon, lat: other.lat, zoom: 9 }) }, other.name),
    h("span", { dir: "auto" }, ` ${other.where}, ${Math.round(other.score * 100)} %`),
    other.reasons.length > 0 && h("span", { class: "cl-why", dir: "auto" }, other.reasons.join("; "))));
  const show = ({ target }: Event): void => store.set("candidates", (target as HTMLDetailsElement).open ? place.alternatives : []);
  return h("details", { class: "cl-more", ontoggle: show }, h("summary", {}, `${words.t("place.others")} (${items.length})`), h("ul", {}, ...items));
}

function factList(context: Context, ids: readonly string[]): Child {
  const facts = ids.map((id) => context.model.marks.get(id)).flatMap((mark) => (mark?.type === "fact" ? [mark.fact] : []));
  if (facts.length === 0) return null;
  return h("ul", { class: "cl-minis" }, ...facts.slice(0, 40).map((fact) => h("li", {}, mini(context, fact))));
}

/** One fact on a line: sign, statement, word. */
function mini(context: Context, fact: FactDoc): HTMLElement {
  return h("button", { type: "button", class: "cl-mini", onclick: () => context.store.send("openCard", fact.id) },
    framed([factSymbol(fact.certainty, fact.negated, fact.theme)], 24, 24),
    h("span", { dir: "auto" }, fact.statement || fact.quote, h("small", { dir: "auto" }, fact.word)));
}

/** One line for a mark of any kind, leading to its card. */
export function line(context: Context, id: string): HTMLElement | null {
  const mark = context.model.marks.get(id);
  if (!mark) return null;
  if (mark.type === "fact") return mini(context, mark.fact);
  const under = mark.type === "place" ? mark.place.where : zoneTag(context, mark.zone);
  const sign = mark.type === "place" ? framed(placeSymbol(mark.place.doubt), 24, 24) : h("i", { class: "cl-square" });
  return h("button", { type: "button", class: "cl-mini", onclick: () => context.store.send("openCard", id) },
    sign, h("span", { dir: "auto" }, label(context, id), h("small", { dir: "auto" }, under)));
}

function zoneTag({ words }: Context, zone: ZoneDoc): string {
  return [words.of("kind", zone.kind), words.of("basis", zone.basis), ...(zone.in_article ? [] : [words.t("zone.not_here")])].join(" · ");
}

function zoneCard(context: Context, zone: ZoneDoc): Child[] {
  const { words } = context;
  return [
    h("h3", { dir: "auto" }, label(context, zone.id)),
    otherNames(zone),
    h("p", { class: "cl-over" }, h("i", { class: `cl-rests cl-rests-${zone.basis}` }),
      h("span", { class: "cl-kind", dir: "auto" }, `${words.t("basis")}: ${words.of("basis", zone.basis)}`)),
    !zone.in_article && h("p", { class: "cl-flag" }, words.t("zone.not_here")),
    zone.variant_of && h("p", { class: "cl-note" }, words.t("zone.variant", { name: label(context, zone.variant_of) })),
    !zone.geometry && h("p", { class: "cl-note" }, words.t("zone.undrawn")),
    zone.note && h("p", { class: "cl-note", dir: "auto" }, zone.note),
    rows(
      row(words.t("status"), words.of("status", zone.status), zone.valid && `, ${words.interval(zone.valid)}`),
      row(words.t("zone.extent"), ...zone.figures.flatMap(figure)),
      ...zone.parts.map((part) => row(words.of("part", part.role), part.label)),
      row(words.t("zone.doubt"), zone.uncertainty_km !== null && words.t("zone.km", { km: round(zone.uncertainty_km) })),
      row(words.t("zone.parties"), zone.parties.join(", ")),
      row(words.t("zone.applies"), zone.applies_to.join(", ")),
    ),
    sources(context, zone.sources),
    factList(context, zone.facts),
  ];
}

function figure([name, value]: string[]): Child[] {
  return [h("span", { class: "cl-figure" }, `${name ?? ""} `, h("b", {}, value ?? ""))];
}

function sources({ words }: Context, all: readonly SourceDoc[]): Child {
  if (all.length === 0) return null;
  const items = all.map((source) => h("li", {}, link(source.title, source.url),
    source.says && h("span", { class: "cl-why", dir: "auto" }, words.t("source.says", { text: source.says })),
    source.contradicts && h("span", { class: "cl-why cl-against", dir: "auto" }, words.t("source.contradicts", { text: source.contradicts }))));
  return h("details", { class: "cl-more" }, h("summary", {}, `${words.t("zone.sources")} (${all.length})`), h("ul", {}, ...items));
}

/** A length in honest precision. */
export function round(km: number): string {
  return km >= 10 ? String(Math.round(km)) : String(Math.round(km * 10) / 10);
}
