/** The facts one by one, by theme and in the order of the text, with or without a place. */

import type { FactDoc } from "../types";
import { label } from "./article";
import { certaintyWord, chain } from "./cards";
import { h } from "./dom";
import type { Context } from "./index";

/** Facts shown at once; more come on demand, so that ten thousand do not stop the page. */
const PORTION = 200;

/** Fill the facts pane once it is first shown. */
export function mountFacts(context: Context): void {
  context.shell.onFacts(() => fillFacts(context));
}

function fillFacts(context: Context): void {
  const { doc, shell, words, store } = context;
  const pane = shell.panes.facts;
  const own = doc.facts.filter((fact) => !fact.related);
  if (own.length === 0) {
    pane.append(h("p", { class: "cl-empty" }, words.t("facts.none")));
    return;
  }
  pane.append(h("p", { class: "cl-lead" }, words.t("facts.lead")));
  const items = new Map<string, HTMLElement>();
  for (const [theme, facts] of byTheme(own)) {
    pane.append(h("h2", { class: "cl-theme" }, words.of("theme", theme), " ", h("small", {}, facts.length)));
    const list = h("ol", { class: "cl-facts" });
    const more = (from: number): void => {
      for (const fact of facts.slice(from, from + PORTION)) {
        const item = h("li", {}, entry(context, fact));
        items.set(fact.id, item);
        list.append(item);
      }
      if (from + PORTION < facts.length) list.append(moreButton(words.t("more"), () => more(from + PORTION)));
    };
    more(0);
    pane.append(list);
  }
  const light = ({ marks }: { readonly marks: readonly string[] }): void => {
    for (const [id, item] of items) item.classList.toggle("on", marks.includes(id));
  };
  store.subscribe("selection", light);
  light(store.get("selection"));
}

function moreButton(text: string, act: () => void): HTMLElement {
  const item = h("li", {}, h("button", { type: "button", class: "cl-chip", onclick: () => {
    item.remove();
    act();
  } }, text));
  return item;
}

function byTheme(facts: readonly FactDoc[]): Map<string, FactDoc[]> {
  const themes = new Map<string, FactDoc[]>();
  for (const fact of facts) {
    const list = themes.get(fact.theme);
    if (list) list.push(fact);
    else themes.set(fact.theme, [fact]);
  }
  return themes;
}

function entry(context: Context, fact: FactDoc): HTMLElement {
  const { store, words } = context;
  const select = (): void => {
    store.select([fact.id], { origin: "list" });
    store.send("openCard", fact.id);
  };
  const places = fact.places.map((id) => label(context, id)).join(", ");
  const detail = [chain(context, fact), fact.when ? words.interval(fact.when) : "", places].filter(Boolean).join(" · ");
  return h("button", {
    type: "button", class: "cl-factrow", onclick: select,
    onpointerenter: () => store.hover([fact.id], { origin: "list" }),
    onpointerleave: () => store.unhover("list"),
  }, certaintyWord(context, fact), h("span", { class: "cl-said", dir: "auto" }, fact.statement || fact.quote), h("small", { dir: "auto" }, detail));
}
