import { logNormalUpperTail, normalHazard } from "../numerics/index.ts";
import { SurvivalError } from "./error.ts";
import type { Lives } from "./lives.ts";

/** ln(age) is normal: mean `mu`, standard deviation `sigma`. */
export interface LogNormalFit {
  readonly mu: number;
  readonly sigma: number;
  readonly logLikelihood: number;
  readonly parameters: 2;
}

const halfLogOfTwoPi = 0.5 * Math.log(2 * Math.PI);
/** A standard deviation of ln(age) beyond which all ages in sight have the same density: the fit is running away. */
const widest = 1e4;

/** What a step can still gain, for each failure, when one more step will do: Newton's method then doubles the digits. */
const closeEnough = 1e-11;

/**
 * The log-normal life of greatest likelihood, with right censoring, late entry and counts. Newton's method in a = −mu ÷ sigma and
 * b = 1 ÷ sigma, where the log-likelihood without late entries is concave (J. Burridge, "A note on maximum likelihood estimation for regression
 * models using grouped data", Journal of the Royal Statistical Society B 43 (1981) 41–45); halved steps, and a gradient step where
 * late entries bend it the other way, from three starts. Throws `SurvivalError`: `no_failures`, or `no_maximum` if it runs away.
 */
export function fitLogNormal(lives: Lives): LogNormalFit {
  const { time, failed, failures, count } = lives;
  if (failures === 0) throw new SurvivalError("no_failures", "Nothing failed, so there is no life to estimate.");
  /** Ages relative to the oldest until their mean is known, then to that: so a and b hardly depend on each other. */
  const top = Math.log(time.at(-1) ?? 1);
  let [sum, squares, sumOfLogs] = [0, 0, 0];
  time.forEach((age, index) => {
    const weight = (failed[index] ?? 0) * (count[index] ?? 0);
    const log = Math.log(age) - top;
    sum += weight * log;
    squares += weight * log * log;
    sumOfLogs += weight * (log + top);
  });
  const mean = sum / failures;
  if (mean === 0) throw runsAway();
  const logs = {
    time: time.map((age) => Math.log(age) - top - mean),
    entry: lives.entry.map((age) => Math.log(age) - top - mean),
  };
  const spread = Math.sqrt(Math.max(squares / failures - mean * mean, mean * mean * 1e-4, 1e-24));
  /** Without late entries there is one summit, and every start leads to it. */
  const starts = lives.entry.some((age) => age > 0) ? [1, 3, 0.3] : [1];
  const summits = starts.map((factor) => climb(lives, logs, 1 / (spread * factor))).filter((at) => at !== undefined);
  const best = summits.reduce<Summit | undefined>(
    (high, at) => (high && high.height >= at.height ? high : at),
    undefined,
  );
  if (!best) throw runsAway();
  return { mu: top + mean - best.a / best.b, sigma: 1 / best.b, logLikelihood: best.height - sumOfLogs, parameters: 2 };
}

interface Summit {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

type Logs = Pick<Lives, "time" | "entry">;

function climb(lives: Lives, logs: Logs, startB: number): Summit | undefined {
  let [a, b] = [0, startB];
  let at = slopes(lives, logs, a, b);
  for (let round = 0; round < 200; round++) {
    const { gradient, bend } = at;
    const determinant = bend.aa * bend.bb - bend.ab * bend.ab;
    const isConcave = bend.aa < 0 && determinant > 0;
    let [stepA, stepB] = isConcave
      ? [
          (bend.ab * gradient.b - bend.bb * gradient.a) / determinant,
          (bend.ab * gradient.a - bend.aa * gradient.b) / determinant,
        ]
      : [gradient.a / Math.abs(bend.aa), gradient.b / Math.abs(bend.bb)];
    const promised = gradient.a * stepA + gradient.b * stepB;
    if (isConcave && promised < closeEnough * (1 + lives.failures)) {
      const last = { a: a + stepA, b: b + stepB };
      return last.b * widest > 1 ? { ...last, height: slopes(lives, logs, last.a, last.b).height } : undefined;
    }
    if (!Number.isFinite(promised)) return undefined;
    let next = at;
    let halvings = 0;
    for (; halvings < 60; halvings++, stepA /= 2, stepB /= 2) {
      if (b + stepB <= 0) continue;
      next = slopes(lives, logs, a + stepA, b + stepB);
      if (next.height >= at.height + 1e-4 * (promised / 2 ** halvings) || next.height === at.height) break;
    }
    if (halvings === 60) return undefined;
    [a, b, at] = [a + stepA, b + stepB, next];
  }
  return undefined;
}

/** The log-likelihood, less that of the change to logarithms, with its first and second derivatives by a and b. */
function slopes({ time, entry, count, failed }: Lives, logs: Logs, a: number, b: number) {
  let [height, gradientA, gradientB, aa, ab, bb] = [0, 0, 0, 0, 0, 0];
  const add = (weight: number, x: number, value: number, first: number, second: number) => {
    height += weight * value;
    gradientA += weight * first;
    gradientB += weight * first * x;
    aa += weight * second;
    ab += weight * second * x;
    bb += weight * second * x * x;
  };
  for (let index = 0; index < time.length; index++) {
    const [x = 0, weight = 0] = [logs.time[index], count[index]];
    const z = a + b * x;
    if (failed[index] === 1) {
      add(weight, x, Math.log(b) - halfLogOfTwoPi - 0.5 * z * z, -z, -1);
      gradientB += weight / b;
      bb -= weight / (b * b);
    } else addTail(weight, x, z);
    if ((entry[index] ?? 0) > 0) addTail(-weight, logs.entry[index] ?? 0, a + b * (logs.entry[index] ?? 0));
  }
  return { height, gradient: { a: gradientA, b: gradientB }, bend: { aa, ab, bb } };

  function addTail(weight: number, x: number, z: number): void {
    const hazard = normalHazard(z);
    add(weight, x, logNormalUpperTail(z), -hazard, -hazard * (hazard - z));
  }
}

function runsAway(): SurvivalError {
  return new SurvivalError("no_maximum", "The log-normal likelihood has no maximum for these lives.");
}
