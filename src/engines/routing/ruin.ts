import type { Compiled } from "./compile-problem.ts";
import { refreshRoute, removeJob, type Tour } from "./tour.ts";

/** Takes strings of neighbouring jobs out of neighbouring routes (Christiaens & Vanden Berghe 2020, section 5). */
export type Ruin = (tour: Tour) => void;

/** The paper's settings: jobs removed on average, longest string, chance of a split string, chance that its kept part grows. */
const averageRemoved = 10;
const longestString = 10;
const splitRate = 0.5;
const growRate = 0.01;

export function prepareRuin(compiled: Compiled, random: () => number): Ruin {
  const { near, nearCount, possible, vehicles, jobs } = compiled;
  const touched = new Int32Array(vehicles);
  const isTouched = new Uint8Array(vehicles);

  return function ruin(tour) {
    let used = 0;
    for (let vehicle = 0; vehicle < vehicles; vehicle++) if ((tour.count[vehicle] ?? 0) > 0) used++;
    const served = possible.length - tour.absentCount;
    if (served === 0) return;
    const longest = Math.min(longestString, served / used);
    const most = (4 * averageRemoved) / (1 + longest) - 1;
    const strings = Math.floor(random() * most + 1);
    const seed = chooseSeed(tour);
    let ruined = 0;
    for (let rank = 0; rank < nearCount && ruined < strings; rank++) {
      const job = near[seed * nearCount + rank] ?? 0;
      const vehicle = tour.route[job] ?? -1;
      if (vehicle < 0 || isTouched[vehicle] === 1) continue;
      isTouched[vehicle] = 1;
      touched[ruined++] = vehicle;
      const size = tour.count[vehicle] ?? 0;
      const length = Math.floor(random() * Math.min(size, longest) + 1);
      removeString(tour, vehicle, job, Math.min(length, size));
    }
    for (let index = 0; index < ruined; index++) {
      const vehicle = touched[index] ?? 0;
      isTouched[vehicle] = 0;
      refreshRoute(tour, vehicle);
    }
  };

  /** A job by chance; around one that is absent in half of the cases, so that room is made for it. */
  function chooseSeed(tour: Tour): number {
    if (tour.absentCount > 0 && random() < 0.5) return tour.absent[Math.floor(random() * tour.absentCount)] ?? 0;
    return possible[Math.floor(random() * possible.length)] ?? 0;
  }

  /** Removes `length` jobs around `job`; a split string keeps some jobs in its middle. */
  function removeString(tour: Tour, vehicle: number, job: number, length: number): void {
    const { next, previous } = tour;
    const size = tour.count[vehicle] ?? 0;
    let kept = 0;
    if (length > 1 && length < size && random() < splitRate) {
      kept = 1;
      while (length + kept < size && random() < growRate) kept++;
    }
    const span = length + kept;
    let before = 0;
    for (let node = previous[job] ?? 0; node < jobs; node = previous[node] ?? 0) before++;
    const least = Math.max(0, span - (size - before));
    const back = least + Math.floor(random() * (Math.min(before, span - 1) - least + 1));
    let node = job;
    for (let step = 0; step < back; step++) node = previous[node] ?? 0;
    const keepFrom = kept > 0 ? 1 + Math.floor(random() * (length - 1)) : span;
    for (let step = 0; step < span; step++) {
      const after = next[node] ?? 0;
      if (step < keepFrom || step >= keepFrom + kept) removeJob(tour, node);
      node = after;
    }
  }
}
