import type { Compiled } from "./compile-problem.ts";
import { type DayWalk, prepareWalk } from "./walk-tour.ts";

/**
 * All routes as one doubly linked list over nodes, with what makes any insertion or exchange checkable in constant time
 * (Savelsbergh 1992): when one can leave each node at the earliest, and when service there must begin at the latest.
 * Invariant between calls: every route is feasible, `cost` and `absence` are those of the routes.
 */
export interface Tour {
  readonly compiled: Compiled;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** The vehicle of a node; -1 for a job that is in no route. */
  readonly route: Int32Array;
  /** Earliest departure; latest begin of service. For vehicles with breaks as if they had none: necessary, not sufficient. */
  readonly depart: Float64Array;
  readonly late: Float64Array;
  readonly load: Float64Array;
  readonly count: Int32Array;
  /** Overtime cost now, by vehicle. */
  readonly overtime: Float64Array;
  /** The jobs in no route: the first `absentCount` entries, and where each stands. */
  readonly absent: Int32Array;
  readonly absentAt: Int32Array;
  absentCount: number;
  /** Travel, overtime and preferences. */
  cost: number;
  /** The summed weight of the absent jobs. */
  absence: number;
  readonly walk: DayWalk;
}

/** Everybody at home, every job that somebody could do absent. */
export function emptyTour(compiled: Compiled): Tour {
  const { jobs: n, vehicles, possible, weight } = compiled;
  const nodes = n + 2 * vehicles;
  const tour: Tour = {
    compiled,
    next: new Int32Array(nodes).fill(-1),
    previous: new Int32Array(nodes).fill(-1),
    route: new Int32Array(nodes).fill(-1),
    depart: new Float64Array(nodes),
    late: new Float64Array(nodes),
    load: new Float64Array(vehicles),
    count: new Int32Array(vehicles),
    overtime: new Float64Array(vehicles),
    absent: new Int32Array(n),
    absentAt: new Int32Array(n).fill(-1),
    absentCount: possible.length,
    cost: 0,
    absence: 0,
    walk: prepareWalk(compiled),
  };
  possible.forEach((job, index) => {
    tour.absent[index] = job;
    tour.absentAt[job] = index;
    tour.absence += weight[job] ?? 0;
  });
  for (let vehicle = 0; vehicle < vehicles; vehicle++) {
    const [start, end] = [n + vehicle, n + vehicles + vehicle];
    tour.next[start] = end;
    tour.previous[end] = start;
    tour.route[start] = vehicle;
    tour.route[end] = vehicle;
    refreshRoute(tour, vehicle);
  }
  return tour;
}

export function copyTour(from: Tour, to: Tour): void {
  to.next.set(from.next);
  to.previous.set(from.previous);
  to.route.set(from.route);
  to.depart.set(from.depart);
  to.late.set(from.late);
  to.load.set(from.load);
  to.count.set(from.count);
  to.overtime.set(from.overtime);
  to.absent.set(from.absent);
  to.absentAt.set(from.absentAt);
  to.absentCount = from.absentCount;
  to.cost = from.cost;
  to.absence = from.absence;
}

/** What inserting a job right after `before` adds to the way. */
export function detour(tour: Tour, job: number, before: number): number {
  const { at, travel, size } = tour.compiled;
  const [here, from, to] = [at[job] ?? 0, at[before] ?? 0, at[tour.next[before] ?? 0] ?? 0];
  return (
    (travel[from * size + here] ?? 0) +
    (travel[here * size + to] ?? 0) -
    (tour.count[tour.route[before] ?? 0] === 0 ? 0 : (travel[from * size + to] ?? 0))
  );
}

/** Puts an absent job right after `before`; the caller has checked that it fits. */
export function insertJob(tour: Tour, job: number, before: number): void {
  const { compiled, next, previous, route } = tour;
  const vehicle = route[before] ?? 0;
  const after = next[before] ?? 0;
  tour.cost += detour(tour, job, before) + (compiled.extra?.[vehicle * compiled.jobs + job] ?? 0);
  next[before] = job;
  next[job] = after;
  previous[job] = before;
  previous[after] = job;
  route[job] = vehicle;
  tour.load[vehicle] = (tour.load[vehicle] ?? 0) + (compiled.demand[job] ?? 0);
  tour.count[vehicle] = (tour.count[vehicle] ?? 0) + 1;
  const index = tour.absentAt[job] ?? 0;
  const last = tour.absent[--tour.absentCount] ?? 0;
  tour.absent[index] = last;
  tour.absentAt[last] = index;
  tour.absentAt[job] = -1;
  tour.absence -= compiled.weight[job] ?? 0;
  updateAround(tour, job);
  if (compiled.needsWalk[vehicle] === 1) settleOvertime(tour, vehicle);
}

/** Takes a job out of its route. The route's times are stale until `refreshRoute`. */
export function removeJob(tour: Tour, job: number): void {
  const { compiled, next, previous, route } = tour;
  const vehicle = route[job] ?? 0;
  const [before, after] = [previous[job] ?? 0, next[job] ?? 0];
  next[before] = after;
  previous[after] = before;
  route[job] = -1;
  tour.load[vehicle] = (tour.load[vehicle] ?? 0) - (compiled.demand[job] ?? 0);
  tour.count[vehicle] = (tour.count[vehicle] ?? 0) - 1;
  tour.cost -= detour(tour, job, before) + (compiled.extra?.[vehicle * compiled.jobs + job] ?? 0);
  tour.absent[tour.absentCount] = job;
  tour.absentAt[job] = tour.absentCount++;
  tour.absence += compiled.weight[job] ?? 0;
}

/** Recomputes a route's times, and its load, which sums and differences may have worn. */
export function refreshRoute(tour: Tour, vehicle: number): void {
  const { compiled, next, previous, depart, late } = tour;
  const { at, travel, size, from, to, duration, demand, jobs } = compiled;
  const [start, end] = [jobs + vehicle, jobs + compiled.vehicles + vehicle];
  depart[start] = from[start] ?? 0;
  let load = 0;
  let node = start;
  while (node !== end) {
    const after = next[node] ?? 0;
    const arrival = (depart[node] ?? 0) + (travel[(at[node] ?? 0) * size + (at[after] ?? 0)] ?? 0);
    depart[after] = Math.max(arrival, from[after] ?? 0) + (duration[after] ?? 0);
    if (after < jobs) load += demand[after] ?? 0;
    node = after;
  }
  tour.load[vehicle] = load;
  late[end] = to[end] ?? 0;
  while (node !== start) {
    const before = previous[node] ?? 0;
    const leave = (late[node] ?? 0) - (travel[(at[before] ?? 0) * size + (at[node] ?? 0)] ?? 0);
    late[before] = Math.min(leave - (duration[before] ?? 0), to[before] ?? 0);
    node = before;
  }
  if (compiled.needsWalk[vehicle] === 1) settleOvertime(tour, vehicle);
}

/** After one insertion: times change only as far as the new job is felt. */
function updateAround(tour: Tour, job: number): void {
  const { compiled, next, previous, depart, late } = tour;
  const { at, travel, size, from, to, duration, jobs } = compiled;
  const starts = jobs + compiled.vehicles;
  let node = previous[job] ?? 0;
  while (node < starts) {
    const after = next[node] ?? 0;
    const arrival = (depart[node] ?? 0) + (travel[(at[node] ?? 0) * size + (at[after] ?? 0)] ?? 0);
    const leaves = Math.max(arrival, from[after] ?? 0) + (duration[after] ?? 0);
    if (leaves === depart[after] && node !== previous[job]) break;
    depart[after] = leaves;
    node = after;
  }
  node = next[job] ?? 0;
  const first = node;
  while (node < jobs || node >= starts) {
    const before = previous[node] ?? 0;
    const leave = (late[node] ?? 0) - (travel[(at[before] ?? 0) * size + (at[node] ?? 0)] ?? 0);
    const latest = Math.min(leave - (duration[before] ?? 0), to[before] ?? 0);
    if (latest === late[before] && node !== first) break;
    late[before] = latest;
    node = before;
  }
}

function settleOvertime(tour: Tour, vehicle: number): void {
  const now = tour.count[vehicle] === 0 ? 0 : tour.walk.overtimeOf(tour.next, vehicle, -1, -1);
  tour.cost += now - (tour.overtime[vehicle] ?? 0);
  tour.overtime[vehicle] = now;
}
