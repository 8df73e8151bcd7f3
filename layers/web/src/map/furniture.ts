/** What lies over the map: names keep clear of it, and flights leave it out of the picture. */

import type { Padding } from "../store";
import type { Rect } from "./labels";
import type { Frame } from "./sheet";

const FURNITURE = ".cl-stack, .cl-mapcard, .cl-scale, .cl-locator, .cl-measurebar, .cl-pointer, .cl-disclaimer, .cl-status";
const TALL = 0.4;
/** Of the map's height and in pixels: a card that is kept clear of where that costs little. */
const CARD = { share: 0.12, width: 200 };

/** The rectangles of furniture over the map's box, in the frame's pixels. */
export function furniture(host: HTMLElement, frame: Frame): Rect[] {
  const box = host.getBoundingClientRect();
  const [dx, dy] = [frame.screen[0] - box.left, frame.screen[1] - box.top];
  return pieces(host).map(({ left, top, right, bottom }) => [left + dx, top + dy, right + dx, bottom + dy] as const);
}

/** How far tall furniture, or any card, covers the map from its left and right edge. */
export function coveredSides(host: HTMLElement, cards = false): Pick<Padding, "left" | "right"> {
  const box = host.getBoundingClientRect();
  const isTall = ({ height, width }: DOMRect): boolean => height > TALL * box.height || (cards && height > CARD.share * box.height && width > CARD.width);
  const tall = pieces(host).filter((piece) => isTall(piece) && piece.width < 0.5 * box.width);
  const side = { left: 0, right: 0 };
  for (const piece of tall) {
    if (piece.left + piece.right > box.left + box.right) side.right = Math.max(side.right, box.right - piece.left);
    else side.left = Math.max(side.left, piece.right - box.left);
  }
  return side;
}

/** The boxes of furniture on the screen, but for some. */
export function pieces(host: HTMLElement, without: ReadonlySet<Element> = new Set()): DOMRect[] {
  const all = (host.parentElement ?? host).querySelectorAll<HTMLElement>(FURNITURE);
  return [...all].filter((element) => !without.has(element)).map((element) => element.getBoundingClientRect()).filter((rect) => rect.width > 0 && rect.height > 0);
}
