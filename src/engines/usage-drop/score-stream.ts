import { mixExperts } from "./mix-experts.ts";
import { lastValue, seasonal, slowLevel } from "./predict-stream.ts";
import { rateSurprise } from "./rate-surprise.ts";

export interface StreamPoint {
  /** In seconds; not before the point before. */
  readonly time: number;
  readonly value: number;
}

const day = 86_400;
/** Scores grow to their full height between these counts of points. */
const [probation, trusted] = [40, 140];
/** Of an alarm's strength, the share by which what follows is damped, and what is kept of that for each point. */
const [damping, rest] = [0.4, 0.98];
/** Strength (minus the logarithm of a share of points) up to which a point is no alarm. */
const usual = 4;
/** Keeps differences of the largest numbers finite; a power of two, so that nothing else changes. */
const headroom = 2 ** -12;

/**
 * Scores the points of one stream as they come: 0 = as usual, towards 1 = nothing like it before. With p the share of
 * points expected to be as odd as this one, the score is 1 - sqrt(p): above 0.99 is once in 10,000 points of a stream in
 * which nothing happens. Three views are rated, each by its own past: the point, a short run of points, and a run beside
 * the long-known level of that hour, which stays odd while a shift lasts (the first two after Ahmad et al., "Unsupervised
 * real-time anomaly detection for streaming data", Neurocomputing 262 (2017)).
 * @returns a function to call once for each point, in order; constant time and memory
 */
export function scoreStream(): (point: StreamPoint) => number {
  const known = [slowLevel(0.004), seasonal(day, 96, 0), seasonal(7 * day, 168, 0.05)];
  const experts = [lastValue(), slowLevel(0.08), seasonal(day, 96, 0.1), ...known];
  const judge = mixExperts(experts, { kept: 0.98, mostLost: 8 });
  const judgeSlowly = mixExperts(known, { kept: 0.998, mostLost: 1 });
  const [run, longRun] = [runningMean(12), runningMean(20)];
  const [ratePoint, rateRun, rateLongRun] = [rateSurprise(), rateSurprise(), rateSurprise()];
  const broad = slowLevel(0.002);
  let [seen, alarm] = [0, 0];

  return ({ time, value: given }) => {
    const value = given * headroom;
    const { location, scale } = broad.foretell(time);
    // No stream is foretold more exactly than this: rounding, and a hundredth of how it usually varies.
    const least = 0.01 * scale + 1e-9 * Math.max(Math.abs(location), Math.abs(value)) + 1e-300;
    const surprise = judge(time, value, least);
    const lasting = longRun(judgeSlowly(time, value, least));
    for (const expert of [...experts, broad]) expert.learn(time, value);
    seen++;

    // Three views look for one: Bonferroni.
    const strength = Math.max(ratePoint(surprise), rateRun(run(surprise)), rateLongRun(lasting)) - Math.log(3);
    // What follows an alarm is the same event: only what is odder still stands out as much.
    const fresh = strength - damping * Math.max(0, Math.min(strength, alarm));
    alarm = Math.max(alarm * rest, strength - usual);
    const trust = Math.max(0, Math.min(1, (seen - probation) / (trusted - probation)));
    return 1 - Math.exp((-Math.max(0, fresh) * trust) / 2);
  };
}

function runningMean(length: number): (value: number) => number {
  const values = new Float64Array(length);
  let [next, sum] = [0, 0];
  return (value) => {
    sum += value - (values[next] ?? 0);
    values[next] = value;
    next = (next + 1) % length;
    return Math.max(0, sum / length);
  };
}
