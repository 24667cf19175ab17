import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { faultsOf } from "../../../test/reference/check-plan.ts";
import { looks } from "../../../test/reference/search-looks.ts";
import { readSolomon, solomonProblem } from "../../../test/reference/solomon-instance.ts";
import { planRoutes, type Replan, type RoutingProblem, replanRoutes } from "./index.ts";

const problem = solomonProblem(readSolomon("RC101.25"));
const earlier = planRoutes(problem, looks(50));
const replan = (changed: RoutingProblem, now = 0, stayWorth = 1000): Replan =>
  replanRoutes(changed, earlier.routes, { ...looks(20), now, stayWorth });
const without = (...ids: unknown[]): RoutingProblem => ({
  ...problem,
  jobs: problem.jobs.filter(({ id }) => !ids.includes(id)),
});

describe("planning anew", () => {
  test("when nothing happened nothing changes", () => {
    const { plan, changes } = replan(problem);
    assert.deepEqual(changes, []);
    assert.deepEqual(plan, earlier);
  });

  test("a new job finds its place, and says who comes when; the others keep their engineers", () => {
    const before = planRoutes(without(7), looks(50));
    const { plan, changes } = replanRoutes(problem, before.routes, { ...looks(20), now: 0, stayWorth: 1000 });
    assert.deepEqual(faultsOf(problem, plan), []);
    const added = changes.filter(({ change }) => change === "added");
    assert.deepEqual(
      added.map(({ id }) => id),
      [7],
    );
    const route = plan.routes.find(({ vehicle }) => vehicle === added[0]?.after?.vehicle);
    assert.equal(route?.start[route.jobs.indexOf(7)], added[0]?.after?.start);
    assert.ok(!changes.some(({ change }) => change === "moved"));
  });

  test("a job that is no longer asked for is gone, and its engineer's others stay", () => {
    const { plan, changes } = replan(without(5));
    assert.deepEqual(faultsOf(without(5), plan), []);
    assert.deepEqual(
      changes.filter(({ change }) => change !== "retimed").map(({ id, change }) => [id, change]),
      [["5", "gone"]],
    );
  });

  test("when an engineer falls ill only that engineer's jobs move", () => {
    const [ill] = earlier.routes;
    const changed = { ...problem, vehicles: problem.vehicles.filter(({ id }) => id !== ill?.vehicle) };
    const { plan, changes } = replan(changed);
    assert.deepEqual(faultsOf(changed, plan), []);
    assert.deepEqual(
      changes.filter(({ change }) => change === "moved").map(({ id }) => id),
      ill?.jobs.toSorted((a, b) => Number(a) - Number(b)),
    );
  });

  test("what has begun stays where it is, at its time, whatever else would be shorter", () => {
    const now = 100;
    const scattered = problem.jobs.map(({ id, window, at }) => ({ id, at, start: window[0] }));
    const oneEach = scattered.map(({ id, at, start }, index) => {
      const way = problem.travel.minutes[at] ?? 0;
      return { vehicle: `v${index + 1}`, jobs: [id], start: [Math.max(start, way)] };
    });
    const { plan, changes } = replanRoutes(problem, oneEach, { ...looks(50), now, stayWorth: 0 });
    assert.deepEqual(faultsOf(problem, plan), []);
    const begun = oneEach.filter(({ start: [start = 0] }) => start < now).map(({ jobs: [id] }) => id);
    assert.ok(begun.length > 5);
    for (const { id } of changes) assert.ok(!begun.includes(id), `${id}`);
    assert.ok(changes.some(({ change }) => change === "moved"));
  });
});
