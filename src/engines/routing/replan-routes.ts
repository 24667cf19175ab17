import { compileProblem } from "./compile-problem.ts";
import { improveTour, type SearchOptions } from "./improve-tour.ts";
import { readPlan } from "./plan-routes.ts";
import type { Id, Job, Plan, Route, RoutingProblem } from "./problem.ts";
import { emptyTour, insertJob, type Tour } from "./tour.ts";

export interface ReplanOptions extends SearchOptions {
  /** The minute it is. A job that began before stays with its vehicle at its time. */
  readonly now: number;
  /** How many minutes farther one goes so that a job keeps its engineer. */
  readonly stayWorth: number;
  /** A job that was to begin within so many minutes from now is worth `soonFactor` times as much. */
  readonly soonMinutes?: number;
  readonly soonFactor?: number;
}

/** Where and when a job was to be done, or is to be done now. */
export interface Appointment {
  readonly vehicle: Id;
  readonly start: number;
}

export interface PlanChange {
  readonly id: Id;
  /**
   * `added`: was in no route; `left_out`: is in none now; `gone`: is no longer asked for; `moved`: to another vehicle; `retimed`:
   * same vehicle, another time.
   */
  readonly change: "added" | "left_out" | "gone" | "moved" | "retimed";
  readonly before?: Appointment;
  readonly after?: Appointment;
}

export interface Replan {
  readonly plan: Plan;
  /** What differs from the earlier plan, job by job; what is not named stays as it was. */
  readonly changes: readonly PlanChange[];
}

/**
 * Plans anew from an earlier plan after something happened: a job came or went, an engineer fell ill, somebody is late. Starts
 * from the earlier routes and departs from them only where it pays by `stayWorth`.
 */
export function replanRoutes(problem: RoutingProblem, earlier: readonly Route[], options: ReplanOptions): Replan {
  const before = appointmentsOf(earlier);
  const known = new Set(problem.vehicles.map(({ id }) => String(id)));
  const jobs = problem.jobs.map((job) => hold(job, before.get(String(job.id)), known, options));
  const compiled = compileProblem({ ...problem, jobs });
  const tour = emptyTour(compiled);
  const vehicleOf = new Map(problem.vehicles.map(({ id }, index) => [String(id), index]));
  const jobOf = new Map(jobs.map(({ id }, index) => [String(id), index]));
  for (const route of earlier) {
    const vehicle = vehicleOf.get(String(route.vehicle));
    if (vehicle === undefined) continue;
    for (const id of route.jobs) {
      const job = jobOf.get(String(id));
      if (job !== undefined) appendIfPossible(tour, vehicle, job);
    }
  }
  const plan = readPlan(compiled, improveTour(compiled, tour, { heat: 0.1, ...options }));
  return { plan, changes: changesBetween(before, appointmentsOf(plan.routes), problem) };
}

/** The job as it may be planned now: fixed once it has begun, else the dearer to move the sooner it was to begin. */
function hold(
  job: Job,
  before: Appointment | undefined,
  known: ReadonlySet<string>,
  { now, stayWorth, soonMinutes = 60, soonFactor = 4 }: ReplanOptions,
): Job {
  if (!before || !known.has(String(before.vehicle))) return job;
  const { vehicle, start } = before;
  if (start < now) return { ...job, vehicle, window: [start, start] };
  return { ...job, stay: { vehicle, worth: start <= now + soonMinutes ? stayWorth * soonFactor : stayWorth } };
}

function appendIfPossible(tour: Tour, vehicle: number, job: number): void {
  const { compiled, depart, late, load } = tour;
  const { jobs: n, vehicles, at, travel, size, from, to, duration, demand, capacity, allowed, needsWalk } = compiled;
  if (tour.absentAt[job] === -1 || allowed[vehicle * n + job] === 0) return;
  if ((load[vehicle] ?? 0) + (demand[job] ?? 0) > (capacity[vehicle] ?? 0)) return;
  const end = n + vehicles + vehicle;
  const last = tour.previous[end] ?? 0;
  const here = at[job] ?? 0;
  const arrival = (depart[last] ?? 0) + (travel[(at[last] ?? 0) * size + here] ?? 0);
  const begin = Math.max(arrival, from[job] ?? 0);
  const home = begin + (duration[job] ?? 0) + (travel[here * size + (at[end] ?? 0)] ?? 0);
  if (begin > (to[job] ?? 0) || home > (late[end] ?? 0)) return;
  if (needsWalk[vehicle] === 1 && tour.walk.overtimeOf(tour.next, vehicle, job, last) === Number.POSITIVE_INFINITY)
    return;
  insertJob(tour, job, last);
}

function appointmentsOf(routes: readonly Route[]): Map<string, Appointment> {
  const appointments = new Map<string, Appointment>();
  for (const { vehicle, jobs, start } of routes)
    jobs.forEach((id, index) => {
      appointments.set(String(id), { vehicle, start: start[index] ?? 0 });
    });
  return appointments;
}

function changesBetween(
  earlier: ReadonlyMap<string, Appointment>,
  later: ReadonlyMap<string, Appointment>,
  problem: RoutingProblem,
): PlanChange[] {
  const asked = new Set(problem.jobs.map(({ id }) => String(id)));
  const changes = problem.jobs.flatMap(({ id }): PlanChange[] => {
    const [before, after] = [earlier.get(String(id)), later.get(String(id))];
    if (!before) return after ? [{ id, change: "added", after }] : [];
    if (!after) return [{ id, change: "left_out", before }];
    if (String(before.vehicle) !== String(after.vehicle)) return [{ id, change: "moved", before, after }];
    return Math.abs(before.start - after.start) > 1e-6 ? [{ id, change: "retimed", before, after }] : [];
  });
  const gone = [...earlier].filter(([id]) => !asked.has(id));
  return [...changes, ...gone.map(([id, before]): PlanChange => ({ id, change: "gone", before }))];
}
