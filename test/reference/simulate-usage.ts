/** Chance figures for customers that never were: what they use each day, and what goes wrong. Seeded by the caller's source. */
export interface CustomerHabit {
  /** Mean count of a day over a normal week. */
  readonly mean: number;
  /** Variance of a day = mean + dispersion * mean². */
  readonly dispersion: number;
  /** Relative weight of Monday to Sunday. */
  readonly weekly: readonly number[];
  /** Growth of the level over a year: 1 = doubles in a year (linear). */
  readonly growth?: number;
  /** Amplitude of a yearly wave: 0.2 = from 80 % to 120 %. */
  readonly season?: number;
  /** Correlation of one day's excess or lack with the next, 0 to below 1. */
  readonly carry?: number;
  /** Chance of a day with many times the usual use. */
  readonly spikes?: number;
}

export interface Incident {
  readonly kind: "drop" | "stop" | "fade";
  /** Index of the first day. */
  readonly from: number;
  /** What is left of usage: at once for a drop, after `over` days for a fade. */
  readonly left: number;
  readonly over?: number;
  /** Index of the first day that is normal again. */
  readonly until?: number;
}

/** Indices of days on which hardly anyone works. */
export type IdleDays = ReadonlySet<number>;

export const weeklyPatterns = {
  flat: [1, 1, 1, 1, 1, 1, 1],
  quietWeekend: [1.15, 1.2, 1.2, 1.15, 1.05, 0.5, 0.4],
  workdays: [1, 1.1, 1.1, 1, 0.9, 0, 0],
  retail: [0.7, 0.7, 0.8, 0.9, 1.2, 1.6, 1.4],
} as const;

/**
 * Daily counts of one customer, day 0 a Monday.
 * @param days how many
 * @param random numbers from 0 to 1
 */
export function simulateUsage(
  habit: CustomerHabit,
  days: number,
  random: () => number,
  incident?: Incident,
  idle: IdleDays = new Set(),
): Float64Array {
  const { mean, dispersion, weekly, growth = 0, season = 0, carry = 0, spikes = 0 } = habit;
  const weight = weekly.reduce((sum, part) => sum + part, 0) / 7;
  const phase = random() * 2 * Math.PI;
  const values = new Float64Array(days);
  let mood = drawNormal(random);
  for (let day = 0; day < days; day++) {
    const trend = Math.max(0, 1 + (growth * day) / 365) * (1 + season * Math.sin((2 * Math.PI * day) / 365 + phase));
    const level =
      ((mean * (weekly[day % 7] ?? 1)) / weight) * trend * leftOf(incident, day) * (idle.has(day) ? 0.05 : 1);
    mood = carry * mood + Math.sqrt(1 - carry * carry) * drawNormal(random);
    const shaken = carry > 0 ? level * lognormal(mood, dispersion) : level;
    const rate = carry > 0 || dispersion === 0 ? shaken : level * dispersion * drawGamma(1 / dispersion, random);
    values[day] = drawPoisson(random() < spikes ? rate * (4 + 10 * random()) : rate, random);
  }
  return values;
}

/** The share of normal use that an incident leaves on a day. */
function leftOf(incident: Incident | undefined, day: number): number {
  if (!incident || day < incident.from || day >= (incident.until ?? Number.POSITIVE_INFINITY)) return 1;
  if (incident.kind !== "fade") return incident.left;
  return 1 - (1 - incident.left) * Math.min(1, (day - incident.from) / (incident.over ?? 60));
}

/** Mean 1, variance `dispersion`. */
function lognormal(normal: number, dispersion: number): number {
  const variance = Math.log1p(dispersion);
  return Math.exp(Math.sqrt(variance) * normal - variance / 2);
}

/** Standard normal, by Box and Muller (1958). */
export function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma with mean `shape` and scale 1, by Marsaglia and Tsang (2000). */
export function drawGamma(shape: number, random: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = drawNormal(random);
    const cube = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (cube > 0 && Math.log(1 - random()) < (normal * normal) / 2 + d - d * cube + d * Math.log(cube)) return d * cube;
  }
}

/** Poisson, by inversion outwards from the mode. */
export function drawPoisson(mean: number, random: () => number): number {
  if (mean <= 0) return 0;
  const mode = Math.floor(mean);
  const atMode = Math.exp(mode * Math.log(mean) - mean - logFactorial(mode));
  let rest = random() - atMode;
  let [below, above, low, high] = [mode, mode, atMode, atMode];
  while (rest > 0) {
    above++;
    high *= mean / above;
    rest -= high;
    if (rest <= 0) return above;
    if (below > 0) {
      low *= below / mean;
      below--;
      rest -= low;
      if (rest <= 0) return below;
    }
    if (high === 0 && (below === 0 || low === 0)) return mode;
  }
  return mode;
}

/** By Stirling's series, exact to 1e-10 from 10 on; below by multiplication. */
function logFactorial(whole: number): number {
  if (whole < 10) {
    let product = 1;
    for (let factor = 2; factor <= whole; factor++) product *= factor;
    return Math.log(product);
  }
  const n = whole + 1;
  return (n - 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
