import { SurvivalError } from "./error.ts";
import type { Observation } from "./observation.ts";

/**
 * Observations that have been checked, in columns sorted by time; rows that say nothing are left out (`count` 0, or seen
 * working only at the moment of entry).
 */
export interface Lives {
  readonly time: Float64Array;
  readonly entry: Float64Array;
  readonly count: Float64Array;
  /** 1 where the row is a failure. */
  readonly failed: Uint8Array;
  /** Units in all, and units that failed. */
  readonly units: number;
  readonly failures: number;
}

/**
 * Checks observations and prepares them for `kaplanMeier`, `fitWeibull` and the other fits.
 * Throws `SurvivalError` that names the row: a time or entry that is negative or not finite, an entry after the time, a count that is not
 * a whole number ≥ 0; a failure at age 0 (no life distribution gives it a likelihood) or at the very age of entry (it was never
 * at risk); no observations at all.
 */
export function prepareLives(observations: readonly Observation[]): Lives {
  const kept: number[] = [];
  let [units, failures] = [0, 0];
  for (const [row, observation] of observations.entries()) {
    if (!isInformative(observation, row)) continue;
    kept.push(row);
    const { count = 1, event } = observation;
    units += count;
    if (event) failures += count;
  }
  if (kept.length === 0)
    throw new SurvivalError("no_observations", "There are no observations: nothing was watched for any time.");
  if (!Number.isSafeInteger(units)) throw new SurvivalError("too_large", "The counts add up to more than 2^53 units.");
  const order = sortedByTime(observations, kept);
  const lives = {
    time: new Float64Array(order.length),
    entry: new Float64Array(order.length),
    count: new Float64Array(order.length),
    failed: new Uint8Array(order.length),
    units,
    failures,
  };
  order.forEach((row, index) => {
    const { time = 0, event = false, entry = 0, count = 1 } = observations[row] ?? {};
    lives.time[index] = time;
    lives.entry[index] = entry;
    lives.count[index] = count;
    lives.failed[index] = event ? 1 : 0;
  });
  return lives;
}

function isInformative({ time, event, entry = 0, count = 1 }: Observation, row: number): boolean {
  const refuse = (member: keyof Observation, sentence: string) =>
    new SurvivalError("bad_observation", sentence, { row, member });
  if (!(time >= 0 && time < Number.POSITIVE_INFINITY))
    throw refuse("time", `A time is a finite number from 0 on, not ${time}.`);
  if (!(entry >= 0 && entry < Number.POSITIVE_INFINITY))
    throw refuse("entry", `An entry is a finite number from 0 on, not ${entry}.`);
  if (!(Number.isSafeInteger(count) && count >= 0))
    throw refuse("count", `A count is a whole number from 0 on, not ${count}.`);
  if (entry > time) throw refuse("entry", `It came under observation at ${entry}, after it was last seen, at ${time}.`);
  if (count === 0) return false;
  if (time > entry) return true;
  if (!event) return false;
  throw time === 0
    ? refuse("time", "A failure at age 0 has no likelihood under a Weibull life: give the age it had, or leave it out.")
    : refuse(
        "entry",
        "It failed at the very age at which observation began, so it was never at risk: enter it earlier.",
      );
}

function sortedByTime(observations: readonly Observation[], kept: readonly number[]): Uint32Array {
  const timeOf = (row: number) => observations[row]?.time ?? 0;
  return Uint32Array.from(kept).sort((a, b) => timeOf(a) - timeOf(b));
}
