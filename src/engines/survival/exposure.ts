import type { Lives } from "./lives.ts";

/**
 * Lives as the Weibull likelihood sees them: ages as logarithms relative to the oldest, so that powers of them neither overflow
 * nor lose digits at any unit of time and any shape.
 */
export interface Exposure {
  readonly failures: number;
  /** ln of the oldest age. */
  readonly logTop: number;
  /** Mean over failures of ln(age ÷ oldest age); 0 only if every failure happened at the oldest age, or there is none. */
  readonly meanFailure: number;
  /** Sum over failures of ln(age). */
  readonly sumOfLogs: number;
  /** Units watched from age 0, one entry for each age: ln(age ÷ oldest), number of units. */
  readonly whole: { readonly log: Float64Array; readonly count: Float64Array; readonly units: number };
  /** Units that came under observation later: the same, and ln(age ÷ age at entry). */
  readonly late: { readonly log: Float64Array; readonly span: Float64Array; readonly count: Float64Array };
}

export function exposureOf(lives: Lives): Exposure {
  const top = lives.time.at(-1) ?? 1;
  const rows = lives.time.length;
  const whole = { log: new Float64Array(rows), count: new Float64Array(rows), length: 0, units: 0 };
  const late = { log: new Float64Array(rows), span: new Float64Array(rows), count: new Float64Array(rows), length: 0 };
  let [failureSum, sumOfLogs, lastWhole] = [0, 0, -1];
  for (let row = 0; row < rows; row++) {
    const time = lives.time[row] ?? 0;
    const entry = lives.entry[row] ?? 0;
    const count = lives.count[row] ?? 0;
    const log = logOfRatio(time, top);
    if (lives.failed[row] === 1) {
      failureSum += count * log;
      sumOfLogs += count * Math.log(time);
    }
    if (entry > 0) {
      late.log[late.length] = log;
      late.span[late.length] = -logOfRatio(entry, time);
      late.count[late.length] = count;
      late.length++;
      continue;
    }
    if (time !== lastWhole) {
      whole.log[whole.length] = log;
      whole.length++;
    }
    const place = whole.length - 1;
    whole.count[place] = (whole.count[place] ?? 0) + count;
    whole.units += count;
    lastWhole = time;
  }
  return {
    failures: lives.failures,
    logTop: Math.log(top),
    meanFailure: lives.failures === 0 ? 0 : failureSum / lives.failures,
    sumOfLogs,
    whole: {
      log: whole.log.slice(0, whole.length),
      count: whole.count.slice(0, whole.length),
      units: whole.units,
    },
    late: {
      log: late.log.slice(0, late.length),
      span: late.span.slice(0, late.length),
      count: late.count.slice(0, late.length),
    },
  };
}

/** ln(part ÷ whole) for 0 < part ≤ whole, to full relative accuracy near 1 and without overflow far from it. */
export function logOfRatio(part: number, whole: number): number {
  return part > whole / 2 ? Math.log1p((part - whole) / whole) : Math.log(part) - Math.log(whole);
}

/**
 * Σ count·((age ÷ oldest)^shape − (entry ÷ oldest)^shape) and its derivative by the shape: what the units have lived
 * through, on the scale of cumulative hazard.
 */
export function powerSum({ whole, late }: Exposure, shape: number): { sum: number; slope: number } {
  let [sum, slope] = [0, 0];
  for (let index = 0; index < whole.log.length; index++) {
    const log = whole.log[index] ?? 0;
    const power = (whole.count[index] ?? 0) * Math.exp(shape * log);
    sum += power;
    slope += power * log;
  }
  for (let index = 0; index < late.log.length; index++) {
    const log = late.log[index] ?? 0;
    const span = late.span[index] ?? 0;
    const power = (late.count[index] ?? 0) * Math.exp(shape * log);
    const difference = -power * Math.expm1(-shape * span);
    sum += difference;
    slope += log * difference + span * (power - difference);
  }
  return { sum, slope };
}
