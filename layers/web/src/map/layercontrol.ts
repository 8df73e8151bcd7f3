/** The themed layer control and the legend: two cards behind two buttons, the legend open where there is room. */

import { nameOf as languageName } from "./languages";
import type { Model } from "../model";
import { remember, type Store, THEMES, type Theme } from "../store";
import type { LayerDoc, LayerGroup } from "../types";
import type { Words } from "../ui/words";
import type { Basemap } from "./basemap";
import { ICONS, iconButton } from "./controls";
import { html } from "./dom";
import { legend } from "./legend";
import type { Scene } from "./scene";
import type { Sheet } from "./sheet";

const GROUPS: readonly LayerGroup[] = ["zones", "article", "case", "basemap"];
const ROOMY = "(min-width: 1000px) and (min-height: 640px)";

export interface LayerMeans {
  readonly sheet: Sheet;
  readonly scene: Scene;
  readonly model: Model;
  readonly store: Store;
  readonly words: Words;
  /** Has layers of its own, which the document need not list. */
  readonly ground: Basemap | null;
}

/** Mount both cards; the legend is made anew whenever what is drawn may have changed. */
export function mountLayers(overlay: HTMLElement, means: LayerMeans): void {
  const { store, words, scene, sheet } = means;
  const key = html("div", { class: "cl-cardbody", tabindex: 0 });
  const list = html("div", { class: "cl-cardbody" });
  const print = matchMedia("print");
  const cards = {
    layers: card("layers", words.t("map.layers"), list, () => toggle("layers", false)),
    legend: card("legend", words.t("map.legend"), key, () => toggle("legend", false)),
  };
  const buttons = {
    layers: iconButton(ICONS.layers, words.t("map.layers"), () => toggle("layers")),
    legend: iconButton(ICONS.legend, words.t("map.legend"), () => toggle("legend")),
  };
  const toggle = (name: "layers" | "legend", open = cards[name].hidden): void => {
    const other = name === "layers" ? "legend" : "layers";
    if (open) show(other, false);
    show(name, open);
  };
  const show = (name: "layers" | "legend", open: boolean): void => {
    cards[name].hidden = !open;
    buttons[name].setAttribute("aria-expanded", String(open));
    if (open && name === "legend") refresh();
    // Closed when the page opens: made when it is first wanted.
    if (open && name === "layers" && !list.childElementCount) list.append(...layerList(means));
  };
  let before = "";
  const refresh = (): void => {
    if (cards.legend.hidden && !print.matches) return;
    const view = sheet.map.getBounds();
    const contested = means.ground?.isOn("basemap-disputed") ? means.ground.contestedIn(view) : [];
    const now = JSON.stringify([scene.drawn().map((mark) => mark.id), contested, store.get("language"), store.get("layers")]);
    if (now !== before) key.replaceChildren(legend(scene, store, words, contested));
    before = now;
  };
  // On paper the legend stands below the map, open or not.
  print.addEventListener("change", refresh);
  overlay.append(html("div", { class: "cl-corner" }, [html("div", { class: "cl-stack cl-across" }, [buttons.layers, buttons.legend]), cards.layers, cards.legend]));
  for (const state of ["layers", "time", "language", "selection"] as const) store.subscribe(state, refresh);
  store.on("dismiss", () => {
    show("layers", false);
    if (!matchMedia(ROOMY).matches) show("legend", false);
  });
  sheet.map.on("click", () => matchMedia(ROOMY).matches || (show("layers", false), show("legend", false)));
  sheet.map.on("moveend", refresh);
  show("layers", false);
  show("legend", matchMedia(ROOMY).matches);
}

function card(name: string, title: string, body: HTMLElement, close: () => void): HTMLElement {
  const head = html("header", {}, [html("h2", {}, [title]), iconButton(ICONS.cross, title, close)]);
  return html("section", { class: `cl-mapcard cl-${name}-card`, "aria-label": title }, [head, body]);
}

function layerList(means: LayerMeans): HTMLElement[] {
  const { model, words } = means;
  const all = [...model.doc.layers.filter((layer) => layer.group !== "basemap"), ...(means.ground?.layers ?? [])];
  const groups = GROUPS.flatMap((group) => {
    const layers = all.filter((layer) => layer.group === group);
    return layers.length ? [groupOf(group, layers, means)] : [];
  });
  const choices = [...(model.languages.length > 1 ? [languageChoice(means, words)] : []), themeChoice(means, words)];
  return [...groups, ...choices, takeAlong(means, words)];
}

function groupOf(group: LayerGroup, layers: readonly LayerDoc[], means: LayerMeans): HTMLElement {
  const summary = html("summary", {}, [means.words.of("group", group)]);
  const rows = [...layers].reverse().map((layer) => row(layer, means));
  return html("details", group === "case" ? {} : { open: "" }, [summary, html("ul", {}, rows)]);
}

/** One layer: shown or not, how strongly, or it alone. */
function row(layer: LayerDoc, { store, words }: LayerMeans): HTMLElement {
  const box = html("input", { type: "checkbox" }) as HTMLInputElement;
  const range = html("input", { type: "range", min: 10, max: 100, step: 10, "aria-label": words.t("map.opacity", { name: layer.title }) }) as HTMLInputElement;
  const count = layer.marks.length ? [html("span", { class: "cl-count" }, [String(layer.marks.length)])] : [];
  const label = html("label", {}, [box, html("span", { dir: "auto" }, [layer.title]), ...count]);
  const solo = html("button", { type: "button", class: "cl-solo", title: words.t("map.solo") }, [words.t("map.only")]);
  solo.setAttribute("aria-label", words.t("map.solo_of", { name: layer.title }));
  box.addEventListener("change", () => store.setLayer(layer.id, { shown: box.checked }));
  range.addEventListener("input", () => store.setLayer(layer.id, { opacity: Number(range.value) / 100 }));
  solo.addEventListener("click", () => store.solo(store.get("layers").solo === layer.id ? null : layer.id));
  const sync = (): void => {
    const { byId, solo: only } = store.get("layers");
    const state = byId[layer.id] ?? { shown: layer.shown, opacity: 1 };
    box.checked = state.shown;
    range.value = String(Math.round(state.opacity * 100));
    range.disabled = !state.shown;
    solo.setAttribute("aria-pressed", String(only === layer.id));
  };
  store.subscribe("layers", sync);
  sync();
  return html("li", {}, layer.group === "basemap" ? [label, range] : [label, range, solo]);
}

function languageChoice({ store, model }: LayerMeans, words: Words): HTMLElement {
  const choice = html("select", {}, model.languages.map((language) => html("option", { value: language }, [languageName(language)]))) as HTMLSelectElement;
  choice.value = store.get("language");
  choice.addEventListener("change", () => store.set("language", choice.value));
  store.subscribe("language", (language) => {
    choice.value = language;
  });
  return html("label", { class: "cl-language" }, [words.t("map.language"), choice]);
}

/** Light or dark, whatever the system says; remembered where the browser lets a page remember. */
function themeChoice({ store }: LayerMeans, words: Words): HTMLElement {
  const choice = html("select", {}, THEMES.map((theme) => html("option", { value: theme }, [words.of("theme", theme)]))) as HTMLSelectElement;
  choice.value = store.get("theme");
  choice.addEventListener("change", () => {
    store.set("theme", choice.value as Theme);
    remember("theme", choice.value);
  });
  return html("label", { class: "cl-language" }, [words.t("theme"), choice]);
}

/** The map as a picture, and on paper. */
function takeAlong({ store }: LayerMeans, words: Words): HTMLElement {
  const button = (text: string, act: () => void): HTMLElement => {
    const made = html("button", { type: "button", class: "cl-solo" }, [text]);
    made.addEventListener("click", act);
    return made;
  };
  return html("div", { class: "cl-take", role: "group", "aria-label": words.t("picture") }, [
    words.t("picture"),
    button(words.t("picture.png"), () => store.send("exportImage", "png")),
    button(words.t("picture.svg"), () => store.send("exportImage", "svg")),
    button(words.t("print"), () => window.print()),
  ]);
}
