/**
 * The reading side of the page: shell, article, notes, facts, table, timeline, search, permalink, print.
 *
 * Each part is mounted by itself; one that fails says so in the status line and leaves the others standing.
 */

import "../ui.css";
import { makeModel, type Model } from "../model";
import type { Store } from "../store";
import type { MapDocument } from "../types";
import { VERSION } from "../types";
import { mountArticles } from "./article";
import { mountDock } from "./dock";
import { mountFacts } from "./facts";
import { mountLive } from "./live";
import { mountPermalink } from "./permalink";
import { mountPrint } from "./print";
import { mountSearch } from "./search";
import { buildShell, type Shell } from "./shell";
import { mountTable } from "./table";
import { mountTimeline } from "./timeline";
import { makeWords, type Words } from "./words";

export interface Ui {
  /** The element that the map's container goes into; it has its size once this has returned. */
  readonly mapHost: HTMLElement;
  readonly words: Words;
  /** Mount what the map has to answer to: timeline, notes, the state that the address asks for. */
  respond(): void;
  /** Mount what is opened only later: facts, table, search, print. */
  complete(): void;
}

/** What every part of the reading side is given. */
export interface Context {
  readonly doc: MapDocument;
  readonly model: Model;
  readonly store: Store;
  readonly words: Words;
  readonly shell: Shell;
}

/** Build the page around the map's place and set the article; the rest is for the caller to ask for, in order. */
export function mountUi(root: HTMLElement, doc: MapDocument, store: Store): Ui {
  const words = makeWords(doc);
  const model = makeModel(doc);
  const shell = buildShell(root, doc, { store, words });
  const context: Context = { doc, model, store, words, shell };
  const mount = (parts: Readonly<Record<string, (context: Context) => void>>): void => {
    for (const [name, part] of Object.entries(parts)) attempt(name, () => part(context), context);
  };
  mount({ status: mountStatus, article: mountArticles });
  if (newer(doc.version)) store.fail("version", words.t("version.newer", { version: doc.version }));
  return {
    mapHost: shell.mapHost,
    words,
    respond: () => mount({ notes: mountDock, timeline: mountTimeline, live: mountLive, permalink: mountPermalink }),
    complete: () => mount({ facts: mountFacts, table: mountTable, search: mountSearch, print: mountPrint }),
  };
}

function attempt(name: string, act: () => void, { store, words }: Context): void {
  try {
    act();
  } catch (error) {
    store.fail(name, `${words.t("failed", { module: name })} (${error instanceof Error ? error.message : String(error)})`);
  }
}

function mountStatus({ store, shell }: Context): void {
  store.subscribe("status", (status) => {
    shell.status.textContent = status.map((one) => one.text).join(" · ");
    shell.status.hidden = status.length === 0;
  });
}

/** Whether a document was written for a page of a later major version than this one. */
export function newer(version: string): boolean {
  const major = Number.parseInt(String(version), 10);
  return !Number.isFinite(major) || major > Number.parseInt(VERSION, 10);
}
