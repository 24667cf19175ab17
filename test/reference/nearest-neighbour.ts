import type { RoutingProblem } from "../../src/engines/routing/index.ts";

/** What one would do by hand: each vehicle in turn goes to the nearest job that it can still do, until it can do no more. */
export function goToNearest(problem: RoutingProblem): { distance: number; unserved: number } {
  const { vehicles, jobs, travel } = problem;
  const way = (from: number, to: number) => travel.minutes[from * travel.size + to] ?? 0;
  const waiting = new Set(jobs);
  let distance = 0;
  for (const { start, end, window, capacity = Number.POSITIVE_INFINITY } of vehicles) {
    let [free, place, load] = [window[0], start, 0];
    for (;;) {
      let [nearest, shortest, begins] = [jobs[0], Number.POSITIVE_INFINITY, 0];
      for (const job of waiting) {
        const far = way(place, job.at);
        const begin = Math.max(free + far, job.window[0]);
        const back = begin + job.duration + way(job.at, end);
        const fits = begin <= job.window[1] && back <= window[1] && load + (job.demand ?? 0) <= capacity;
        if (fits && far < shortest) [nearest, shortest, begins] = [job, far, begin];
      }
      if (!nearest || shortest === Number.POSITIVE_INFINITY) break;
      waiting.delete(nearest);
      distance += shortest;
      load += nearest.demand ?? 0;
      [free, place] = [begins + nearest.duration, nearest.at];
    }
    if (place !== start || load > 0) distance += way(place, end);
  }
  return { distance, unserved: waiting.size };
}
