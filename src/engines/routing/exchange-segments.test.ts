import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "../../../test/reference/check-plan.ts";
import { drawSolomon, type SolomonClass } from "../../../test/reference/draw-solomon.ts";
import { solomonProblem } from "../../../test/reference/solomon-instance.ts";
import { seededRandom } from "../random/index.ts";
import { compileProblem } from "./compile-problem.ts";
import { prepareExchange } from "./exchange-segments.ts";
import { settle } from "./improve-tour.ts";
import { readPlan } from "./plan-routes.ts";
import { prepareRecreate } from "./recreate.ts";
import { emptyTour } from "./tour.ts";

const kinds: SolomonClass[] = ["C1", "C2", "R1", "R2", "RC1", "RC2"];

test("exchanges shorten what was put together job by job, by as much as they say, and break nothing", () => {
  for (const kind of kinds) {
    for (const seed of [1, 2, 3]) {
      const drawn = solomonProblem(drawSolomon({ kind, customers: 100, density: 0.75, width: 0.2, seed }));
      const vehicles = drawn.vehicles.map((each, index) => ({ ...each, skills: index % 2 ? ["power"] : [] }));
      const jobs = drawn.jobs.map((each, index) => ({
        ...each,
        skills: index % 5 ? [] : ["power"],
        familiarity: { v1: 1, v2: 0.5 },
      }));
      const problem = { ...drawn, vehicles, jobs, familiarityWorth: 3 };
      const compiled = compileProblem(problem);
      const tour = emptyTour(compiled);
      const random = seededRandom(seed);
      prepareRecreate(compiled, random)(tour, 0);
      settle(tour);
      const [cost, left] = [tour.cost, tour.absentCount];
      prepareExchange(compiled)(tour);
      assert.ok(tour.cost < cost, `${kind}: ${tour.cost}, not less than ${cost}`);
      assert.equal(tour.absentCount, left);
      const told = tour.cost;
      settle(tour);
      assert.ok(Math.abs(tour.cost - told) < 1e-6, `${kind}: ${told} told, ${tour.cost} counted`);
      assert.deepEqual(faultsOf(problem, readPlan(compiled, tour)), []);
    }
  }
});
