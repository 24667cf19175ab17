/** The last 28 days beside the 28 before them, and beside the 28 before those. */
export interface MonthComparison {
  /** What the last 28 days would have by the weekday means of the 28 before. */
  expected: number;
  actual: number;
  /** actual / expected; NaN where there is nothing to compare. */
  share: number;
  /** The same against the 28 days before the 28 before: a campaign's end is a loss beside one of them only. */
  olderShare: number;
  /** Standard error of the logarithm of `share`. */
  error: number;
}

const week = 7;
const month = 28;
/** Half of the 28 days must count on either side. */
const leastDays = 14;

/**
 * Follows one series day by day: `at(index)` must be called for every index from `onset` on, in order. Weekday by
 * weekday, so that days left out (a holiday on a busy weekday) do not look like a loss.
 * @param counts one number for each day
 * @param usable 1 where the day counts
 * @param weekday weekday (0 to 6) of index 0
 */
export function followMonths(counts: Float64Array, usable: Uint8Array, weekday: number) {
  const [sums, days] = [new Float64Array(3 * week), new Float64Array(3 * week)];
  const found: MonthComparison = { expected: 0, actual: 0, share: Number.NaN, olderShare: Number.NaN, error: 0 };

  function refresh(slot: number, newest: number, onset: number): void {
    let [sum, seen] = [0, 0];
    for (let past = newest; past > newest - month && past >= onset; past -= week) {
      if (usable[past] !== 1) continue;
      sum += counts[past] ?? 0;
      seen++;
    }
    sums[slot] = sum;
    days[slot] = seen;
  }

  return function at(index: number, onset: number, dispersion: number): MonthComparison {
    const today = (weekday + index) % week;
    refresh(today, index, onset);
    refresh(week + today, index - month, onset);
    refresh(2 * week + today, index - 2 * month, onset);
    let [expected, actual, before, recentDays, earlierDays, recentSquares, earlierSquares] = [0, 0, 0, 0, 0, 0, 0];
    let [older, olderActual, olderDays] = [0, 0, 0];
    for (let day = 0; day < week; day++) {
      const [recent, earlier] = [days[day] ?? 0, days[week + day] ?? 0];
      if (recent === 0 || earlier === 0) continue;
      const oldest = days[2 * week + day] ?? 0;
      if (oldest > 0) {
        older += ((sums[2 * week + day] ?? 0) / oldest) * recent;
        olderActual += sums[day] ?? 0;
        olderDays += oldest;
      }
      const average = (sums[week + day] ?? 0) / earlier;
      const now = (sums[day] ?? 0) / recent;
      expected += average * recent;
      actual += sums[day] ?? 0;
      before += sums[week + day] ?? 0;
      recentDays += recent;
      earlierDays += earlier;
      recentSquares += recent * now * now;
      earlierSquares += earlier * average * average;
    }
    found.expected = expected;
    found.actual = actual;
    if (expected <= 0 || Math.min(recentDays, earlierDays) < leastDays) {
      [found.share, found.olderShare] = [Number.NaN, Number.NaN];
      return found;
    }
    found.share = actual / expected;
    found.olderShare = olderDays >= leastDays ? olderActual / older : 0;
    // The half added keeps a month without any use comparable.
    const recentNoise = actual > 0 ? recentSquares / (actual * actual) : 1 / recentDays;
    found.error = Math.sqrt(
      1 / (actual + 0.5) + 1 / before + dispersion * (recentNoise + earlierSquares / before ** 2),
    );
    return found;
  };
}
