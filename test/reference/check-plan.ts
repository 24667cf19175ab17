import type { Plan, RoutingProblem, Vehicle } from "../../src/engines/routing/index.ts";

const tolerance = 1e-6;

/**
 * What is wrong with a plan, in words; empty if nothing is. Knows only the problem's definition: each job once, by who may and
 * can, within its window, after the way from the one before; capacity, breaks, and home in time.
 */
export function faultsOf(problem: RoutingProblem, plan: Plan): string[] {
  const faults: string[] = [];
  const seen = new Map<string, number>();
  const jobs = new Map(problem.jobs.map((job) => [job.id, job]));
  const count = (id: string | number) => seen.set(String(id), (seen.get(String(id)) ?? 0) + 1);
  let distance = 0;
  for (const route of plan.routes) {
    const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle);
    if (!vehicle) {
      faults.push(`no vehicle ${route.vehicle}`);
      continue;
    }
    if (route.jobs.length === 0) faults.push(`an empty route of ${vehicle.id}`);
    let [free, place, load] = [vehicle.window[0], vehicle.start, 0];
    const gaps: Gap[] = [];
    const goTo = (there: number, begin: number) => {
      const way = problem.travel.minutes[place * problem.travel.size + there] ?? 0;
      distance += way;
      gaps.push({ free, begin, way });
      place = there;
      return free + way;
    };
    route.jobs.forEach((id, index) => {
      const job = jobs.get(id);
      const begin = route.start[index];
      if (!job || begin === undefined) {
        faults.push(`no job ${id}`);
        return;
      }
      count(id);
      const arrival = goTo(job.at, begin);
      if (begin < arrival - tolerance) faults.push(`${id} begins at ${begin}, before the arrival at ${arrival}`);
      if (begin < job.window[0] - tolerance || begin > job.window[1] + tolerance)
        faults.push(`${id} begins at ${begin}, outside ${job.window}`);
      load += job.demand ?? 0;
      for (const skill of job.skills ?? []) if (!vehicle.skills?.includes(skill)) faults.push(`${id} needs ${skill}`);
      for (const part of job.equipment ?? [])
        if (!vehicle.equipment?.includes(part)) faults.push(`${id} needs ${part}`);
      if (job.vehicle !== undefined && job.vehicle !== vehicle.id) faults.push(`${id} is not for ${vehicle.id}`);
      free = begin + job.duration;
    });
    const back = goTo(vehicle.end, Number.POSITIVE_INFINITY);
    if (load > (vehicle.capacity ?? Number.POSITIVE_INFINITY) + tolerance) faults.push(`${vehicle.id} carries ${load}`);
    if (back > vehicle.window[1] + tolerance) faults.push(`${vehicle.id} is back at ${back}`);
    if (!breaksFit(vehicle, gaps)) faults.push(`${vehicle.id} has no time for its breaks`);
  }
  for (const { id } of plan.unserved) count(id);
  for (const { id } of problem.jobs)
    if (seen.get(String(id)) !== 1) faults.push(`${id} comes ${seen.get(String(id)) ?? 0} times`);
  if (Math.abs(distance - plan.distance) > tolerance) faults.push(`the distance is ${distance}, not ${plan.distance}`);
  return faults;
}

/** From when a vehicle is free until it must begin the next job, and how long it drives in between. */
interface Gap {
  readonly free: number;
  readonly begin: number;
  readonly way: number;
}

/** Tries every gap for every break, in their order; the way of a gap may be driven before, between and after its breaks. */
function breaksFit(vehicle: Vehicle, gaps: readonly Gap[]): boolean {
  const breaks = vehicle.breaks ?? [];
  const fit = (index: number, at: number, cursor: number, paused: number): boolean => {
    const [pause, gap] = [breaks[index], gaps[at]];
    if (!gap) return false;
    const isLast = at === gaps.length - 1;
    if (isLast) {
      const home = Math.max(cursor, gap.free + gap.way + paused);
      const isDue = breaks.slice(index).some(({ window }) => home > window[1] + tolerance);
      if (!isDue && home <= vehicle.window[1] + tolerance) return true;
    } else if (fit(index, at + 1, gaps[at + 1]?.free ?? 0, 0)) return true;
    if (!pause) return false;
    const begin = Math.max(cursor, pause.window[0]);
    const end = begin + pause.duration;
    const drivenBy = gap.free + gap.way + paused + pause.duration;
    if (begin > pause.window[1] + tolerance || Math.max(end, drivenBy) > gap.begin + tolerance) return false;
    return fit(index + 1, at, end, paused + pause.duration);
  };
  return fit(0, 0, gaps[0]?.free ?? 0, 0);
}
