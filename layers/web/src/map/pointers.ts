/** Small signs at the map's edge for selected places that lie beyond it: nothing that a sentence names is lost. */

import { type Model, nameIn } from "../model";
import type { Store } from "../store";
import { inside, polygonsOf } from "../geometry";
import type { PlaceDoc, Position } from "../types";
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
      spread(layer, pieces(host, new Set(layer.children)), free, shapes(scene, sheet, host));
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
  button.addEventListener("click", () => store.send("flyTo", [place.id]));
  return button;
}

/** Pixels between the places that are tried along the edge. */
const STEP = 8;
type Is = (box: DOMRect) => boolean;

/**
 * Move pointers that cover one another, the furniture or the zone to the nearest free place along the edge; the zone may
 * be covered where there is no other.
 */
function spread(layer: HTMLElement, seen: DOMRect[], free: Free, onZone: Is): void {
  const origin = layer.getBoundingClientRect();
  for (const element of layer.children as unknown as Iterable<HTMLElement>) {
    const start = element.getBoundingClientRect();
    const [x, y, right, bottom] = [origin.x + free.left + EDGE, origin.y + free.top + EDGE, free.width - 2 * EDGE - start.width, free.height - 2 * EDGE - start.height];
    const edge: DOMRect[] = [start];
    const at = (dx: number, dy: number): number => edge.push(new DOMRect(x + dx, y + dy, start.width, start.height));
    for (let dx = 0; dx <= right; dx += STEP) at(dx, 0), at(dx, bottom);
    for (let dy = 0; dy <= bottom; dy += STEP) at(0, dy), at(right, dy);
    const away = (box: DOMRect): number => Math.hypot(box.x - start.x, box.y - start.y);
    const open = edge.filter((box) => !seen.some((other) => meet(box, other))).sort((a, b) => away(a) - away(b));
    const to = open.find((box) => !onZone(box)) ?? open[0] ?? start;
    Object.assign(element.style, { left: `${Math.round(to.x - origin.x)}px`, top: `${Math.round(to.y - origin.y)}px`, transform: "none" });
    seen.push(to);
  }
}

/** Whether a box on the screen meets a zone that the report is about. */
function shapes(scene: Scene, { frame }: Sheet, host: HTMLElement): Is {
  const [left, top] = frame.screen;
  const box = host.getBoundingClientRect();
  const zones = scene.zones.filter(({ zone }) => zone.theme === "zone" && scene.isShown(zone.id));
  const rings = zones.flatMap(({ zone }) => (zone.geometry ? polygonsOf(zone.geometry) : []).flat());
  const drawn = rings.map((ring) => ring.map((position): Position => {
    const [x, y] = frame.at(position);
    return [x - left + box.x, y - top + box.y];
  }));
  return (one) => drawn.some((ring) => ring.some(([x = 0, y = 0]) => x > one.left && x < one.right && y > one.top && y < one.bottom)) || inside(one.x + one.width / 2, one.y + one.height / 2, drawn);
}

const meet = (a: DOMRect, b: DOMRect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
