import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findOptimum } from "../../../test/reference/best-plan.ts";
import { faultsOf } from "../../../test/reference/check-plan.ts";
import { looks } from "../../../test/reference/search-looks.ts";
import { bestKnown, readSolomon, solomonProblem } from "../../../test/reference/solomon-instance.ts";
import { cutEuclidean, planRoutes, type RoutingProblem } from "./index.ts";

describe("Solomon's instances", () => {
  for (const name of ["C101.25", "R101.25", "RC101.25"]) {
    test(`${name} is solved to the optimum`, () => {
      const problem = solomonProblem(readSolomon(name), 1);
      const plan = planRoutes(problem, looks(100));
      assert.deepEqual(faultsOf(problem, plan), []);
      assert.deepEqual(plan.unserved, []);
      assert.ok(Math.abs(plan.distance - bestKnown("25", name.slice(0, -3))) < 1e-6, `${plan.distance}`);
    });
  }
  for (const name of ["C101", "R101", "RC101"]) {
    test(`${name} comes near the optimum, distances cut to one decimal`, () => {
      const problem = solomonProblem(readSolomon(name), 1);
      const plan = planRoutes(problem, looks(250));
      assert.deepEqual(faultsOf(problem, plan), []);
      assert.deepEqual(plan.unserved, []);
      const gap = plan.distance / bestKnown("100_trunc1_minDistance", name) - 1;
      assert.ok(gap > -1e-6 && gap < 0.03, `${plan.distance} is ${gap} above`);
    });

    test(`${name} comes near the best known, or passes it, with plain distances`, () => {
      const problem = solomonProblem(readSolomon(name));
      const plan = planRoutes(problem, looks(250));
      assert.deepEqual(faultsOf(problem, plan), []);
      assert.deepEqual(plan.unserved, []);
      assert.ok(plan.distance < bestKnown("100_double_minDistance", name) * 1.03, `${plan.distance}`);
    });
  }
});

const window = (most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }))
    .map(([from, length]): [number, number] => [from, from + length]);
const names = (all: string[]) => fc.subarray(all);

/** Small problems of every kind; many of them cannot be served wholly. */
const problems = (jobs: number): fc.Arbitrary<RoutingProblem> =>
  fc
    .record({
      points: fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), {
        minLength: jobs + 3,
        maxLength: jobs + 3,
      }),
      decimals: fc.constantFrom(undefined, 0, 1),
      vehicles: fc.array(
        fc.record({
          start: fc.integer({ min: 0, max: 2 }),
          end: fc.integer({ min: 0, max: 2 }),
          window: window(120),
          capacity: fc.integer({ min: 0, max: 20 }),
          skills: names(["network", "power"]),
          equipment: names(["ladder"]),
        }),
        { maxLength: 3 },
      ),
      jobs: fc.array(
        fc.record({
          duration: fc.integer({ min: 0, max: 15 }),
          window: window(80),
          demand: fc.integer({ min: 0, max: 8 }),
          skills: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, names(["network", "power"])),
          equipment: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, names(["ladder"])),
          priority: fc.integer({ min: 0, max: 4 }),
        }),
        { maxLength: jobs },
      ),
    })
    .map((drawn) => ({
      travel: cutEuclidean(drawn.points, drawn.decimals),
      vehicles: drawn.vehicles.map((vehicle, index) => ({ id: `v${index}`, ...vehicle })),
      jobs: drawn.jobs.map((job, index) => ({ id: index, at: index + 3, ...job })),
    }));

describe("any small problem", () => {
  test("is answered by a plan that can be driven, and by the optimum", () => {
    fc.assert(
      fc.property(problems(6), fc.integer(), (problem, seed) => {
        const plan = planRoutes(problem, looks(60, seed));
        assert.deepEqual(faultsOf(problem, plan), []);
        const optimum = findOptimum(problem);
        assert.equal(plan.unserved.length, optimum.unserved);
        const left = new Set(plan.unserved.map(({ id }) => id));
        const missed = problem.jobs.reduce((sum, { id, priority = 0 }) => sum + (left.has(id) ? priority : 0), 0);
        assert.equal(missed, optimum.missed);
        assert.ok(Math.abs(plan.distance - optimum.distance) < 1e-6, `${plan.distance}, not ${optimum.distance}`);
      }),
      { numRuns: 200 },
    );
  });
});
