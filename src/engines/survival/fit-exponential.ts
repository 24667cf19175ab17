import { SurvivalError } from "./error.ts";
import type { Lives } from "./lives.ts";

/** S(t) = exp(−t ÷ mean): no ageing. */
export interface ExponentialFit {
  readonly mean: number;
  /** Comparable with that of the other fits of the same lives. */
  readonly logLikelihood: number;
  readonly parameters: 1;
}

/** The exponential life of greatest likelihood: time watched ÷ failures. Throws `SurvivalError` (`no_failures`, `too_large`). */
export function fitExponential({ time, entry, count, failures }: Lives): ExponentialFit {
  if (failures === 0) throw new SurvivalError("no_failures", "Nothing failed, so there is no life to estimate.");
  let mean = 0;
  for (let index = 0; index < time.length; index++)
    mean += ((time[index] ?? 0) - (entry[index] ?? 0)) * ((count[index] ?? 0) / failures);
  if (!Number.isFinite(mean))
    throw new SurvivalError("too_large", "The time watched is beyond what a number can hold.");
  return { mean, logLikelihood: -failures * (Math.log(mean) + 1), parameters: 1 };
}
