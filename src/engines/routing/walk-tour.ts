import type { Compiled } from "./compile-problem.ts";
import type { Break } from "./problem.ts";

/** Judges days with breaks or overtime by walking through them; memory is taken once. */
export interface DayWalk {
  /** What overtime costs on this vehicle's day, with `job` put right after `before` (-1: as it is); Infinity if it cannot be. */
  overtimeOf(next: Int32Array, vehicle: number, job: number, before: number): number;
}

export function prepareWalk(compiled: Compiled): DayWalk {
  const { problem, rounding, at, travel, size, from, to, duration, jobs, vehicles } = compiled;
  const most = problem.vehicles.reduce((count, { breaks = [] }) => Math.max(count, breaks.length), 0);
  const ready = new Float64Array(most + 1);
  const arrival = new Float64Array(most + 1);

  function overtimeOf(next: Int32Array, vehicle: number, job: number, before: number): number {
    const { breaks = [], overtime } = problem.vehicles[vehicle] ?? {};
    const end = jobs + vehicles + vehicle;
    ready.fill(Number.POSITIVE_INFINITY);
    let node = jobs + vehicle;
    ready[0] = from[node] ?? 0;
    while (node !== end) {
      const after = node === before ? job : node === job ? (next[before] ?? 0) : (next[node] ?? 0);
      travelOn(travel[(at[node] ?? 0) * size + (at[after] ?? 0)] ?? 0);
      if (after === end) break;
      let possible = false;
      for (let taken = 0; taken <= breaks.length; taken++) {
        const begin = Math.max(arrival[taken] ?? 0, from[after] ?? 0);
        const inTime = begin <= (to[after] ?? 0);
        ready[taken] = inTime ? begin + (duration[after] ?? 0) : Number.POSITIVE_INFINITY;
        if (inTime) possible = true;
      }
      if (!possible) return Number.POSITIVE_INFINITY;
      node = after;
    }
    let back = Number.POSITIVE_INFINITY;
    for (let taken = 0; taken <= breaks.length; taken++) {
      const time = arrival[taken] ?? 0;
      if (time < back && !isOneDue(breaks, taken, time - rounding)) back = time;
    }
    if (back > (to[end] ?? 0)) return Number.POSITIVE_INFINITY;
    return overtime ? Math.max(0, back - overtime.after) * overtime.costPerMinute : 0;

    /** As in `walk-day.ts`: breaks are taken on the way. */
    function travelOn(way: number): void {
      arrival.fill(Number.POSITIVE_INFINITY);
      for (let taken = 0; taken <= breaks.length; taken++) {
        let earliest = ready[taken] ?? 0;
        let time = earliest + way;
        for (let later = taken; ; later++) {
          if (time < (arrival[later] ?? 0)) arrival[later] = time;
          const pause = breaks[later];
          if (!pause || earliest > pause.window[1] + rounding) break;
          earliest = Math.max(earliest, pause.window[0]) + pause.duration;
          time = Math.max(time, pause.window[0]) + pause.duration;
        }
      }
    }
  }
  return { overtimeOf };
}

/** Whether one of the breaks that were not taken should have begun by `time`. */
function isOneDue(breaks: readonly Break[], taken: number, time: number): boolean {
  for (let index = taken; index < breaks.length; index++) if (time > (breaks[index]?.window[1] ?? 0)) return true;
  return false;
}
