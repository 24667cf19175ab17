/**
 * Routing: who visits whom, in which order and when. Pure; see README.md. All times and ways are minutes in one unit of the
 * caller's choice, places are indexes into `Travel`.
 */
export { cutEuclidean, type Point } from "./euclidean.ts";
export type { SearchOptions } from "./improve-tour.ts";
export { planRoutes } from "./plan-routes.ts";
export type {
  Break,
  Id,
  Job,
  Overtime,
  Plan,
  Route,
  RoutingProblem,
  Travel,
  UnservedReason,
  Vehicle,
} from "./problem.ts";
export { type RoutingRequest, readRoutingDocument } from "./read-document.ts";
export { type Appointment, type PlanChange, type Replan, type ReplanOptions, replanRoutes } from "./replan-routes.ts";
export { betterOf, type Found, type SearchTask, searchApart } from "./search-apart.ts";
