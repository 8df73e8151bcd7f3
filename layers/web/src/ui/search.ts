/** The search field, and the list of what it found. */

import { marksOf } from "../map/markdata";
import { h, icon, replace } from "./dom";
import { Finder, type Hit } from "./find";
import type { Context } from "./index";

/** Open on the button or `/`; arrow keys walk the hits, Enter goes there, Escape closes. */
export function mountSearch(context: Context): void {
  new Search(context);
}

class Search {
  private finder: Finder | null = null;
  private hits: readonly Hit[] = [];
  private at = -1;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly count = h("p", { class: "cl-sr", role: "status" });

  constructor(private readonly context: Context) {
    const { words, shell, store } = context;
    this.input = h("input", {
      type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "cl-hits", "aria-autocomplete": "list",
      "aria-label": words.t("search"), placeholder: words.t("search.hint"), autocomplete: "off", spellcheck: "false", dir: "auto",
    });
    this.list = h("ul", { class: "cl-hits", id: "cl-hits", role: "listbox", "aria-label": words.t("search") });
    const close = h("button", { type: "button", class: "cl-round", "aria-label": words.t("close"), onclick: () => this.close() }, icon("M6 6l12 12M18 6 6 18", 16));
    shell.find.append(h("div", { class: "cl-field" }, this.input, close), this.list, this.count);
    shell.find.hidden = true;
    shell.find.addEventListener("cl-open", () => (shell.find.hidden ? this.open() : this.close()));
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => {
      const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.open();
    });
    store.subscribe("language", () => (this.finder = null));
  }

  private ready(): Finder {
    if (this.finder) return this.finder;
    const { model, store } = this.context;
    const finder = new Finder(model, store.get("language"), marksOf(model.doc));
    this.finder = finder;
    // What was asked before all names were there is looked up again, unless the reader has gone on in the list.
    setTimeout(() => finder.foldNames(() => this.at <= 0 && this.input.value && this.look(), () => this.finder !== finder));
    return finder;
  }

  private open(): void {
    this.context.shell.find.hidden = false;
    this.context.shell.raise("half");
    this.input.focus();
    this.input.select();
    this.ready();
  }

  private close(): void {
    this.context.shell.find.hidden = true;
    this.context.shell.root.querySelector<HTMLElement>(".cl-search")?.focus();
  }

  private look(): void {
    const { words } = this.context;
    const query = this.input.value;
    this.hits = this.ready().find(query);
    this.at = this.hits.length ? 0 : -1;
    const nothing = query.trim() && !this.hits.length && this.ready().isWhole ? h("li", { class: "cl-empty", role: "option", "aria-selected": "false" }, words.t("search.none")) : null;
    replace(this.list, ...this.hits.map((hit, index) => this.row(hit, index)), nothing);
    this.input.setAttribute("aria-expanded", String(this.hits.length > 0));
    this.count.textContent = query.trim() ? words.t("search.results", { n: this.hits.length }) : "";
    this.mark();
  }

  private row(hit: Hit, index: number): HTMLElement {
    const { words } = this.context;
    const family = { place: words.t("places"), fact: words.t("facts"), zone: words.t("zones"), text: words.t("search.text"), mark: words.t("table.marks") }[hit.kind];
    return h("li", { role: "option", id: `cl-hit-${index}`, onclick: () => this.go(hit) },
      h("span", { dir: "auto" }, hit.title), h("small", { dir: "auto" }, [family, hit.under].filter(Boolean).join(" · ")));
  }

  private mark(): void {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.at)));
    if (this.at >= 0) {
      this.input.setAttribute("aria-activedescendant", `cl-hit-${this.at}`);
      this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const hit = this.hits[this.at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = Math.min(this.hits.length - 1, Math.max(0, this.at + (event.key === "ArrowDown" ? 1 : -1)));
      this.mark();
    } else if (event.key === "Enter" && hit) this.go(hit);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private go(hit: Hit): void {
    const { store, model } = this.context;
    if (hit.kind === "mark") store.send("openMark", Number(hit.id));
    else if (hit.kind === "text") {
      const sentence = model.sentences.get(hit.id)?.sentence;
      store.select(sentence?.marks ?? [], { sentence: hit.id, origin: "search" });
    } else {
      store.select([hit.id], { origin: "search" });
      store.send("openCard", hit.id);
    }
    if (this.context.shell.narrow()) this.context.shell.find.hidden = true;
  }
}
