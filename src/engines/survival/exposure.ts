import { SurvivalError } from "./error.ts";
import type { Lives } from "./lives.ts";

/**
 * Lives as the Weibull likelihood sees them: ages as logarithms relative to the oldest, so that powers of them neither overflow
 * nor lose digits at any unit of time and any shape.
 */
export interface Exposure {
  readonly failures: number;
  /** ln of the oldest age. */
  readonly logTop: number;
  /** Mean over failures of ln(age ÷ oldest age); 0 only if every failure happened at the oldest age. */
  readonly meanFailure: number;
  /** Sum over failures of ln(age). */
  readonly sumOfLogs: number;
  /** Units watched from age 0, one entry for each age: ln(age ÷ oldest), number of units. */
  readonly whole: { readonly log: Float64Array; readonly count: Float64Array; readonly units: number };
  /** Units that came under observation later: the same, and ln(age ÷ age at entry). */
  readonly late: { readonly log: Float64Array; readonly span: Float64Array; readonly count: Float64Array };
}

/** Throws `SurvivalError` when no unit failed: then every life long enough explains the observations equally well. */
export function exposureOf(lives: Lives): Exposure {
  if (lives.failures === 0)
    throw new SurvivalError(
      "no_failures",
      "Nothing failed, so there is no life to estimate: the longer the better it fits.",
    );
  const top = lives.time.at(-1) ?? 1;
  const whole = { log: [] as number[], count: [] as number[], units: 0 };
  const late = { log: [] as number[], span: [] as number[], count: [] as number[] };
  let [failureSum, sumOfLogs, lastWhole] = [0, 0, -1];
  for (let index = 0; index < lives.time.length; index++) {
    const [time = 0, entry = 0, count = 0] = [lives.time[index], lives.entry[index], lives.count[index]];
    const log = logOfRatio(time, top);
    if (lives.failed[index] === 1) {
      failureSum += count * log;
      sumOfLogs += count * Math.log(time);
    }
    if (entry > 0) {
      late.log.push(log);
      late.span.push(-logOfRatio(entry, time));
      late.count.push(count);
      continue;
    }
    whole.units += count;
    const place = whole.count.length - 1;
    if (time === lastWhole) whole.count[place] = (whole.count[place] ?? 0) + count;
    else {
      whole.log.push(log);
      whole.count.push(count);
      lastWhole = time;
    }
  }
  return {
    failures: lives.failures,
    logTop: Math.log(top),
    meanFailure: failureSum / lives.failures,
    sumOfLogs,
    whole: { log: Float64Array.from(whole.log), count: Float64Array.from(whole.count), units: whole.units },
    late: {
      log: Float64Array.from(late.log),
      span: Float64Array.from(late.span),
      count: Float64Array.from(late.count),
    },
  };
}

/** ln(part ÷ whole) for 0 < part ≤ whole, to full relative accuracy near 1 and without overflow far from it. */
function logOfRatio(part: number, whole: number): number {
  return part > whole / 2 ? Math.log1p((part - whole) / whole) : Math.log(part) - Math.log(whole);
}

/**
 * Σ count·((age ÷ oldest)^shape − (entry ÷ oldest)^shape) and its derivative by the shape: what the units have lived
 * through, on the scale of cumulative hazard.
 */
export function powerSum({ whole, late }: Exposure, shape: number): { sum: number; slope: number } {
  let [sum, slope] = [0, 0];
  for (let index = 0; index < whole.log.length; index++) {
    const [log = 0, count = 0] = [whole.log[index], whole.count[index]];
    const power = count * Math.exp(shape * log);
    sum += power;
    slope += power * log;
  }
  for (let index = 0; index < late.log.length; index++) {
    const [log = 0, span = 0, count = 0] = [late.log[index], late.span[index], late.count[index]];
    const power = count * Math.exp(shape * log);
    const difference = -power * Math.expm1(-shape * span);
    sum += difference;
    slope += log * difference + span * (power - difference);
  }
  return { sum, slope };
}
