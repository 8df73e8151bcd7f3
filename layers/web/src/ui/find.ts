/** Looking up places, facts, zones and text by any script and spelling. */

import { nameOf, type Model } from "../model";
import type { MarkData } from "../map/markdata";
import { fold, nearly, skeleton, tokens } from "./fold";

export interface Hit {
  readonly kind: "place" | "fact" | "zone" | "text" | "mark";
  /** A mark, or for text a sentence; one of many marks by its number. */
  readonly id: string;
  readonly title: string;
  readonly under: string;
  readonly score: number;
}

interface Entry extends Omit<Hit, "score"> {
  readonly words: readonly string[];
  /** Consonants of the words of names; empty for running text. */
  readonly bones: readonly string[];
}

const WEIGHT = { place: 4, zone: 3, fact: 2, text: 1, mark: 2 } as const;

export class Finder {
  private readonly entries: Entry[] = [];

  /** The folded names of many marks, as far as they are made. */
  private readonly names: string[] = [];

  constructor(
    model: Model,
    language: string,
    private readonly many: MarkData | null = null,
  ) {
    for (const mark of model.marks.values()) {
      const title = nameOf(mark, language);
      if (mark.type === "fact") this.add("fact", mark.id, title, mark.fact.word, [mark.fact.label, mark.fact.quote]);
      else if (mark.type === "place") this.add("place", mark.id, title, mark.place.where, namesOf(mark.place));
      else this.add("zone", mark.id, title, mark.zone.kind.replace(/_/g, " "), namesOf(mark.zone));
    }
    for (const { sentence } of model.sentences.values()) this.add("text", sentence.id, sentence.text, "", []);
  }

  /** Whether all names can be found by now. */
  get isWhole(): boolean {
    return this.names.length >= (this.many?.count ?? 0);
  }

  /** Fold the names of many marks in portions that nobody feels, and tell when all are there, or let `isOver` end it. */
  foldNames(done: () => void, isOver: () => boolean): void {
    const { many, names } = this;
    if (!many || isOver() || this.isWhole) return;
    const until = performance.now() + PORTION;
    do {
      const last = Math.min(many.count, names.length + 100);
      while (names.length < last) names.push(` ${tokens(many.name(names.length)).join(" ")}`);
    } while (names.length < many.count && performance.now() < until);
    if (this.isWhole) done();
    else setTimeout(() => this.foldNames(done, isOver));
  }

  private add(kind: Hit["kind"], id: string, title: string, under: string, more: readonly string[]): void {
    const words = [...new Set([title, ...more].flatMap((text) => tokens(text.slice(0, 4000))))];
    const named = kind === "place" || kind === "zone";
    this.entries.push({ kind, id, title, under, words, bones: named ? words.map(skeleton) : [] });
  }

  /** The best hits for a query, every word of which must be met. */
  find(query: string, most = 30): Hit[] {
    const wanted = tokens(query).filter(Boolean);
    if (wanted.length === 0) return [];
    const hits: Hit[] = [];
    for (const entry of this.entries) {
      const score = wanted.reduce((sum, word) => (sum < 0 ? sum : plus(sum, meets(entry, word))), 0);
      if (score > 0) hits.push({ ...entry, score: score * WEIGHT[entry.kind] + (fold(entry.title) === fold(query) ? 10 : 0) });
    }
    return [...hits, ...this.among(wanted, query)].sort((a, b) => b.score - a.score).slice(0, most);
  }

  /** Hits among many marks: by the folded words of the name, or by the quote as it stands. */
  private among(wanted: readonly string[], query: string): Hit[] {
    const { many } = this;
    if (!many) return [];
    const plain = query.trim().toLowerCase();
    const hits: Hit[] = [];
    for (let i = 0; i < this.names.length && hits.length < MOST_MARKS; i++) {
      const name = this.names[i] ?? "";
      const score = wanted.every((word) => name.includes(` ${word}`)) ? 3 : plain.length > 2 && many.quote(i).toLowerCase().includes(plain) ? 1 : 0;
      if (score) hits.push({ kind: "mark", id: String(i), title: many.name(i) || many.quote(i), under: many.quote(i).slice(0, 80), score: score * WEIGHT.mark + Number(name.length === plain.length + 1) });
    }
    return hits;
  }
}

/** Milliseconds that names are folded for at a stretch. */
const PORTION = 12;

/** Hits among many marks that are weighed against each other. */
const MOST_MARKS = 2000;

const plus = (sum: number, more: number): number => (more > 0 ? sum + more : -1);

/** How well an entry meets a word: the same, its beginning, one letter off, or the same consonants. */
function meets(entry: Entry, word: string): number {
  let best = 0;
  for (const other of entry.words) {
    if (other === word) return 4;
    if (other.startsWith(word)) best = Math.max(best, 3);
    else if (word.length >= 5 && nearly(other, word)) best = Math.max(best, 2);
  }
  if (best > 0) return best;
  const bones = skeleton(word);
  return bones.length >= 2 && entry.bones.some((other) => other === bones || (bones.length >= 3 && other.startsWith(bones))) ? 1 : 0;
}

function namesOf(named: { name: string; names: Record<string, string> }): string[] {
  return [named.name, ...Object.values(named.names ?? {})];
}
