import { followMonths, type MonthComparison } from "./compare-months.ts";
import { followMemory } from "./day-to-day.ts";
import { type Expectation, followLevel } from "./expected-level.ts";
import { followSilence } from "./follow-silence.ts";
import { cusumStep, logRatio } from "./likelihood.ts";
import { looksGradual } from "./tell-fade.ts";
import { dropLimit, thresholds } from "./thresholds.ts";

export type AlertKind = "stop" | "drop" | "fade";

/** One customer's daily use. */
export interface UsageSeries {
  /** Day of the first value, counted from 1970-01-01. */
  readonly start: number;
  /** One count for each day, at least 0 (need not be whole); NaN where it is not known. */
  readonly values: ArrayLike<number>;
}

export interface UsageAlert {
  readonly kind: AlertKind;
  /** The day after which the alert is raised, from that day and those before it. */
  readonly day: number;
  /** The first day that deviates, as far as can be told. */
  readonly firstDay: number;
  /** Sum of what `firstDay` to `day` should have had, days left out not counted. */
  readonly expected: number;
  /** Sum of what the same days had. */
  readonly actual: number;
  /** Days from `firstDay` to `day` that did not count: holidays, outages, not known. */
  readonly leftOut: readonly number[];
}

export interface CustomerWatch {
  /** In the order of their days; one for each episode, another only when a drop or fade becomes a stop. */
  readonly alerts: readonly UsageAlert[];
  /** True while there are not yet 28 days of history: look at onboarding milestones, there is no alert. */
  readonly onboarding: boolean;
  /** The alert that is still going on after the last day. */
  readonly ongoing: UsageAlert | undefined;
}

/** What one day looked like to the rules; for charts. */
export interface WatchedDay extends Readonly<Expectation> {
  readonly day: number;
  readonly cusum: number;
  /** An alert is raised when `cusum` is above it. */
  readonly limit: number;
}

const leastHistory = 28;
/** Of the days that the expectation rests on. */
const leastDays = 14;
/** A stop that lasted so long ends with a new beginning: what follows is measured against itself alone. */
const restartDays = 28;
const month = 28;
const year = 364;
/** Counts above the ceiling are held to it until this many came within two weeks. */
const excursionDays = 8;

/**
 * Watches one customer day by day; each day is judged by itself and the days before it. History begins with the first use.
 * @param leftOut 1 for each day of the series that neither raises nor clears (holiday, outage); may be empty
 * @param onDay told of every day judged
 */
export function watchCustomer(
  { start, values }: UsageSeries,
  leftOut: Uint8Array,
  onDay?: (day: WatchedDay) => void,
): CustomerWatch {
  const length = values.length;
  const weekday = (((start + 3) % 7) + 7) % 7;
  const counts = new Float64Array(length).fill(Number.NaN);
  const usable = new Uint8Array(length);
  const expected = new Float64Array(length);
  const shares = new Float64Array(length).fill(Number.NaN);
  const level = followLevel(counts, weekday);
  const months = followMonths(counts, weekday);
  const memory = followMemory(length);
  const silence = followSilence(length);
  const alerts: UsageAlert[] = [];
  let ongoing: UsageAlert | undefined;
  /** Sums of logarithms: the CUSUM, and evidence for the end of an episode. Half days of use above the ceiling. */
  const run = { cusum: 0, evidence: 0, excursion: 0 };
  let onset = -1;
  let history = 0;
  let cusumStart = 0;
  let over = -month;
  /** Since the last alert use has been as expected, back or by now: a new step down is news. What goes on going down is not. */
  let rearmed = true;

  function raise(kind: AlertKind, index: number, first: number, expectedSum?: number): void {
    const days: number[] = [];
    let [should, did] = [0, 0];
    for (let at = first; at <= index; at++) {
      if (usable[at] !== 1) days.push(start + at);
      else {
        should += expected[at] ?? 0;
        did += values[at] ?? 0;
      }
    }
    const [day, firstDay] = [start + index, start + first];
    ongoing = { kind, day, firstDay, expected: expectedSum ?? should, actual: did, leftOut: days };
    alerts.push(ongoing);
    run.evidence = 0;
    run.cusum = 0;
    rearmed = false;
  }

  /** An excursion upwards is held to what chance explains, unless it lasts: a campaign's end is no loss. */
  function held(count: number, mean: number, deviation: number): number {
    const ceiling = mean + 4 * deviation + 3;
    if (history < leastHistory || count <= ceiling) {
      run.excursion = Math.max(0, run.excursion - 0.5);
      return count;
    }
    run.excursion = Math.min(2 * excursionDays, run.excursion + 1);
    return run.excursion < excursionDays ? ceiling : count;
  }

  /** Not if the same weeks of last year went the same way, and not if it is a loss only beside an unusually good month. */
  function isFade(
    index: number,
    { share, olderShare, error, expected: should }: MonthComparison,
    inertia: number,
  ): boolean {
    if (!(share < thresholds.fadeShare && olderShare < thresholds.fadeShare)) return false;
    const before = index - year;
    const lastYear = Math.min(1, shares[before] || 1, shares[before - 7] || 1, shares[before + 7] || 1);
    const log = Math.log(Math.max(share, 1e-9) / lastYear);
    if (!(log < Math.log(thresholds.fadeShare) && log < -thresholds.fadeDeviations * error * Math.sqrt(inertia)))
      return false;
    let did = 0;
    for (let at = index - month + 1; at <= index; at++) if (usable[at] === 1) did += values[at] ?? 0;
    return did < should;
  }

  /** Whether whatever comes next is another loss, even if it comes by and by: a month is no longer below the one before. */
  function isSettled({ kind, day }: UsageAlert, index: number, share: number): boolean {
    return kind === "stop" || !(share < thresholds.lossRecovery) || start + index - day >= 2 * month;
  }

  for (let index = 0; index < length; index++) {
    const count = values[index] ?? Number.NaN;
    const counted = !Number.isNaN(count) && leftOut[index] !== 1;
    const resumes = counted && count > 0 && ongoing?.kind === "stop" && start + index - ongoing.firstDay >= restartDays;
    if (resumes || (onset < 0 && counted && count > 0)) {
      onset = index;
      history = 0;
      ongoing = undefined;
      rearmed = true;
      run.cusum = 0;
      silence.forget();
    }
    if (onset < 0) continue;
    const usual = level(index, onset);
    const { mean, spread } = usual;
    const deviation = Math.sqrt(mean + spread * mean * mean);
    if (counted) {
      usable[index] = 1;
      expected[index] = mean;
      counts[index] = held(count, mean, deviation);
    }
    const comparison = months(index, onset, usual.dispersion);
    if (!counted) continue;
    shares[index] = comparison.share;
    if (history++ < leastHistory || usual.days < leastDays) continue;

    const inertia = memory(index, mean > 0.02 ? (count - mean) / deviation : Number.NaN);
    const ratio = logRatio(count, mean, spread) / inertia;
    const silent = silence.judge(index, count, mean, spread);
    let alarm = false;
    // Nothing added up and nothing to add: the limit, two logarithms, does not matter.
    if (onDay || run.cusum > 0 || ratio > 0) {
      const limit = dropLimit(usual);
      if (rearmed) {
        // A day without expectations (a weekend) adds next to nothing, and is no beginning.
        if (run.cusum < thresholds.beginning * limit) cusumStart = index;
        run.cusum = cusumStep(run.cusum, Math.min(limit * thresholds.dayLimit, ratio));
      }
      alarm = run.cusum > limit;
      onDay?.({ ...usual, day: start + index, cusum: run.cusum, limit });
    }

    const stopped = silent.days >= thresholds.silentDays && silent.logProbability < thresholds.silence;
    if (stopped && ongoing?.kind !== "stop") raise("stop", index, silent.first);
    else if (alarm) {
      const gradual = looksGradual(values, expected, usable, index, spread);
      if (ongoing === undefined) raise(gradual ? "fade" : "drop", index, cusumStart);
      else if (ongoing.kind !== "fade" || !gradual) raise("drop", index, cusumStart);
      else run.cusum = 0;
    } else if (ongoing !== undefined) {
      run.evidence = Math.max(0, run.evidence - ratio);
      if (run.evidence > thresholds.recovery) rearmed = true;
      if (rearmed && isSettled(ongoing, index, comparison.share)) {
        ongoing = undefined;
        over = index;
      }
    } else if (index >= over + month && isFade(index, comparison, inertia)) {
      // Until then the 28 days hold an episode that has been told.
      raise("fade", index, Math.max(onset, index - month + 1), comparison.expected);
    }
  }
  return { alerts, onboarding: history < leastHistory, ongoing };
}
