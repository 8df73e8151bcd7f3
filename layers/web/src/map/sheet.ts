/**
 * The sheet that everything is drawn on: a canvas for the basemap and many marks, an SVG for what a reader can
 * reach. It is a little larger than the screen, moves with Leaflet's panes, and is drawn anew when a movement ends.
 */

import * as L from "leaflet";
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from "../geometry";
import type { Position } from "../types";
import { setAll, svg } from "./dom";
import type { Rect } from "./labels";
import { CanvasPen, type Pen } from "./pen";

const TILE = 256;
const EQUATOR_KM = 40_075.017;
const MARGIN = 0.25;
/** How long a moved map is left as it is drawn, in case it is moved on. */
const REST_MS = 120;

/** One state of the sheet: which part of the world it shows, in which pixels. */
export class Frame {
  readonly world: number;

  constructor(
    readonly zoom: number,
    readonly left: number,
    readonly top: number,
    readonly width: number,
    readonly height: number,
    /** The part of the sheet that the reader sees: x, y, width, height. */
    readonly screen: readonly [number, number, number, number],
  ) {
    this.world = TILE * 2 ** zoom;
  }

  x(lon: number): number {
    return mercatorX(lon) * this.world - this.left;
  }

  y(lat: number): number {
    return mercatorY(lat) * this.world - this.top;
  }

  lon(x: number): number {
    return longitudeOf((x + this.left) / this.world);
  }

  lat(y: number): number {
    return latitudeOf((y + this.top) / this.world);
  }

  at(position: Position): [number, number] {
    return [this.x(position[0] ?? 0), this.y(position[1] ?? 0)];
  }

  /** Pixels a kilometre at a latitude. */
  perKm(lat: number): number {
    return this.world / (EQUATOR_KM * Math.cos((lat * Math.PI) / 180));
  }
}

/** A path's `d` for positions, to a tenth of a pixel, without points closer than half a pixel. */
export function pathData(frame: Frame, positions: readonly Position[], closed: boolean): string {
  let data = "";
  let [lastX, lastY] = [NaN, NaN];
  positions.forEach((position, i) => {
    const [x, y] = frame.at(position);
    const end = i === positions.length - 1;
    if (!end && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) return;
    data += `${data ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    [lastX, lastY] = [x, y];
  });
  return closed && data ? `${data}Z` : data;
}

export class Sheet {
  readonly canvas = document.createElement("canvas");
  readonly svg = svg("svg", { class: "cl-sheet leaflet-zoom-animated", role: "group" });
  frame: Frame;
  /** What is drawn on the canvas and no name may cover, in this frame. */
  readonly taken: Rect[] = [];
  /** Whether a server's pictures lie under the sheet. */
  hasTiles = false;
  private readonly painters: ((pen: Pen, frame: Frame) => void)[] = [];
  private readonly drawers: ((frame: Frame) => void)[] = [];
  private waiting = 0;
  private resting = 0;
  private started = false;

  constructor(
    readonly map: L.Map,
    private readonly failed: (error: unknown) => void,
  ) {
    const pane = map.createPane("contactline");
    pane.classList.add("cl-pane");
    this.canvas.className = "leaflet-zoom-animated";
    this.canvas.setAttribute("aria-hidden", "true");
    pane.append(this.canvas, this.svg);
    this.frame = this.nextFrame();
    map.on("viewreset resize", () => this.draw());
    map.on("moveend", () => this.settle());
    map.on("move", () => this.drawIfLeft());
    map.on("zoom", () => this.follow(map.getCenter(), map.getZoom()));
    map.on("zoomanim", (event) => this.follow(event.center, event.zoom));
  }

  /** Have something painted on the canvas, and in pictures to take along, in the order of calls. */
  onPaint(painter: (pen: Pen, frame: Frame) => void): void {
    this.painters.push(painter);
  }

  /** Paint all that is no element of the SVG. */
  paint(pen: Pen): void {
    for (const painter of this.painters) this.guard(() => painter(pen, this.frame));
  }

  /** Have something drawn with every frame, in the order of calls. */
  onDraw(drawer: (frame: Frame) => void): void {
    this.drawers.push(drawer);
  }

  /** Draw for the first time: until then nothing is, however often the view is set. */
  start(): void {
    this.started = true;
    this.draw();
  }

  /** Draw everything now. */
  draw(): void {
    clearTimeout(this.resting);
    if (!this.started) return;
    this.frame = this.nextFrame();
    this.place();
    this.taken.length = 0;
    const context = this.canvas.getContext("2d");
    if (context) {
      const ratio = this.canvas.width / this.frame.width;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, this.frame.width, this.frame.height);
      this.paint(new CanvasPen(context));
    }
    for (const drawer of this.drawers) this.guard(() => drawer(this.frame));
  }

  private guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.failed(error);
    }
  }

  /** Draw everything with the next picture of the screen, once however often it is asked. */
  drawSoon(): void {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  /** After a move: at once where the screen shows what is not drawn, else when the hand rests. */
  private settle(): void {
    clearTimeout(this.resting);
    if (this.isLeft()) this.draw();
    else this.resting = window.setTimeout(() => this.draw(), REST_MS);
  }

  private nextFrame(): Frame {
    const size = this.map.getSize();
    const [dx, dy] = [Math.ceil(size.x * MARGIN), Math.ceil(size.y * MARGIN)];
    const zoom = this.map.getZoom();
    const corner = this.map.getPixelBounds().min ?? L.point(0, 0);
    const [width, height] = [size.x + 2 * dx, size.y + 2 * dy];
    return new Frame(zoom, corner.x - dx, corner.y - dy, width, height, [dx, dy, size.x, size.y]);
  }

  private place(): void {
    const { frame } = this;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    Object.assign(this.canvas.style, { width: `${frame.width}px`, height: `${frame.height}px` });
    const { width: w, height: h } = frame;
    setAll(this.svg, { width: w, height: h, viewBox: `0 0 ${w} ${h}` });
    this.follow(this.map.getCenter(), this.map.getZoom());
  }

  /** Keep the drawn frame where it belongs while the map moves or zooms under it. */
  private follow(center: L.LatLng, zoom: number): void {
    const { map, frame } = this;
    const scale = map.getZoomScale(zoom, frame.zoom);
    const half = map.getSize().divideBy(2);
    const origin = map.project(center, zoom).subtract(half).round();
    const pane = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement);
    const offset = L.point(frame.left, frame.top).multiplyBy(scale).subtract(origin).subtract(pane);
    for (const element of [this.canvas, this.svg]) L.DomUtil.setTransform(element as unknown as HTMLElement, offset, scale);
  }

  private drawIfLeft(): void {
    if (this.map.getZoom() === this.frame.zoom && this.isLeft()) this.drawSoon();
  }

  /** Whether the screen shows another zoom than the frame's, or reaches beyond it. */
  private isLeft(): boolean {
    const { frame, map } = this;
    const seen = map.getPixelBounds();
    const [min, max] = [seen.min ?? L.point(0, 0), seen.max ?? L.point(0, 0)];
    const out = min.x < frame.left || min.y < frame.top;
    return map.getZoom() !== frame.zoom || out || max.x > frame.left + frame.width || max.y > frame.top + frame.height;
  }
}
