import { chiSquareQuantile } from "../numerics/index.ts";
import { checkConfidence, type Interval } from "./confidence.ts";
import { SurvivalError } from "./error.ts";
import { type Exposure, exposureOf } from "./exposure.ts";
import type { Lives } from "./lives.ts";
import { findScaleRange } from "./scale-range.ts";
import { findShapeRange } from "./shape-range.ts";
import { logLikelihoodOf } from "./weibull-profile.ts";

/** S(t) = exp(−(t ÷ scale)^shape): a shape above 1 wears out, below 1 fails early. */
export interface WeibullLife {
  readonly shape: number;
  /** In the unit of the observations; 63.2 % have failed by then. */
  readonly scale: number;
}

export interface WeibullFit extends WeibullLife {
  /** Σ ln f over failures + Σ ln S over survivors − Σ ln S at entry, counts included. */
  readonly logLikelihood: number;
  readonly failures: number;
  readonly shapeInterval: Interval;
  readonly scaleInterval: Interval;
}

/**
 * The Weibull life of greatest likelihood, with right censoring, late entry and counts, and profile-likelihood intervals: all values of
 * one parameter whose best likelihood over the other is within χ²₁(confidence) ÷ 2 of the maximum (Meeker and Escobar, Statistical Methods for
 * Reliability Data, 1998, sections 8.3 and 11.6 for late entry). A limit is `null` where there is none, or none that a number can hold.
 * Throws `SurvivalError`: `no_failures`; `no_maximum` when the likelihood has none; `too_large` when the scale is beyond what a number can hold.
 * @param confidence between 0 and 1, both excluded
 */
export function fitWeibull(lives: Lives, confidence = 0.95): WeibullFit {
  checkConfidence(confidence);
  if (lives.failures === 0)
    throw new SurvivalError(
      "no_failures",
      "Nothing failed, so there is no life to estimate: the longer the better it fits.",
    );
  return fitExposure(exposureOf(lives), confidence);
}

/** The same for lives, or repaired systems, as the likelihood sees them; at least one failure. */
export function fitExposure(exposure: Exposure, confidence: number): WeibullFit {
  const drop = chiSquareQuantile(confidence, 1) / (2 * exposure.failures);
  const range = findShapeRange(exposure, drop);
  const { best } = range;
  const limits = findScaleRange(exposure, range, drop);
  const scaleAt = (logScale: number | undefined) =>
    logScale === undefined ? null : representable(Math.exp(exposure.logTop + logScale));
  const scale = scaleAt(best.logScale);
  if (scale === null)
    throw new SurvivalError(
      "too_large",
      `The scale of the best fit is about e^${Math.round(exposure.logTop + best.logScale)}, beyond what a number can hold.`,
    );
  return {
    shape: best.shape,
    scale,
    logLikelihood: logLikelihoodOf(exposure, best),
    failures: exposure.failures,
    shapeInterval: [range.lower ?? null, range.upper],
    scaleInterval: [scaleAt(limits.lower), scaleAt(limits.upper)],
  };
}

function representable(value: number): number | null {
  return value > 0 && value < Number.POSITIVE_INFINITY ? value : null;
}
