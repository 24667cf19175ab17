import { findRoot } from "./find-root.ts";
import { regularisedGammaP, regularisedGammaQ } from "./incomplete-gamma.ts";
import { normalQuantile } from "./normal.ts";

/** P(X ≤ x) of a chi-square variable with `degrees` > 0 degrees of freedom: NIST Digital Library of Mathematical Functions, 8.2.4. */
export function chiSquareDistribution(x: number, degrees: number): number {
  return regularisedGammaP(degrees / 2, x / 2);
}

/** P(X > x), without cancellation. */
export function chiSquareUpperTail(x: number, degrees: number): number {
  return regularisedGammaQ(degrees / 2, x / 2);
}

/** The x with P(X ≤ x) = p, 0 < p < 1; relative error about 1e-14 for one degree of freedom, 1e-11 for thousands. One degree of freedom is a squared normal variable. */
export function chiSquareQuantile(p: number, degrees: number): number {
  if (degrees === 1) return normalQuantile((1 - p) / 2) ** 2;
  const excess = (logX: number) =>
    p < 0.5 ? chiSquareDistribution(Math.exp(logX), degrees) - p : 1 - p - chiSquareUpperTail(Math.exp(logX), degrees);
  let [low, high] = [Math.log(degrees) - 1, Math.log(degrees) + 1];
  while (excess(low) > 0) low -= 2;
  while (excess(high) < 0) high += 1;
  return Math.exp(findRoot(excess, low, high));
}
