import assert from "node:assert/strict";
import { test } from "node:test";
import { type Apart, runApart } from "./run-apart.ts";

const here = new URL(import.meta.url);

export function double(input: number): number {
  return 2 * input;
}

export function countUntilStopped(
  most: number,
  { shouldStop, report, clock }: Apart,
): { counted: number; took: number } {
  const began = clock();
  let counted = 0;
  while (counted < most && !shouldStop()) if (++counted === 1000) report("a thousand");
  return { counted, took: clock() - began };
}

export function fail(): never {
  throw new RangeError("beyond all bounds");
}

if (process.env.NODE_TEST_CONTEXT && (await import("node:worker_threads")).isMainThread) {
  test("a function answers from a thread of its own", async () => {
    assert.equal(await runApart(here, "double", 21), 42);
  });

  test("it tells how far it is, and stops with what it has when the caller gives up", async () => {
    const giveUp = new AbortController();
    const told: unknown[] = [];
    const { counted } = await runApart<{ counted: number }>(here, "countUntilStopped", Number.MAX_SAFE_INTEGER, {
      signal: giveUp.signal,
      onProgress: (progress) => {
        told.push(progress);
        giveUp.abort();
      },
    });
    assert.ok(counted > 0);
    assert.deepEqual(told, ["a thousand"]);
    const { counted: none } = await runApart<{ counted: number }>(here, "countUntilStopped", 1000, {
      signal: giveUp.signal,
    });
    assert.equal(none, 0);
  });

  test("what it throws is thrown to the caller, and a name that is no function is told", async () => {
    await assert.rejects(runApart(here, "fail", undefined), { name: "RangeError", message: "beyond all bounds" });
    await assert.rejects(runApart(here, "nothing", undefined), /nothing/);
  });
}
