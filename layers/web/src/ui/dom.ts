/** Elements without HTML strings: text goes in as text, addresses only if they are http(s). */

type Value = string | number | boolean | null | undefined | ((event: Event) => void);
export type Props = Readonly<Record<string, Value>>;
export type Child = Node | string | number | null | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

function fill<T extends Element>(element: T, props: Props, children: readonly Child[]): T {
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, String(value));
  }
  add(element, children);
  return element;
}

/** An HTML element; `onclick` and the like are listeners, false and null leave an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element. */
export function s(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** Append what is there; text as text. */
export function add(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) parent.append(child as Node | string);
  }
}

/** Put these in place of all that an element holds. */
export function replace(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  add(parent, children);
}

/** A link, or plain text where the address is not one of the web. */
export function link(text: string, url: string | null | undefined): HTMLElement {
  const href = webAddress(url);
  if (!href) return h("span", { dir: "auto" }, text);
  return h("a", { href, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, text);
}

/** The address in normal form if it is http or https, else null. */
export function webAddress(url: string | null | undefined): string | null {
  try {
    const address = new URL(url ?? "");
    return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
  } catch {
    return null;
  }
}

/** A picture of one path in a 24-unit square, drawn with the colour of the text. */
export function icon(path: string, size = 20): SVGElement {
  const line = s("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return s("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", class: "cl-icon" }, line);
}

/** Whether the reader asked for less motion. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
