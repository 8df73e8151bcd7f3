/** A sentence cut where a run begins or ends, so that runs may lie inside or across one another. */

import type { Run, Sentence } from "../types";

export interface Piece {
  readonly text: string;
  /** Kinds of the runs that cover the piece. */
  readonly kinds: readonly Run["kind"][];
  /** Marks of the runs that cover it, those of the shortest run first. */
  readonly marks: readonly string[];
}

/** The pieces of a sentence, in order; together they are its text. Offsets out of range are cut to it. */
export function pieces(sentence: Sentence): Piece[] {
  if (sentence.runs.length === 0) return [{ text: sentence.text, kinds: [], marks: [] }];
  const points = Array.from(sentence.text);
  const within = (offset: number): number => Math.min(points.length, Math.max(0, Math.trunc(offset) || 0));
  const runs = sentence.runs
    .map((run) => ({ ...run, start: within(run.start), end: within(run.end) }))
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const cuts = [...new Set([0, points.length, ...runs.flatMap((run) => [run.start, run.end])])].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    const over = runs.filter((run) => run.start <= from && run.end >= to);
    found.push({
      text: points.slice(from, to).join(""),
      kinds: [...new Set(over.map((run) => run.kind))],
      marks: [...new Set(over.flatMap((run) => run.marks))],
    });
  }
  return found;
}
