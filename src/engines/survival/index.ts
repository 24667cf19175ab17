/**
 * Survival: how long do units live, how sure is that, and is it worth replacing them before they fail? Pure; see README.md.
 * All ages are in one unit of the caller's choice.
 */
export { planReplacement, type ReplacementCosts, type ReplacementStrategy } from "./age-replacement.ts";
export { type ComparedFit, compareFits } from "./compare-fits.ts";
export { computeSurvival, type SurvivalAnswer } from "./compute-survival.ts";
export type { Interval } from "./confidence.ts";
export { fitPowerLaw, type PowerLawFit, type TrendTest, testTrend } from "./crow-amsaa.ts";
export { SurvivalError, type SurvivalErrorCode } from "./error.ts";
export { expectedFailures } from "./expected-failures.ts";
export { type ExponentialFit, fitExponential } from "./fit-exponential.ts";
export { fitLogNormal, type LogNormalFit } from "./fit-log-normal.ts";
export { fitWeibull, type WeibullFit, type WeibullLife } from "./fit-weibull.ts";
export { kaplanMeier, type SurvivalStep } from "./kaplan-meier.ts";
export { type Lives, prepareLives } from "./lives.ts";
export { meanCumulativeRepairs, type RepairStep } from "./mean-cumulative.ts";
export type { Observation } from "./observation.ts";
export { type PlotPoint, plotPositions } from "./plot-positions.ts";
export type { RepairHistory } from "./repair-history.ts";
export { type CategoryPrior, enoughFailures, fitGroup, type GroupFit, usualSpread } from "./shrink-fit.ts";
