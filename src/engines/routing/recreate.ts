import type { Compiled } from "./compile-problem.ts";
import { insertJob, type Tour } from "./tour.ts";

/**
 * Puts absent jobs back, each where it costs least, passing over a share of the places by chance ("blinks", Christiaens &
 * Vanden Berghe 2020).
 */
export type Recreate = (tour: Tour, blinkRate: number) => void;

/** What jobs are lined up by, the smallest first. */
type Key = (job: number) => number;

/** So many of the jobs that stay absent are tried each time. */
const triedLimit = 40;
/** Of more jobs than this, only the routes that so many neighbours are in are looked through, as long as one of them fits. */
const wide = 250;
const neighbours = 40;

export function prepareRecreate(compiled: Compiled, random: () => number): Recreate {
  const { jobs: n, vehicles, size, at, travel, travelTo, from, to, duration, demand, capacity, allowed } = compiled;
  const { kind, extra, needsWalk, weight, remoteness, choices, near, nearCount } = compiled;
  const waiting = new Int32Array(n);
  const keys = new Float64Array(n);
  const seen = new Int32Array(vehicles);
  const isNear = new Int32Array(vehicles);
  const hasScarcity = choices.some((count) => count !== vehicles);
  const hasPriority = weight.some((value) => value !== weight[0]);
  const hasDemand = demand.some((value) => value !== demand[0]);
  const orders = possibleOrders();
  let stamp = 0;
  let marked = 0;
  let untilBlink = 0;

  function possibleOrders(): Key[] {
    const byChance: Key = () => random();
    const list: Key[] = [byChance, byChance, byChance, byChance];
    const byDemand: Key = (job) => -(demand[job] ?? 0);
    if (hasDemand) list.push(byDemand, byDemand, byDemand, byDemand);
    list.push(...Array.from({ length: 2 }, (): Key => (job) => -(remoteness[job] ?? 0)));
    list.push((job) => remoteness[job] ?? 0);
    list.push(...Array.from({ length: 2 }, (): Key => (job) => (to[job] ?? 0) - (from[job] ?? 0)));
    list.push(...Array.from({ length: 2 }, (): Key => (job) => from[job] ?? 0));
    list.push(...Array.from({ length: 2 }, (): Key => (job) => -(to[job] ?? 0)));
    if (hasScarcity) list.push(...Array.from({ length: 4 }, (): Key => (job) => choices[job] ?? 0));
    if (hasPriority) list.push(...Array.from({ length: 4 }, (): Key => (job) => -(weight[job] ?? 0)));
    return list;
  }

  /** The absent ones, in an order of chance; of very many those just removed and a few of the others. */
  function line(tour: Tour, limit: number): number {
    const count = Math.min(tour.absentCount, limit);
    if (count < tour.absentCount) {
      const older = tour.absentCount - count;
      for (let index = older; index < older + limit / 4; index++) swapAbsent(tour, index, Math.floor(random() * older));
    }
    const key = orders[Math.floor(random() * orders.length)] ?? (() => 0);
    for (let index = 0; index < count; index++) {
      // The last that became absent come first: those that were just removed.
      const job = tour.absent[tour.absentCount - 1 - index] ?? 0;
      const value = key(job);
      let place = index;
      while (place > 0 && (keys[place - 1] ?? 0) > value) {
        keys[place] = keys[place - 1] ?? 0;
        waiting[place] = waiting[place - 1] ?? 0;
        place--;
      }
      keys[place] = value;
      waiting[place] = job;
    }
    return count;
  }

  function swapAbsent({ absent, absentAt }: Tour, here: number, there: number): void {
    const [one, other] = [absent[here] ?? 0, absent[there] ?? 0];
    absent[here] = other;
    absentAt[other] = here;
    absent[there] = one;
    absentAt[one] = there;
  }

  return function recreate(tour, blinkRate) {
    const count = line(tour, blinkRate > 0 ? triedLimit : n);
    const logOfStay = blinkRate > 0 ? Math.log(1 - blinkRate) : 0;
    untilBlink = blinkRate > 0 ? Math.floor(Math.log(1 - random()) / logOfStay) : -1;
    for (let index = 0; index < count; index++) {
      const job = waiting[index] ?? 0;
      let before = -1;
      if (n > wide && tour.absentCount < n) {
        markNear(tour, job);
        before = findPlace(tour, job, logOfStay, true);
      }
      if (before < 0) before = findPlace(tour, job, logOfStay, false);
      if (before >= 0) insertJob(tour, job, before);
    }
  };

  function markNear(tour: Tour, job: number): void {
    marked++;
    for (let rank = 1; rank <= neighbours; rank++) {
      const vehicle = tour.route[near[job * nearCount + rank] ?? 0] ?? -1;
      if (vehicle >= 0) isNear[vehicle] = marked;
    }
  }

  /** After which node the job costs least; -1 if it fits nowhere. */
  function findPlace(tour: Tour, job: number, logOfStay: number, nearOnly: boolean): number {
    const { next, depart, late, load, count } = tour;
    const row = (at[job] ?? 0) * size;
    const [opens, closes, lasts, needs] = [from[job] ?? 0, to[job] ?? 0, duration[job] ?? 0, demand[job] ?? 0];
    let best = Number.POSITIVE_INFINITY;
    let bestBefore = -1;
    stamp++;
    for (let vehicle = 0; vehicle < vehicles; vehicle++) {
      if (allowed[vehicle * n + job] === 0 || (load[vehicle] ?? 0) + needs > (capacity[vehicle] ?? 0)) continue;
      const isEmpty = count[vehicle] === 0;
      if (nearOnly && !isEmpty && isNear[vehicle] !== marked) continue;
      if (isEmpty) {
        const alike = kind[vehicle] ?? 0;
        if (seen[alike] === stamp) continue;
        seen[alike] = stamp;
      }
      const preference = extra === undefined ? 0 : (extra[vehicle * n + job] ?? 0);
      const end = n + vehicles + vehicle;
      let node = n + vehicle;
      let place = at[node] ?? 0;
      while (node !== end) {
        const after = next[node] ?? 0;
        const afterPlace = at[after] ?? 0;
        const leaves = depart[node] ?? 0;
        if (leaves > closes) break;
        const here = node;
        const fromPlace = place;
        node = after;
        place = afterPlace;
        if (untilBlink-- === 0) {
          untilBlink = Math.floor(Math.log(1 - random()) / logOfStay);
          continue;
        }
        const way = travelTo[row + fromPlace] ?? 0;
        const onward = travel[row + afterPlace] ?? 0;
        const saved = isEmpty ? 0 : (travel[fromPlace * size + afterPlace] ?? 0);
        let added = way + onward - saved + preference;
        if (added >= best) continue;
        let begin = leaves + way;
        if (begin < opens) begin = opens;
        else if (begin > closes) continue;
        if (begin + lasts + onward > (late[after] ?? 0)) continue;
        if (needsWalk[vehicle] === 1) {
          added += tour.walk.overtimeOf(next, vehicle, job, here) - (tour.overtime[vehicle] ?? 0);
          if (added >= best) continue;
        }
        best = added;
        bestBefore = here;
      }
    }
    return bestBefore;
  }
}
