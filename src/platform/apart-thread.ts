import { parentPort, workerData } from "node:worker_threads";
import type { Apart, ApartTask } from "./run-apart.ts";

/** The inside of `runApart`: one function, called once. */
const { module, name, input, stop }: ApartTask = workerData;
const apart: Apart = {
  shouldStop: () => Atomics.load(stop, 0) === 1,
  report: (progress) => parentPort?.postMessage({ progress }),
  clock: () => performance.timeOrigin + performance.now(),
};
const work: Record<string, (input: unknown, apart: Apart) => unknown> = await import(module);
const called = work[name];
if (typeof called !== "function") throw new Error(`${module} exports no function "${name}".`);
parentPort?.postMessage({ answer: await called(input, apart) });
