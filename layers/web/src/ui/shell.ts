/** The frame: head, reading panel, map, table, timeline, credits; a bottom sheet on a phone. */

import type { Store } from "../store";
import type { ArticleDoc, MapDocument } from "../types";
import { add, h, icon, link } from "./dom";
import type { Key, Words } from "./words";

export type Tab = "article" | "facts";
export type Stop = "peek" | "half" | "full";

export interface Shell {
  readonly root: HTMLElement;
  readonly head: HTMLElement;
  readonly title: HTMLElement;
  readonly panel: HTMLElement;
  readonly scroll: HTMLElement;
  readonly panes: Readonly<Record<Tab, HTMLElement>>;
  readonly dock: HTMLElement;
  readonly mapHost: HTMLElement;
  readonly twin: HTMLElement;
  readonly time: HTMLElement;
  readonly find: HTMLElement;
  readonly live: HTMLElement;
  readonly status: HTMLElement;
  /** Show a tab of the panel. */
  show(tab: Tab): void;
  /** Open or close the table; says whether it is open. */
  table(open?: boolean): boolean;
  /** Called with true once the table is first opened. */
  onTable(listener: (open: boolean) => void): void;
  /** Called once, when the facts are first shown. */
  onFacts(listener: () => void): void;
  /** Raise the sheet of a phone to at least this stop. */
  raise(stop: Stop): void;
  /** Whether the page is laid out for a phone. */
  narrow(): boolean;
}

interface Means {
  readonly store: Store;
  readonly words: Words;
}

const NARROW = "screen and (max-width: 760px)";
const STOPS: readonly Stop[] = ["peek", "half", "full"];
const MAGNIFIER = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.4 15.4 20 20";

/** Build the frame inside `root`. */
export function buildShell(root: HTMLElement, doc: MapDocument, means: Means): Shell {
  const { words } = means;
  const title = h("h1", { class: "cl-title", dir: "auto" }, doc.title);
  const head = h("header", { class: "cl-head" }, title, dek(doc), meta(doc.articles[0], words));
  const panes = { article: pane("article", words), facts: pane("facts", words) };
  const scroll = h("div", { class: "cl-scroll" });
  const find = h("div", { class: "cl-find", role: "search" });
  const dock = h("section", { class: "cl-dock", "aria-label": words.t("notes"), hidden: true });
  const twin = h("section", { class: "cl-twin", "aria-label": words.t("tab.table"), hidden: true, id: "cl-twin" });
  const mapHost = h("div", { class: "cl-map", role: "region", "aria-label": words.t("map") });
  const time = h("section", { class: "cl-time", "aria-label": words.t("time") });
  const live = h("div", { class: "cl-sr", "aria-live": "polite", role: "status" });
  const status = h("div", { class: "cl-status", role: "alert", hidden: true });
  const panel = h("main", { class: "cl-panel", id: "cl-read", "aria-label": words.t("panel"), tabindex: -1 });
  const mapCell = h("div", { class: "cl-mapcell" }, mapHost, disclaimer(doc, words), status);
  const main = h("div", { class: "cl-stage" }, mapCell, twin, time, credits(doc, words));
  const page = h("div", { class: "cl", dir: doc.dir, lang: words.language }, skip(words), head, panel, main, live);

  const shell = new Frame({ root: page, head, title, panel, scroll, panes, dock, mapHost, twin, time, find, live, status }, means);
  add(scroll, [shell.bar, find, panes.article, panes.facts]);
  add(panel, [shell.handle, scroll, dock]);
  root.append(page);
  document.documentElement.lang = words.language;
  document.documentElement.dir = doc.dir;
  shell.start();
  return shell;
}

type Elements = Pick<
  Shell,
  "root" | "head" | "title" | "panel" | "scroll" | "panes" | "dock" | "mapHost" | "twin" | "time" | "find" | "live" | "status"
>;

class Frame implements Shell {
  readonly root; readonly head; readonly title; readonly panel; readonly scroll; readonly panes; readonly dock;
  readonly mapHost; readonly twin; readonly time; readonly find; readonly live; readonly status;
  readonly bar: HTMLElement;
  readonly handle: HTMLElement;
  private readonly store: Store;
  private readonly words: Words;
  private readonly media = matchMedia(NARROW);
  private readonly tabs: Readonly<Record<Tab, HTMLButtonElement>>;
  private readonly tableButton: HTMLButtonElement;
  private readonly tableListeners: ((open: boolean) => void)[] = [];
  private factsListener: (() => void) | null = null;
  private stop: Stop = "half";

  constructor(elements: Elements, { store, words }: Means) {
    ({
      root: this.root, head: this.head, title: this.title, panel: this.panel, scroll: this.scroll, panes: this.panes,
      dock: this.dock, mapHost: this.mapHost, twin: this.twin, time: this.time, find: this.find, live: this.live,
      status: this.status,
    } = elements);
    this.store = store;
    this.words = words;
    this.tabs = { article: this.tab("article"), facts: this.tab("facts") };
    this.tableButton = h("button", {
      type: "button", class: "cl-tab", "aria-expanded": "false", "aria-controls": "cl-twin", onclick: () => this.table(!this.open()),
    }, words.t("tab.table"));
    this.bar = this.tabBar();
    this.handle = h("div", { class: "cl-handle" }, h("i", {}));
  }

  /** Lay the page out for its width, now and whenever that changes. */
  start(): void {
    this.show("article");
    this.arrange();
    this.media.addEventListener("change", () => this.arrange());
    const sizes = new ResizeObserver(() => this.pad());
    for (const element of [this.panel, this.time, this.mapHost]) sizes.observe(element);
    this.dragging();
  }

  narrow(): boolean {
    return this.media.matches;
  }

  show(tab: Tab): void {
    if (tab === "facts") {
      this.factsListener?.();
      this.factsListener = null;
    }
    for (const name of ["article", "facts"] as const) {
      this.panes[name].hidden = name !== tab;
      this.tabs[name].setAttribute("aria-selected", String(name === tab));
      this.tabs[name].tabIndex = name === tab ? 0 : -1;
    }
    if (this.narrow() && this.open()) this.table(false);
  }

  table(open = true): boolean {
    this.twin.hidden = !open;
    this.root.toggleAttribute("data-table", open);
    this.tableButton.setAttribute("aria-expanded", String(open));
    for (const listener of this.tableListeners) listener(open);
    if (open) this.raise("half");
    return open;
  }

  onTable(listener: (open: boolean) => void): void {
    this.tableListeners.push(listener);
  }

  onFacts(listener: () => void): void {
    this.factsListener = listener;
    if (!this.panes.facts.hidden) this.show("facts");
  }

  raise(stop: Stop): void {
    if (STOPS.indexOf(stop) > STOPS.indexOf(this.stop)) this.set(stop);
  }

  private open(): boolean {
    return !this.twin.hidden;
  }

  private set(stop: Stop): void {
    this.stop = stop;
    this.root.dataset["stop"] = stop;
    this.panel.style.removeProperty("height");
    this.pad();
  }

  /** Where the head and the table stand depends on the width. */
  private arrange(): void {
    const narrow = this.narrow();
    if (narrow) this.panel.before(this.head);
    else this.scroll.prepend(this.head);
    if (narrow) this.find.after(this.twin);
    else this.time.before(this.twin);
    this.set(this.stop);
  }

  /** Tell the map how much of it the sheet covers. */
  private pad(): void {
    if (!this.narrow()) {
      this.store.setPadding({ bottom: 0 });
      return;
    }
    const foot = this.root.getBoundingClientRect().bottom - this.time.getBoundingClientRect().top;
    this.panel.style.setProperty("--foot", `${Math.round(foot)}px`);
    this.store.setPadding({ bottom: Math.max(0, overlap(this.panel, this.mapHost)) });
  }

  private tab(name: Tab): HTMLButtonElement {
    return h("button", {
      type: "button", role: "tab", class: "cl-tab", id: `cl-tab-${name}`, "aria-controls": `cl-tabpane-${name}`, onclick: () => {
        this.show(name);
        this.raise("half");
      },
    }, this.words.t(`tab.${name}`));
  }

  private tabBar(): HTMLElement {
    const list = h("div", { role: "tablist", class: "cl-tablist", "aria-label": this.words.t("panel") }, this.tabs.article, this.tabs.facts);
    list.addEventListener("keydown", (event) => {
      if (!event.key.startsWith("Arrow")) return;
      const next: Tab = this.tabs.article.getAttribute("aria-selected") === "true" ? "facts" : "article";
      this.show(next);
      this.tabs[next].focus();
      event.preventDefault();
    });
    const search = h("button", { type: "button", class: "cl-tab cl-search", "aria-label": this.words.t("search"), title: `${this.words.t("search")} (/)`, onclick: () => this.find.dispatchEvent(new Event("cl-open")) }, icon(MAGNIFIER, 18));
    return h("div", { class: "cl-bar" }, list, this.tableButton, search, this.grip(this.words));
  }

  private grip(words: Words): HTMLElement {
    const step = (by: number) => (): void => this.set(STOPS[Math.min(2, Math.max(0, STOPS.indexOf(this.stop) + by))] ?? "half");
    const button = (name: Key, by: number, path: string): HTMLElement =>
      h("button", { type: "button", "aria-label": words.t(name), onclick: step(by) }, icon(path, 18));
    return h("div", { class: "cl-grip", role: "group", "aria-label": words.t("sheet") }, button("sheet.less", -1, "M6 9l6 6 6-6"), button("sheet.more", 1, "M6 15l6-6 6 6"));
  }

  /** The sheet follows the finger, and settles at the nearest stop. */
  private dragging(): void {
    let from: { y: number; height: number } | null = null;
    const begin = (event: PointerEvent): void => {
      if ((event.target as Element).closest("button") || !this.narrow()) return;
      from = { y: event.clientY, height: this.panel.offsetHeight };
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    };
    const follow = (event: PointerEvent): void => {
      if (from) this.panel.style.height = `${Math.max(56, from.height + from.y - event.clientY)}px`;
    };
    const settle = (): void => {
      if (!from) return;
      from = null;
      const share = this.panel.offsetHeight / Math.max(1, this.mapHost.offsetHeight);
      this.set(share < 0.25 ? "peek" : share < 0.72 ? "half" : "full");
    };
    for (const grip of [this.handle, this.bar]) {
      grip.addEventListener("pointerdown", begin);
      grip.addEventListener("pointermove", follow);
      grip.addEventListener("pointerup", settle);
      grip.addEventListener("pointercancel", settle);
    }
  }
}

function overlap(over: Element, under: Element): number {
  return under.getBoundingClientRect().bottom - over.getBoundingClientRect().top;
}

function skip(words: Words): HTMLElement {
  return h("a", { class: "cl-skip", href: "#cl-read", onclick: (event) => {
    event.preventDefault();
    document.getElementById("cl-read")?.focus();
  } }, words.t("skip"));
}

function pane(name: Tab, words: Words): HTMLElement {
  return h("div", { class: `cl-tabpane cl-tabpane-${name}`, id: `cl-tabpane-${name}`, role: "tabpanel", "aria-label": words.t(`tab.${name}`) });
}

function dek(doc: MapDocument): HTMLElement | null {
  return doc.subtitle ? h("p", { class: "cl-dek", dir: "auto" }, doc.subtitle) : null;
}

/** What stands on the map: what it is not, or that there is nothing for it. */
function disclaimer(doc: MapDocument, words: Words): HTMLElement | null {
  const said = doc.places.length || doc.zones.length || doc.marks ? doc.disclaimer : words.t("places.none");
  return said ? h("p", { class: "cl-disclaimer" }, h("bdi", {}, said)) : null;
}

/** `18 Sept 2018 · Source`, and behind it how the date is known. */
export function meta(article: ArticleDoc | undefined, words: Words): HTMLElement | null {
  if (!article) return null;
  const { date, basis, evidence } = article.published;
  const day = date ? h("time", { datetime: date }, words.date(date)) : h("span", {}, words.t("dated.unknown"));
  const source = article.source ? h("span", { class: "cl-source" }, " · ", link(article.source, article.url)) : null;
  const how = [basis === "unknown" ? words.t("dated.unknown.basis") : words.of("dated", basis), ...evidence];
  return h("details", { class: "cl-meta" },
    h("summary", {}, day, source),
    h("p", {}, `${words.t("dated.how")}: `, h("span", { dir: "auto" }, how.join(" · "))));
}

function credits(doc: MapDocument, words: Words): HTMLElement {
  const items = doc.credits.map((credit) => h("li", {}, link(credit.text, credit.url)));
  if (doc.credit) items.unshift(h("li", { dir: "auto" }, doc.credit));
  if (doc.tiles) items.push(h("li", { dir: "auto" }, words.t("tiles", { url: doc.tiles.url }), " · ", doc.tiles.attribution));
  return h("footer", { class: "cl-credits", "aria-label": words.t("credits") }, h("ul", {}, ...items));
}
