import { logFraction, regularisedGammaP, regularisedGammaQ, tailFraction } from "./incomplete-gamma.ts";

/** Of z² ÷ 2: from here on the continued fraction converges well. */
const fractionFrom = 1.5;
const halfLogOfTwoPi = 0.5 * Math.log(2 * Math.PI);

/** The standard normal density at z. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z - halfLogOfTwoPi);
}

/** Φ(z), the standard normal distribution, by the incomplete gamma function: NIST Digital Library of Mathematical Functions, 7.11.2. */
export function normalDistribution(z: number): number {
  const half = 0.5 * z * z;
  return z < 0 ? 0.5 * regularisedGammaQ(0.5, half) : 0.5 + 0.5 * regularisedGammaP(0.5, half);
}

/** ln(1 − Φ(z)), also far out where 1 − Φ(z) is too small for a number. */
export function logNormalUpperTail(z: number): number {
  if (z < 0) return Math.log1p(-normalDistribution(z));
  const half = 0.5 * z * z;
  return half < fractionFrom ? Math.log(0.5 * regularisedGammaQ(0.5, half)) : Math.log(0.5) + logFraction(0.5, half);
}

/** φ(z) ÷ (1 − Φ(z)): the hazard of a standard normal life (the inverse of Mills' ratio). */
export function normalHazard(z: number): number {
  const half = 0.5 * z * z;
  if (z > 0 && half >= fractionFrom) return 2 / (z * tailFraction(0.5, half));
  return Math.exp(-half - halfLogOfTwoPi - logNormalUpperTail(z));
}

/**
 * The z with Φ(z) = p, 0 < p < 1; relative error about 1e-15. For a small upper tail q ask for −normalQuantile(q), which loses nothing.
 * Newton's method on ln Φ, which is concave: from the left of the root it never leaves that side and always arrives.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  const target = Math.log(p);
  let z = -Math.sqrt(-2 * target);
  if (p === 0.5) return 0;
  for (let step = 0; step < 60; step++) {
    const value = logNormalUpperTail(-z);
    const next = z + (target - value) / Math.exp(-0.5 * z * z - halfLogOfTwoPi - value);
    if (Math.abs(next - z) <= 1e-15 * Math.abs(next)) return next;
    z = next;
  }
  return z;
}
