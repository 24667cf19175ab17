/** Charts of the documents, as SVG text: the same input draws the same bytes, readable in light and in dark. */
export interface Frame {
  readonly title: string;
  readonly width?: number;
  readonly height?: number;
  readonly x: Axis;
  readonly y: Axis;
}

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Where a number stands at the axis. */
  readonly ticks: readonly number[];
  readonly format?: (value: number) => string;
}

export type Point = readonly [x: number, y: number];

/** One accent for what the engine says, a second for what it is compared with, grey for the rest. */
export const colours = { accent: "#1c7ed6", second: "#e8590c", third: "#2f9e44", grey: "#868e96" } as const;

const margin = { left: 64, right: 20, top: 40, bottom: 48 };

/** Draws into a frame with axes; what lies beyond the axes is cut. `body` answers SVG, placed by the scales it is given. */
export function drawChart(frame: Frame, body: (pen: Pen) => readonly string[]): string {
  const { width = 760, height = 380, x, y } = frame;
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const toX = (value: number) => round(margin.left + ((value - x.from) / (x.to - x.from)) * inner.width);
  const toY = (value: number) => round(margin.top + inner.height - ((value - y.from) / (y.to - y.from)) * inner.height);
  const pen = penWith(toX, toY);
  const bottom = margin.top + inner.height;
  const axes = [
    ...y.ticks.flatMap((tick) => [
      `<path class="grid" d="M${margin.left} ${toY(tick)}h${inner.width}"/>`,
      `<text x="${margin.left - 8}" y="${toY(tick) + 4}" text-anchor="end">${escaped(formatOf(y)(tick))}</text>`,
    ]),
    ...x.ticks.map(
      (tick) => `<text x="${toX(tick)}" y="${bottom + 18}" text-anchor="middle">${escaped(formatOf(x)(tick))}</text>`,
    ),
    `<path class="axis" d="M${margin.left} ${bottom}h${inner.width}"/>`,
    `<text x="${margin.left + inner.width / 2}" y="${height - 8}" text-anchor="middle">${escaped(x.label)}</text>`,
    `<text x="${margin.left}" y="${margin.top - 10}" class="small">${escaped(y.label)}</text>`,
    `<text x="${margin.left}" y="16" class="title">${escaped(frame.title)}</text>`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(frame.title)}">`,
    `<style>${style}</style>`,
    `<clipPath id="plot"><rect x="${margin.left}" y="${margin.top}" width="${inner.width}" height="${inner.height}"/></clipPath>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...axes,
    '<g clip-path="url(#plot)">',
    ...body(pen),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

export interface Pen {
  line(points: readonly Point[], colour: string, dashed?: boolean): string;
  /** Holds each value until the next one. */
  steps(points: readonly Point[], colour: string, dashed?: boolean): string;
  /** The surface between a lower and an upper line. */
  band(lower: readonly Point[], upper: readonly Point[], colour: string): string;
  dots(points: readonly Point[], colour: string, radius?: number): string;
  bar(from: Point, to: Point, colour: string): string;
  words(at: Point, text: string, colour?: string): string;
}

function penWith(toX: (value: number) => number, toY: (value: number) => number): Pen {
  const path = (points: readonly Point[]) =>
    points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${toX(x)} ${toY(y)}`).join("");
  const stroke = (d: string, colour: string, dashed = false) =>
    `<path d="${d}" fill="none" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="6 4"' : ""}/>`;
  return {
    line: (points, colour, dashed) => stroke(path(points), colour, dashed),
    steps: (points, colour, dashed) =>
      stroke(
        points.map(([x, y], index) => (index === 0 ? `M${toX(x)} ${toY(y)}` : `H${toX(x)}V${toY(y)}`)).join(""),
        colour,
        dashed,
      ),
    band: (lower, upper, colour) =>
      `<path d="${path([...lower, ...upper.toReversed()])}Z" fill="${colour}" fill-opacity="0.15"/>`,
    dots: (points, colour, radius = 3) =>
      points.map(([x, y]) => `<circle cx="${toX(x)}" cy="${toY(y)}" r="${radius}" fill="${colour}"/>`).join(""),
    bar: ([x1, y1], [x2, y2], colour) =>
      `<rect x="${toX(x1)}" y="${toY(y2)}" width="${round(toX(x2) - toX(x1))}" height="${round(toY(y1) - toY(y2))}" fill="${colour}"/>`,
    words: ([x, y], text, colour = colours.grey) =>
      `<text x="${toX(x)}" y="${toY(y)}" style="fill:${colour}">${escaped(text)}</text>`,
  };
}

const style = [
  "text{font:13px 'Noto Sans',system-ui,sans-serif;fill:#495057}.title{font-weight:600;font-size:15px;fill:#212529}",
  ".small{font-size:12px}.paper{fill:#fff}.grid{stroke:#e9ecef}.axis{stroke:#adb5bd}",
  "@media(prefers-color-scheme:dark){.paper{fill:#1a1b1e}text{fill:#c1c2c5}.title{fill:#fff}.grid{stroke:#2c2e33}}",
].join("");

const formatOf = (axis: Axis) => axis.format ?? String;
const round = (value: number) => Math.round(value * 10) / 10;
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
