import type { Break, Travel, Vehicle } from "./problem.ts";

interface Stop {
  readonly at: number;
  readonly duration: number;
  readonly window: readonly [from: number, to: number];
}

/** When each stop's service begins, when the vehicle is back, and how far it went. */
export interface Day {
  readonly starts: readonly number[];
  readonly back: number;
  readonly distance: number;
}

/**
 * A vehicle's day through these stops in this order, each as early as can be; undefined if a window is missed. Breaks are
 * taken in their order, at whichever gaps make the day possible (and let it end earliest).
 * @param rounding by how much a time may exceed its limit; times answered are held to the limit
 */
export function walkDay(travel: Travel, vehicle: Vehicle, stops: readonly Stop[], rounding: number): Day | undefined {
  const breaks = vehicle.breaks ?? [];
  // The earliest readiness after each stop, by the number of breaks taken: a later state is never better than an earlier one.
  let ready = new Float64Array(breaks.length + 1).fill(Number.POSITIVE_INFINITY);
  ready[0] = vehicle.window[0];
  const begun: Float64Array[] = [];
  const origin: Int32Array[] = [];
  let place = vehicle.start;
  let distance = 0;
  for (const stop of stops) {
    const way = travel.minutes[place * travel.size + stop.at] ?? 0;
    distance += way;
    const arrival = arrive(ready, breaks, way, rounding);
    const start = new Float64Array(ready.length);
    ready = new Float64Array(ready.length);
    for (let taken = 0; taken < ready.length; taken++) {
      const begin = Math.max(arrival.times[taken] ?? 0, stop.window[0]);
      const inTime = begin <= stop.window[1] + rounding;
      start[taken] = inTime ? Math.min(begin, stop.window[1]) : Number.POSITIVE_INFINITY;
      ready[taken] = inTime ? begin + stop.duration : Number.POSITIVE_INFINITY;
    }
    begun.push(start);
    origin.push(arrival.taken);
    place = stop.at;
  }
  const way = travel.minutes[place * travel.size + vehicle.end] ?? 0;
  const home = arrive(ready, breaks, way, rounding);
  let best = -1;
  for (let taken = 0; taken < ready.length; taken++) {
    const back = home.times[taken] ?? 0;
    if (back > vehicle.window[1] + rounding || breaks.slice(taken).some(({ window }) => back > window[1] + rounding))
      continue;
    if (best < 0 || back < (home.times[best] ?? 0)) best = taken;
  }
  if (best < 0) return undefined;
  const starts: number[] = [];
  let taken = home.taken[best] ?? 0;
  for (let index = stops.length - 1; index >= 0; index--) {
    starts[index] = begun[index]?.[taken] ?? 0;
    taken = origin[index]?.[taken] ?? 0;
  }
  return { starts, back: Math.min(home.times[best] ?? 0, vehicle.window[1]), distance: distance + way };
}

/** After `way`: the earliest arrival for each number of breaks taken by then, and how many were taken before the way. */
function arrive(ready: Float64Array, breaks: readonly Break[], way: number, rounding: number) {
  const times = new Float64Array(ready.length).fill(Number.POSITIVE_INFINITY);
  const taken = new Int32Array(ready.length);
  for (let before = 0; before < ready.length; before++) {
    let earliest = ready[before] ?? 0;
    let time = earliest + way;
    for (let after = before; ; after++) {
      if (time < (times[after] ?? 0)) {
        times[after] = time;
        taken[after] = before;
      }
      const next = breaks[after];
      if (!next || earliest > next.window[1] + rounding) break;
      // On the way, anywhere: it begins when the window opens, or at once, and the rest of the way comes after it.
      earliest = Math.max(earliest, next.window[0]) + next.duration;
      time = Math.max(time, next.window[0]) + next.duration;
    }
  }
  return { times, taken };
}
