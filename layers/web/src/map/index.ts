/**
 * The map side of the page. Leaflet moves and zooms; everything seen is drawn by the modules here, each mounted by
 * itself, so that one that fails says so and leaves the others standing.
 */

import * as L from "leaflet";
import { makeModel } from "../model";
import type { Store } from "../store";
import type { MapDocument } from "../types";
import { calm } from "../ui/dom";
import type { Words } from "../ui/words";
import { Basemap } from "./basemap";
import { mountControls } from "./controls";
import { html, setAll } from "./dom";
import { mountExport } from "./export";
import { Flight } from "./flight";
import { canvasMeasure } from "./labels";
import { mountLayers } from "./layercontrol";
import { mountMarks } from "./marks";
import { locator } from "./locator";
import { mountMeasure } from "./measure";
import { mountPointers } from "./pointers";
import { mountReach } from "./reach";
import { Scene } from "./scene";
import { Sheet } from "./sheet";
import { mountTiles } from "./tiles";

interface Host {
  /** The element that the map's container goes into. */
  readonly host: HTMLElement;
  readonly words: Words;
}

/** Move the map into its host and draw the document on it. */
export function mountMap(map: L.Map, doc: MapDocument, store: Store, { host, words }: Host): void {
  const failed = (module: string) => (error: unknown) => store.fail(module, `${words.t("failed", { module })} (${String(error)})`);
  const attempt = <T>(module: string, act: () => T): T | null => {
    try {
      return act();
    } catch (error) {
      failed(module)(error);
      return null;
    }
  };
  settle(map, host);
  const overlay = html("div", { class: "cl-overlay" });
  host.append(overlay);
  keepPadding(overlay, store);
  const model = makeModel(doc);
  const flight = new Flight(map, model, store, host);
  const sheet = new Sheet(map, failed("map"));
  setAll(sheet.svg, { "aria-label": words.t("map") });
  const ground = attempt("basemap", () => new Basemap(sheet, doc, store, words));
  attempt("marks", () => mountMarks(overlay, sheet, doc, store, words));
  const scene = new Scene(sheet, model, store, words, canvasMeasure(), ground, host);
  attempt("tiles", () => mountTiles(sheet, doc, store));
  attempt("reach", () => mountReach(sheet, scene, model, store, flight));
  attempt("pointers", () => mountPointers(overlay, scene, sheet, model, store, flight));
  attempt("layers", () => mountLayers(overlay, { sheet, scene, model, store, words, ground }));
  const where = attempt("locator", () => locator(map, ground?.ground.areas ?? []));
  attempt("controls", () => mountControls(overlay, sheet, store, words, where));
  attempt("measure", () => mountMeasure(overlay, sheet, store, words));
  attempt("export", () => mountExport(sheet, doc, store, words));
  reportView(map, store);
  flight.open();
  sheet.start();
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(host);
}

/** Take Leaflet's own furniture away and let the wheel zoom finely. */
function settle(map: L.Map, host: HTMLElement): void {
  const container = map.getContainer();
  container.classList.add("cl-leaflet");
  host.append(container);
  map.attributionControl?.remove();
  map.zoomControl?.remove();
  Object.assign(map.options, { zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90, zoomAnimationThreshold: 8, minZoom: 1.5, maxZoom: 15, inertia: !calm() });
  container.removeAttribute("tabindex");
  map.invalidateSize({ animate: false });
}

/** What covers the map moves its furniture too. */
function keepPadding(overlay: HTMLElement, store: Store): void {
  const apply = (): void => {
    for (const [side, value] of Object.entries(store.get("padding"))) overlay.style.setProperty(`--pad-${side}`, `${value}px`);
  };
  store.subscribe("padding", apply);
  apply();
}

function reportView(map: L.Map, store: Store): void {
  const report = (): void => {
    const { lat, lng } = map.getCenter();
    const round = (value: number): number => Math.round(value * 1e4) / 1e4;
    store.set("view", { lon: round(lng), lat: round(lat), zoom: Math.round(map.getZoom() * 100) / 100 });
  };
  map.on("moveend", report);
}
