import { type Compiled, compileProblem } from "./compile-problem.ts";
import { improveTour, type SearchOptions } from "./improve-tour.ts";
import type { Plan, Route, RoutingProblem, UnservedReason } from "./problem.ts";
import { emptyTour, type Tour } from "./tour.ts";
import { walkDay } from "./walk-day.ts";

/** Plans routes from nothing. */
export function planRoutes(problem: RoutingProblem, options: SearchOptions): Plan {
  const compiled = compileProblem(problem);
  return readPlan(compiled, improveTour(compiled, emptyTour(compiled), options));
}

/** A tour as a plan, its times walked through once more from the problem itself. */
export function readPlan(compiled: Compiled, tour: Tour): Plan {
  const { problem, jobs: n, impossible, possible } = compiled;
  const routes: Route[] = [];
  let distance = 0;
  problem.vehicles.forEach((vehicle, index) => {
    const stops = [];
    for (let node = tour.next[n + index] ?? 0; node < n; node = tour.next[node] ?? 0) {
      const job = problem.jobs[node];
      if (job) stops.push(job);
    }
    if (stops.length === 0) return;
    const day = walkDay(problem.travel, vehicle, stops, 2 * compiled.rounding);
    if (!day) throw new Error(`The route of vehicle ${vehicle.id} cannot be driven.`);
    distance += day.distance;
    routes.push({ vehicle: vehicle.id, jobs: stops.map(({ id }) => id), start: day.starts });
  });
  const unserved = new Map<number, UnservedReason>(impossible);
  for (const job of possible) if (tour.route[job] === -1) unserved.set(job, "no_room");
  return {
    routes,
    distance,
    unserved: problem.jobs.flatMap(({ id }, index) => {
      const reason = unserved.get(index);
      return reason === undefined ? [] : [{ id, reason }];
    }),
  };
}
