/**
 * Places that fall on one spot of the screen stand together: one name with the number of the others, and the facts of
 * all in one tray. Zooming in parts them.
 */

import type { FactSign, PlaceView } from "./places";

/** Pixels within which two places cannot be told apart. */
const NEAR = 24;
/** Signs shown in one tray; further ones are counted. */
export const MOST_SIGNS = 12;

/** One name on the map, with the places and facts that it stands for. */
export interface Stand {
  readonly lead: PlaceView;
  readonly others: readonly PlaceView[];
  readonly signs: readonly FactSign[];
  /** How many facts the tray has no room for. */
  readonly more: number;
}

export interface Candidate {
  readonly view: PlaceView;
  readonly x: number;
  readonly y: number;
  /** Selected places lead, then those with facts. */
  readonly weight: number;
  readonly signs: readonly FactSign[];
  /** An area with room of its own never joins others. */
  readonly alone: boolean;
}

/** Gather places into stands; selected facts come first in their tray, a fact at several places of one stand once. */
export function standTogether(candidates: readonly Candidate[], selected: ReadonlySet<string>): Stand[] {
  const open = [...candidates].sort((a, b) => b.weight - a.weight);
  const stands: Stand[] = [];
  while (open.length) {
    const lead = open.shift();
    if (!lead) break;
    const others = lead.alone ? [] : open.filter((one) => !one.alone && Math.hypot(one.x - lead.x, one.y - lead.y) < NEAR);
    for (const other of others) open.splice(open.indexOf(other), 1);
    const all = [lead, ...others];
    const named = namesake(all.map((one) => one.view)) ?? lead.view;
    const signs = inOrder(all.flatMap((one) => one.signs), selected);
    const room = signs.length > MOST_SIGNS ? MOST_SIGNS - 1 : MOST_SIGNS;
    stands.push({ lead: named, others: all.map((one) => one.view).filter((view) => view !== named), signs: signs.slice(0, room), more: Math.max(0, signs.length - room) });
  }
  return stands;
}

/** The place that most of the others are parts of by their names: *Beirut* before *western Beirut*. */
function namesake(views: readonly PlaceView[]): PlaceView | null {
  const parts = (view: PlaceView): number => views.filter((other) => other !== view && ` ${other.place.name.toLowerCase()} `.includes(` ${view.place.name.toLowerCase()} `)).length;
  const [best] = [...views].sort((a, b) => parts(b) - parts(a) || a.place.name.length - b.place.name.length);
  return best && parts(best) ? best : null;
}

function inOrder(signs: readonly FactSign[], selected: ReadonlySet<string>): FactSign[] {
  const once = new Map<string, FactSign>();
  for (const sign of signs) if (!once.has(sign.fact.id)) once.set(sign.fact.id, sign);
  return [...once.values()].sort((a, b) => Number(selected.has(b.fact.id)) - Number(selected.has(a.fact.id)));
}
