/** Typed short cuts to the page's element makers. Text goes in as text, never as markup. */

import { h, s } from "../ui/dom";

type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** An SVG element with attributes and children; null and undefined attributes are left out. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): SVGElementTagNameMap[K] {
  return s(name, attributes, ...children) as SVGElementTagNameMap[K];
}

/** An HTML element with attributes and children. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  return h(name, attributes, ...children);
}

/** Set attributes; null and undefined take one away. */
export function setAll(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}
