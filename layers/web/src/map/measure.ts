/**
 * Distances and areas on the ellipsoid. Click to set points; Backspace takes one back, Escape ends. A path that
 * ends where it began, or the area button, gives an area.
 */

import * as L from "leaflet";
import { areaKm2, honest, lengthKm } from "../geometry";
import type { MeasureMode, Store } from "../store";
import type { Position } from "../types";
import type { Words } from "../ui/words";
import { ICONS, iconButton } from "./controls";
import { html, svg } from "./dom";
import { type Frame, pathData, type Sheet } from "./sheet";

/** Offer measuring while `store.measure` says so. */
export function mountMeasure(overlay: HTMLElement, sheet: Sheet, store: Store, words: Words): void {
  const tool = new MeasureTool(sheet, store, words);
  overlay.append(tool.bar);
  store.subscribe("measure", (mode) => tool.setMode(mode));
  sheet.onDraw((frame) => tool.draw(frame));
}

class MeasureTool {
  readonly bar: HTMLElement;
  private points: Position[] = [];
  private pointer: Position | null = null;
  private readonly group = svg("g", { class: "cl-measure", "aria-hidden": "true" });
  private readonly result = html("output", { "aria-live": "polite" });
  private readonly modes: Record<"distance" | "area", HTMLButtonElement>;

  constructor(
    private readonly sheet: Sheet,
    private readonly store: Store,
    private readonly words: Words,
  ) {
    const button = (mode: "distance" | "area"): HTMLButtonElement => {
      const element = html("button", { type: "button", class: "cl-solo" }, [words.t(mode === "area" ? "map.area_mode" : "map.distance")]) as HTMLButtonElement;
      element.addEventListener("click", () => store.set("measure", mode));
      return element;
    };
    this.modes = { distance: button("distance"), area: button("area") };
    const close = iconButton(ICONS.cross, words.t("close"), () => store.set("measure", null));
    this.bar = html("div", { class: "cl-measurebar", hidden: "", role: "group", "aria-label": words.t("map.measure") }, [this.modes.distance, this.modes.area, this.result, close]);
    sheet.svg.append(this.group);
    this.listen();
  }

  setMode(mode: MeasureMode): void {
    const { map } = this.sheet;
    this.bar.hidden = mode === null;
    map.getContainer().classList.toggle("is-measuring", mode !== null);
    if (mode === null) this.points = [];
    for (const name of ["distance", "area"] as const) this.modes[name].setAttribute("aria-pressed", String(name === mode));
    map.doubleClickZoom[mode === null ? "enable" : "disable"]();
    this.draw(this.sheet.frame);
  }

  draw(frame: Frame): void {
    const mode = this.store.get("measure");
    this.group.replaceChildren();
    this.result.textContent = mode ? this.words.t("map.measure.start") : "";
    if (!mode || this.points.length === 0) return;
    const path = this.pointer ? [...this.points, this.pointer] : this.points;
    this.group.append(svg("path", { class: "cl-measure-line", d: pathData(frame, path, mode === "area") }));
    for (const point of this.points) {
      const [x, y] = frame.at(point);
      this.group.append(svg("circle", { class: "cl-measure-dot", cx: x.toFixed(1), cy: y.toFixed(1), r: 4 }));
    }
    this.result.textContent = this.text(mode, path);
  }

  private text(mode: "distance" | "area", path: readonly Position[]): string {
    const number = (value: number): string => new Intl.NumberFormat(this.words.language, { maximumFractionDigits: 1 }).format(honest(value));
    if (mode === "distance") return this.words.t("map.about_km", { n: number(lengthKm(path)) });
    return this.words.t("map.about_km2", { n: number(path.length > 2 ? areaKm2(path) : 0) });
  }

  private listen(): void {
    const { map } = this.sheet;
    const redraw = (): void => this.draw(this.sheet.frame);
    // Before the marks are asked: while measuring, a click on a zone is a point too.
    map.getContainer().addEventListener("click", (event) => this.addPoint(event), { capture: true });
    map.on("mousemove", ({ latlng }) => {
      if (!this.store.get("measure") || !this.points.length) return;
      this.pointer = [latlng.lng, latlng.lat];
      redraw();
    });
    document.addEventListener("keydown", (event) => {
      if (!this.store.get("measure")) return;
      if (event.key === "Escape") this.store.set("measure", null);
      else if (event.key === "Backspace" && this.points.length) this.points = this.points.slice(0, -1);
      else return;
      event.preventDefault();
      redraw();
    });
  }

  private addPoint(event: MouseEvent): void {
    const { map } = this.sheet;
    const dragged = (map.dragging as unknown as { moved?: () => boolean }).moved?.();
    if (!this.store.get("measure") || dragged) return;
    event.stopPropagation();
    const box = map.getContainer().getBoundingClientRect();
    const { lng, lat } = map.containerPointToLatLng(L.point(event.clientX - box.left, event.clientY - box.top));
    this.points = [...this.points, [lng, lat]];
    this.pointer = null;
    this.draw(this.sheet.frame);
  }
}

