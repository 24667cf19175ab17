import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { faultsOf } from "../../../test/reference/check-plan.ts";
import { looks } from "../../../test/reference/search-looks.ts";
import { cutEuclidean, type Job, type Plan, planRoutes, type RoutingProblem, type Vehicle } from "./index.ts";

/** Places on a line: place n lies n minutes from place 0, where everybody starts and ends unless told otherwise. */
const travel = cutEuclidean(Array.from({ length: 101 }, (_, x): [number, number] => [x, 0]));
const vehicle = (id: string, rest: Partial<Vehicle> = {}): Vehicle => ({
  id,
  start: 0,
  end: 0,
  window: [0, 480],
  ...rest,
});
const job = (id: string, at: number, rest: Partial<Job> = {}): Job => ({
  id,
  at,
  duration: 30,
  window: [0, 480],
  ...rest,
});

function solve(vehicles: Vehicle[], jobs: Job[], rest: Partial<RoutingProblem> = {}): Plan {
  const problem = { vehicles, jobs, travel, ...rest };
  const plan = planRoutes(problem, looks(8));
  assert.deepEqual(faultsOf(problem, plan), []);
  return plan;
}
const who = (plan: Plan, id: string) => plan.routes.find(({ jobs }) => jobs.includes(id))?.vehicle;
const when = (plan: Plan, id: string) => {
  const route = plan.routes.find(({ jobs }) => jobs.includes(id));
  return route?.start[route.jobs.indexOf(id)];
};
const reasons = (plan: Plan) => Object.fromEntries(plan.unserved.map(({ id, reason }) => [id, reason]));

describe("who can come", () => {
  test("nobody: everything is unserved, and says so", () => {
    assert.deepEqual(solve([], [job("a", 1)]), {
      routes: [],
      distance: 0,
      unserved: [{ id: "a", reason: "no_vehicle" }],
    });
    assert.deepEqual(solve([vehicle("v")], []), { routes: [], distance: 0, unserved: [] });
  });

  test("the reason is what stopped the vehicle that came farthest", () => {
    const crew = [
      vehicle("plain", { capacity: 2 }),
      vehicle("network", { skills: ["network"], window: [100, 200], capacity: 5 }),
      vehicle("ladder", { skills: ["network"], equipment: ["ladder"], capacity: 1 }),
    ];
    const plan = solve(crew, [
      job("crypto", 1, { skills: ["network", "crypto"] }),
      job("crane", 1, { skills: ["network"], equipment: ["crane"] }),
      job("heavy", 1, { demand: 9 }),
      job("early", 90, { skills: ["network"], window: [0, 50] }),
      job("home late", 90, { duration: 400, window: [80, 400] }),
      job("fine", 1),
    ]);
    assert.deepEqual(reasons(plan), {
      crypto: "skills",
      crane: "equipment",
      heavy: "capacity",
      early: "window",
      "home late": "window",
    });
    const busy = solve([vehicle("v")], [job("a", 1, { window: [5, 5] }), job("b", 1, { window: [6, 6] })]);
    assert.deepEqual(Object.values(reasons(busy)), ["no_room"]);
  });

  test("a job that names its vehicle is done by that one, however far", () => {
    const plan = solve([vehicle("near"), vehicle("far", { start: 100, end: 100 })], [job("a", 1, { vehicle: "far" })]);
    assert.equal(who(plan, "a"), "far");
  });

  test("vehicles start and end where they do", () => {
    const plan = solve([vehicle("v", { start: 10, end: 50 })], [job("a", 40), job("b", 20)]);
    assert.deepEqual(plan.routes, [{ vehicle: "v", jobs: ["b", "a"], start: [10, 60] }]);
    assert.equal(plan.distance, 40);
  });
});

describe("what comes first", () => {
  test("fewer left out before nearer, and of as many the less important is left out", () => {
    const rush = { window: [20, 20] as const, duration: 1 };
    const plan = solve(
      [vehicle("v")],
      [job("low", 20, { ...rush, priority: 1 }), job("high", 20, { ...rush, priority: 2 })],
    );
    assert.deepEqual(reasons(plan), { low: "no_room" });
    const two = solve([vehicle("v")], [job("long", 1, { duration: 470, priority: 100 }), job("a", 1), job("b", 2)]);
    assert.deepEqual(reasons(two), { long: "no_room" });
  });

  test("a fixed appointment is kept to the minute", () => {
    const plan = solve([vehicle("v")], [job("fixed", 10, { window: [120, 120] }), job("a", 10), job("b", 10)]);
    assert.equal(when(plan, "fixed"), 120);
    assert.equal(plan.distance, 20);
  });

  test("who knows the place comes, if it is no farther; and farther only for as much as that is worth", () => {
    const crew = [vehicle("new"), vehicle("known")];
    assert.equal(who(solve(crew, [job("a", 10, { familiarity: { known: 1 } })]), "a"), "known");
    const away = [vehicle("new"), vehicle("known", { start: 50, end: 50 })];
    const far = job("a", 20, { familiarity: { known: 1, new: 0.5 } });
    assert.equal(who(solve(away, [far]), "a"), "new");
    assert.equal(who(solve(away, [far], { familiarityWorth: 39 }), "a"), "new");
    assert.equal(who(solve(away, [far], { familiarityWorth: 41 }), "a"), "known");
  });

  test("overtime is worked when it is the shorter way, and not when it costs more than the detour", () => {
    const overtime = (costPerMinute: number) => [
      vehicle("late", { overtime: { after: 40, costPerMinute } }),
      vehicle("away", { start: 30, end: 30 }),
    ];
    assert.equal(who(solve(overtime(1), [job("a", 10)]), "a"), "late");
    assert.equal(who(solve(overtime(3), [job("a", 10)]), "a"), "away");
  });
});

describe("breaks", () => {
  const lunch = { window: [180, 240] as const, duration: 60 };

  test("a break is taken between jobs, and moves what comes after it", () => {
    const jobs = [job("a", 10, { duration: 180 }), job("b", 10, { duration: 100 })];
    const plan = solve([vehicle("v", { breaks: [lunch] })], jobs);
    assert.deepEqual(
      plan.routes[0]?.start.toSorted((a, b) => a - b),
      [10, 250],
    );
    const tight = solve([vehicle("v", { breaks: [lunch], window: [0, 350] })], jobs);
    assert.deepEqual(Object.values(reasons(tight)), ["no_room"]);
  });

  test("it may be taken on the way, and not at all by who is home before it is due", () => {
    const onTheWay = solve([vehicle("v", { breaks: [{ window: [50, 50], duration: 60 }] })], [job("a", 100)]);
    assert.deepEqual(onTheWay.routes[0]?.start, [160]);
    const soonHome = solve([vehicle("v", { breaks: [lunch] })], [job("a", 10)]);
    assert.deepEqual(soonHome.routes[0]?.start, [10]);
  });

  test("no work that cannot be interrupted lies across a break's last moment", () => {
    const plan = solve([vehicle("v", { breaks: [lunch], window: [0, 600] })], [job("a", 10, { duration: 300 })]);
    assert.deepEqual(plan.routes[0]?.start, [240]);
    const early = solve([vehicle("v", { breaks: [lunch] })], [job("a", 10, { duration: 300, window: [0, 200] })]);
    assert.deepEqual(reasons(early), { a: "window" });
  });

  test("any plan with breaks and overtime can be driven", () => {
    const times = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 100 }));
    const windows = times.map(([from, length]): [number, number] => [from, from + length]);
    const breaks = fc.array(fc.record({ window: windows, duration: fc.integer({ min: 0, max: 40 }) }), {
      maxLength: 2,
    });
    const crew = fc.array(fc.record({ breaks, start: fc.nat(100), end: fc.nat(100) }), { minLength: 1, maxLength: 3 });
    const jobs = fc.array(fc.record({ at: fc.nat(100), window: windows, duration: fc.nat(30) }), { maxLength: 8 });
    fc.assert(
      fc.property(crew, jobs, (vehicles, asked) => {
        const plan = solve(
          vehicles.map((each, index) => vehicle(`v${index}`, { ...each, overtime: { after: 200, costPerMinute: 2 } })),
          asked.map((each, index) => job(`j${index}`, each.at, each)),
        );
        return plan.routes.every(({ jobs: done }) => done.length > 0);
      }),
      { numRuns: 200 },
    );
  });
});
