/** The reports, one under the other; every mapped sentence leads to its marks, and is lit by them. */

import { nameOf, sentencesOf } from "../model";
import type { ArticleDoc, Block, FactDoc, Sentence } from "../types";
import { marksOf } from "../map/markdata";
import { calm, h } from "./dom";
import { certaintyGlyph } from "./glyphs";
import type { Context } from "./index";
import { pieces } from "./runs";
import { meta } from "./shell";

const TAGS = { headline: "h2", subheadline: "p", byline: "p", body: "p", caption: "p", related_link: "p", gap: "p" } as const;

/** Fill the article pane and keep it in step with the selection. */
export function mountArticles(context: Context): void {
  const { doc, shell, words } = context;
  const pane = shell.panes.article;
  const reader = new Reader(context);
  doc.articles.forEach((article, index) => pane.append(reader.article(article, index)));
  const many = marksOf(doc);
  if (doc.articles.length === 0) pane.append(h("p", { class: "cl-empty" }, words.t(many ? "marks.how" : "article.none", { n: words.number(many?.count ?? 0) })));
  pane.append(about(context));
  reader.listen(shell.title);
  reader.listen(pane);
}

/** Notes on how the map was made, behind a disclosure. */
function about({ doc, words }: Context): Node {
  const notes = [...doc.notes, ...doc.articles.flatMap((article) => article.notes)];
  const made = Object.entries(doc.generator).map(([name, version]) => `${name} ${version}`).join(", ");
  if (notes.length === 0 && !made) return document.createDocumentFragment();
  return h("details", { class: "cl-about" }, h("summary", {}, words.t("method")),
    ...notes.map((note) => h("p", { dir: "auto" }, note)), made && h("p", { dir: "auto" }, made));
}

class Reader {
  private readonly elements = new Map<string, HTMLElement>();
  private readonly order: string[] = [];
  private lit: HTMLElement[] = [];
  private hovered: HTMLElement[] = [];

  constructor(private readonly context: Context) {
    const { store } = context;
    store.subscribe("selection", () => this.light());
    store.subscribe("hover", () => this.hover());
  }

  article(article: ArticleDoc, index: number): HTMLElement {
    const { words, doc } = this.context;
    const parts: Node[] = [];
    article.blocks.forEach((block) => {
      const asTitle = index === 0 && block.role === "headline" && textOf(block) === doc.title;
      if (asTitle) this.title(block);
      else parts.push(this.block(block));
      if (block.role === "headline" && index > 0) parts.push(...[meta(article, words)].filter((node) => node !== null));
    });
    if (article.text_mode === "none" && parts.length === 0) parts.push(h("p", { class: "cl-empty" }, words.t("no.text")));
    const label = article.title || words.t("tab.article");
    return h("article", { class: "cl-article", lang: article.language, dir: article.dir, "aria-label": label }, ...parts);
  }

  /** The page's title is the first headline: its sentence is linked there, and not printed twice. */
  private title(block: Block): void {
    this.context.shell.title.replaceChildren(...this.sentences(block));
  }

  private block(block: Block): HTMLElement {
    const { words } = this.context;
    if (block.role === "gap") return h("p", { class: "cl-gap", title: words.t("gap") }, "…");
    const tag = TAGS[block.role] ?? "p";
    return h(tag, { class: `cl-block cl-${block.role}`, dir: "auto" }, ...this.sentences(block));
  }

  private sentences(block: Block): Node[] {
    return block.sentences.flatMap((sentence, index) => {
      const element = this.sentence(sentence, block.role === "related_link");
      return index ? [document.createTextNode(" "), element] : [element];
    });
  }

  private sentence(sentence: Sentence, related: boolean): HTMLElement {
    const element = h("span", { class: "cl-s", "data-s": sentence.id });
    for (const piece of pieces(sentence)) {
      if (piece.kinds.length === 0) element.append(piece.text);
      else element.append(h("span", { class: `cl-r ${piece.kinds.map((kind) => `r-${kind}`).join(" ")}`, "data-m": piece.marks.join(" ") }, piece.text));
    }
    if (sentence.marks.length > 0) {
      element.classList.add("cl-mapped");
      element.tabIndex = this.order.length ? -1 : 0;
      this.order.push(sentence.id);
      if (!related) element.append(...this.certainties(sentence));
    }
    this.elements.set(sentence.id, element);
    return element;
  }

  /** A word for each certainty that is not plain fact, after the sentence that it is about. */
  private certainties(sentence: Sentence): Node[] {
    const facts = sentence.marks.map((id) => this.context.model.marks.get(id)).flatMap((mark) => (mark?.type === "fact" ? [mark.fact] : []));
    const shown = new Map<string, FactDoc>();
    for (const fact of facts) if (fact.negated || fact.certainty !== "established") shown.set(fact.word, fact);
    return [...shown.values()].map((fact) =>
      h("span", { class: "cl-word", dir: "auto" }, certaintyGlyph(fact.certainty, fact.negated), fact.word));
  }

  /** Hover, click and keys inside an element that holds sentences. */
  listen(area: HTMLElement): void {
    const { store } = this.context;
    area.addEventListener("pointerover", (event) => {
      const sentence = this.at(event);
      if (sentence) store.hover(sentence.marks, { sentence: sentence.id, origin: "article" });
      else store.unhover("article");
    });
    area.addEventListener("pointerleave", () => store.unhover("article"));
    area.addEventListener("click", (event) => this.click(event));
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("focusin", (event) => {
      const sentence = this.at(event);
      if (sentence) store.hover(sentence.marks, { sentence: sentence.id, origin: "article" });
    });
  }

  private at(event: Event): Sentence | null {
    const element = (event.target as Element).closest<HTMLElement>(".cl-mapped");
    return this.context.model.sentences.get(element?.dataset["s"] ?? "")?.sentence ?? null;
  }

  private click(event: Event): void {
    const sentence = this.at(event);
    if (!sentence || document.getSelection()?.type === "Range") return;
    this.choose(sentence);
    const run = (event.target as Element).closest<HTMLElement>(".cl-r");
    const mark = run?.dataset["m"]?.split(" ")[0];
    this.context.shell.dock.dispatchEvent(new CustomEvent("cl-open", { detail: mark ?? null }));
  }

  private choose(sentence: Sentence): void {
    this.context.store.select(sentence.marks, { sentence: sentence.id, origin: "article" });
  }

  private key(event: KeyboardEvent): void {
    const step = this.stepOf(event.key);
    const sentence = this.at(event);
    if (step !== null) {
      event.preventDefault();
      this.go(sentence?.id ?? null, step);
    } else if (sentence && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.choose(sentence);
      this.context.shell.dock.dispatchEvent(new CustomEvent("cl-open", { detail: null }));
    }
  }

  private stepOf(key: string): number | null {
    const rtl = this.context.doc.dir === "rtl";
    const steps: Record<string, number> = {
      ArrowDown: 1, ArrowUp: -1, ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, Home: -Infinity, End: Infinity,
    };
    return steps[key] ?? null;
  }

  private go(from: string | null, step: number): void {
    const last = this.order.length - 1;
    const here = from === null ? -1 : this.order.indexOf(from);
    const id = this.order[Math.min(last, Math.max(0, here + step))];
    const sentence = this.context.model.sentences.get(id ?? "")?.sentence;
    if (!sentence) return;
    this.choose(sentence);
    this.elements.get(sentence.id)?.focus({ preventScroll: true });
  }

  private light(): void {
    const { marks, sentence, origin } = this.context.store.get("selection");
    for (const element of this.lit) unlight(element);
    const ids = sentence ? [sentence] : this.sentencesWith(marks);
    this.lit = ids.flatMap((id) => this.elements.get(id) ?? []);
    for (const element of this.lit) light(element, sentence ? null : marks);
    const first = this.lit[0];
    if (!first) return;
    this.rove(first);
    if (origin === "map" || origin === "timeline" || origin === "search") this.context.shell.show("article");
    if (origin !== "program") reveal(first, this.context.shell.scroll);
  }

  private hover(): void {
    const { marks, sentence } = this.context.store.get("hover");
    for (const element of this.hovered) element.classList.remove("hov");
    const ids = sentence ? [sentence] : this.sentencesWith(marks);
    this.hovered = ids.flatMap((id) => this.elements.get(id) ?? []);
    for (const element of this.hovered) element.classList.add("hov");
  }

  private sentencesWith(marks: readonly string[]): string[] {
    const wanted = new Set(marks.flatMap((id) => sentencesOf(this.context.model, id)));
    return [...this.elements.keys()].filter((id) => wanted.has(id));
  }

  /** The lit sentence is the one that Tab comes to. */
  private rove(element: HTMLElement): void {
    for (const id of this.order) {
      const other = this.elements.get(id);
      if (other) other.tabIndex = other === element ? 0 : -1;
    }
  }
}

function light(element: HTMLElement, marks: readonly string[] | null): void {
  element.classList.add("on");
  element.setAttribute("aria-current", "true");
  if (!marks) return;
  for (const run of element.querySelectorAll<HTMLElement>(".cl-r")) {
    run.classList.toggle("hit", (run.dataset["m"] ?? "").split(" ").some((id) => marks.includes(id)));
  }
}

function unlight(element: HTMLElement): void {
  element.classList.remove("on");
  element.removeAttribute("aria-current");
  for (const run of element.querySelectorAll(".hit")) run.classList.remove("hit");
}

function reveal(element: HTMLElement, scroll: HTMLElement): void {
  const [box, frame] = [element.getBoundingClientRect(), scroll.getBoundingClientRect()];
  if (box.top >= frame.top + 56 && box.bottom <= frame.bottom - 8) return;
  element.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

function textOf(block: Block): string {
  return block.sentences.map((sentence) => sentence.text).join(" ");
}

/** The sentence that is alight on opening: the first of the text that leads to something drawn. */
export function firstSentence({ doc, model }: Context): Sentence | null {
  const mapped = doc.articles.flatMap((article) => article.blocks.filter((block) => block.role !== "related_link"))
    .flatMap((block) => block.sentences.map((sentence) => ({ sentence, role: block.role })))
    .filter(({ sentence }) => sentence.marks.some((id) => model.marks.get(id)?.type !== "fact"));
  const zoned = mapped.find(({ sentence, role }) => role === "body" && sentence.marks.some((id) => model.marks.get(id)?.type === "zone"));
  return (zoned ?? mapped.find(({ role }) => role === "body") ?? mapped[0])?.sentence ?? null;
}

/** A mark's name for a list or a button. */
export function label(context: Context, id: string): string {
  const mark = context.model.marks.get(id);
  return mark ? nameOf(mark, context.store.get("language")) : id;
}
