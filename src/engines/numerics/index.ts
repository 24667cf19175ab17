/** Special functions and root finding that several engines share. Pure; each file names its source, and README.md its accuracy. */
export { ascendingOrder } from "./ascending-order.ts";
export { chiSquareDistribution, chiSquareQuantile, chiSquareUpperTail } from "./chi-square.ts";
export { findRoot } from "./find-root.ts";
export { regularisedGammaP, regularisedGammaQ } from "./incomplete-gamma.ts";
export { logGamma } from "./log-gamma.ts";
export { logNormalUpperTail, normalDensity, normalDistribution, normalHazard, normalQuantile } from "./normal.ts";
