/** Look-ups over one document: mark by id, sentences of a mark, marks of a sentence, layer of a mark. */

import type { ArticleDoc, FactDoc, LayerDoc, MapDocument, PlaceDoc, Sentence, ZoneDoc } from "./types";

export type Mark =
  | { readonly type: "place"; readonly id: string; readonly place: PlaceDoc }
  | { readonly type: "fact"; readonly id: string; readonly fact: FactDoc }
  | { readonly type: "zone"; readonly id: string; readonly zone: ZoneDoc };

export interface Model {
  readonly doc: MapDocument;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly sentences: ReadonlyMap<string, { sentence: Sentence; article: ArticleDoc }>;
  readonly layerOf: ReadonlyMap<string, LayerDoc>;
  /** Languages that names are known in, the document's own first. */
  readonly languages: readonly string[];
}

/** Index a document; ids that occur twice keep their first meaning. */
export function makeModel(doc: MapDocument): Model {
  return {
    doc,
    marks: indexMarks(doc),
    sentences: indexSentences(doc),
    layerOf: indexLayers(doc),
    languages: namedLanguages(doc),
  };
}

/** Ids of the sentences that a mark stands in, in document order. */
export function sentencesOf(model: Model, id: string): readonly string[] {
  const mark = model.marks.get(id);
  if (!mark) return [];
  if (mark.type === "place") return mark.place.sentences;
  return mark.type === "fact" ? mark.fact.sentences : mark.zone.sentences;
}

/** A mark's name as a reader knows it; a fact's is its statement. */
export function nameOf(mark: Mark, language: string): string {
  if (mark.type === "fact") return mark.fact.statement || mark.fact.label;
  return mark.type === "place" ? nameIn(mark.place, language) : nameIn(mark.zone, language);
}

/** The name in a language, else the document's own. */
export function nameIn(named: { name: string; names: Record<string, string> }, language: string): string {
  const names = named.names ?? {};
  return names[language] ?? names[language.split("-")[0] ?? language] ?? named.name;
}

function indexMarks(doc: MapDocument): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const add = (mark: Mark): void => {
    if (!marks.has(mark.id)) marks.set(mark.id, mark);
  };
  for (const place of doc.places) add({ type: "place", id: place.id, place });
  for (const fact of doc.facts) add({ type: "fact", id: fact.id, fact });
  for (const zone of doc.zones) add({ type: "zone", id: zone.id, zone });
  return marks;
}

function indexSentences(doc: MapDocument): Map<string, { sentence: Sentence; article: ArticleDoc }> {
  const sentences = new Map<string, { sentence: Sentence; article: ArticleDoc }>();
  for (const article of doc.articles) {
    for (const block of article.blocks) {
      for (const sentence of block.sentences) sentences.set(sentence.id, { sentence, article });
    }
  }
  return sentences;
}

function indexLayers(doc: MapDocument): Map<string, LayerDoc> {
  const layerOf = new Map<string, LayerDoc>();
  for (const layer of doc.layers) for (const id of layer.marks) layerOf.set(id, layer);
  return layerOf;
}

function namedLanguages(doc: MapDocument): string[] {
  const seen = new Set<string>([doc.language || "en"]);
  for (const named of [...doc.places, ...doc.zones]) {
    for (const language of Object.keys(named.names ?? {})) if (language !== "und") seen.add(language);
  }
  return [...seen];
}

/** The words that names begin with in common, up to a comma in one of them and without a loose *of the* at the end. */
export function sharedName(names: readonly string[]): string {
  const [first = [], ...rest] = names.map((name) => name.split(" "));
  const bare = (word = ""): string => word.replace(/[,،:]$/, "");
  const odd = first.findIndex((word, i) => rest.some((other) => bare(other[i]) !== bare(word)));
  if (odd < 0) return first.join(" ");
  const words = first.slice(0, odd);
  const stop = words.findIndex((word, i) => [first, ...rest].some((other) => other[i] !== bare(word)));
  if (stop >= 0) words.length = stop + 1;
  while (/^\p{Ll}{1,3}$/u.test(words.at(-1) ?? "")) words.pop();
  return bare(words.join(" "));
}

/** One name for zones of a kind: what their names begin or end with, all of a few short ones, or else null. */
export function familyName(names: readonly string[]): string | null {
  const shared = sharedName(names);
  if (shared.includes(" ") || names.length === 1) return shared;
  const tails = new Set(names.map((name) => name.split(/[,،] /)[1]));
  const [tail] = tails;
  if (tail && tails.size === 1) return tail;
  const all = [...new Set(names)].join(", ");
  return all.length <= 48 ? all : null;
}
