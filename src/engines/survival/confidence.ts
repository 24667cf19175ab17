import { SurvivalError } from "./error.ts";

/** Limits of a confidence interval; `null` where the data set no limit on that side, or none that a number can hold. */
export type Interval = readonly [lower: number | null, upper: number | null];

/** Throws `SurvivalError` unless 0 < confidence < 1. */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1))
    throw new SurvivalError("bad_confidence", `A confidence lies between 0 and 1, such as 0.95, not at ${confidence}.`);
}
