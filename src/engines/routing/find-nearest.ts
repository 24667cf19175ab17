import type { Travel } from "./problem.ts";

/** The `count` jobs nearest to each job, itself first, and the mean way to the nearest few: the scale of the problem. */
export function findNearest(travel: Travel, at: Int32Array, jobs: number, count: number) {
  const near = new Int32Array(jobs * count);
  const ways = new Float64Array(jobs);
  let sum = 0;
  let summed = 0;
  for (let job = 0; job < jobs; job++) {
    const row = (at[job] ?? 0) * travel.size;
    for (let other = 0; other < jobs; other++) {
      ways[other] = other === job ? -1 : (travel.minutes[row + (at[other] ?? 0)] ?? 0);
    }
    // Sorting plain numbers is quick; only those that are near enough are then put in order.
    const farthest = ways.toSorted()[count - 1] ?? 0;
    const order: number[] = [];
    for (let other = 0; other < jobs; other++) if ((ways[other] ?? 0) <= farthest) order.push(other);
    order.sort((a, b) => (ways[a] ?? 0) - (ways[b] ?? 0) || a - b);
    near.set(order.slice(0, count), job * count);
    for (let rank = 1; rank < Math.min(count, 6); rank++) {
      sum += ways[order[rank] ?? 0] ?? 0;
      summed++;
    }
  }
  return { near, stride: summed > 0 && sum > 0 ? sum / summed : 1 };
}
