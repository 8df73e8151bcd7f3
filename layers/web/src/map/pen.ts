/** One way to draw for two media: a canvas on the screen, an SVG string for a picture to take along. */

export interface Pen {
  /** Whether it draws on the screen rather than in a picture to take along. */
  readonly screen: boolean;
  begin(): void;
  move(x: number, y: number): void;
  line(x: number, y: number): void;
  close(): void;
  circle(x: number, y: number, radius: number): void;
  fill(colour: string): void;
  stroke(colour: string, width: number, dash?: readonly number[]): void;
  /** A sign given as path data, filled and edged. */
  sign(data: string, colour: string, edge: string): void;
  /** A number about a point. */
  number(digits: string, x: number, y: number, colour: string): void;
}

const EDGE = 1.2;
const DIGITS_PX = 11;

export class CanvasPen implements Pen {
  readonly screen = true;

  constructor(private readonly context: CanvasRenderingContext2D) {
    context.lineJoin = "round";
  }

  begin(): void {
    this.context.beginPath();
  }

  move(x: number, y: number): void {
    this.context.moveTo(x, y);
  }

  line(x: number, y: number): void {
    this.context.lineTo(x, y);
  }

  close(): void {
    this.context.closePath();
  }

  circle(x: number, y: number, radius: number): void {
    this.context.moveTo(x + radius, y);
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
  }

  fill(colour: string): void {
    this.context.fillStyle = colour;
    this.context.fill("evenodd");
  }

  stroke(colour: string, width: number, dash: readonly number[] = []): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineCap = dash.length ? "butt" : "round";
    context.setLineDash(dash as number[]);
    context.stroke();
  }

  sign(data: string, colour: string, edge: string): void {
    const { context } = this;
    const path = new Path2D(data);
    context.setLineDash([]);
    context.lineWidth = EDGE;
    context.fillStyle = colour;
    context.fill(path);
    context.strokeStyle = edge;
    context.stroke(path);
  }

  number(digits: string, x: number, y: number, colour: string): void {
    const { context } = this;
    context.fillStyle = colour;
    context.font = `600 ${DIGITS_PX}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(digits, x, y + 0.5);
  }
}

/** Collects `<path>` elements as text. Colours and numbers only: no word of a document comes through here. */
export class SvgPen implements Pen {
  readonly screen = false;
  readonly paths: string[] = [];
  private data = "";

  begin(): void {
    this.data = "";
  }

  move(x: number, y: number): void {
    this.data += `M${x.toFixed(1)} ${y.toFixed(1)}`;
  }

  line(x: number, y: number): void {
    this.data += `L${x.toFixed(1)} ${y.toFixed(1)}`;
  }

  close(): void {
    this.data += "Z";
  }

  circle(x: number, y: number, radius: number): void {
    const r = radius.toFixed(1);
    this.data += `M${(x + radius).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${(-2 * radius).toFixed(1)} 0a${r} ${r} 0 1 0 ${(2 * radius).toFixed(1)} 0Z`;
  }

  fill(colour: string): void {
    if (this.data) this.paths.push(`<path fill="${colour}" fill-rule="evenodd" d="${this.data}"/>`);
  }

  stroke(colour: string, width: number, dash: readonly number[] = []): void {
    const dashes = dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : "";
    const line = `stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"${dashes}`;
    if (this.data) this.paths.push(`<path fill="none" ${line} d="${this.data}"/>`);
  }

  sign(data: string, colour: string, edge: string): void {
    if (data) this.paths.push(`<path fill="${colour}" stroke="${edge}" stroke-width="${EDGE}" d="${data}"/>`);
  }

  number(digits: string, x: number, y: number, colour: string): void {
    const style = `font-family="sans-serif" font-size="${DIGITS_PX}" font-weight="600" text-anchor="middle" fill="${colour}"`;
    this.paths.push(`<text x="${x.toFixed(1)}" y="${(y + DIGITS_PX * 0.37).toFixed(1)}" ${style}>${digits.replace(/[^\d.,k]/g, "")}</text>`);
  }
}
