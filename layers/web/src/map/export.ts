/** A picture of the map to take along: SVG, or PNG at twice the screen's pixels. Nothing is fetched, so no canvas is tainted. */

import type { Store } from "../store";
import type { MapDocument } from "../types";
import type { Words } from "../ui/words";
import { SvgPen } from "./pen";
import type { Frame, Sheet } from "./sheet";

const PROPERTIES = [
  "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
  "stroke-linejoin", "opacity", "paint-order", "display", "visibility", "font-family", "font-size", "font-style",
  "font-weight", "letter-spacing", "text-anchor", "direction", "mix-blend-mode",
] as const;

/** Answer `exportImage`. */
export function mountExport(sheet: Sheet, doc: MapDocument, store: Store, words: Words): void {
  store.on("exportImage", (format) => {
    void picture(sheet, doc, words, format)
      .then((blob) => offer(blob, `${fileName(doc)}.${format}`))
      .catch((error: unknown) => store.fail("export", `${words.t("failed", { module: "export" })} (${String(error)})`));
  });
}

async function picture(sheet: Sheet, doc: MapDocument, words: Words, format: "png" | "svg"): Promise<Blob> {
  const text = svgPicture(sheet, doc, words);
  const blob = new Blob([text], { type: "image/svg+xml" });
  return format === "svg" ? blob : rasterise(blob, sheet.frame);
}

/** The map as one SVG document of the screen's size, with its title and credits. */
export function svgPicture(sheet: Sheet, doc: MapDocument, words: Words): string {
  const { frame } = sheet;
  const [left, top, width, height] = frame.screen;
  const foot = 22;
  const pen = new SvgPen();
  sheet.paint(pen);
  const marks = styledCopy(sheet.svg);
  for (const name of ["x", "y"]) marks.setAttribute(name, "0");
  const credit = [doc.title, doc.disclaimer, ...doc.credits.map((one) => one.text)].filter(Boolean).join(" · ");
  const style = getComputedStyle(document.documentElement);
  const paper = style.getPropertyValue("--paper").trim();
  const ink = style.getPropertyValue("--ink-2").trim();
  const serializer = new XMLSerializer();
  const text = serializer.serializeToString(document.createTextNode(credit));
  const title = serializer.serializeToString(document.createTextNode(doc.title));
  const size = Math.min(11, Math.max(6, (width - 16) / Math.max(1, credit.length) / 0.55));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + foot}" viewBox="${left} ${top} ${width} ${height + foot}" lang="${words.language}">` +
    `<title>${title}</title>${pen.paths.join("")}${serializer.serializeToString(marks)}` +
    `<rect x="${left}" y="${top + height}" width="${width}" height="${foot}" fill="${paper}"/>` +
    `<text x="${left + 8}" y="${top + height + 15}" font-family="sans-serif" font-size="${size.toFixed(1)}" fill="${ink}">${text}</text></svg>`
  );
}

/** A copy that needs no style sheet: what the reader sees, written into each element. */
function styledCopy(original: SVGSVGElement): SVGSVGElement {
  const copy = original.cloneNode(true) as SVGSVGElement;
  const [from, to] = [original.querySelectorAll<SVGElement>("*"), copy.querySelectorAll<SVGElement>("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i];
    target?.removeAttribute("style");
    target?.removeAttribute("class");
    for (const name of PROPERTIES) {
      const value = style.getPropertyValue(name);
      if (value && value !== "normal" && value !== "auto") target?.setAttribute(name, value.replace(/url\("?[^#]*#/g, "url(#").replace(/"\)/g, ")"));
    }
  });
  copy.removeAttribute("style");
  copy.removeAttribute("class");
  copy.querySelectorAll('[display="none"]').forEach((element) => element.remove());
  return copy;
}

async function rasterise(blob: Blob, frame: Frame): Promise<Blob> {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = frame.screen[2] * 2;
    canvas.height = (frame.screen[3] + 22) * 2;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((done, fail) => canvas.toBlob((made) => (made ? done(made) : fail(new Error("canvas"))), "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}

function offer(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const fileName = (doc: MapDocument): string => doc.id.replace(/[^\w-]+/g, "-").slice(0, 60) || "map";
