/** The page's one entry: `window.contactline.mount(map, document)`, called by the host page. */

import "./tokens.css";
import "./map.css";
import "./ui.css";
import type * as L from "leaflet";
import { mountMap } from "./map/index";
import { remembered, Store, type Theme, THEMES } from "./store";
import type { MapDocument } from "./types";
import { mountUi } from "./ui/index";

declare global {
  interface Window {
    /** `ready` is kept once the page is whole. */
    contactline: { mount: typeof mount; store?: Store; ready?: Promise<void>; host?: () => L.Map };
  }
}

/**
 * Build the page. The article comes first and is painted before the map is made, which it stands without; what fails
 * says so in words. `map` is null where Leaflet could not make one, or makes it when it is called.
 */
export function mount(map: Host, document: unknown): void {
  const root = window.document.body;
  const doc = complete(document);
  if (!doc) {
    say(root, "This page holds no map document that can be read.");
    return;
  }
  const store = new Store(doc);
  window.contactline.store = store;
  followTheme(store);
  window.contactline.ready = build(root, map, doc, store).catch((error: unknown) => {
    say(root, `The page could not be built: ${reason(error)}`);
    plainText(root, doc);
  });
}

type Host = L.Map | (() => L.Map) | null;

async function build(root: HTMLElement, map: Host, doc: MapDocument, store: Store): Promise<void> {
  const { mapHost, words, respond, complete } = mountUi(root, doc, store);
  await painted();
  respond();
  try {
    if (!map) throw new Error("Leaflet");
    mountMap(typeof map === "function" ? map() : map, doc, store, { host: mapHost, words });
  } catch (error) {
    store.fail("map", `${words.t("map.failed")} (${reason(error)})`);
  }
  complete();
  root.dataset["ready"] = "";
}

/** Kept once the screen has been painted, or soon where it is not (a tab in the background). */
function painted(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 250);
  });
}

/** The document with empty lists for what it leaves out, or null if it is none. */
function complete(document: unknown): MapDocument | null {
  if (typeof document !== "object" || document === null || !("version" in document)) return null;
  const lists = { notes: [], articles: [], places: [], facts: [], zones: [], layers: [], credits: [] };
  const rest = { areas: {}, basemap: {}, strings: {}, title: "", subtitle: "", language: "en", dir: "ltr", time: null, tiles: null };
  return { ...lists, ...rest, view: { bbox: [] }, ...document } as unknown as MapDocument;
}

/** Keep the page's colours as the reader, or else the system, wants them. */
function followTheme(store: Store): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = (theme: Theme = store.get("theme")): void => {
    const resolved = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset["theme"] = resolved;
  };
  const chosen = THEMES.find((theme) => theme === remembered("theme"));
  if (chosen) store.set("theme", chosen);
  store.subscribe("theme", (theme) => apply(theme));
  dark.addEventListener("change", () => apply());
  apply();
}

function say(root: HTMLElement, text: string): void {
  const line = window.document.createElement("p");
  line.setAttribute("role", "alert");
  line.textContent = text;
  root.append(line);
}

/** The last resort: the articles as paragraphs. */
function plainText(root: HTMLElement, doc: MapDocument): void {
  for (const block of doc.articles.flatMap((article) => article.blocks)) {
    const paragraph = window.document.createElement("p");
    paragraph.textContent = block.sentences.map((sentence) => sentence.text).join(" ");
    root.append(paragraph);
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

window.contactline = { mount };
