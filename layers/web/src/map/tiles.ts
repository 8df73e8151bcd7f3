/** A tile server's pictures under everything, only where the document's author asked for one. */

import type * as Leaflet from "leaflet";
import type { Store } from "../store";
import type { MapDocument } from "../types";
import type { Sheet } from "./sheet";

/** Lay tiles under the sheet if the document names a server; the page's credits say so. */
export function mountTiles(sheet: Sheet, doc: MapDocument, store: Store): void {
  if (!doc.tiles || !/^https?:\/\//.test(doc.tiles.url)) return;
  // Only a page with tiles carries the part of Leaflet that fetches them.
  const layer = (window as unknown as { L: typeof Leaflet }).L.tileLayer(doc.tiles.url, { maxZoom: 19, opacity: 0.85 });
  // Until the server has answered, and where it does not, the page's own ground is seen.
  layer.once("tileload", () => {
    sheet.hasTiles = true;
    sheet.drawSoon();
  });
  layer.addTo(sheet.map);
  const show = (): void => {
    const state = store.get("layers").byId["basemap-tiles"];
    layer.setOpacity(state?.shown === false ? 0 : 0.85 * (state?.opacity ?? 1));
  };
  store.subscribe("layers", show);
}
