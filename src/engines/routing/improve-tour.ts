import type { Compiled } from "./compile-problem.ts";
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
}

/** Between two looks at `shouldStop` and `progress`. */
const stepsBetweenLooks = 64;
const blinkRate = 0.01;
const hottest = 1;
const coldest = 0.02;

/** Ruin and recreate under simulated annealing, from the given tour on. Answers the best tour; `tour` is used up. */
export function improveTour(compiled: Compiled, tour: Tour, options: SearchOptions): Tour {
  const { random, shouldStop, progress } = options;
  const ruin = prepareRuin(compiled, random);
  const recreate = prepareRecreate(compiled, random);
  const current = emptyTour(compiled);
  recreate(tour, 0);
  copyTour(tour, current);
  const best = emptyTour(compiled);
  copyTour(tour, best);
  if (compiled.possible.length === 0) return best;
  const { absencePrice } = compiled;
  let temperature = hottest * compiled.stride;
  for (let step = 0; ; step++) {
    if (step % stepsBetweenLooks === 0) {
      if (shouldStop()) break;
      temperature = compiled.stride * hottest * (coldest / hottest) ** Math.min(1, progress());
    }
    ruin(tour);
    recreate(tour, blinkRate);
    const worse = tour.cost - current.cost + (tour.absence - current.absence) * absencePrice;
    if (worse < -temperature * Math.log(random())) {
      if (isBetter(tour, best)) {
        settle(tour);
        if (isBetter(tour, best)) copyTour(tour, best);
      }
      copyTour(tour, current);
    } else copyTour(current, tour);
  }
  return best;
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
