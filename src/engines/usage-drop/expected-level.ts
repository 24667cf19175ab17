/** What a customer's day should have, from ten weeks that ended seven days before it. */
export interface Expectation {
  /** Expected count of the day. */
  mean: number;
  /** Dispersion of a day about it: variance = mean + dispersion * mean². */
  dispersion: number;
  /** The same with the uncertainty of the level itself added. */
  spread: number;
  /** Mean count of a day over the whole week. */
  level: number;
  /** Days that this rests on. */
  days: number;
  /** Days of a week that carry its use: 7 if all are alike, 5 if two have none. */
  busyDays: number;
}

const weeks = 10;
const week = 7;
/** What is believed of a customer before it has shown how regular it is: mean and standard deviation of the dispersion. */
const priorDispersion = 0.2;
const priorSpread = 0.2;
const leastDispersion = 0.02;
/** A dispersion is remembered longer than a level: it is a habit, and ten weeks show little of it. */
const memoryDays = 150;
/** A count this many times the second highest of its weekday is held to it: an import, a load test, a double delivery. */
const outlierRatio = 3;
const outlierFloor = 10;

/**
 * Follows one series day by day: `at(index)` must be called for every index from `onset` on, in order, and looks only at
 * `counts` up to seven days before it. The weekday means are drawn towards their common mean as far as chance alone would
 * spread them (empirical Bayes, after James and Stein 1961); the dispersion is estimated by moments within weekdays.
 * @param counts one number for each day, NaN where it is left out
 * @param weekday weekday (0 to 6) of index 0
 */
export function followLevel(counts: Float64Array, weekday: number) {
  const mean = new Float64Array(week);
  /** Of one day's mean: (mean + 0.25 / days); what is divided by days, too, once the dispersion is known. */
  const doubtful = new Float64Array(week);
  const excesses = new Float64Array(week);
  const weights = new Float64Array(week);
  const days = new Float64Array(week);
  const long = { excess: 0, weight: 0 };
  let judged = 0;
  const found: Expectation = {
    mean: 0,
    dispersion: priorDispersion,
    spread: priorDispersion,
    level: 0,
    days: 0,
    busyDays: 7,
  };

  function refresh(day: number, index: number, onset: number): void {
    let highest = 0;
    let second = 0;
    let sum = 0;
    let seen = 0;
    const first = Math.max(onset, index - weeks * week);
    for (let past = index - week; past >= first; past -= week) {
      const count = counts[past] ?? 0;
      if (Number.isNaN(count)) continue;
      second = Math.max(second, Math.min(highest, count));
      highest = Math.max(highest, count);
      sum += count;
      seen++;
    }
    const limit = Math.max(outlierFloor, outlierRatio * second);
    if (highest > limit) sum += limit - highest;
    const average = seen > 0 ? sum / seen : 0;
    let deviation = 0;
    for (let past = index - week; past >= first; past -= week) {
      const count = counts[past] ?? 0;
      if (Number.isNaN(count)) continue;
      const distance = Math.min(count, limit) - average;
      deviation += distance * distance;
    }
    mean[day] = average;
    days[day] = seen;
    doubtful[day] = average + 0.25 / seen;
    excesses[day] = deviation - (seen - 1) * average;
    weights[day] = (seen - 1) * average * average;
  }

  return function at(index: number, onset: number): Expectation {
    const today = (weekday + index) % week;
    refresh(today, index, onset);
    let known = 0;
    let total = 0;
    let level = 0;
    let excess = 0;
    let weight = 0;
    for (let day = 0; day < week; day++) {
      const seen = days[day] ?? 0;
      if (seen === 0) continue;
      known++;
      total += seen;
      level += mean[day] ?? 0;
      excess += excesses[day] ?? 0;
      weight += weights[day] ?? 0;
    }
    level = known > 0 ? level / known : 0;
    if (level > 0) {
      const gain = Math.max(1 / ++judged, 1 / memoryDays);
      long.excess += gain * (excess / (level * level) - long.excess);
      long.weight += gain * (weight / (level * level) - long.weight);
    }
    const dispersion = drawTowardsPrior(long.excess, long.weight, level, total + Math.min(judged, memoryDays) / 2);
    let between = 0;
    let meanSquares = 0;
    let doubt = 1;
    for (let day = 0; day < week; day++) {
      const seen = days[day] ?? 0;
      const average = mean[day] ?? 0;
      meanSquares += average * average;
      if (seen === 0) continue;
      const noise = ((doubtful[day] ?? 0) * (1 + dispersion * average)) / seen;
      if (day === today) doubt = noise;
      const apart = average - level;
      between += (apart * apart) / (known - 1) - noise / known;
    }
    const seen = days[today] ?? 0;
    const average = mean[today] ?? 0;
    const keep = seen > 0 && known > 1 ? Math.max(0, between) / (Math.max(0, between) + doubt) : 0;
    found.mean = level + keep * (average - level);
    found.dispersion = dispersion;
    found.spread = level > 0 ? dispersion + (1 / level + dispersion) / total : dispersion;
    found.level = level;
    found.days = total;
    found.busyDays = meanSquares > 0 ? (7 * level * level * known) / meanSquares : 7;
    return found;
  };
}

/** Weighs the estimate by moments against the prior, each by its precision. */
function drawTowardsPrior(excess: number, weight: number, level: number, days: number): number {
  if (level <= 0 || weight <= 0) return priorDispersion;
  const found = Math.max(0, excess / weight);
  const guess = Math.max(found, priorDispersion / 2);
  const variance = (2 * (1 / level + guess) ** 2 + 4 * guess ** 3) / days;
  const share = variance / (variance + (priorSpread + found) ** 2);
  return Math.max(leastDispersion, found + share * (priorDispersion - found));
}
