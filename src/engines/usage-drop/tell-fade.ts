/** In days, back from today: what a loss is told by reaches back to before it began. */
const lookBack = 126;
const week = 7;
const longestStep = 42;
const slopeLengths = [21, 28, 35, 42, 56, 70, 84, 98];
/** What a slope has taken by today. */
const depths = [0.2, 0.35, 0.5, 0.65, 0.8];
/**
 * A loss is a step only if the step is so much likelier than the slope, in natural logarithms: a short step stands out, an early slope
 * hardly does. The less so, the more the days scatter.
 */
const margin = (dispersion: number) => Math.max(-0.5, 0.9 - 4.5 * dispersion);

/** What each slope has left on each of its days, the last day first, and its natural logarithm. */
const slopes = slopeLengths.flatMap((length) =>
  depths.map((depth) => {
    const left = Float64Array.from({ length }, (_, past) => 1 - depth * (1 - past / length));
    return { left, logLeft: left.map(Math.log) };
  }),
);

/**
 * Whether a loss that was just found came by and by rather than from one day to the next: the likeliest slope that ends
 * today against the likeliest step up to six weeks ago, over 18 weeks, the level before and the depth of the step free.
 * Quasi-likelihood (Wedderburn 1974) with the variance of the negative binomial at the usual level.
 * @param values what was used each day
 * @param expected what each day should have had; only the weekdays' relation to each other is taken from it
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
  const length = Math.min(lookBack, index + 1);
  const profile = profileOf(expected, usable, index, length);
  /** Counts, and the profile, of a day, the last day first, each over how much more it varies than a Poisson count. */
  const seen = new Float64Array(length);
  const shape = new Float64Array(length);
  let allSeen = 0;
  let allShape = 0;
  for (let past = 0; past < length; past++) {
    const mean = profile[past % week] ?? 0;
    if (usable[index - past] !== 1 || mean <= 0) continue;
    const excess = 1 + dispersion * mean;
    seen[past] = (values[index - past] ?? 0) / excess;
    shape[past] = mean / excess;
    allSeen += seen[past] ?? 0;
    allShape += shape[past] ?? 0;
  }
  if (allSeen <= 0) return false;

  let step = Number.NEGATIVE_INFINITY;
  let lastSeen = 0;
  let lastShape = 0;
  for (let past = 0; past < Math.min(longestStep, length); past++) {
    lastSeen += seen[past] ?? 0;
    lastShape += shape[past] ?? 0;
    const fit = logFit(lastSeen, lastShape) + logFit(allSeen - lastSeen, allShape - lastShape);
    if (past > 0) step = Math.max(step, fit);
  }

  let slope = Number.NEGATIVE_INFINITY;
  for (const { left, logLeft } of slopes) {
    if (left.length > length) break;
    let known = 0;
    let lost = 0;
    for (let past = 0; past < left.length; past++) {
      known += (seen[past] ?? 0) * (logLeft[past] ?? 0);
      lost += (shape[past] ?? 0) * (1 - (left[past] ?? 0));
    }
    slope = Math.max(slope, known + logFit(allSeen, allShape - lost));
  }
  return slope > step - margin(dispersion);
}

/** Log-likelihood of counts that add up to `seen` with the likeliest level, up to what all levels share. */
function logFit(seen: number, shape: number): number {
  return seen > 0 && shape > 0 ? seen * Math.log(seen / shape) : 0;
}

/** What the weekdays have on average: today's weekday, yesterday's, and so on. */
function profileOf(expected: Float64Array, usable: Uint8Array, index: number, length: number): Float64Array {
  const sums = new Float64Array(week);
  const days = new Float64Array(week);
  for (let past = 0; past < length; past++) {
    if (usable[index - past] !== 1) continue;
    const weekday = past % week;
    sums[weekday] = (sums[weekday] ?? 0) + (expected[index - past] ?? 0);
    days[weekday] = (days[weekday] ?? 0) + 1;
  }
  return sums.map((sum, weekday) => (sum > 0 ? sum / (days[weekday] ?? 1) : 0));
}
