const logHalf = Math.log(0.5);

/**
 * Log-likelihood ratio of "usage has halved" against "usage is as expected" for one day's count, negative binomial with
 * variance `mean + dispersion * mean²` (Poisson at dispersion 0). Source: Höhle and Paul, "Count data regression charts
 * for the monitoring of surveillance time series", Computational Statistics & Data Analysis 52 (2008), section 2;
 * the ratio is the optimal increment of a CUSUM (Moustakides 1986).
 * @param count what was seen, at least 0 (need not be whole)
 * @param mean what was expected, at least 0
 * @param dispersion at least 0
 * @param factor what the mean is multiplied with under the alternative; above 0
 * @returns natural logarithm; positive speaks for the alternative
 */
export function logRatio(count: number, mean: number, dispersion: number, factor = 0.5): number {
  if (mean <= 0) return 0;
  const gain = count * (factor === 0.5 ? logHalf : Math.log(factor));
  const size = dispersion * mean;
  if (size < 1e-9) return gain + mean * (1 - factor);
  return gain + (count + 1 / dispersion) * Math.log((1 + size) / (1 + size * factor));
}

/** Natural logarithm of the probability that a day has no use at all. Same parameters as `logRatio`. */
export function logSilence(mean: number, dispersion: number): number {
  const size = dispersion * mean;
  return size < 1e-9 ? -mean : -Math.log1p(size) / dispersion;
}

/** One step of a one-sided CUSUM. Source: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954), 100–115. */
export function cusumStep(sum: number, increment: number): number {
  return Math.max(0, sum + increment);
}
