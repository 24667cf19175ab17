import { logGamma } from "./log-gamma.ts";

const precision = 1e-17;
const steps = 100_000;

/**
 * P(a, x) = γ(a, x) ÷ Γ(a), the share of the gamma function's integral below x; a > 0, x ≥ 0. Relative error about 1e-13 for moderate a,
 * 1e-11 far out at a = 1e4. Series below a + 1, continued fraction above: NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2.
 */
export function regularisedGammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  return x < a + 1 ? Math.exp(logSeries(a, x)) : 1 - Math.exp(logFraction(a, x));
}

/** Q(a, x) = 1 − P(a, x), without cancellation in the upper tail. */
export function regularisedGammaQ(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - Math.exp(logSeries(a, x)) : Math.exp(logFraction(a, x));
}

/** ln Q(a, x) for x ≥ a + 1, also where Q itself is too small for a number. */
export function logFraction(a: number, x: number): number {
  return Math.log(tailFraction(a, x)) + logPower(a, x);
}

/** Q(a, x)·Γ(a)·eˣ·x⁻ᵃ for x ≥ a + 1: Lentz's evaluation of the continued fraction. */
export function tailFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let denominator = x + 1 - a;
  let numerator = 1 / tiny;
  let inverse = 1 / denominator;
  let value = inverse;
  for (let step = 1; step < steps; step++) {
    const factor = -step * (step - a);
    denominator += 2;
    inverse = factor * inverse + denominator;
    if (Math.abs(inverse) < tiny) inverse = tiny;
    numerator = denominator + factor / numerator;
    if (Math.abs(numerator) < tiny) numerator = tiny;
    inverse = 1 / inverse;
    const change = inverse * numerator;
    value *= change;
    if (Math.abs(change - 1) < 3e-16) break;
  }
  return value;
}

function logSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < steps; step++) {
    term *= x / (a + step);
    sum += term;
    if (term < sum * precision) break;
  }
  return Math.log(sum) + logPower(a, x);
}

/** ln of xᵃ·e⁻ˣ ÷ Γ(a). */
function logPower(a: number, x: number): number {
  return a * Math.log(x) - x - logGamma(a);
}
