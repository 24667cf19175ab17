import { logSilence } from "./likelihood.ts";

const windowDays = 70;
/** A day whose silence is likelier than this does not count as silent: nobody expected use. */
const idle = 0.9;

/** The days without use up to now. */
export interface Silence {
  /** Natural logarithm of the probability of all of them, under the customer's own level and own habit of silent days. */
  logProbability: number;
  /** Those on which use was expected. */
  days: number;
  /** Index of the first such day; -1 without one. */
  first: number;
}

/**
 * Follows one series day by day, days left out skipped. A customer that is silent more often than the negative binomial
 * allows (uploads in batches, works every other day) gets the difference, as seen in 70 days, on top.
 */
export function followSilence(length: number) {
  const surplus = new Float64Array(length);
  const found: Silence = { logProbability: 0, days: 0, first: -1 };
  const surpluses = { total: 0 };
  let oldest = 0;

  function forget(): void {
    found.logProbability = 0;
    found.days = 0;
    found.first = -1;
  }

  function judge(index: number, count: number, mean: number, dispersion: number): Silence {
    for (; oldest < index - windowDays; oldest++) surpluses.total -= surplus[oldest] ?? 0;
    const usual = Math.exp(logSilence(mean, dispersion));
    const chance = Math.min(1, usual + Math.max(0, surpluses.total) / windowDays);
    const today = (count === 0 ? 1 : 0) - usual;
    surplus[index] = today;
    surpluses.total += today;
    if (count > 0) forget();
    else {
      found.logProbability += Math.log(chance);
      if (chance < idle) {
        found.days++;
        if (found.first < 0) found.first = index;
      }
    }
    return found;
  }

  return { judge, forget };
}
