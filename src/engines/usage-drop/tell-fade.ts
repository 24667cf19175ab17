import { logRatio } from "./likelihood.ts";

/** In days, back from today. */
const stepLengths = [3, 5, 7, 10, 14, 21, 28, 42, 56];
const slopeLengths = [28, 42, 56];
const depths = [0.25, 0.5, 0.75, 0.95];
/** So much likelier must the slope be than the step. */
const margin = 1;

/**
 * Whether a loss that was just found came by and by rather than from one day to the next: the likeliest slope that ends
 * today against the likeliest step, over eight weeks.
 * @param values what was used each day
 * @param expected what each day should have had
 * @param usable 1 where a day counts
 * @param index the day on which the loss was found
 */
export function looksGradual(
  values: ArrayLike<number>,
  expected: Float64Array,
  usable: Uint8Array,
  index: number,
  dispersion: number,
): boolean {
  const bestOf = (lengths: readonly number[], isSlope: boolean) => {
    let best = Number.NEGATIVE_INFINITY;
    for (const length of lengths) {
      for (const depth of depths) {
        let sum = 0;
        for (let at = Math.max(0, index - length + 1); at <= index; at++) {
          if (usable[at] !== 1) continue;
          const left = 1 - (isSlope ? (depth * (at - index + length)) / length : depth);
          sum += logRatio(values[at] ?? 0, expected[at] ?? 0, dispersion, left);
        }
        best = Math.max(best, sum);
      }
    }
    return best;
  };
  const step = bestOf(stepLengths, false);
  const slope = bestOf(slopeLengths, true);
  return slope > step + margin;
}
