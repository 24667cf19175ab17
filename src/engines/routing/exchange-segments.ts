import type { Compiled } from "./compile-problem.ts";
import { refreshRoute, type Tour } from "./tour.ts";

/** Improves a tour by exchanging pieces of two routes until no exchange of these kinds makes it better. */
export type ExchangeSegments = (tour: Tour) => void;

/** How many neighbours of a job are tried, and how long the pieces are that are moved or swapped. */
const neighbours = 20;
const longestPiece = 3;

/**
 * Every move here brings one job right after one of its neighbours, and swaps what lies between `p1` and `s1` in one route with what
 * lies between `p2` and `s2` in another. A piece of nothing makes it a relocation (or-opt), short pieces a swap (cross-exchange, Taillard
 * et al. 1997), whole tails a 2-opt* (Potvin & Rousseau 1995). Pieces are short or tails, so each is judged in constant time.
 */
export function prepareExchange(compiled: Compiled): ExchangeSegments {
  const { jobs: n, vehicles, size, at, travel, from, to, duration, demand, capacity } = compiled;
  const { allowed, extra, kind, needsWalk, near, nearCount, possible } = compiled;
  /** Less than this may be rounding, and would be exchanged back and forth for ever. */
  const noticeable = compiled.absencePrice * 1e-12;
  const reach = Math.min(neighbours + 1, nearCount);
  /** The load of a route up to and with a node. */
  const carried = new Float64Array(n + 2 * vehicles);

  return function exchangeSegments(tour) {
    for (let vehicle = 0; vehicle < vehicles; vehicle++) sumLoads(tour, vehicle);
    for (let isBetter = true; isBetter; ) {
      isBetter = false;
      for (let index = 0; index < possible.length; index++) {
        while (improveAround(tour, possible[index] ?? 0)) isBetter = true;
      }
    }
  };

  function sumLoads(tour: Tour, vehicle: number): void {
    let load = 0;
    carried[n + vehicle] = 0;
    for (let node = tour.next[n + vehicle] ?? 0; node < n; node = tour.next[node] ?? 0) {
      load += demand[node] ?? 0;
      carried[node] = load;
    }
    carried[n + vehicles + vehicle] = load;
  }

  function improveAround(tour: Tour, job: number): boolean {
    const { next, previous, route } = tour;
    const home = route[job] ?? -1;
    if (home < 0 || needsWalk[home] === 1) return false;
    const p1 = previous[job] ?? 0;
    for (let rank = 1; rank < reach; rank++) {
      const other = near[job * nearCount + rank] ?? 0;
      const away = route[other] ?? -1;
      if (away < 0 || away === home || needsWalk[away] === 1) continue;
      const [afterOther, beforeOther] = [next[other] ?? 0, previous[other] ?? 0];
      if (kind[home] === kind[away] && swapTails(tour, p1, other)) return true;
      // The piece that begins with the job goes after the neighbour, in exchange for up to as many from there.
      let s1 = job;
      for (let taken = 0; taken < longestPiece && s1 < n; taken++) {
        s1 = next[s1] ?? 0;
        let s2 = afterOther;
        for (let given = 0; given <= longestPiece; given++) {
          if (swapPieces(tour, p1, s1, other, s2)) return true;
          if (s2 >= n) break;
          s2 = next[s2] ?? 0;
        }
      }
      // The piece that ends with the job goes before the neighbour.
      let begin = p1;
      for (let taken = 0; taken < longestPiece; taken++) {
        if (swapPieces(tour, begin, next[job] ?? 0, beforeOther, other)) return true;
        if (begin >= n) break;
        begin = previous[begin] ?? 0;
      }
    }
    return false;
  }

  function way(here: number, there: number): number {
    return travel[(at[here] ?? 0) * size + (at[there] ?? 0)] ?? 0;
  }

  /** After `p1` comes what came after `p2`, and the other way round. Vehicles of one kind only: their ends are alike. */
  function swapTails(tour: Tour, p1: number, p2: number): boolean {
    const { next, route, depart, late, load } = tour;
    const [s1, s2] = [next[p1] ?? 0, next[p2] ?? 0];
    const [home, away] = [route[p1] ?? 0, route[p2] ?? 0];
    const [cross1, cross2] = [way(p1, s2), way(p2, s1)];
    let change = cross1 + cross2 - way(p1, s1) - way(p2, s2);
    // A route that becomes empty is not driven.
    if (p1 >= n && s2 >= n) change -= cross1;
    if (p2 >= n && s1 >= n) change -= cross2;
    if (change >= -noticeable) return false;
    if ((depart[p1] ?? 0) + cross1 > (late[s2] ?? 0) || (depart[p2] ?? 0) + cross2 > (late[s1] ?? 0)) return false;
    const [front1, front2] = [carried[p1] ?? 0, carried[p2] ?? 0];
    if (front1 + (load[away] ?? 0) - front2 > (capacity[home] ?? 0)) return false;
    if (front2 + (load[home] ?? 0) - front1 > (capacity[away] ?? 0)) return false;
    apply(tour, p1, n + vehicles + home, p2, n + vehicles + away, change);
    return true;
  }

  function swapPieces(tour: Tour, p1: number, s1: number, p2: number, s2: number): boolean {
    const { next, route, count } = tour;
    const [home, away] = [route[p1] ?? 0, route[p2] ?? 0];
    let [out1, out2, need1, need2, moved1, moved2, change] = [0, 0, 0, 0, 0, 0, 0];
    let node = p1;
    for (let after = next[node] ?? 0; node !== s1; node = after, after = next[node] ?? 0) {
      out1 += way(node, after);
      if (after === s1) break;
      if (allowed[away * n + after] === 0) return false;
      if (extra) change += (extra[away * n + after] ?? 0) - (extra[home * n + after] ?? 0);
      need1 += demand[after] ?? 0;
      moved1++;
    }
    node = p2;
    for (let after = next[node] ?? 0; node !== s2; node = after, after = next[node] ?? 0) {
      out2 += way(node, after);
      if (after === s2) break;
      if (allowed[home * n + after] === 0) return false;
      if (extra) change += (extra[home * n + after] ?? 0) - (extra[away * n + after] ?? 0);
      need2 += demand[after] ?? 0;
      moved2++;
    }
    const in1 = (count[home] ?? 0) - moved1 + moved2 === 0 ? 0 : wayThrough(tour, p1, p2, s2, s1);
    const in2 = (count[away] ?? 0) - moved2 + moved1 === 0 ? 0 : wayThrough(tour, p2, p1, s1, s2);
    change += in1 + in2 - out1 - out2;
    if (change >= -noticeable) return false;
    if ((tour.load[home] ?? 0) - need1 + need2 > (capacity[home] ?? 0)) return false;
    if ((tour.load[away] ?? 0) - need2 + need1 > (capacity[away] ?? 0)) return false;
    if (!isInTime(tour, p1, p2, s2, s1) || !isInTime(tour, p2, p1, s1, s2)) return false;
    apply(tour, p1, s1, p2, s2, change);
    return true;
  }

  /** From `begin` through the piece strictly between `before` and `after` to `end`. */
  function wayThrough(tour: Tour, begin: number, before: number, after: number, end: number): number {
    let [sum, last] = [0, begin];
    for (let node = tour.next[before] ?? 0; node !== after; node = tour.next[node] ?? 0) {
      sum += way(last, node);
      last = node;
    }
    return sum + way(last, end);
  }

  function isInTime(tour: Tour, begin: number, before: number, after: number, end: number): boolean {
    let [time, last] = [tour.depart[begin] ?? 0, begin];
    for (let node = tour.next[before] ?? 0; node !== after; node = tour.next[node] ?? 0) {
      const starts = Math.max(time + way(last, node), from[node] ?? 0);
      if (starts > (to[node] ?? 0)) return false;
      time = starts + (duration[node] ?? 0);
      last = node;
    }
    return time + way(last, end) <= (tour.late[end] ?? 0);
  }

  function apply(tour: Tour, p1: number, s1: number, p2: number, s2: number, change: number): void {
    const { next, previous, route } = tour;
    const [home, away] = [route[p1] ?? 0, route[p2] ?? 0];
    const [first1, last1, first2, last2] = [next[p1] ?? 0, previous[s1] ?? 0, next[p2] ?? 0, previous[s2] ?? 0];
    const [isEmpty1, isEmpty2] = [first1 === s1, first2 === s2];
    link(tour, p1, isEmpty2 ? s1 : first2);
    if (!isEmpty2) link(tour, last2, s1);
    link(tour, p2, isEmpty1 ? s2 : first1);
    if (!isEmpty1) link(tour, last1, s2);
    tour.cost += change;
    for (const vehicle of [home, away]) {
      let jobs = 0;
      for (let node = next[n + vehicle] ?? 0; node < n; node = next[node] ?? 0) {
        route[node] = vehicle;
        jobs++;
      }
      tour.count[vehicle] = jobs;
      refreshRoute(tour, vehicle);
      sumLoads(tour, vehicle);
    }
  }

  function link(tour: Tour, here: number, there: number): void {
    tour.next[here] = there;
    tour.previous[there] = here;
  }
}
