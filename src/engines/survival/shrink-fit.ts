import { findRoot } from "../numerics/index.ts";
import { type Exposure, exposureOf, powerSum } from "./exposure.ts";
import { fitWeibull, type WeibullFit, type WeibullLife } from "./fit-weibull.ts";
import type { Lives } from "./lives.ts";

/** What is known of a group before it is looked at: ln(shape) and ln(scale) are normal around its category's. */
export interface CategoryPrior extends WeibullLife {
  /** Standard deviations between the groups of a category, of ln(shape) and of ln(scale). */
  readonly spread: { readonly shape: number; readonly scale: number };
}

export type GroupFit =
  | ({ readonly kind: "own" } & WeibullFit)
  | ({
      /** Too few failures of its own: drawn towards its category, and to be shown as such. */
      readonly kind: "shrunk";
      readonly failures: number;
      readonly towards: CategoryPrior;
    } & WeibullLife);

/** With fewer failures of its own a group is drawn towards its category. */
export const enoughFailures = 10;

/** How groups of one category are taken to differ if nothing better is known: shapes by about a quarter, scales by about a half. */
export const usualSpread = { shape: 0.25, scale: 0.5 };

/**
 * The life of a group: its own fit, or, below ten failures, the most likely one given both its own lives and its category (the mode of the
 * likelihood times independent normal priors on ln(shape) and ln(scale); empirical Bayes as in B. P. Carlin and T. A. Louis, Bayesian Methods
 * for Data Analysis, 3rd ed. 2009). It exists for every group, one without failures included: that one is drawn up by the time it
 * worked. Throws `SurvivalError` only for a group with ten failures or more that has no fit, and `RangeError` for a prior that is not positive.
 */
export function fitGroup(lives: Lives, towards: CategoryPrior, confidence = 0.95): GroupFit {
  for (const value of [towards.shape, towards.scale, towards.spread.shape, towards.spread.scale])
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new RangeError(`A category's shape, scale and spreads are finite and above 0, not ${value}.`);
  if (lives.failures >= enoughFailures) return { kind: "own", ...fitWeibull(lives, confidence) };
  const exposure = exposureOf(lives);
  const best = bestOf(exposure, towards);
  const scale = Math.exp(exposure.logTop + best.logScale);
  return { kind: "shrunk", shape: Math.exp(best.logShape), scale, failures: lives.failures, towards };
}

interface Point {
  readonly logShape: number;
  /** Relative to the oldest age. */
  readonly logScale: number;
  readonly height: number;
  /** Of the height, by ln(shape), along the best scales. */
  readonly slope: number;
}

const gridPoints = 128;

function bestOf(exposure: Exposure, prior: CategoryPrior): Point {
  const at = (logShape: number) => pointAt(exposure, prior, logShape);
  const { spread } = prior;
  /** Beyond this the prior costs more than the failures can gain, or no life has such a shape. */
  const reach = Math.min(30, 8 * spread.shape + (exposure.failures + 1) * spread.shape ** 2);
  const grid = Array.from({ length: gridPoints + 1 }, (_, index) =>
    at(Math.log(prior.shape) + reach * ((2 * index) / gridPoints - 1)),
  );
  const place = grid.reduce((best, point, index) => (point.height > (grid[best]?.height ?? 0) ? index : best), 0);
  const [before, after] = [grid[Math.max(0, place - 1)], grid[Math.min(gridPoints, place + 1)]];
  const slope = (logShape: number) => at(logShape).slope;
  if (!before || !after || !(before.slope > 0 && after.slope < 0)) return grid[place] ?? at(Math.log(prior.shape));
  return at(findRoot(slope, before.logShape, after.logShape));
}

function pointAt(exposure: Exposure, prior: CategoryPrior, logShape: number): Point {
  const { failures, meanFailure, logTop } = exposure;
  const shape = Math.exp(logShape);
  const { sum, slope } = powerSum(exposure, shape);
  const centre = { shape: Math.log(prior.shape), scale: Math.log(prior.scale) - logTop };
  const precision = { shape: prior.spread.shape ** -2, scale: prior.spread.scale ** -2 };
  const pull = (logScale: number) =>
    shape * (sum * Math.exp(-shape * logScale) - failures) - (logScale - centre.scale) * precision.scale;
  let step = prior.spread.scale;
  while (pull(centre.scale - step) < 0 || pull(centre.scale + step) > 0) step *= 2;
  const logScale = findRoot(pull, centre.scale - step, centre.scale + step);
  const lived = Math.exp(-shape * logScale);
  const off = { shape: logShape - centre.shape, scale: logScale - centre.scale };
  return {
    logShape,
    logScale,
    height:
      failures * (logShape + shape * (meanFailure - logScale)) -
      sum * lived -
      (off.shape ** 2 * precision.shape + off.scale ** 2 * precision.scale) / 2,
    slope:
      failures +
      shape * (failures * (meanFailure - logScale) - (slope - logScale * sum) * lived) -
      off.shape * precision.shape,
  };
}
