import { type Exposure, powerSum } from "./exposure.ts";

/** The Weibull log-likelihood for one shape, maximised over the scale, divided by the number of failures. */
export interface ProfilePoint {
  readonly shape: number;
  /** Up to a constant that is the same for every shape. */
  readonly height: number;
  /** Its derivative by the shape. */
  readonly slope: number;
  /** ln of the best scale, less ln of the oldest age. */
  readonly logScale: number;
  /** Mean of ln(age ÷ oldest) weighted by age^shape. */
  readonly centre: number;
}

/**
 * For a given shape β the best scale solves (scale ÷ oldest)^β = Σ(age^β − entry^β) ÷ failures, so one variable is left:
 * ln β − ln Σ(age^β − entry^β) + β·mean ln(age of failures) (Lawless, Statistical Models and Methods for Lifetime Data, 2nd ed. 2003,
 * section 5.2; with late entries the sum starts at them).
 */
export function profileAt(exposure: Exposure, shape: number): ProfilePoint {
  const { sum, slope } = powerSum(exposure, shape);
  const centre = slope / sum;
  return {
    shape,
    height: Math.log(shape) - Math.log(sum) + shape * exposure.meanFailure,
    slope: 1 / shape - centre + exposure.meanFailure,
    logScale: Math.log(sum / exposure.failures) / shape,
    centre,
  };
}

/** The log-likelihood itself: Σ ln f(failures) + Σ ln S(survivors) − Σ ln S(entries). */
export function logLikelihoodOf({ failures, sumOfLogs }: Exposure, { height }: ProfilePoint): number {
  return failures * (height + Math.log(failures) - 1) - sumOfLogs;
}

/**
 * No shape above β can reach more than this height once β > 1 ÷ |mean failure|: of the sum only the oldest units are counted, and they
 * are counted with at least this much.
 */
export function ceilingAbove({ whole, late, meanFailure }: Exposure, shape: number): number {
  let oldest = whole.log.at(-1) === 0 ? (whole.count.at(-1) ?? 0) : 0;
  for (let index = late.log.length - 1; index >= 0 && late.log[index] === 0; index--)
    oldest -= (late.count[index] ?? 0) * Math.expm1(-shape * (late.span[index] ?? 0));
  return Math.log(shape) - Math.log(oldest) + shape * meanFailure;
}

/** What the height tends to as the shape falls to 0: −∞ if anything was watched from age 0, else finite. */
export function heightAtZero({ whole, late }: Exposure): number {
  if (whole.units > 0) return Number.NEGATIVE_INFINITY;
  return -Math.log(late.span.reduce((total, span, index) => total + span * (late.count[index] ?? 0), 0));
}
