import { findNearest } from "./find-nearest.ts";
import type { Job, RoutingProblem, Travel, UnservedReason, Vehicle } from "./problem.ts";
import { walkDay } from "./walk-day.ts";

/**
 * A problem as flat arrays. Nodes: jobs 0 … n-1, then the vehicles' starts (n + v), then their ends (n + V + v). Everything
 * that can be known about a job and a vehicle alone is settled here, so that the search asks one byte.
 */
export interface Compiled {
  readonly problem: RoutingProblem;
  /** By how much a time may exceed its limit. */
  readonly rounding: number;
  readonly jobs: number;
  readonly vehicles: number;
  readonly size: number;
  /** Travel from place to place, and the same transposed: rows of one job are then read in both directions. */
  readonly travel: Float64Array;
  readonly travelTo: Float64Array;
  /** By node: its place, its window and its duration; `to` is widened by what rounding may take. */
  readonly at: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly duration: Float64Array;
  readonly demand: Float64Array;
  readonly capacity: Float64Array;
  /** `allowed[v * jobs + j]` is 1 if vehicle v could do job j on a day with nothing else. */
  readonly allowed: Uint8Array;
  /** Vehicles of one kind are interchangeable: of those without work one stands for all. */
  readonly kind: Int32Array;
  /** What it costs that v does j, beyond travel: `extra[v * jobs + j]`; undefined if nothing does. */
  readonly extra: Float64Array | undefined;
  /** 1 for vehicles with breaks or overtime, whose days are walked through to be judged. */
  readonly needsWalk: Uint8Array;
  /** What leaving a job out weighs: 1 and a little for its priority, so that the count comes first. */
  readonly weight: Float64Array;
  /** One job left out costs this much while searching; more than any detour. */
  readonly absencePrice: number;
  /** For each job the jobs nearest to it, itself first: `near[j * nearCount + k]`. */
  readonly near: Int32Array;
  readonly nearCount: number;
  /** How far a job lies from where vehicles start. */
  readonly remoteness: Float64Array;
  /** How many vehicles could do it. */
  readonly choices: Int32Array;
  /** Why nobody can do it, for those that nobody can. */
  readonly impossible: ReadonlyMap<number, UnservedReason>;
  /** The jobs that somebody can do. */
  readonly possible: Int32Array;
  /** The mean travel between near neighbours: the scale of the search. */
  readonly stride: number;
}

const nearLimit = 200;

/** By how much a time may exceed its limit, because sums of decimals are rounded: by the latest time that can matter. */
function roundingOf({ vehicles, jobs, travel }: RoutingProblem): number {
  let latest = (jobs.length + 1) * largestOf(travel.minutes);
  let opening = 0;
  for (const { window } of [...vehicles, ...jobs]) opening = Math.max(opening, window[0]);
  for (const { duration } of jobs) latest += duration;
  for (const { breaks = [] } of vehicles) for (const { window, duration } of breaks) latest += window[0] + duration;
  return 1e-9 + (opening + latest) * 1e-15;
}

export function compileProblem(problem: RoutingProblem): Compiled {
  const { vehicles, jobs, travel } = problem;
  const [n, count] = [jobs.length, vehicles.length];
  const rounding = roundingOf(problem);
  const nodes = n + 2 * count;
  const at = new Int32Array(nodes);
  const from = new Float64Array(nodes);
  const to = new Float64Array(nodes);
  const duration = new Float64Array(nodes);
  const demand = Float64Array.from(jobs, (job) => job.demand ?? 0);
  const capacity = Float64Array.from(vehicles, (vehicle) => roomOf(vehicle));
  jobs.forEach((job, index) => {
    at[index] = job.at;
    duration[index] = job.duration;
    [from[index], to[index]] = [job.window[0], job.window[1] + rounding];
  });
  vehicles.forEach((vehicle, index) => {
    at[n + index] = vehicle.start;
    at[n + count + index] = vehicle.end;
    for (const node of [n + index, n + count + index])
      [from[node], to[node]] = [vehicle.window[0], vehicle.window[1] + rounding];
  });
  const { allowed, impossible } = judgeAll(problem, rounding);
  const choices = Int32Array.from(jobs, (_, job) => {
    let sum = 0;
    for (let vehicle = 0; vehicle < count; vehicle++) sum += allowed[vehicle * n + job] ?? 0;
    return sum;
  });
  const possible = Int32Array.from(jobs.keys()).filter((job) => (choices[job] ?? 0) > 0);
  const nearCount = Math.min(nearLimit, n);
  const { near, stride } = findNearest(travel, at, n, nearCount);
  const extra = preferences(problem, stride);
  return {
    problem,
    rounding,
    jobs: n,
    vehicles: count,
    size: travel.size,
    travel: travel.minutes,
    travelTo: transposed(travel.minutes, travel.size),
    at,
    from,
    to,
    duration,
    demand,
    capacity,
    allowed,
    kind: kindsOf(problem),
    extra,
    needsWalk: Uint8Array.from(vehicles, ({ breaks, overtime }) => (breaks?.length || overtime ? 1 : 0)),
    weight: weightsOf(jobs),
    absencePrice: 4 * largestOf(travel.minutes) + 10 * stride + largestOf(extra ?? new Float64Array(1)) + 1,
    near,
    nearCount,
    remoteness: remotenessOf(problem),
    choices,
    impossible,
    possible,
    stride,
  };
}

function roomOf({ capacity = Number.POSITIVE_INFINITY }: Vehicle): number {
  return capacity + Math.max(1, capacity) * 1e-9;
}

/** 1 for each job, and for all priorities together less than 1 more. */
function weightsOf(jobs: readonly Job[]): Float64Array {
  const sum = jobs.reduce((total, job) => total + (job.priority ?? 0), 0);
  return Float64Array.from(jobs, (job) => 1 + (job.priority ?? 0) / (1 + sum));
}

function judgeAll(problem: RoutingProblem, rounding: number) {
  const { jobs, vehicles } = problem;
  const allowed = new Uint8Array(vehicles.length * jobs.length);
  const impossible = new Map<number, UnservedReason>();
  const kinds = kindsOf(problem);
  const has = vehicles.map(({ skills, equipment }) => ({ skills: new Set(skills), equipment: new Set(equipment) }));
  jobs.forEach((job, index) => {
    let reason: UnservedReason = "no_vehicle";
    let served = false;
    vehicles.forEach((vehicle, each) => {
      const first = kinds[each] ?? each;
      const verdict =
        first < each && job.vehicle === undefined ? undefined : judge(problem, job, vehicle, has[each], rounding);
      if (verdict === undefined) {
        allowed[each * jobs.length + index] = allowed[first * jobs.length + index] ?? 0;
        return;
      }
      if (verdict === "fits") {
        allowed[each * jobs.length + index] = 1;
        served = true;
      } else if (steps.indexOf(verdict) > steps.indexOf(reason)) reason = verdict;
    });
    if (!served) impossible.set(index, reason);
  });
  return { allowed, impossible };
}

/** In the order in which a vehicle is judged: the reason told is that of the vehicle that came farthest. */
const steps: readonly UnservedReason[] = ["no_vehicle", "skills", "equipment", "capacity", "window", "no_room"];

function judge(
  problem: RoutingProblem,
  job: Job,
  vehicle: Vehicle,
  has: { skills: ReadonlySet<string>; equipment: ReadonlySet<string> } | undefined,
  rounding: number,
): UnservedReason | "fits" {
  if (job.vehicle !== undefined && String(job.vehicle) !== String(vehicle.id)) return "no_vehicle";
  if (!job.skills?.every((skill) => has?.skills.has(skill)) && job.skills?.length) return "skills";
  if (!job.equipment?.every((part) => has?.equipment.has(part)) && job.equipment?.length) return "equipment";
  if ((job.demand ?? 0) > roomOf(vehicle)) return "capacity";
  return isPossibleAlone(problem.travel, vehicle, job, rounding) ? "fits" : "window";
}

/** Whether the vehicle could do the job in time on a day with nothing else. */
function isPossibleAlone(travel: Travel, vehicle: Vehicle, job: Job, rounding: number): boolean {
  if (vehicle.breaks && vehicle.breaks.length > 0) return walkDay(travel, vehicle, [job], rounding) !== undefined;
  const arrival = vehicle.window[0] + (travel.minutes[vehicle.start * travel.size + job.at] ?? 0);
  const begin = Math.max(arrival, job.window[0]);
  const back = begin + job.duration + (travel.minutes[job.at * travel.size + vehicle.end] ?? 0);
  return begin <= job.window[1] + rounding && back <= vehicle.window[1] + rounding;
}

/** The first vehicle that is the same in everything that counts, for each vehicle. */
function kindsOf({ vehicles, jobs }: RoutingProblem): Int32Array {
  const known = new Map<string, number>();
  const named = new Set<string>();
  for (const job of jobs) {
    for (const id of Object.keys(job.familiarity ?? {})) named.add(id);
    if (job.vehicle !== undefined) named.add(String(job.vehicle));
    if (job.stay) named.add(String(job.stay.vehicle));
  }
  return Int32Array.from(vehicles, (vehicle, index) => {
    const { id, skills = [], equipment = [], ...rest } = vehicle;
    const own = named.has(String(id)) ? String(id) : null;
    const what = [rest.start, rest.end, rest.window, rest.capacity, rest.breaks, rest.overtime];
    const key = JSON.stringify([own, ...what, [...skills].sort(), [...equipment].sort()]);
    const first = known.get(key) ?? index;
    known.set(key, first);
    return first;
  });
}

/**
 * Unless told otherwise, full familiarity is worth a ten-thousandth of the way between neighbours: it settles ties. Undefined if
 * nobody is preferred to anybody.
 */
function preferences({ vehicles, jobs, familiarityWorth }: RoutingProblem, stride: number): Float64Array | undefined {
  if (!jobs.some(({ familiarity, stay }) => stay || Object.keys(familiarity ?? {}).length > 0)) return undefined;
  const worth = familiarityWorth ?? stride * 1e-4;
  const extra = new Float64Array(vehicles.length * jobs.length);
  vehicles.forEach(({ id }, vehicle) => {
    jobs.forEach(({ familiarity, stay }, job) => {
      const strange = familiarity ? worth * (1 - (familiarity[String(id)] ?? 0)) : 0;
      const moved = stay && String(stay.vehicle) !== String(id) ? stay.worth : 0;
      extra[vehicle * jobs.length + job] = strange + moved;
    });
  });
  return extra;
}

function remotenessOf({ vehicles, jobs, travel }: RoutingProblem): Float64Array {
  const starts = [...new Set(vehicles.map(({ start }) => start))];
  return Float64Array.from(jobs, ({ at }) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const start of starts) nearest = Math.min(nearest, travel.minutes[start * travel.size + at] ?? 0);
    return starts.length > 0 ? nearest : 0;
  });
}

function transposed(minutes: Float64Array, size: number): Float64Array {
  const turned = new Float64Array(minutes.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) turned[column * size + row] = minutes[row * size + column] ?? 0;
  }
  return turned;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}
