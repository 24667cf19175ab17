import type { Observation } from "../../src/engines/survival/index.ts";

/** The Weibull likelihood as it is defined, term by term, and a search that climbs it step by step: slow, and plain to read. */

export function weibullLogLikelihood(observations: readonly Observation[], shape: number, scale: number): number {
  const logSurvival = (age: number) => -((age / scale) ** shape);
  const logDensity = (age: number) => Math.log(shape / scale) + (shape - 1) * Math.log(age / scale) + logSurvival(age);
  return observations.reduce((sum, { time, event, entry = 0, count = 1 }) => {
    const term = event ? logDensity(time) : logSurvival(time);
    return sum + count * (term - (entry > 0 ? logSurvival(entry) : 0));
  }, 0);
}

export interface Summit {
  readonly shape: number;
  readonly scale: number;
  readonly logLikelihood: number;
}

/** Climbs in ln(shape) and ln(scale) from many starts: along the axes, halving the step when no neighbour is higher. */
export function climbWeibull(observations: readonly Observation[], precision = 1e-9): Summit {
  const middle = observations.map(({ time }) => time).sort((a, b) => a - b)[Math.floor(observations.length / 2)] ?? 1;
  const height = (shape: number, scale: number) => weibullLogLikelihood(observations, Math.exp(shape), Math.exp(scale));
  let best = { shape: 0, scale: 0, logLikelihood: Number.NEGATIVE_INFINITY };
  for (const startShape of [-2, 0, 1, 2]) {
    for (const startScale of [-2, 0, 2]) {
      let at = { shape: startShape, scale: Math.log(middle) + startScale, logLikelihood: Number.NEGATIVE_INFINITY };
      at = { ...at, logLikelihood: height(at.shape, at.scale) };
      for (let step = 0.5; step > precision; ) {
        const higher = neighbours
          .map(([right, up]) => {
            const [shape, scale] = [at.shape + right * step, at.scale + up * step];
            return { shape, scale, logLikelihood: height(shape, scale) };
          })
          .find(({ logLikelihood }) => logLikelihood > at.logLikelihood);
        if (higher) at = higher;
        else step /= 2;
      }
      if (at.logLikelihood > best.logLikelihood) best = at;
    }
  }
  return { ...best, shape: Math.exp(best.shape), scale: Math.exp(best.scale) };
}

const neighbours = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
] as const;

/** The best log-likelihood with one parameter held: a golden-section search over the other's logarithm, where it has one hump. */
export function bestWith(height: (other: number) => number, from: number, to: number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(from), Math.log(to)];
  for (let step = 0; step < 100; step++) {
    const [left, right] = [high - share * (high - low), low + share * (high - low)];
    if (height(Math.exp(left)) < height(Math.exp(right))) low = left;
    else high = right;
  }
  return height(Math.exp((low + high) / 2));
}
