/**
 * Turns a surprise into the share of earlier points that were at least as surprising, extrapolated beyond what was seen:
 * exponential above a high quantile (peaks over threshold, after Siffer et al., "Anomaly detection in streams with extreme
 * value theory", KDD 2017, with shape 0).
 * @returns a function from surprise (at least 0; minus the logarithm of a tail probability) to minus the logarithm of
 *   that share. Each call also learns.
 */
export function rateSurprise(): (surprise: number) => number {
  const share = 0.04;
  const logShare = -Math.log(share);
  let [threshold, excess, peaks, seen] = [logShare, 1, 0, 0];
  return (surprise) => {
    const over = surprise - threshold;
    const rated = over > 0 ? logShare + over / excess : (surprise * logShare) / threshold;
    seen++;
    // Stochastic approximation of the quantile (Robbins and Monro 1951).
    const step = Math.max(0.02, 3 / (seen + 20)) * Math.max(excess, 0.1);
    threshold = Math.max(0.05, threshold + step * (over > 0 ? 1 - share : -share));
    if (over > 0) {
      peaks++;
      const held = Math.min(over, 6 * excess);
      excess = Math.max(0.05, excess + Math.max(0.01, 1 / (peaks + 15)) * (held - excess));
    }
    return rated;
  };
}
