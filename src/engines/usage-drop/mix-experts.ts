import type { Expert } from "./predict-stream.ts";

/** How fast the experts' record is forgotten (a share kept for each point), and how much one point may cost an expert. */
export interface Trust {
  readonly kept: number;
  readonly mostLost: number;
}

/** What even an expert that failed is still believed. */
const leastWeight = 1e-3;

/**
 * One forecast from many: the experts' distributions, weighted by how likely each made what came (Bayesian model averaging
 * with forgetting, after Raftery, Kárný and Ettler, "Online prediction under model uncertainty via dynamic model
 * averaging", Technometrics 52 (2010)). Tails are Laplace's; the record is kept by a heavier tail, so that one point does
 * not ruin an expert.
 * @returns a function from a point, and the least scale to assume, to its surprise: minus the logarithm of the two-sided
 *   tail probability, 0 while no expert is ready. Each call also re-weighs; the experts themselves must learn afterwards.
 */
export function mixExperts(experts: readonly Expert[], { kept, mostLost }: Trust) {
  const records = new Float64Array(experts.length);
  const densities = new Float64Array(experts.length);
  return (time: number, value: number, leastScale: number): number => {
    let [above, below, total, best, densest] = [0, 0, 0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const record of records) if (record > best) best = record;
    for (const [index, expert] of experts.entries()) {
      const { location, scale, ready } = expert.foretell(time);
      densities[index] = Number.NaN;
      if (!ready) continue;
      const spread = Math.max(scale, leastScale);
      const distance = (value - location) / spread;
      const weight = Math.exp((records[index] ?? 0) - best) + leastWeight;
      total += weight;
      above += weight * upperTail(distance);
      below += weight * upperTail(-distance);
      const density = -1.5 * Math.log(2 + Math.min(distance * distance, Number.MAX_VALUE)) - Math.log(spread);
      densities[index] = density;
      if (density > densest) densest = density;
    }
    if (total === 0) return 0;
    for (const [index, density] of densities.entries()) {
      if (Number.isNaN(density)) continue;
      records[index] = kept * (records[index] ?? 0) + Math.max(-mostLost, density - densest);
    }
    return Math.max(0, -Math.log(Math.max(Number.MIN_VALUE, (2 * Math.min(above, below)) / total)));
  };
}

/** P(X > distance) of Laplace's distribution with scale 1. */
function upperTail(distance: number): number {
  return distance > 0 ? 0.5 * Math.exp(-distance) : 1 - 0.5 * Math.exp(distance);
}
