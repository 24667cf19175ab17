import { ascendingOrder, normalQuantile } from "../numerics/index.ts";
import { checkConfidence } from "./confidence.ts";
import type { Lives } from "./lives.ts";

/** The curve just after a time at which units failed; it is level until the next. */
export interface SurvivalStep {
  readonly time: number;
  /** Share that survives this time. */
  readonly survival: number;
  readonly lower: number;
  readonly upper: number;
  /** Greenwood's standard error of `survival`; 0 once nobody survives. */
  readonly standardError: number;
  readonly atRisk: number;
  readonly failures: number;
}

/**
 * Kaplan and Meier's product-limit estimate at each time of failure, with Greenwood's variance and pointwise log-log intervals
 * S^exp(±z·se(ln(−ln S))), which stay within 0 and 1 (Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 2nd ed.
 * 2002, section 1.4). At risk at t is who entered before t and was last seen at t or later; so at one time failures come before
 * withdrawals and before entries. Once S is 0 the formula has no answer: `lower` is 0 and `upper` stays that of the step before
 * (1 if there is none), since survival cannot rise. Before the first failure S is 1, and there is no step.
 * @param confidence between 0 and 1, both excluded
 */
export function kaplanMeier(lives: Lives, confidence = 0.95): SurvivalStep[] {
  checkConfidence(confidence);
  const z = -normalQuantile((1 - confidence) / 2);
  const entries = entriesByAge(lives);
  const { time, count, failed } = lives;
  const steps: SurvivalStep[] = [];
  let [survival, logSurvival, greenwood, upper] = [1, 0, 0, 1];
  let [entered, left, nextEntry] = [0, 0, 0];
  for (let index = 0; index < time.length; ) {
    const now = time[index] ?? 0;
    for (; nextEntry < entries.age.length && (entries.age[nextEntry] ?? 0) < now; nextEntry++)
      entered += entries.count[nextEntry] ?? 0;
    const atRisk = entered - left;
    let failures = 0;
    for (; index < time.length && time[index] === now; index++) {
      left += count[index] ?? 0;
      if (failed[index] === 1) failures += count[index] ?? 0;
    }
    if (failures === 0) continue;
    survival *= (atRisk - failures) / atRisk;
    logSurvival += Math.log1p(-failures / atRisk);
    greenwood += failures / (atRisk * (atRisk - failures));
    const spread = (z * Math.sqrt(greenwood)) / Math.abs(logSurvival);
    if (survival > 0) upper = Math.exp(logSurvival * Math.exp(-spread));
    const lower = survival > 0 ? Math.exp(logSurvival * Math.exp(spread)) : 0;
    const standardError = survival > 0 ? survival * Math.sqrt(greenwood) : 0;
    steps.push({ time: now, survival, lower, upper, standardError, atRisk, failures });
  }
  return steps;
}

function entriesByAge({ entry, count }: Lives): { age: Float64Array; count: Float64Array } {
  if (entry.every((age) => age === 0))
    return { age: new Float64Array(1).fill(-1), count: new Float64Array([sum(count)]) };
  const order = ascendingOrder(entry);
  return {
    age: Float64Array.from(order, (index) => entry[index] ?? 0),
    count: Float64Array.from(order, (index) => count[index] ?? 0),
  };
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, each) => total + each, 0);
}
