import { integratePair } from "./integrate.ts";

/** A mean with the interval that holds the true one with the confidence asked for. */
export interface Estimate {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** From independent replications, at least two, by Student's t. Source: Law, Simulation Modeling and Analysis, chapter 9. */
export function estimateOf(values: readonly number[], confidence: number): Estimate {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = studentQuantile(count - 1, confidence) * Math.sqrt(squares / (count - 1) / count);
  return { mean, lower: mean - half, upper: mean + half };
}

/**
 * The t that Student's distribution stays within, on both sides, with the probability `confidence`. With t = √ν·tan φ the
 * density is cos^(ν−1) φ, so that the share within t is a quotient of two smooth integrals.
 */
export function studentQuantile(freedom: number, confidence: number): number {
  const upTo = (angle: number) => integratePair([0, angle], (at) => [Math.cos(at) ** (freedom - 1), 0])[0];
  const whole = upTo(Math.PI / 2);
  let [low, high] = [0, Math.PI / 2];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (upTo(middle) < confidence * whole) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan(high);
}
