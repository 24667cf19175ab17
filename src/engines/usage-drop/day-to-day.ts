const lag = 7;
const memoryDays = 120;
/** So many days must speak before their correlation is believed by half. */
const doubtDays = 40;
/** Correlations up to this are taken for chance. */
const chance = 0.08;
const highest = 0.75;

/**
 * How much less a run of low days says when one day carries over to the next (a project, a season, a slow decline):
 * the variance of a sum over many days, relative to independent ones, (1 + r) / (1 - r) for a first-order
 * autoregression with correlation r (Box and Jenkins 1970). Estimated from standardised residuals seven days old and older.
 * @returns a function to call once for each day that counts, in order of `index`, with (count - mean) / standard deviation,
 *   NaN where next to nothing is expected; answers at least 1
 */
export function followMemory(length: number) {
  const residuals = new Float64Array(length).fill(Number.NaN);
  const sums = { products: 0, squares: 0, previous: Number.NaN };
  let pairs = 0;
  let next = 0;
  return (index: number, residual: number): number => {
    residuals[index] = Math.max(-3, Math.min(3, residual));
    for (; next <= index - lag; next++) {
      const current = residuals[next] ?? Number.NaN;
      if (Number.isNaN(current)) continue;
      const { previous } = sums;
      if (!Number.isNaN(previous)) {
        const gain = Math.max(1 / ++pairs, 1 / memoryDays);
        sums.products += gain * (current * previous - sums.products);
        sums.squares += gain * ((current * current + previous * previous) / 2 - sums.squares);
      }
      sums.previous = current;
    }
    if (sums.squares <= 0) return 1;
    const weight = Math.min(pairs, memoryDays);
    const carry = ((sums.products / sums.squares) * weight) / (weight + doubtDays) - chance;
    const correlation = Math.max(0, Math.min(highest, carry));
    return (1 + correlation) / (1 - correlation);
  };
}
