/** The notes at the foot of the reading column: the card of one mark, or a line for each mark of a sentence. */

import { card, line } from "./cards";
import { add, h, icon, replace } from "./dom";
import type { Context } from "./index";

const CROSS = "M6 6l12 12M18 6 6 18";
const BACK = "M15 5l-7 7 7 7";

/** Keep the notes in step with the selection and with what is asked to be opened. */
export function mountDock(context: Context): void {
  const { store, shell } = context;
  const dock = new Dock(context);
  store.subscribe("selection", (selection) => {
    if (selection.marks.length === 0) dock.close();
    else if (selection.origin === "map" || selection.origin === "timeline" || selection.origin === "list") dock.marks();
    else if (dock.isOpen()) dock.marks();
  });
  store.on("openCard", (id) => dock.card(id));
  store.on("dismiss", () => dock.close());
  shell.dock.addEventListener("cl-open", (event) => {
    const id = (event as CustomEvent<string | null>).detail;
    if (id) dock.card(id);
    else dock.marks();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) store.send("dismiss", null);
  });
}

class Dock {
  constructor(private readonly context: Context) {}

  isOpen(): boolean {
    return !this.context.shell.dock.hidden;
  }

  /** Whatever is selected: its card if it is one mark, else a line for each. */
  marks(): void {
    const { marks, sentence } = this.context.store.get("selection");
    if (marks.length === 1 && marks[0]) this.card(marks[0]);
    else if (marks.length > 1) this.list(marks, sentence);
  }

  card(id: string): void {
    const body = card(this.context, id);
    if (!body) return;
    const { marks, sentence } = this.context.store.get("selection");
    const several = marks.length > 1 && marks.includes(id);
    this.show(body, several ? () => this.list(marks, sentence) : null, this.heading(sentence, several));
  }

  close(): void {
    const { dock } = this.context.shell;
    const inside = dock.contains(document.activeElement);
    dock.hidden = true;
    this.context.store.set("candidates", []);
    if (inside) this.context.shell.scroll.querySelector<HTMLElement>(".cl-s.on")?.focus({ preventScroll: true });
  }

  private list(marks: readonly string[], sentence: string | null): void {
    const { model } = this.context;
    const rank = { fact: 0, zone: 1, place: 2 };
    const sorted = [...marks].sort((a, b) => rank[model.marks.get(a)?.type ?? "place"] - rank[model.marks.get(b)?.type ?? "place"]);
    const lines = sorted.slice(0, 60).flatMap((id) => line(this.context, id) ?? []);
    this.show(h("ul", { class: "cl-minis" }, ...lines.map((one) => h("li", {}, one))), null, this.heading(sentence, true));
  }

  private heading(sentence: string | null, several: boolean): string {
    const { words } = this.context;
    if (!several) return words.t("notes");
    return words.t(sentence ? "sentence.notes" : "marks.several");
  }

  private show(body: HTMLElement, back: (() => void) | null, title: string): void {
    const { words, shell, store } = this.context;
    store.set("candidates", []);
    const bar = h("div", { class: "cl-dockbar" },
      back && h("button", { type: "button", class: "cl-round", "aria-label": words.t("back"), onclick: back }, icon(BACK, 16)),
      h("h2", {}, title),
      h("button", { type: "button", class: "cl-round", "aria-label": words.t("close"), onclick: () => store.send("dismiss", null) }, icon(CROSS, 16)));
    const hadFocus = shell.dock.contains(document.activeElement);
    const content = h("div", { class: "cl-dockbody", tabindex: 0 });
    add(content, [body]);
    replace(shell.dock, bar, content);
    shell.dock.hidden = false;
    shell.raise("half");
    // The notes took room from the text: what they are about stays in sight.
    if (store.get("selection").origin !== "list") shell.scroll.querySelector(".cl-s.on")?.scrollIntoView({ block: "nearest" });
    if (hadFocus) content.focus({ preventScroll: true });
  }
}
