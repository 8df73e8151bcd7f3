/** Small signs at the map's edge for selected places that lie beyond it: nothing that a sentence names is lost. */

import { type Model, nameIn } from "../model";
import type { Store } from "../store";
import type { PlaceDoc } from "../types";
import { html } from "./dom";
import type { Flight, Free } from "./flight";
import { pieces } from "./furniture";
import type { Scene } from "./scene";
import { isSeen } from "./places";
import type { Sheet } from "./sheet";

const EDGE = 12;

/** Keep the pointers in step with the selection and the view. */
export function mountPointers(overlay: HTMLElement, scene: Scene, sheet: Sheet, model: Model, store: Store, flight: Flight): void {
  const host = overlay.parentElement ?? overlay;
  const layer = html("div", { class: "cl-pointers" });
  overlay.append(layer);
  // Before the names, which keep clear of pointers.
  scene.beforeNames = (): void => {
    layer.replaceChildren();
    const places = store.get("selection").marks.flatMap((id) => placesOf(model, id));
    const beyond = [...new Set(places)].filter((place) => isBeyond(sheet, model, place));
    if (beyond.length) {
      const free = flight.free();
      layer.replaceChildren(...beyond.slice(0, 6).map((place) => pointer(place, sheet, store, free)));
      spread(layer, host);
    }
  };
  store.subscribe("padding", () => scene.nameAll());
}

function placesOf(model: Model, id: string): PlaceDoc[] {
  const mark = model.marks.get(id);
  if (mark?.type === "place") return [mark.place];
  return mark?.type === "fact" ? mark.fact.places.flatMap((place) => placesOf(model, place)) : [];
}

function isBeyond(sheet: Sheet, model: Model, place: PlaceDoc): boolean {
  const { frame } = sheet;
  const [left, top, width, height] = frame.screen;
  const [x, y] = frame.at([place.lon, place.lat]);
  const out = x < left || y < top || x > left + width || y > top + height;
  const area = model.doc.areas[place.area ?? ""];
  return out && !(area && isSeen(frame, area));
}

/** A button with the name and an arrow towards it, where the line to it crosses the edge of the free map. */
function pointer(place: PlaceDoc, { frame }: Sheet, store: Store, free: Free): HTMLElement {
  const [left, top] = frame.screen;
  const [midX, midY] = [free.left + free.width / 2, free.top + free.height / 2];
  const [px, py] = frame.at([place.lon, place.lat]);
  const [dx, dy] = [px - left - midX, py - top - midY];
  const [halfX, halfY] = [free.width / 2 - EDGE, free.height / 2 - EDGE];
  const share = Math.min(halfX / Math.abs(dx || 1e-9), halfY / Math.abs(dy || 1e-9));
  // Drawn: an arrow of a font would be looked for through all fonts.
  const arrow = html("i", { "aria-hidden": "true" });
  arrow.style.transform = `rotate(${Math.round((Math.atan2(dy, dx) * 180) / Math.PI)}deg)`;
  const button = html("button", { type: "button", class: "cl-pointer", dir: "auto" }, [html("span", {}, [nameIn(place, store.get("language"))]), arrow]);
  const [x, y] = [midX + dx * share, midY + dy * share];
  Object.assign(button.style, { left: `${Math.round(x)}px`, top: `${Math.round(y)}px`, transform: `translate(${dx > 0 ? -100 : 0}%, ${dy > 0 ? -100 : 0}%)` });
  button.dataset["along"] = halfY * Math.abs(dx) < halfX * Math.abs(dy) ? "left" : "top";
  button.addEventListener("click", () => store.send("flyTo", [place.id]));
  return button;
}

/** Where a pointer may go instead, in its own widths and heights: along its edge first, then further in. */
const ASIDE: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  left: [[0.5, 0], [-0.5, 0], [1, 0], [-1, 0], [0, 1.1], [0.5, 1.1], [-0.5, 1.1], [0, 2.2], [0, 3.3]],
  top: [[0, 1.1], [0, -1.1], [0, 2.2], [0, -2.2], [0, 3.3], [0, -3.3]],
};

/** Move pointers that cover one another or the furniture aside. */
function spread(layer: HTMLElement, host: HTMLElement): void {
  const seen: DOMRect[] = pieces(host, new Set(layer.children));
  for (const element of layer.children as unknown as Iterable<HTMLElement>) {
    const [left, top] = [Number.parseFloat(element.style.left), Number.parseFloat(element.style.top)];
    const start = element.getBoundingClientRect();
    const isFree = ([x, y]: readonly [number, number]): boolean => {
      const box = new DOMRect(start.x + x * start.width, start.y + y * start.height, start.width, start.height);
      return !seen.some((other) => meet(box, other));
    };
    const [x, y] = [NOWHERE, ...(ASIDE[element.dataset["along"] ?? "top"] ?? [])].find(isFree) ?? NOWHERE;
    Object.assign(element.style, { left: `${left + x * start.width}px`, top: `${top + y * start.height}px` });
    seen.push(element.getBoundingClientRect());
  }
}

const NOWHERE = [0, 0] as const;
const meet = (a: DOMRect, b: DOMRect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
