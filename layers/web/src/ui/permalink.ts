/** The address: `#v=lat,lon,zoom&l=on,-off&t=2018-09-18&w=all&s=s4&m=p1` holds view, layers, time, axis and selection. */

import type { State } from "../store";
import { dayNumber } from "../when";
import { firstSentence } from "./article";
import type { Context } from "./index";

export interface Link {
  readonly view?: { readonly lat: number; readonly lon: number; readonly zoom: number };
  /** Layer ids; true is on, false is off. Only those that differ from how the page opens. */
  readonly layers: Readonly<Record<string, boolean>>;
  /** First and last day, both null for all dates. */
  readonly time?: readonly [string | null, string | null];
  /** The timeline shows all that the document knows. */
  readonly whole?: boolean;
  readonly sentence?: string;
  readonly marks: readonly string[];
}

/** Read a fragment; what is not understood is left out. */
export function parseLink(fragment: string): Link {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const list = (name: string): string[] => (fields.get(name) ?? "").split(",").filter(Boolean);
  const layers: Record<string, boolean> = {};
  for (const id of list("l")) layers[id.replace(/^-/, "")] = !id.startsWith("-");
  const view = viewOf(list("v").map(Number));
  const time = list("t").filter((day) => dayNumber(day) !== null);
  const sentence = fields.get("s");
  return {
    ...(view ? { view } : {}),
    layers,
    ...(time[0] ? { time: [time[0], time[1] ?? time[0]] as const } : {}),
    ...(fields.get("t") === "all" ? { time: [null, null] as const } : {}),
    ...(fields.get("w") === "all" ? { whole: true } : {}),
    ...(sentence ? { sentence } : {}),
    marks: list("m"),
  };
}

function viewOf([lat, lon, zoom]: readonly number[]): Link["view"] | null {
  const good = [lat, lon, zoom].every((one) => Number.isFinite(one));
  if (!good || lat === undefined || lon === undefined || zoom === undefined) return null;
  return Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 24 ? { lat, lon, zoom } : null;
}

/** What the page opens with: layers shown, days shown. */
export interface Opening {
  readonly layers: Readonly<Record<string, boolean>>;
  readonly time: Pick<State["time"], "from" | "to">;
}

/** The fragment of a state; empty for the state that the page opens with. */
export function linkOf(state: Pick<State, "view" | "layers" | "time" | "selection"> & Partial<Pick<State, "axis">>, opening: Opening): string {
  const parts: string[] = [];
  const { view, layers, time, selection } = state;
  if (view) parts.push(`v=${view.lat.toFixed(4)},${view.lon.toFixed(4)},${Number(view.zoom.toFixed(2))}`);
  const changed = Object.entries(layers.byId).filter(([id, layer]) => layer.shown !== (opening.layers[id] ?? true));
  if (changed.length) parts.push(`l=${changed.map(([id, layer]) => (layer.shown ? "" : "-") + encodeURIComponent(id)).join(",")}`);
  if (time.from !== opening.time.from || time.to !== opening.time.to) parts.push(`t=${timeText(time)}`);
  if (state.axis === "whole") parts.push("w=all");
  if (selection.sentence) parts.push(`s=${encodeURIComponent(selection.sentence)}`);
  else if (selection.marks.length && selection.marks.length <= 20) parts.push(`m=${selection.marks.map(encodeURIComponent).join(",")}`);
  return parts.join("&");
}

function timeText({ from, to }: State["time"]): string {
  if (!from || !to) return "all";
  return from === to ? from : `${from},${to}`;
}

/** Open on what the address asks for, and keep the address in step. */
export function mountPermalink(context: Context): void {
  const { store, doc } = context;
  const opening: Opening = { layers: Object.fromEntries(doc.layers.map((layer) => [layer.id, layer.shown])), time: store.get("time") };
  const asked = parseLink(location.hash);
  apply(context, asked);
  if (store.get("selection").origin !== "link") open(context);
  let written = "";
  let timer = 0;
  const write = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      written = linkOf({ view: store.get("view"), layers: store.get("layers"), time: store.get("time"), axis: store.get("axis"), selection: store.get("selection") }, opening);
      try {
        history.replaceState(null, "", written ? `#${written}` : location.pathname + location.search);
      } catch {
        // A sandboxed frame may not touch its address: the page works without.
      }
    }, 400);
  };
  for (const key of ["view", "layers", "time", "axis", "selection"] as const) {
    store.subscribe(key, (_now, before) => {
      if (key !== "view" || before !== null || asked.view) write();
    });
  }
  addEventListener("hashchange", () => {
    if (location.hash.replace(/^#/, "") !== written) apply(context, parseLink(location.hash));
  });
}

function open(context: Context): void {
  const sentence = firstSentence(context);
  if (sentence) context.store.select(sentence.marks, { sentence: sentence.id, origin: "program" });
}

function apply({ store, model }: Context, asked: Link): void {
  for (const [id, shown] of Object.entries(asked.layers)) if (id in store.get("layers").byId) store.setLayer(id, { shown });
  store.set("axis", asked.whole ? "whole" : "own");
  if (asked.time) store.setTime(...asked.time);
  const sentence = model.sentences.get(asked.sentence ?? "")?.sentence;
  const marks = sentence?.marks ?? asked.marks.filter((id) => model.marks.has(id));
  if (sentence || marks.length) store.select(marks, { sentence: sentence?.id ?? null, origin: "link" });
  // The map is not there yet when the page opens: it reads this view when it comes.
  if (asked.view) store.set("view", asked.view);
  if (asked.view) store.send("setView", asked.view);
}
