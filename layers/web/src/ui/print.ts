/** What a printed page adds to the map: numbered facts with their sentences, places, zones and sources. */

import type { FactDoc, ZoneDoc } from "../types";
import { label } from "./article";
import { certaintyWord, chain, membershipLine, whenText } from "./cards";
import { svg } from "../map/dom";
import { h } from "./dom";
import type { Context } from "./index";

/** More than this on paper helps nobody. */
const MOST = 400;

/** Write the printed part when a print is asked for (or a print style is looked at). */
export function mountPrint(context: Context): void {
  const page = h("div", { class: "cl-print" });
  context.shell.root.append(page);
  let after: (() => void) | null = null;
  const begin = (): void => {
    after ??= plain(context);
    number(context);
    page.replaceChildren(facts(context), places(context), zones(context));
  };
  const end = (): void => {
    after?.();
    after = null;
    for (const one of document.querySelectorAll(".cl-number")) one.remove();
    page.replaceChildren();
  };
  const media = matchMedia("print");
  media.addEventListener("change", () => (media.matches ? begin() : end()));
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  if (media.matches) begin();
}

/** Paper is light and nothing on it is selected; returns how to go back. */
function plain({ store }: Context): () => void {
  const [theme, selection] = [store.get("theme"), store.get("selection")];
  store.set("theme", "light");
  store.set("selection", { marks: [], sentence: null, origin: "program" });
  return () => {
    store.set("theme", theme);
    store.set("selection", { ...selection, origin: "program" });
  };
}

const listed = ({ doc }: Context): FactDoc[] => doc.facts.filter((fact) => !fact.related).slice(0, MOST);

/** The signs on the map bear the numbers of the list. */
function number(context: Context): void {
  listed(context).forEach(({ id }, i) => {
    for (const sign of document.querySelectorAll(`.cl-tray [data-mark="${CSS.escape(id)}"]`)) {
      if (!sign.querySelector(".cl-number")) sign.append(svg("text", { class: "cl-number", x: 6, y: 12 }, [String(i + 1)]));
    }
  });
}

function facts(context: Context): HTMLElement {
  const items = listed(context).map((fact) => h("li", {}, factLine(context, fact)));
  return h("section", {}, h("h2", {}, context.words.t("print.facts")), h("ol", {}, ...items));
}

function factLine(context: Context, fact: FactDoc): HTMLElement {
  const { model, words } = context;
  const sentences = fact.sentences.flatMap((id) => model.sentences.get(id)?.sentence.text ?? []);
  const where = fact.places.map((id) => label(context, id)).join(", ");
  return h("div", { class: "cl-printfact" }, certaintyWord(context, fact), h("strong", { dir: "auto" }, fact.statement || fact.quote),
    h("span", { dir: "auto" }, words.quote(sentences.join(" ") || fact.quote)),
    h("small", { dir: "auto" }, [chain(context, fact), whenText(context, fact), where].filter(Boolean).join(" · ")));
}

function places(context: Context): HTMLElement {
  const { doc, words } = context;
  const items = doc.places.slice(0, MOST).map((place) =>
    h("li", { dir: "auto" }, h("b", { dir: "auto" }, label(context, place.id)), ` ${[place.where, membershipLine(context, place)].filter(Boolean).join("; ")}`));
  return h("section", {}, h("h2", {}, words.t("print.places")), h("ul", { class: "cl-columns" }, ...items));
}

function zones(context: Context): HTMLElement {
  const { doc, words } = context;
  return h("section", {}, h("h2", {}, words.t("print.zones")), h("ul", {}, ...doc.zones.slice(0, MOST).map((zone) => zoneLine(context, zone))));
}

function zoneLine(context: Context, zone: ZoneDoc): HTMLElement {
  const { words } = context;
  const told = [
    `${words.t("basis")}: ${words.of("basis", zone.basis)}`, words.of("status", zone.status), zone.valid ? words.interval(zone.valid) : "",
    zone.in_article ? "" : words.t("zone.not_here"), ...zone.figures.map((pair) => pair.join(" ")),
    ...zone.sources.map((source) => [source.title, source.url].filter(Boolean).join(", ")),
  ];
  return h("li", { dir: "auto" }, h("b", { dir: "auto" }, label(context, zone.id)), `: ${told.filter(Boolean).join("; ")}`);
}
