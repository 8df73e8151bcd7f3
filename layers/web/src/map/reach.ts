/** Pointer, touch and keyboard on the marks of the sheet: hover lights, a click selects, Enter opens the card. */

import * as L from "leaflet";
import { type Model, sentencesOf } from "../model";
import type { Store } from "../store";
import { calm } from "../ui/dom";
import type { Flight } from "./flight";
import { isSeen } from "./places";
import type { Scene } from "./scene";
import type { Sheet } from "./sheet";

/** Pixels up to which a mark is a spot. */
const SPOT = 60;

/** Join the sheet to the store, both ways. */
export function mountReach(sheet: Sheet, scene: Scene, model: Model, store: Store, flight: Flight): void {
  const { svg } = sheet;
  const choose = (id: string): void => {
    const { marks } = store.get("selection");
    if (marks.length === 1 && marks[0] === id) store.send("openCard", id);
    else store.select([id], { sentence: sentencesOf(model, id)[0] ?? null, origin: "map" });
  };
  svg.addEventListener("click", (event) => {
    const id = markOf(event);
    if (!id || moved(sheet.map)) return;
    event.stopPropagation();
    choose(id);
  });
  svg.addEventListener("keydown", (event) => {
    const id = markOf(event);
    if (!id || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    choose(id);
  });
  svg.addEventListener("dblclick", (event) => {
    if (markOf(event)) event.stopPropagation();
  });
  for (const [kind, lit] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]] as const) {
    svg.addEventListener(kind, (event) => {
      if (event instanceof PointerEvent && event.pointerType === "touch") return;
      const id = lit ? markOf(event) : null;
      if (id) store.hover([id], { sentence: sentencesOf(model, id)[0] ?? null, origin: "map" });
      else store.unhover("map");
    });
  }
  svg.addEventListener("focusin", (event) => {
    keepInSight(event, sheet, flight, model);
    frameFocus(event, svg, scene);
  });
  svg.addEventListener("focusout", () => frameFocus(null, svg, scene));
  sheet.map.on("click", () => {
    if (store.get("selection").marks.length) store.clearSelection("map");
  });
  store.subscribe("selection", ({ marks, origin }) => {
    if (origin !== "map") pulse(marks.flatMap((id) => scene.elementsOf(id)));
  });
}

function markOf(event: Event): string | null {
  const element = event.target instanceof Element ? event.target.closest<SVGElement>("[data-mark]") : null;
  return element?.dataset["mark"] ?? null;
}

/** Whether the pointer dragged the map: then the click that follows is none. */
function moved(map: L.Map): boolean {
  return Boolean((map.dragging as unknown as { moved?: () => boolean } | undefined)?.moved?.());
}

/** An area's own element is empty: its outline and its name show where the focus is. */
function frameFocus(event: FocusEvent | null, root: SVGElement, scene: Scene): void {
  for (const element of root.querySelectorAll(".is-focused")) element.classList.remove("is-focused");
  const id = event && event.target instanceof Element && event.target.matches(":focus-visible") ? markOf(event) : null;
  if (!id) return;
  const names = root.querySelectorAll(`[data-label="${CSS.escape(id)}"]`);
  for (const element of [...scene.elementsOf(id), ...names]) element.classList.add("is-focused");
}

/** What the Tab key reaches has to be seen. */
function keepInSight(event: FocusEvent, sheet: Sheet, flight: Flight, model: Model): void {
  const element = event.target;
  if (!(element instanceof SVGGraphicsElement) || !element.matches(":focus-visible")) return;
  const box = element.getBoundingClientRect();
  const map = sheet.map.getContainer().getBoundingClientRect();
  const overlaps = box.right > map.left && box.left < map.right && box.bottom > map.top && box.top < map.bottom;
  const mark = model.marks.get(markOf(event) ?? "");
  if (!box.width && mark?.type === "place") {
    const area = model.doc.areas[mark.place.area ?? ""];
    if (!area || !isSeen(sheet.frame, area)) flight.uncover(mark.place.lon, mark.place.lat);
    return;
  }
  // A spot may lie under the sheet or the cards; of a large shape something is seen.
  if (!box.width || (overlaps && box.width > SPOT)) return;
  const point = L.point(box.left + box.width / 2 - map.left, box.top + box.height / 2 - map.top);
  const { lat, lng } = sheet.map.containerPointToLatLng(point);
  flight.uncover(lng, lat);
}

/** Once, so that the eye finds what a sentence led to. */
function pulse(elements: readonly SVGElement[]): void {
  if (calm()) return;
  for (const element of elements) {
    element.classList.remove("is-pulsing");
    void element.getBoundingClientRect();
    element.classList.add("is-pulsing");
    setTimeout(() => element.classList.remove("is-pulsing"), 900);
  }
}
