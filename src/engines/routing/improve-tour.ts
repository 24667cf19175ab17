import type { Compiled } from "./compile-problem.ts";
import { prepareExchange } from "./exchange-segments.ts";
import { prepareRecreate } from "./recreate.ts";
import { prepareRuin } from "./ruin.ts";
import { copyTour, emptyTour, refreshRoute, type Tour } from "./tour.ts";

export interface SearchOptions {
  /** From 0 (included) to 1; `seededRandom(seed)`. */
  readonly random: () => number;
  /** Asked now and then; true ends the search with the best found so far. */
  readonly shouldStop: () => boolean;
  /** The share of the time that is used up, 0 … 1: the search cools down by it. */
  readonly progress: () => number;
  /** How far the search strays at first, in shares of the cost that a job has; by default 2.5. */
  readonly heat?: number;
}

/** Between two looks at `shouldStop` and `progress`. */
const stepsBetweenLooks = 64;
/** The paper's rate, and more where there are so few places that the same choice would be made again and again. */
const blinkRate = 0.01;
const fewBlinks = 1;
const hottest = 2.5;
const coldest = 0.02;

/** Ruin and recreate under simulated annealing, from the given tour on. Answers the best tour; `tour` is used up. */
export function improveTour(compiled: Compiled, tour: Tour, options: SearchOptions): Tour {
  const { random, shouldStop, progress, heat = hottest } = options;
  const ruin = prepareRuin(compiled, random);
  const recreate = prepareRecreate(compiled, random);
  const exchangeSegments = prepareExchange(compiled);
  const nothing = emptyTour(compiled);
  const current = emptyTour(compiled);
  recreate(tour, 0);
  exchangeSegments(tour);
  copyTour(tour, current);
  const best = emptyTour(compiled);
  copyTour(tour, best);
  if (compiled.possible.length === 0) return best;
  const { absencePrice } = compiled;
  const blinks = blinkRate + fewBlinks / compiled.possible.length;
  const round = roundOf(compiled);
  let idleRounds = 0;
  let nextExchange = 0;
  const scale = scaleOf(tour);
  let temperature = heat * scale;
  for (let step = 0; ; step++) {
    if (step % stepsBetweenLooks === 0) {
      if (shouldStop()) break;
      const passed = round < Number.POSITIVE_INFINITY ? (step % round) / round : Math.min(1, progress());
      temperature = scale * heat * (coldest / heat) ** passed;
    }
    if (step % round === round - 1) {
      if (++idleRounds > idleLimit) break;
      copyTour(nothing, tour);
      recreate(tour, freshBlinks);
      copyTour(tour, current);
    }
    ruin(tour);
    recreate(tour, blinks);
    const worse = tour.cost - current.cost + (tour.absence - current.absence) * absencePrice;
    if (worse < -temperature * Math.log(random())) {
      if (isBetter(tour, best)) {
        if (step >= nextExchange) {
          exchangeSegments(tour);
          nextExchange = step + compiled.possible.length;
        }
        settle(tour);
        if (isBetter(tour, best)) {
          copyTour(tour, best);
          idleRounds = 0;
        }
      }
      copyTour(tour, current);
    } else copyTour(current, tour);
  }
  return best;
}

/** What a step of the search is measured by: half of a job's share of the cost. */
function scaleOf({ compiled, cost, absentCount }: Tour): number {
  const served = compiled.possible.length - absentCount;
  return served > 0 && cost > 0 ? cost / served / 2 : compiled.stride;
}

/** Few jobs are searched in many short rounds, each from nothing; the search ends when round after round finds nothing better. */
const fewJobs = 30;
const idleLimit = 30;
const freshBlinks = 0.2;

function roundOf({ possible }: Compiled): number {
  return possible.length > fewJobs ? Number.POSITIVE_INFINITY : 20 * Math.max(5, possible.length) ** 2;
}

const tolerance = 1e-9;

/** Fewer (or less weighty) jobs left out first, then the cost. */
export function isBetter(tour: Tour, than: Tour): boolean {
  if (Math.abs(tour.absence - than.absence) > tolerance) return tour.absence < than.absence;
  return tour.cost < than.cost - tolerance;
}

/** Sums and differences wear a total: this counts it anew. */
export function settle(tour: Tour): void {
  const { compiled, next, count, absent, absentCount } = tour;
  const { jobs, vehicles, at, travel, size, extra, weight } = compiled;
  let cost = 0;
  for (let vehicle = 0; vehicle < vehicles; vehicle++) {
    refreshRoute(tour, vehicle);
    if (count[vehicle] === 0) continue;
    cost += tour.overtime[vehicle] ?? 0;
    for (let node = jobs + vehicle; node < jobs + vehicles; node = next[node] ?? 0) {
      const after = next[node] ?? 0;
      cost += travel[(at[node] ?? 0) * size + (at[after] ?? 0)] ?? 0;
      if (after < jobs) cost += extra?.[vehicle * jobs + after] ?? 0;
    }
  }
  tour.cost = cost;
  let absence = 0;
  for (let index = 0; index < absentCount; index++) absence += weight[absent[index] ?? 0] ?? 0;
  tour.absence = absence;
}
