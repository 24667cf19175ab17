import { seededRandom } from "../src/engines/random/index.ts";
import { type SeriesAlert, splitSeries, watchPopulation } from "../src/engines/usage-drop/index.ts";
import { scoreStream } from "../src/engines/usage-drop/score-stream.ts";
import { runApart } from "../src/platform/run-apart.ts";
import { drawNormal, simulateUsage, weeklyPatterns } from "../test/reference/simulate-usage.ts";

interface Figure {
  readonly bench: string;
  /** Time over that of adding up the same numbers once, in the same run. */
  readonly ratio: number;
  readonly perSecond: number;
  readonly sumsPerSecond: number;
  readonly aim?: string;
}

const days = 365;

/** Customers of a year watched, and points of a stream scored, each on one core and beside one plain sum of the same numbers. */
export async function* benchUsageDrop(): AsyncGenerator<Figure> {
  const customers = 8000;
  const values = yearOfCustomers(customers);
  const sum = secondsOfSum(values);
  const population = { start: 20_458, days, values };
  watchPopulation(population, 0, 500);
  const watched = secondsOf(() => watchPopulation(population, 0, customers).done);
  yield figure("usage-drop.customer-years", customers, watched, sum);
  yield {
    ...figure("usage-drop.customer-years-two-threads", customers, await secondsInThreads(values, customers), sum),
    // `compute usage-drop` shall answer for 100,000 customers with 365 days each in less than a minute, reading and writing included.
    aim: "perSecond >= 2000",
  };

  const points = 200_000;
  const random = seededRandom(2);
  const stream = Float64Array.from({ length: points }, () => drawNormal(random));
  const score = scoreStream();
  const scored = secondsOf(() => {
    let highest = 0;
    for (const [index, value] of stream.entries()) highest = Math.max(highest, score({ time: index * 300, value }));
    return highest;
  });
  yield figure("usage-drop.stream-points", points, scored, secondsOfSum(stream));
}

/** As `compute usage-drop` does it, the start of the threads included. */
async function secondsInThreads(values: Float64Array, customers: number): Promise<number> {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  const starts = new Int32Array(customers).fill(20_458);
  const offsets = Float64Array.from({ length: customers + 1 }, (_, customer) => customer * days);
  const module = new URL("../src/engines/usage-drop/watch-series.ts", import.meta.url);
  const began = performance.now();
  const tasks = splitSeries({ starts, offsets, values: shared, leftOut: [] }, 2);
  await Promise.all(tasks.map((task) => runApart<SeriesAlert[]>(module, "watchSeries", task)));
  return (performance.now() - began) / 1000;
}

function figure(bench: string, count: number, seconds: number, sumSeconds: number): Figure {
  return { bench, ratio: seconds / sumSeconds, perSecond: count / seconds, sumsPerSecond: count / sumSeconds };
}

function yearOfCustomers(customers: number): Float64Array {
  const random = seededRandom(1);
  const values = new Float64Array(customers * days);
  const means = [1, 5, 20, 100];
  for (let customer = 0; customer < customers; customer++) {
    const habit = { mean: means[customer % 4] ?? 1, dispersion: 0.2, weekly: weeklyPatterns.quietWeekend };
    values.set(simulateUsage(habit, days, random), customer * days);
  }
  return values;
}

function secondsOf(work: () => number): number {
  const began = performance.now();
  if (Number.isNaN(work())) throw new Error("The work gave no number.");
  return (performance.now() - began) / 1000;
}

/** The mean of many passes, so that the clock's resolution does not matter. */
function secondsOfSum(values: Float64Array): number {
  const passes = 20;
  const seconds = secondsOf(() => {
    let sum = 0;
    for (let pass = 0; pass < passes; pass++) for (const value of values) sum += value;
    return sum;
  });
  return seconds / passes;
}
