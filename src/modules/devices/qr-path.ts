import { encode } from "uqr";

/** Modules of white around a code: readers need four; the label's margin adds to these. */
const quiet = 2;

/** A QR code as one SVG path of black bars, one unit to a module; a quarter of it may be scratched (level Q). */
export function qrPath(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: "Q", border: quiet });
  const bars = data.flatMap((row, y) => runsOf(row).map(([from, to]) => `M${from} ${y}h${to - from}v1H${from}z`));
  return { path: bars.join(""), size };
}

function runsOf(row: readonly boolean[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const [x, isBlack] of row.entries()) {
    const last = runs.at(-1);
    if (isBlack && last?.[1] === x) last[1] = x + 1;
    else if (isBlack) runs.push([x, x + 1]);
  }
  return runs;
}
