import { availableParallelism } from "node:os";
import {
  readUsageDropDocument,
  type SeriesAlert,
  splitSeries,
  type UsageDropAnswer,
  watchSeries,
  writeAlerts,
} from "./engines/usage-drop/index.ts";
import { runApart } from "./platform/run-apart.ts";

/** Days of all customers together, from which on a second thread saves more than it costs: 2,000 customers with a year each. */
const manyDays = 730_000;
const mostThreads = 2;

/**
 * The document of `mainstay compute usage-drop`, answered like `computeUsageDrop`, in two threads where there is much to do.
 * Throws `DocumentFault` that names the place before any thread is started.
 */
export async function computeUsageDropApart(document: unknown): Promise<UsageDropAnswer> {
  const { customers, packed } = readUsageDropDocument(document);
  const threads = packed.values.length < manyDays ? 1 : Math.min(mostThreads, availableParallelism());
  if (threads === 1) return writeAlerts(customers, watchSeries({ packed, from: 0, to: customers.length }));
  const module = new URL("./engines/usage-drop/watch-series.ts", import.meta.url);
  const parts = splitSeries(packed, threads).map((task) => runApart<SeriesAlert[]>(module, "watchSeries", task));
  return writeAlerts(customers, (await Promise.all(parts)).flat());
}
