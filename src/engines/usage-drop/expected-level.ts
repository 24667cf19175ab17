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
 * @param counts one number for each day
 * @param usable 1 where the day counts, 0 where it is left out
 * @param weekday weekday (0 to 6) of index 0
 */
export function followLevel(counts: Float64Array, usable: Uint8Array, weekday: number) {
  const [mean, squares, days] = [new Float64Array(week), new Float64Array(week), new Float64Array(week)];
  const found: Expectation = {
    mean: 0,
    dispersion: priorDispersion,
    spread: priorDispersion,
    level: 0,
    days: 0,
    busyDays: 7,
  };

  function refresh(day: number, index: number, onset: number): void {
    let [highest, second, sum, seen] = [0, 0, 0, 0];
    const first = Math.max(onset, index - weeks * week);
    for (let past = index - week; past >= first; past -= week) {
      if (usable[past] !== 1) continue;
      const count = counts[past] ?? 0;
      if (count > highest) {
        second = highest;
        highest = count;
      } else if (count > second) second = count;
      sum += count;
      seen++;
    }
    const limit = Math.max(outlierFloor, outlierRatio * second);
    if (highest > limit) sum += limit - highest;
    const average = seen > 0 ? sum / seen : 0;
    let deviation = 0;
    for (let past = index - week; past >= first; past -= week) {
      if (usable[past] === 1) deviation += (Math.min(counts[past] ?? 0, limit) - average) ** 2;
    }
    mean[day] = average;
    squares[day] = deviation;
    days[day] = seen;
  }

  let [judged, longExcess, longWeight] = [0, 0, 0];

  return function at(index: number, onset: number): Expectation {
    const today = (weekday + index) % week;
    refresh(today, index, onset);
    let [known, total, level, excess, weight] = [0, 0, 0, 0, 0];
    for (let day = 0; day < week; day++) {
      const seen = days[day] ?? 0;
      if (seen === 0) continue;
      const average = mean[day] ?? 0;
      known++;
      total += seen;
      level += average;
      excess += (squares[day] ?? 0) - (seen - 1) * average;
      weight += (seen - 1) * average * average;
    }
    level = known > 0 ? level / known : 0;
    if (level > 0) {
      const gain = Math.max(1 / ++judged, 1 / memoryDays);
      longExcess += gain * (excess / (level * level) - longExcess);
      longWeight += gain * (weight / (level * level) - longWeight);
    }
    const dispersion = drawTowardsPrior(longExcess, longWeight, level, total + Math.min(judged, memoryDays) / 2);
    const noise = (average: number, seen: number) => ((average + 0.25 / seen) * (1 + dispersion * average)) / seen;
    let [between, meanSquares] = [0, 0];
    for (let day = 0; day < week; day++) {
      const seen = days[day] ?? 0;
      const average = mean[day] ?? 0;
      meanSquares += average * average;
      if (seen > 0) between += (average - level) ** 2 / (known - 1) - noise(average, seen) / known;
    }
    const seen = days[today] ?? 0;
    const average = mean[today] ?? 0;
    const doubt = seen > 0 ? noise(average, seen) : 1;
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
