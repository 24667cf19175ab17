import { seededRandom } from "../random/index.ts";
import { compileProblem } from "./compile-problem.ts";
import { improveTour } from "./improve-tour.ts";
import { readPlan } from "./plan-routes.ts";
import type { Plan, RoutingProblem } from "./problem.ts";
import { emptyTour } from "./tour.ts";

export interface SearchTask {
  readonly problem: RoutingProblem;
  readonly seed: number;
  readonly heat: number;
  /** When to answer, by the clock of the surroundings. */
  readonly deadline: number;
}

export interface Found {
  readonly plan: Plan;
  /** What two answers are compared by: first the weight of the unserved, then the cost. */
  readonly absence: number;
  readonly cost: number;
}

export interface Surroundings {
  readonly shouldStop: () => boolean;
  /** Milliseconds, from any beginning. */
  readonly clock: () => number;
}

/** One search, made to run in a thread of its own. */
export function searchApart(task: SearchTask, { shouldStop, clock }: Surroundings): Found {
  const began = clock();
  const compiled = compileProblem(task.problem);
  const tour = improveTour(compiled, emptyTour(compiled), {
    random: seededRandom(task.seed),
    heat: task.heat,
    shouldStop: () => shouldStop() || clock() >= task.deadline,
    progress: () => (clock() - began) / (task.deadline - began),
  });
  return { plan: readPlan(compiled, tour), absence: tour.absence, cost: tour.cost };
}

/** The better of two answers. */
export function betterOf(one: Found, other: Found): Found {
  if (Math.abs(one.absence - other.absence) > 1e-9) return one.absence < other.absence ? one : other;
  return other.cost < one.cost ? other : one;
}
