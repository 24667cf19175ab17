import { ascendingOrder } from "../numerics/index.ts";
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
  const columns = {
    time: new Float64Array(observations.length),
    entry: new Float64Array(observations.length),
    count: new Float64Array(observations.length),
    failed: new Uint8Array(observations.length),
  };
  let [kept, units, failures] = [0, 0, 0];
  for (let row = 0; row < observations.length; row++) {
    const observation = observations[row];
    if (!observation || !isInformative(observation, row)) continue;
    const { time, event, entry = 0, count = 1 } = observation;
    columns.time[kept] = time;
    columns.entry[kept] = entry;
    columns.count[kept] = count;
    columns.failed[kept] = event ? 1 : 0;
    kept++;
    units += count;
    if (event) failures += count;
  }
  if (kept === 0)
    throw new SurvivalError("no_observations", "There are no observations: nothing was watched for any time.");
  if (!Number.isSafeInteger(units)) throw new SurvivalError("too_large", "The counts add up to more than 2^53 units.");
  const order = ascendingOrder(columns.time.subarray(0, kept));
  return {
    time: inOrder(columns.time, new Float64Array(kept), order),
    entry: inOrder(columns.entry, new Float64Array(kept), order),
    count: inOrder(columns.count, new Float64Array(kept), order),
    failed: inOrder(columns.failed, new Uint8Array(kept), order),
    units,
    failures,
  };
}

function inOrder<Column extends Float64Array | Uint8Array>(from: Column, to: Column, order: Uint32Array): Column {
  for (let index = 0; index < order.length; index++) to[index] = from[order[index] ?? 0] ?? 0;
  return to;
}

function isInformative({ time, event, entry = 0, count = 1 }: Observation, row: number): boolean {
  if (time > entry && entry >= 0 && time < Number.POSITIVE_INFINITY && count > 0 && Number.isSafeInteger(count))
    return true;
  const refuse = (member: keyof Observation, sentence: string) =>
    new SurvivalError("bad_observation", sentence, { row, member });
  if (!(time >= 0 && time < Number.POSITIVE_INFINITY))
    throw refuse("time", `A time is a finite number from 0 on, not ${time}.`);
  if (!(entry >= 0 && entry < Number.POSITIVE_INFINITY))
    throw refuse("entry", `An entry is a finite number from 0 on, not ${entry}.`);
  if (!(Number.isSafeInteger(count) && count >= 0))
    throw refuse("count", `A count is a whole number from 0 on, not ${count}.`);
  if (entry > time) throw refuse("entry", `It came under observation at ${entry}, after it was last seen, at ${time}.`);
  if (count === 0 || !event) return false;
  throw time === 0
    ? refuse("time", "A failure at age 0 has no likelihood under a Weibull life: give the age it had, or leave it out.")
    : refuse(
        "entry",
        "It failed at the very age at which observation began, so it was never at risk: enter it earlier.",
      );
}
