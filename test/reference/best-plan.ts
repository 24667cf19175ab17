import type { RoutingProblem } from "../../src/engines/routing/index.ts";

/** Sums of decimals, such as 0.1 + 0.2, may lie this much above what they mean. */
const rounding = 1e-9;

/** The least that can be left out, and the least distance with that. */
export interface Optimum {
  readonly unserved: number;
  /** The summed priority of what is left out, the least for that count. */
  readonly missed: number;
  readonly distance: number;
}

/**
 * The optimum by looking at everything: for each vehicle every sequence of every set of jobs, then every way to share the jobs
 * out. Without breaks and overtime. For at most eight jobs and a few vehicles.
 */
export function findOptimum(problem: RoutingProblem): Optimum {
  const { vehicles, jobs } = problem;
  const sets = 2 ** jobs.length;
  const shortest = vehicles.map((_, vehicle) => shortestTours(problem, vehicle));
  let best = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  best[0] = 0;
  for (const tours of shortest) {
    const shared = best.slice();
    for (let done = 0; done < sets; done++) {
      for (let own = 1; own < sets; own++) {
        if (done & own) continue;
        const distance = (best[done] ?? 0) + (tours[own] ?? 0);
        if (distance < (shared[done | own] ?? 0)) shared[done | own] = distance;
      }
    }
    best = shared;
  }
  let optimum: Optimum = { unserved: Number.POSITIVE_INFINITY, missed: 0, distance: 0 };
  best.forEach((distance, done) => {
    if (distance === Number.POSITIVE_INFINITY) return;
    const left = jobs.filter((_, job) => !(done & (1 << job)));
    const missed = left.reduce((sum, { priority = 0 }) => sum + priority, 0);
    const found = { unserved: left.length, missed, distance };
    if (isBetter(found, optimum)) optimum = found;
  });
  return optimum;
}

function isBetter(one: Optimum, other: Optimum): boolean {
  if (one.unserved !== other.unserved) return one.unserved < other.unserved;
  if (Math.abs(one.missed - other.missed) > 1e-9) return one.missed < other.missed;
  return one.distance < other.distance;
}

/** For each set of jobs (as bits) the shortest tour of one vehicle; Infinity if there is none. */
function shortestTours({ vehicles, jobs, travel }: RoutingProblem, index: number): Float64Array {
  const shortest = new Float64Array(2 ** jobs.length).fill(Number.POSITIVE_INFINITY);
  const vehicle = vehicles[index];
  if (!vehicle) return shortest;
  const way = (from: number, to: number) => travel.minutes[from * travel.size + to] ?? 0;
  const goOn = (done: number, place: number, free: number, load: number, distance: number): void => {
    const home = distance + way(place, vehicle.end);
    if (done && free + way(place, vehicle.end) <= vehicle.window[1] + rounding && home < (shortest[done] ?? 0))
      shortest[done] = home;
    jobs.forEach((job, each) => {
      if (done & (1 << each)) return;
      if (job.vehicle !== undefined && job.vehicle !== vehicle.id) return;
      if (job.skills?.some((skill) => !vehicle.skills?.includes(skill))) return;
      if (job.equipment?.some((part) => !vehicle.equipment?.includes(part))) return;
      const carried = load + (job.demand ?? 0);
      const begin = Math.max(free + way(place, job.at), job.window[0]);
      if (carried > (vehicle.capacity ?? Number.POSITIVE_INFINITY) || begin > job.window[1] + rounding) return;
      goOn(done | (1 << each), job.at, begin + job.duration, carried, distance + way(place, job.at));
    });
  };
  goOn(0, vehicle.start, vehicle.window[0], 0, 0);
  return shortest;
}
