import { SurvivalError } from "./error.ts";

/** One repaired system: the ages at which it failed and was repaired, within the time it was watched. */
export interface RepairHistory {
  /** Age at which watching began; 0 if it was watched from the start. */
  readonly start?: number;
  /** Age at which watching ended; the age of its last repair if it was watched just until then. */
  readonly end: number;
  /** In any order; all after `start`, none after `end`. */
  readonly repairs: readonly number[];
}

/** Throws `SurvivalError` unless there is a system, and each has 0 ≤ start < end, finite, and its repairs between. */
export function checkHistories(histories: readonly RepairHistory[]): void {
  if (histories.length === 0) throw new SurvivalError("no_observations", "There are no systems.");
  for (const [index, { start = 0, end, repairs }] of histories.entries()) {
    if (!(start >= 0 && end > start && end < Number.POSITIVE_INFINITY))
      throw new SurvivalError(
        "bad_observation",
        `System ${index} is watched from ${start} to ${end}, which is no span of ages.`,
      );
    for (const age of repairs)
      if (!(age > start && age <= end))
        throw new SurvivalError(
          "bad_observation",
          `System ${index} has a repair at ${age}, outside of ${start} to ${end}.`,
        );
  }
}
