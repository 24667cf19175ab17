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
 * @returns a function to call once for each day that counts, in order of `index`; answers at least 1
 */
export function followMemory(length: number) {
  const residuals = new Float64Array(length).fill(Number.NaN);
  let [pairs, products, squares, previous] = [0, 0, 0, Number.NaN];
  let next = 0;
  return (index: number, count: number, mean: number, dispersion: number): number => {
    if (mean > 0.02) {
      const residual = (count - mean) / Math.sqrt(mean + dispersion * mean * mean);
      residuals[index] = Math.max(-3, Math.min(3, residual));
    }
    for (; next <= index - lag; next++) {
      const current = residuals[next] ?? Number.NaN;
      if (Number.isNaN(current)) continue;
      if (!Number.isNaN(previous)) {
        const gain = Math.max(1 / ++pairs, 1 / memoryDays);
        products += gain * (current * previous - products);
        squares += gain * ((current * current + previous * previous) / 2 - squares);
      }
      previous = current;
    }
    if (squares <= 0) return 1;
    const weight = Math.min(pairs, memoryDays);
    const carry = ((products / squares) * weight) / (weight + doubtDays) - chance;
    const correlation = Math.max(0, Math.min(highest, carry));
    return (1 + correlation) / (1 - correlation);
  };
}
