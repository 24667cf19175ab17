/**
 * Survival: how long do units live, how sure is that, and is it worth replacing them before they fail? Pure; see README.md.
 * All ages are in one unit of the caller's choice.
 */
export { planReplacement, type ReplacementCosts, type ReplacementStrategy } from "./age-replacement.ts";
export { computeSurvival, type SurvivalAnswer } from "./compute-survival.ts";
export type { Interval } from "./confidence.ts";
export { SurvivalError, type SurvivalErrorCode } from "./error.ts";
export { fitWeibull, type WeibullFit, type WeibullLife } from "./fit-weibull.ts";
export { kaplanMeier, type SurvivalStep } from "./kaplan-meier.ts";
export { type Lives, prepareLives } from "./lives.ts";
export type { Observation } from "./observation.ts";
