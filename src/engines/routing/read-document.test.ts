import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { looks } from "../../../test/reference/search-looks.ts";
import { DocumentFault } from "../document/index.ts";
import { planRoutes, readRoutingDocument } from "./index.ts";

const vehicle = { id: "v", start: [0, 0], end: [0, 0], window: [0, 100] };
const job = { id: 1, at: [3, 4], duration: 10, window: [0, 100] };
const document = { vehicles: [vehicle], jobs: [job], travel: { kind: "euclidean" }, limitSeconds: 1 };
const matrix = (minutes: unknown) => ({ kind: "matrix", minutes });
const solve = (asked: object) => planRoutes(readRoutingDocument({ ...document, ...asked }).problem, looks(4));

function assertRefused(asked: unknown, pointer: string): void {
  assert.throws(
    () => readRoutingDocument(asked),
    (fault) => {
      assert.ok(fault instanceof DocumentFault, String(fault));
      assert.equal(fault.pointer, pointer, fault.message);
      assert.match(fault.message, /\.$/);
      return true;
    },
  );
}
const refusesVehicle = (change: object, pointer: string) =>
  assertRefused({ ...document, vehicles: [vehicle, { ...vehicle, id: "w", ...change }] }, `/vehicles/1${pointer}`);
const refusesJob = (change: object, pointer: string) =>
  assertRefused({ ...document, jobs: [job, { ...job, id: 2, ...change }] }, `/jobs/1${pointer}`);
const refuses = (change: object, pointer: string) => assertRefused({ ...document, ...change }, pointer);

describe("a routing document", () => {
  test("optional members may be missing or null", () => {
    const nothing = { capacity: null, skills: null, tools: null, parts: null, breaks: null, overtime: null };
    const none = { demand: null, skills: null, parts: null, tools: null, priority: null, familiarity: null };
    const travel = { kind: "euclidean", decimals: null };
    const [bare, full] = [
      solve({}),
      solve({ vehicles: [{ ...vehicle, ...nothing }], jobs: [{ ...job, ...none }], travel }),
    ];
    assert.deepEqual(bare, full);
    assert.deepEqual(bare, { routes: [{ vehicle: "v", jobs: [1], start: [5] }], distance: 10, unserved: [] });
  });

  test("decimals are cut, not rounded, and rounding errors of doubles are not cut away", () => {
    const jobs = [{ ...job, at: [1, 2] }];
    const there = (decimals: number) => solve({ jobs, travel: { kind: "euclidean", decimals } }).routes[0]?.start[0];
    assert.deepEqual([0, 1, 2, 3, 6].map(there), [2, 2.2, 2.23, 2.236, 2.236067]);
    const tenths = [{ ...job, at: [0.3, 0.4] }];
    assert.equal(solve({ jobs: tenths, travel: { kind: "euclidean", decimals: 1 } }).routes[0]?.start[0], 0.5);
  });

  test("with a matrix a place is the number of its row, and ways may differ by direction", () => {
    const minutes = [
      [0, 7, 1],
      [2, 0, 9],
      [1, 4, 0],
    ];
    const placed = {
      vehicles: [{ ...vehicle, start: 0, end: [0] }],
      jobs: [
        { ...job, at: 1 },
        { ...job, id: 2, at: 2 },
      ],
    };
    const plan = solve({ ...placed, travel: matrix(minutes) });
    assert.deepEqual(plan.routes, [{ vehicle: "v", jobs: [2, 1], start: [1, 15] }]);
    assert.equal(plan.distance, 7);
  });

  test("coordinates stand for the rows of a matrix when it is plain which", () => {
    const jobs = [job, { ...job, id: 2, at: [9, 9] }, { ...job, id: 3, at: [9, 9] }];
    const depotAndJobs = [
      [0, 1, 2, 3],
      [1, 0, 1, 2],
      [2, 1, 0, 1],
      [3, 2, 1, 0],
    ];
    assert.equal(solve({ jobs, travel: matrix(depotAndJobs) }).distance, 6);
    const places = depotAndJobs.slice(0, 3).map((row) => row.slice(0, 3));
    assert.equal(solve({ jobs, travel: matrix(places) }).distance, 4);
    const mentions = [0, 0, 1, 2, 3].map((from) => [0, 0, 1, 2, 3].map((to) => Math.abs(from - to)));
    assert.equal(solve({ jobs, travel: matrix(mentions) }).distance, 6);
    refuses({ jobs, travel: matrix([[0]]) }, "/travel/minutes");
  });

  test("tools and parts of a job are looked for among all that is on board", () => {
    const jobs = [{ ...job, parts: ["fan"], tools: ["ladder"] }];
    assert.deepEqual(solve({ jobs }).unserved, [{ id: 1, reason: "equipment" }]);
    assert.deepEqual(solve({ jobs, vehicles: [{ ...vehicle, tools: ["ladder", "fan"] }] }).unserved, []);
  });

  test("nothing to do, nobody to do it, no limit to the day", () => {
    assert.deepEqual(solve({ jobs: [] }), { routes: [], distance: 0, unserved: [] });
    assert.deepEqual(solve({ vehicles: [] }).unserved, [{ id: 1, reason: "no_vehicle" }]);
    assert.deepEqual(solve({ vehicles: [{ ...vehicle, window: [0, 1.7e308] }] }).routes[0]?.start, [5]);
    const late = { vehicles: [{ ...vehicle, window: [1.7e9, 1.8e9] }], jobs: [{ ...job, window: [0, 1e300] }] };
    assert.deepEqual(solve(late).routes[0]?.start, [1.7e9 + 5]);
    const exact = {
      vehicles: [{ ...vehicle, window: [0, 2 * Math.SQRT2] }],
      jobs: [{ ...job, duration: 0, at: [1, 1] }],
    };
    assert.deepEqual(solve(exact).unserved, []);
  });
});

describe("a routing document that cannot be meant", () => {
  test("the whole", () => {
    assertRefused([], "");
    assertRefused({}, "/vehicles");
    refuses({ unknown: 1 }, "/unknown");
    refuses({ vehicles: {} }, "/vehicles");
    refuses({ jobs: null }, "/jobs");
    for (const limitSeconds of [-1, "10", null, Number.POSITIVE_INFINITY, Number.NaN, 1e9])
      refuses({ limitSeconds }, "/limitSeconds");
  });

  test("vehicles", () => {
    refusesVehicle({ id: "v" }, "/id");
    refusesVehicle({ id: null }, "/id");
    refusesVehicle({ start: [0] }, "/start");
    refusesVehicle({ end: [0, 0, 0] }, "/end");
    refusesVehicle({ end: [0, "0"] }, "/end/1");
    refusesVehicle({ start: [0, Number.NaN] }, "/start/1");
    refusesVehicle({ start: [1e300, 0] }, "/start/0");
    refusesVehicle({ window: [10, 9] }, "/window");
    refusesVehicle({ window: [10] }, "/window");
    refusesVehicle({ window: [-1, 9] }, "/window/0");
    refusesVehicle({ window: [0, Number.POSITIVE_INFINITY] }, "/window/1");
    refusesVehicle({ capacity: -1 }, "/capacity");
    refusesVehicle({ skills: "network" }, "/skills");
    refusesVehicle({ tools: [1] }, "/tools/0");
    refusesVehicle({ breaks: [{ window: [0, 1] }] }, "/breaks/0/duration");
    refusesVehicle({ overtime: { after: 1, costPerMinute: -1 } }, "/overtime/costPerMinute");
    refusesVehicle({ speed: 1 }, "/speed");
  });

  test("jobs", () => {
    refusesJob({ id: "1" }, "/id");
    refusesJob({ at: 3 }, "/at");
    refusesJob({ duration: -1 }, "/duration");
    refusesJob({ duration: 1e300 }, "/duration");
    refusesJob({ window: [5, 4] }, "/window");
    refusesJob({ window: [1e300, 1e301] }, "/window/0");
    refusesJob({ demand: -1 }, "/demand");
    refusesJob({ priority: "high" }, "/priority");
    refusesJob({ familiarity: 0.5 }, "/familiarity");
    refusesJob({ familiarity: { v: 1.5 } }, "/familiarity/v");
  });

  test("travel", () => {
    refuses({ travel: "euclidean" }, "/travel");
    refuses({ travel: {} }, "/travel/kind");
    refuses({ travel: { kind: "by air" } }, "/travel/kind");
    refuses({ travel: { kind: "euclidean", minutes: [] } }, "/travel/minutes");
    for (const decimals of [-1, 1.5, 13]) refuses({ travel: { kind: "euclidean", decimals } }, "/travel/decimals");
    const placed = { vehicles: [{ ...vehicle, start: 0, end: 0 }], jobs: [{ ...job, at: 1 }] };
    refuses({ ...placed, travel: matrix([]) }, "/vehicles/0/start");
    refuses({ ...placed, travel: matrix([[0]]) }, "/jobs/0/at");
    refuses({ ...placed, travel: matrix([[0, 1], [1]]) }, "/travel/minutes/1");
    refuses(
      {
        ...placed,
        travel: matrix([
          [0, -1],
          [1, 0],
        ]),
      },
      "/travel/minutes/0/1",
    );
    refuses({ ...placed, jobs: [{ ...job, at: 0.5 }], travel: matrix([[0]]) }, "/jobs/0/at");
  });

  test("more than can be planned at once", () => {
    refuses({ jobs: Array.from({ length: 1_000_000 }, () => job) }, "/jobs");
    refuses({ vehicles: Array.from({ length: 1_000_000 }, () => vehicle) }, "/vehicles");
    refuses({ travel: matrix(Array.from({ length: 1_000_000 }, () => [])) }, "/travel/minutes");
  });
});
