import { thresholds } from "./thresholds.ts";

/** The last 28 days beside the 28 before them, and beside the 28 before those. */
export interface MonthComparison {
  /** What the last 28 days would have by the weekday means of the 28 before. */
  expected: number;
  actual: number;
  /** actual / expected; NaN where there is nothing to compare. */
  share: number;
  /** The same against the 28 days before the 28 before: a campaign's end is a loss beside one of them only. NaN where `share` is no fade. */
  olderShare: number;
  /** Standard error of the logarithm of `share`; NaN where `share` is no fade. */
  error: number;
}

const week = 7;
const month = 28;
/** Half of the 28 days must count on either side. */
const leastDays = 14;

/**
 * Follows one series day by day: `at(index)` must be called for every index from `onset` on, in order. Weekday by
 * weekday, so that days left out (a holiday on a busy weekday) do not look like a loss.
 * @param counts one number for each day, NaN where it is left out
 * @param weekday weekday (0 to 6) of index 0
 */
export function followMonths(counts: Float64Array, weekday: number) {
  /** Of each day: sum and number of it and the same weekday one, two and three weeks before. */
  const sumsAt = new Float64Array(counts.length);
  const daysAt = new Uint8Array(counts.length);
  /** Three months, the last first, of seven weekdays each. */
  const sums = new Float64Array(3 * week);
  const days = new Float64Array(3 * week);
  const averages = new Float64Array(3 * week);
  const found: MonthComparison = { expected: 0, actual: 0, share: Number.NaN, olderShare: Number.NaN, error: 0 };

  function addUp(index: number, onset: number): void {
    let sum = 0;
    let seen = 0;
    for (let past = index; past >= onset && past > index - month; past -= week) {
      const count = counts[past] ?? 0;
      if (Number.isNaN(count)) continue;
      sum += count;
      seen++;
    }
    sumsAt[index] = sum;
    daysAt[index] = seen;
  }

  function look(slot: number, index: number, onset: number): void {
    const sum = index >= onset ? (sumsAt[index] ?? 0) : 0;
    const seen = index >= onset ? (daysAt[index] ?? 0) : 0;
    sums[slot] = sum;
    days[slot] = seen;
    averages[slot] = sum / seen;
  }

  /** What is asked for only where the last month is a loss beside the one before. */
  function lookCloser(dispersion: number): void {
    let before = 0;
    let recentDays = 0;
    let recentSquares = 0;
    let earlierSquares = 0;
    let older = 0;
    let olderActual = 0;
    let olderDays = 0;
    for (let day = 0; day < week; day++) {
      const recent = days[day] ?? 0;
      const earlier = days[week + day] ?? 0;
      if (recent === 0 || earlier === 0) continue;
      const oldest = days[2 * week + day] ?? 0;
      if (oldest > 0) {
        older += (averages[2 * week + day] ?? 0) * recent;
        olderActual += sums[day] ?? 0;
        olderDays += oldest;
      }
      const average = averages[week + day] ?? 0;
      const now = averages[day] ?? 0;
      before += sums[week + day] ?? 0;
      recentDays += recent;
      recentSquares += recent * now * now;
      earlierSquares += earlier * average * average;
    }
    const { actual } = found;
    found.olderShare = olderDays >= leastDays ? olderActual / older : 0;
    // The half added keeps a month without any use comparable.
    const recentNoise = actual > 0 ? recentSquares / (actual * actual) : 1 / recentDays;
    const noise = 1 / (actual + 0.5) + 1 / before + dispersion * (recentNoise + earlierSquares / (before * before));
    found.error = Math.sqrt(noise);
  }

  return function at(index: number, onset: number, dispersion: number): MonthComparison {
    const today = (weekday + index) % week;
    addUp(index, onset);
    look(today, index, onset);
    look(week + today, index - month, onset);
    look(2 * week + today, index - 2 * month, onset);
    let expected = 0;
    let actual = 0;
    let recentDays = 0;
    let earlierDays = 0;
    for (let day = 0; day < week; day++) {
      const recent = days[day] ?? 0;
      const earlier = days[week + day] ?? 0;
      if (recent === 0 || earlier === 0) continue;
      expected += (averages[week + day] ?? 0) * recent;
      actual += sums[day] ?? 0;
      recentDays += recent;
      earlierDays += earlier;
    }
    const comparable = expected > 0 && Math.min(recentDays, earlierDays) >= leastDays;
    found.expected = expected;
    found.actual = actual;
    found.share = comparable ? actual / expected : Number.NaN;
    found.olderShare = Number.NaN;
    found.error = Number.NaN;
    if (found.share < thresholds.fadeShare) lookCloser(dispersion);
    return found;
  };
}
