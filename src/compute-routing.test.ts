import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { faultsOf } from "../test/reference/check-plan.ts";
import { bestKnown, readSolomon, solomonDocument } from "../test/reference/solomon-instance.ts";
import { computeRouting } from "./compute-routing.ts";
import { readRoutingDocument } from "./engines/routing/index.ts";

describe("mainstay compute routing", () => {
  test("searches in threads for as long as it may, counted from the start of the process", async () => {
    const document = solomonDocument(readSolomon("C101.25"), performance.now() / 1000 + 2.5, 1);
    const plan = await computeRouting(document);
    assert.deepEqual(faultsOf(readRoutingDocument(document).problem, plan), []);
    assert.deepEqual(plan.unserved, []);
    assert.equal(plan.distance, bestKnown("25", "C101"));
  });

  test("answers with a plan that can be driven even if there is no time at all", async () => {
    const document = solomonDocument(readSolomon("R101"), 0);
    const plan = await computeRouting(document);
    assert.deepEqual(faultsOf(readRoutingDocument(document).problem, plan), []);
    assert.deepEqual(plan.unserved, []);
  });

  test("refuses before any thread is started", async () => {
    await assert.rejects(computeRouting({ ...solomonDocument(readSolomon("C101.25"), 1), jobs: [{}] }), {
      pointer: "/jobs/0/id",
    });
  });
});
