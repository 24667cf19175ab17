import { findRoot, logGamma, regularisedGammaP } from "../numerics/index.ts";
import { SurvivalError } from "./error.ts";
import type { WeibullLife } from "./fit-weibull.ts";

export interface ReplacementCosts {
  /** Of replacing a unit that still works. */
  readonly preventive: number;
  /** Of replacing a unit that has failed, its consequences included. */
  readonly failure: number;
}

export interface ReplacementStrategy {
  readonly kind: "run_to_failure" | "age_replacement";
  /** Replace at this age, or at failure if that comes first; `null` when it runs to failure. */
  readonly age: number | null;
  /** Long-run cost per unit of time of the strategy that is advised. */
  readonly costRate: number;
  readonly runToFailureCostRate: number;
  /** The share that replacement at the best age saves against running to failure; 0 if it never does. */
  readonly saving: number;
}

/** Below it the best age is no longer told from 0. */
const leastRatio = 1e-100;

/** Below this saving the planning is not worth it. */
const worthwhile = 0.05;

/**
 * Replace by age or run to failure? The age that minimises (c_p·R(t) + c_f·F(t)) ÷ ∫₀ᵗR (Barlow and Proschan, Mathematical Theory of
 * Reliability, 1965, chapter 4, section 2); advised only if the shape is above 1 and it saves more than 5 %.
 * Throws `SurvivalError` unless both costs are finite and above 0, and the failure's at most 10^100 times the other.
 */
export function planReplacement({ shape, scale }: WeibullLife, costs: ReplacementCosts): ReplacementStrategy {
  const { preventive, failure } = costs;
  for (const cost of [preventive, failure])
    if (!(cost > 0 && cost < Number.POSITIVE_INFINITY))
      throw new SurvivalError("bad_costs", `A cost is a finite number above 0, not ${cost}.`);
  if (preventive / failure < leastRatio)
    throw new SurvivalError("bad_costs", `The costs lie too far apart: at most ${1 / leastRatio} times one another.`);
  const runToFailureCostRate = failure / (scale * Math.exp(logGamma(1 + 1 / shape)));
  if (!Number.isFinite(runToFailureCostRate))
    throw new SurvivalError("bad_costs", "The cost for each unit of time is beyond what a number can hold.");
  const hazard = shape > 1 && preventive < failure ? bestHazard(shape, preventive / (failure - preventive)) : undefined;
  const bestRate =
    hazard === undefined ? undefined : ((failure - preventive) * shape * hazard ** (1 - 1 / shape)) / scale;
  const saving = bestRate === undefined ? 0 : Math.max(0, 1 - bestRate / runToFailureCostRate);
  if (hazard === undefined || bestRate === undefined || !(saving > worthwhile))
    return { kind: "run_to_failure", age: null, costRate: runToFailureCostRate, runToFailureCostRate, saving };
  const age = scale * hazard ** (1 / shape);
  return { kind: "age_replacement", age, costRate: bestRate, runToFailureCostRate, saving };
}

/** Cumulative hazard beyond which nothing is left to replace: e⁻⁷⁰⁰ survives. */
const everything = 700;

/**
 * The cumulative hazard x = (t ÷ scale)^shape at the best age: there h(t)·∫₀ᵗR − F(t) = c_p ÷ (c_f − c_p), whose left side rises
 * from 0. With ∫₀ᵗR = scale·Γ(1 + 1/shape)·P(1/shape, x). Undefined if that is beyond any life.
 */
function bestHazard(shape: number, ratio: number): number | undefined {
  const meanLife = Math.exp(logGamma(1 + 1 / shape));
  const excess = (logHazard: number) => {
    const x = Math.exp(logHazard);
    const life = meanLife * regularisedGammaP(1 / shape, x);
    return shape * Math.exp((1 - 1 / shape) * logHazard) * life + Math.expm1(-x) - ratio;
  };
  const high = Math.log(everything);
  if (!(excess(high) > 0)) return undefined;
  let low = Math.min(0, Math.log(ratio / shape));
  while (excess(low) >= 0) low -= 2;
  return Math.exp(findRoot(excess, low, high));
}
