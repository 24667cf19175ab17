import type { Observation } from "./observation.ts";

export type SurvivalErrorCode =
  | "bad_observation"
  | "no_observations"
  | "no_failures"
  | "no_maximum"
  | "too_large"
  | "bad_confidence"
  | "bad_costs";

/** Why there is no answer. `place` tells the observation it is about: its index and the member at fault. */
export class SurvivalError extends Error {
  readonly code: SurvivalErrorCode;
  readonly place: { readonly row: number; readonly member: keyof Observation } | undefined;

  constructor(code: SurvivalErrorCode, sentence: string, place?: { row: number; member: keyof Observation }) {
    super(sentence);
    this.name = "SurvivalError";
    this.code = code;
    this.place = place;
  }
}
