/**
 * The one state of the page. Article, map, timeline, list and search read it and change it only here.
 *
 * A *key* is a piece of state; `subscribe` calls back after it changed, with the new and the former value.
 * A *command* is something asked of whoever can do it (the map flies, the panel opens): it leaves no state.
 */

import type { Alternative, LayerDoc, MapDocument } from "./types";

/** Who caused a change: the one that did need not answer it (the map flies only if it was not the map). */
export type Origin = "article" | "map" | "list" | "timeline" | "search" | "link" | "program";

export interface Selection {
  /** Ids of places, facts and zones; empty means nothing is selected. */
  readonly marks: readonly string[];
  readonly sentence: string | null;
  readonly origin: Origin;
}

/** What the pointer or the focus rests on: lit faintly, never moved to. */
export interface Hover {
  readonly marks: readonly string[];
  readonly sentence: string | null;
  readonly origin: Origin;
}

/** Days shown, both inclusive. Both null: all times. Equal: one day. */
export interface TimeState {
  readonly from: string | null;
  readonly to: string | null;
  readonly playing: boolean;
}

export interface LayerState {
  readonly shown: boolean;
  /** 0 to 1. */
  readonly opacity: number;
}

export interface Layers {
  readonly byId: Readonly<Record<string, LayerState>>;
  /** Id of the only layer of its kind that is drawn for now, or null. */
  readonly solo: string | null;
}

/** Pixels of the map's box that something covers, edge by edge. */
export interface Padding {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** The map's centre and zoom, as the permalink has them. */
export interface MapView {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

export interface Status {
  readonly module: string;
  /** Words for a reader. */
  readonly text: string;
}

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export type MeasureMode = "distance" | "area" | null;

export interface State {
  readonly selection: Selection;
  readonly hover: Hover;
  readonly time: TimeState;
  /** The days that the timeline's axis shows: the report's own, or all that the document knows. */
  readonly axis: "own" | "whole";
  readonly layers: Layers;
  /** BCP 47 language of the labels. */
  readonly language: string;
  readonly theme: Theme;
  readonly padding: Padding;
  readonly view: MapView | null;
  readonly measure: MeasureMode;
  /** Where a place might also be: drawn while the reader looks at them. */
  readonly candidates: readonly Alternative[];
  /** What failed, in words; shown in the status line. */
  readonly status: readonly Status[];
}

export interface Commands {
  /** Fly so that all of these marks are seen, clear of what covers the map. */
  flyTo: readonly string[];
  /** Show this centre and zoom at once (permalink). */
  setView: MapView;
  /** Show this point (a candidate, a search hit) without selecting anything. */
  showPoint: { readonly lon: number; readonly lat: number; readonly zoom: number };
  /** Show the view that the page opened on. */
  home: null;
  /** Write a picture of the map and offer it for download. */
  exportImage: "png" | "svg";
  /** Open the card of a mark (by Enter on the map, a second tap, a list row). */
  openCard: string;
  /** Show one of many marks, by its number in the document's table, and open its card. */
  openMark: number;
  /** Close whatever is open on top: card, popover, menu. */
  dismiss: null;
}

type Listener<T> = (now: T, before: T) => void;
type Handler<T> = (value: T) => void;

const NOTHING: readonly string[] = [];
const ALL_TIMES: TimeState = { from: null, to: null, playing: false };

/** The state that a document opens with. */
export function initialState(doc: MapDocument): State {
  return {
    selection: { marks: NOTHING, sentence: null, origin: "program" },
    hover: { marks: NOTHING, sentence: null, origin: "program" },
    time: openingTime(doc),
    axis: "own",
    layers: { byId: openingLayers(doc.layers), solo: null },
    language: doc.language || "en",
    theme: "auto",
    padding: { top: 0, right: 0, bottom: 0, left: 0 },
    view: null,
    measure: null,
    candidates: [],
    status: [],
  };
}

/**
 * The days that the page opens on: from the start of the story to its report, where something drawn begins only
 * later. What was agreed months after the report must not stand beside what it tells as if both held at once.
 */
function openingTime(doc: MapDocument): TimeState {
  const now = doc.time?.now ?? null;
  const later = doc.zones.some((zone) => now !== null && (zone.valid?.start ?? "") > now);
  return later && doc.time ? { from: doc.time.start, to: now, playing: false } : ALL_TIMES;
}

function openingLayers(layers: readonly LayerDoc[]): Record<string, LayerState> {
  const byId: Record<string, LayerState> = {};
  for (const layer of layers) byId[layer.id] = { shown: layer.shown, opacity: 1 };
  return byId;
}

export class Store {
  private state: State;
  private readonly listeners = new Map<keyof State, Set<Listener<never>>>();
  private readonly handlers = new Map<keyof Commands, Set<Handler<never>>>();

  constructor(doc: MapDocument) {
    this.state = initialState(doc);
  }

  get<K extends keyof State>(key: K): State[K] {
    return this.state[key];
  }

  /** Replace one piece of state and tell those who asked; no call if nothing changed. */
  set<K extends keyof State>(key: K, value: State[K]): void {
    const before = this.state[key];
    if (same(before, value)) return;
    this.state = { ...this.state, [key]: value };
    for (const listener of this.listeners.get(key) ?? []) {
      this.guard(String(key), () => (listener as unknown as Listener<State[K]>)(value, before));
    }
  }

  /** Call `listener` after each change of `key`; returns how to stop. */
  subscribe<K extends keyof State>(key: K, listener: Listener<State[K]>): () => void {
    return join(this.listeners, key, listener as unknown as Listener<never>);
  }

  /** Answer a command; returns how to stop. */
  on<K extends keyof Commands>(command: K, handler: Handler<Commands[K]>): () => void {
    return join(this.handlers, command, handler as unknown as Handler<never>);
  }

  /** Ask whoever can to do something. */
  send<K extends keyof Commands>(command: K, value: Commands[K]): void {
    for (const handler of this.handlers.get(command) ?? []) {
      this.guard(String(command), () => (handler as unknown as Handler<Commands[K]>)(value));
    }
  }

  /** Select marks, and the sentence that they were reached from. The map flies unless it was the map. */
  select(marks: readonly string[], options: { sentence?: string | null; origin: Origin }): void {
    this.set("selection", { marks, sentence: options.sentence ?? null, origin: options.origin });
  }

  clearSelection(origin: Origin = "program"): void {
    this.select(NOTHING, { origin });
  }

  hover(marks: readonly string[], options: { sentence?: string | null; origin: Origin }): void {
    this.set("hover", { marks, sentence: options.sentence ?? null, origin: options.origin });
  }

  unhover(origin: Origin = "program"): void {
    this.hover(NOTHING, { origin });
  }

  /** Show the days from `from` to `to`; both null for all times. */
  setTime(from: string | null, to: string | null = from): void {
    this.set("time", { ...this.state.time, from, to });
  }

  setPlaying(playing: boolean): void {
    this.set("time", { ...this.state.time, playing });
  }

  setLayer(id: string, change: Partial<LayerState>): void {
    const before = this.state.layers.byId[id] ?? { shown: true, opacity: 1 };
    const byId = { ...this.state.layers.byId, [id]: { ...before, ...change } };
    this.set("layers", { ...this.state.layers, byId });
  }

  /** Draw only this layer of the report and the case (the basemap stays); null for all again. */
  solo(id: string | null): void {
    this.set("layers", { ...this.state.layers, solo: id });
  }

  setPadding(change: Partial<Padding>): void {
    this.set("padding", { ...this.state.padding, ...change });
  }

  /** Say in the status line that something failed; the rest of the page goes on. */
  fail(module: string, text: string): void {
    this.set("status", [...this.state.status, { module, text }]);
  }

  private guard(module: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (module === "status") throw error;
      this.fail(module, error instanceof Error ? error.message : String(error));
    }
  }
}

const REMEMBERED = "contactline-";

/** Keep a reader's choice for the next page; in a sandboxed frame nothing can be kept. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(REMEMBERED + name, value);
  } catch {
    // The choice holds for this page only.
  }
}

/** A choice that was kept, or null. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(REMEMBERED + name);
  } catch {
    return null;
  }
}

function join<K, V>(sets: Map<K, Set<V>>, key: K, value: V): () => void {
  const set = sets.get(key) ?? new Set<V>();
  sets.set(key, set);
  set.add(value);
  return () => set.delete(value);
}

/** Whether two pieces of state say the same; they are small plain values. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
