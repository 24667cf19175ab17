import { type Expert, lastValue, seasonal, slowLevel } from "./predict-stream.ts";
import { rateSurprise } from "./rate-surprise.ts";

export interface StreamPoint {
  /** In seconds; later than or equal to the point before. */
  readonly time: number;
  readonly value: number;
}

const hour = 3600;
const day = 24 * hour;
const forgetting = 0.97;
const shortWindow = 12;
/** Scores grow to their full height between these counts of points. */
const [probation, trusted] = [40, 140];
const rest = 0.98;
/** Keeps differences of the largest numbers finite; a power of two, so that nothing else changes. */
const headroom = 2 ** -12;

/**
 * Scores the points of one stream as they come: 0 = as usual, towards 1 = nothing like it before. With p the share of
 * points expected to be as odd as this one, the score is 1 - sqrt(p): above 0.99 is once in 10,000 points.
 * @returns a function to call once for each point, in order; constant time and memory
 */
export function scoreStream(): (point: StreamPoint) => number {
  const experts: Expert[] = [
    lastValue(),
    slowLevel(0.08),
    slowLevel(0.004),
    seasonal(day, 96, 0.1),
    seasonal(day, 96, 0),
    seasonal(7 * day, 7 * 24, 0.05),
  ];
  const logWeights = new Float64Array(experts.length);
  const densities = new Float64Array(experts.length);
  const [ratePoint, rateWindow] = [rateSurprise(), rateSurprise()];
  const recent = new Float64Array(shortWindow);
  const broad = slowLevel(0.002);
  let [seen, recentSum, latest] = [0, 0, 0];

  return ({ time, value: given }) => {
    const value = given * headroom;
    const surprise = judge(time, value);
    for (const expert of experts) expert.learn(time, value);
    broad.learn(time, value);
    const slot = seen++ % shortWindow;
    recentSum += surprise - (recent[slot] ?? 0);
    recent[slot] = surprise;
    const rated = Math.max(ratePoint(surprise), rateWindow(recentSum / shortWindow)) - Math.LN2;
    // What follows an alarm is the same event: only what is odder still stands out as much.
    const fresh = rated - 0.5 * Math.max(0, Math.min(rated, latest));
    latest = Math.max(latest * rest, rated - 4);
    const trust = Math.max(0, Math.min(1, (seen - probation) / (trusted - probation)));
    return 1 - Math.exp((-Math.max(0, fresh) * trust) / 2);
  };

  /** Minus the logarithm of the two-sided tail probability under the experts' mixture; re-weighs the experts. */
  function judge(time: number, value: number): number {
    const least = leastScale(value);
    let [above, below, total, highest] = [0, 0, 0, Number.NEGATIVE_INFINITY];
    for (const weight of logWeights) if (weight > highest) highest = weight;
    for (const [index, expert] of experts.entries()) {
      const { location, scale, ready } = expert.foretell(time);
      densities[index] = Number.NaN;
      if (!ready) continue;
      const spread = Math.max(scale, least);
      const distance = (value - location) / spread;
      const weight = Math.exp((logWeights[index] ?? 0) - highest) + 1e-3;
      total += weight;
      above += weight * upperTail(distance);
      below += weight * upperTail(-distance);
      densities[index] = -1.5 * Math.log(2 + distance * distance) - Math.log(spread);
    }
    if (total === 0) return 0;
    let top = Number.NEGATIVE_INFINITY;
    for (const density of densities) if (density > top) top = density;
    for (const [index, density] of densities.entries()) {
      if (!Number.isNaN(density))
        logWeights[index] = forgetting * (logWeights[index] ?? 0) + Math.max(-8, density - top);
    }
    return -Math.log(Math.min(1, (2 * Math.min(above, below)) / total));
  }

  /** No stream is foretold more exactly than this: rounding, and a hundredth of how it usually varies. */
  function leastScale(value: number): number {
    const { location, scale } = broad.foretell(0);
    return 0.01 * scale + 1e-9 * Math.max(Math.abs(location), Math.abs(value)) + Number.MIN_VALUE * 1e8;
  }
}

/** P(T > t) of Student's t with two degrees of freedom: heavy tails, in closed form. */
function upperTail(t: number): number {
  const root = Math.sqrt(2 + t * t);
  return t > 0 ? 1 / (root * (root + t)) : 1 - 1 / (root * (root - t));
}
