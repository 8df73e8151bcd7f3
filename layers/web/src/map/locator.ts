/** A small picture of the theatre's country with the view in it, where the view is a small part of the country. */

import type * as L from "leaflet";
import { mercatorX, mercatorY } from "../geometry";
import { html, setAll, svg } from "./dom";
import type { Drawn, Path } from "./ground";

const SIZE = 84;
/** A view larger than this share of the country needs no help. */
const MOST = 0.6;

/** The locator, kept in step with the map; null where the ground shows no country as the theatre. */
export function locator(map: L.Map, areas: readonly Drawn<string>[]): HTMLElement | null {
  const paths = areas.filter(({ kind, from }) => kind === "theatre" && from === 0).flatMap((area) => area.paths);
  if (!paths.length) return null;
  const [west, north, east, south] = [0, 1, 2, 3].map((side) => (side < 2 ? Math.min : Math.max)(...paths.map(({ box }) => box[side] ?? 0))) as [number, number, number, number];
  const scale = SIZE / Math.max(east - west, south - north);
  const [width, height] = [(east - west) * scale, (south - north) * scale];
  const view = svg("rect", { class: "cl-locator-view" });
  const d = paths.map((path) => outline(path, west, north, scale)).join("");
  const drawing = svg("svg", { width: width + 8, height: height + 8, viewBox: `-4 -4 ${width + 8} ${height + 8}` }, [svg("path", { d, "fill-rule": "evenodd" }), view]);
  const card = html("div", { class: "cl-locator", "aria-hidden": "true" }, [drawing]);
  const draw = (): void => {
    const bounds = map.getBounds();
    const [x, y] = [(mercatorX(bounds.getWest()) - west) * scale, (mercatorY(bounds.getNorth()) - north) * scale];
    const [w, h] = [(mercatorX(bounds.getEast()) - west) * scale - x, (mercatorY(bounds.getSouth()) - north) * scale - y];
    const [midX, midY] = [x + w / 2, y + h / 2];
    card.hidden = w > MOST * SIZE || h > MOST * SIZE || midX < 0 || midY < 0 || midX > width || midY > height;
    // Never so small that it is lost.
    const [wide, high] = [Math.max(w, 5), Math.max(h, 5)];
    setAll(view, { x: (midX - wide / 2).toFixed(1), y: (midY - high / 2).toFixed(1), width: wide.toFixed(1), height: high.toFixed(1) });
  };
  map.on("moveend resize", draw);
  draw();
  return card;
}

function outline({ xy }: Path, west: number, north: number, scale: number): string {
  let d = "";
  for (let i = 0; i < xy.length; i += 2) d += `${i ? "L" : "M"}${(((xy[i] ?? 0) - west) * scale).toFixed(1)} ${(((xy[i + 1] ?? 0) - north) * scale).toFixed(1)}`;
  return `${d}Z`;
}
