/** The furniture of the map: zoom, whole view, measuring, scale bar, coordinates. */

import type * as L from "leaflet";
import { decimal, roundLengthKm, sexagesimal } from "../geometry";
import type { Store } from "../store";
import { icon } from "../ui/dom";
import type { Key, Words } from "../ui/words";
import { html } from "./dom";
import type { Sheet } from "./sheet";

export const ICONS = {
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  home: "M4 11l8-6.5 8 6.5M6.5 9.5V19h11V9.5",
  measure: "M3.5 16.5l13-13 4 4-13 13zM7 13l2 2M10 10l2.5 2.5M13 7l2 2",
  layers: "M12 4l9 4.5-9 4.5-9-4.5zM3.5 12.5L12 17l8.5-4.5M3.5 16L12 20.5 20.5 16",
  legend: "M4 5h4v4H4zM11.5 7H20M4 10.5M4 15h4v4H4zM11.5 17H20",
  cross: "M6 6l12 12M18 6L6 18",
} as const;

/** A square button with a picture, a name for those who do not see it, and 44 px on touch. */
export function iconButton(path: string, name: string, act: () => void): HTMLButtonElement {
  const button = html("button", { type: "button", class: "cl-btn", "aria-label": name, title: name }, [icon(path, 18)]) as HTMLButtonElement;
  button.addEventListener("click", act);
  return button;
}

/** Put zoom, whole view and measuring at one corner, scale and coordinates at the other. */
export function mountControls(overlay: HTMLElement, sheet: Sheet, store: Store, words: Words, where: HTMLElement | null): void {
  const { map } = sheet;
  const make = (picture: keyof typeof ICONS, key: Key, act: () => void): HTMLButtonElement => iconButton(ICONS[picture], words.t(key), act);
  const measure = make("measure", "map.measure", () => store.set("measure", store.get("measure") ? null : "distance"));
  store.subscribe("measure", (mode) => measure.setAttribute("aria-pressed", String(mode !== null)));
  const zoom = [make("plus", "map.zoom_in", () => map.zoomIn(1)), make("minus", "map.zoom_out", () => map.zoomOut(1))];
  const tools = html("div", { class: "cl-tools", role: "group", "aria-label": words.t("map.tools") }, [
    html("div", { class: "cl-stack cl-across cl-zoom" }, zoom),
    html("div", { class: "cl-stack cl-across" }, [make("home", "map.home", () => store.send("home", null)), measure]),
  ]);
  const corner = foot(map, words);
  if (where) corner.prepend(where);
  overlay.append(tools, corner);
}

function foot(map: L.Map, words: Words): HTMLElement {
  const bar = html("div", { class: "cl-scale" });
  const place = html("output", { class: "cl-coordinates", "aria-label": words.t("map.position"), dir: "ltr" });
  const draw = (): void => drawScale(map, bar, words);
  map.on("zoomend moveend resize", draw);
  draw();
  map.on("mousemove", ({ latlng }) => {
    place.textContent = `${decimal(latlng.lng, latlng.lat)}  ·  ${sexagesimal(latlng.lng, latlng.lat)}`;
  });
  map.on("mouseout", () => {
    place.textContent = "";
  });
  return html("div", { class: "cl-foot" }, [bar, place]);
}

function drawScale(map: L.Map, bar: HTMLElement, words: Words): void {
  const km = kmPerPixel(map);
  const length = roundLengthKm(km * 110);
  bar.style.width = `${Math.round(length / km)}px`;
  bar.textContent = length >= 1 ? words.t("map.km", { n: length }) : words.t("map.m", { n: Math.round(length * 1000) });
}

function kmPerPixel(map: L.Map): number {
  const lat = (map.getCenter().lat * Math.PI) / 180;
  return (40_075.017 * Math.cos(lat)) / (256 * 2 ** map.getZoom());
}
