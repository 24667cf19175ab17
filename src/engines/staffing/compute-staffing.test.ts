import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DocumentFault } from "../document/index.ts";
import { computeStaffing } from "./index.ts";

const desk = { arrivalsPerHour: 1200, handleMinutes: 10, answerWithinMinutes: 0.5, serviceLevel: 0.8 };

describe("mainstay compute staffing", () => {
  test("1,200 calls an hour of ten minutes are 200 erlang, and one engineer fewer breaks the promise", () => {
    const answer = computeStaffing(desk);
    assert.equal(answer.engineers, 211);
    assert.deepEqual(Object.keys(answer), [
      "engineers",
      "probabilityOfWaiting",
      "averageWaitMinutes",
      "serviceLevel",
      "utilisation",
    ]);
    assert.ok(answer.serviceLevel >= 0.8);
    assert.ok(computeStaffing({ ...desk, engineers: 210 }).serviceLevel < 0.8);
    assert.deepEqual(computeStaffing({ ...desk, engineers: 211 }), answer);
  });

  test("with patience it also says who leaves, and needs fewer", () => {
    const answer = computeStaffing({ ...desk, patienceMinutes: 5 });
    assert.ok(answer.engineers < 211);
    assert.ok(answer.probabilityOfAbandoning !== undefined && answer.probabilityOfAbandoning > 0);
    assert.ok(computeStaffing({ ...desk, patienceMinutes: 5, engineers: answer.engineers - 1 }).serviceLevel < 0.8);
  });

  test("optional members may be missing or null", () => {
    const nothing = { patienceMinutes: null, engineers: null, maximumUtilisation: null };
    assert.deepEqual(computeStaffing({ ...desk, ...nothing }), computeStaffing(desk));
  });

  test("a largest utilisation is kept to the digit: 200 erlang at 80 % are 250 engineers", () => {
    const { engineers, utilisation } = computeStaffing({ ...desk, maximumUtilisation: 0.8 });
    assert.deepEqual([engineers, utilisation], [250, 0.8]);
    const impatient = { ...desk, patienceMinutes: 1, maximumUtilisation: 0.9 };
    const fewest = computeStaffing(impatient);
    assert.ok(fewest.utilisation <= 0.9);
    assert.ok(computeStaffing({ ...impatient, engineers: fewest.engineers - 1 }).utilisation > 0.9);
  });

  test("a promise that is met to the digit is met", () => {
    // One engineer, 0.2 erlang: 80 % are answered at once.
    const answer = computeStaffing({
      arrivalsPerHour: 12,
      handleMinutes: 1,
      answerWithinMinutes: 0,
      serviceLevel: 0.8,
    });
    assert.equal(answer.engineers, 1);
    // 100 × 0.6 minutes are one hour as people count, although 0.6 is a little less to the machine.
    const full = { arrivalsPerHour: 100, handleMinutes: 0.6, answerWithinMinutes: 1, serviceLevel: 0 };
    assert.equal(computeStaffing(full).engineers, 2);
  });

  test("nothing to do takes one engineer, who is never busy", () => {
    const idle = { engineers: 1, probabilityOfWaiting: 0, averageWaitMinutes: 0, serviceLevel: 1, utilisation: 0 };
    assert.deepEqual(computeStaffing({ ...desk, arrivalsPerHour: 0 }), idle);
    assert.deepEqual(computeStaffing({ ...desk, handleMinutes: 0, serviceLevel: 1 }), idle);
    const expected = { ...idle, engineers: 7, probabilityOfAbandoning: 0 };
    assert.deepEqual(computeStaffing({ ...desk, arrivalsPerHour: 0, engineers: 7, patienceMinutes: 3 }), expected);
  });

  test("a service level of 0 asks only that the queue does not grow for ever", () => {
    assert.equal(computeStaffing({ ...desk, serviceLevel: 0 }).engineers, 201);
    assert.equal(computeStaffing({ ...desk, serviceLevel: 0, patienceMinutes: 5 }).engineers, 1);
  });

  test("no patience at all is Erlang's loss system", () => {
    const { probabilityOfAbandoning, probabilityOfWaiting, averageWaitMinutes, serviceLevel } = computeStaffing({
      arrivalsPerHour: 60,
      handleMinutes: 2,
      answerWithinMinutes: 1,
      serviceLevel: 0.5,
      patienceMinutes: 0,
      engineers: 2,
    });
    assert.deepEqual(
      [probabilityOfAbandoning, probabilityOfWaiting, averageWaitMinutes, serviceLevel],
      [0.4, 0.4, 0, 0.6],
    );
  });

  test("millions of arrivals are answered as quickly as ten", () => {
    const many = { ...desk, arrivalsPerHour: 5_000_000_000 };
    assert.ok(computeStaffing(many).engineers > 833_333_333);
    assert.ok(computeStaffing({ ...many, patienceMinutes: 5 }).engineers < 833_333_333);
    assert.equal(computeStaffing({ ...desk, engineers: 1_000_000_000, patienceMinutes: 1 }).serviceLevel, 1);
  });
});

describe("bad input to mainstay compute staffing", () => {
  const refuses = (change: object, pointer: string, sentence: RegExp = /\.$/) =>
    assert.throws(
      () => computeStaffing({ ...desk, ...change }),
      (error) => error instanceof DocumentFault && error.pointer === pointer && sentence.test(error.message),
      JSON.stringify(change),
    );

  test("a member that is missing, unknown, of another type or below zero", () => {
    assert.throws(() => computeStaffing([]), DocumentFault);
    for (const name of Object.keys(desk)) {
      for (const value of [-1, "1", null, [], {}, true, Number.POSITIVE_INFINITY, Number.NaN])
        refuses({ [name]: value }, `/${name}`);
    }
    assert.throws(() => computeStaffing({ ...desk, serviceLevel: undefined }), DocumentFault);
    refuses({ agents: 5 }, "/agents");
    for (const name of ["patienceMinutes", "engineers", "maximumUtilisation"]) {
      for (const value of [-1, "1", []]) refuses({ [name]: value }, `/${name}`);
    }
  });

  test("shares that are none, or that nobody can keep", () => {
    refuses({ serviceLevel: 80 }, "/serviceLevel", /80 % is 0\.8/);
    refuses({ serviceLevel: 1 }, "/serviceLevel", /less than 1/);
    refuses({ serviceLevel: 1, patienceMinutes: 2 }, "/serviceLevel", /less than 1/);
    refuses({ maximumUtilisation: 0 }, "/maximumUtilisation");
    refuses({ maximumUtilisation: 85 }, "/maximumUtilisation");
  });

  test("too few engineers are told how many it takes at least", () => {
    refuses({ engineers: 200 }, "/engineers", /at least 201 engineers/);
    refuses({ engineers: 0 }, "/engineers");
    refuses({ engineers: 0, patienceMinutes: 3 }, "/engineers");
    refuses({ engineers: 210.5 }, "/engineers");
  });

  test("what is too large to compute is refused, not tried", () => {
    refuses({ arrivalsPerHour: 1e300, handleMinutes: 1e300 }, "/arrivalsPerHour", /1,000,000,000 erlang/);
    refuses({ arrivalsPerHour: 6e9 }, "", /1,000,000,000 engineers/);
    refuses({ engineers: 1e12 }, "/engineers");
    refuses({ maximumUtilisation: 1e-300 }, "");
    refuses({ patienceMinutes: 1e300 }, "/patienceMinutes", /leave patienceMinutes out/);
  });
});
