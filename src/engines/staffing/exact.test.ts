import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  exactErlangB,
  exactErlangC,
  exactImpatientQueue,
  type Ratio,
  steppedErlangB,
} from "../../../test/reference/exact-queue.ts";
import { describeQueue, erlangB, erlangC } from "./index.ts";

function assertExact(answer: number | undefined, exact: number, what: string, share = 1e-12): void {
  assert.ok(answer !== undefined && Math.abs(answer - exact) <= share * exact, `${what}: ${answer} is not ${exact}`);
}

describe("Erlang-B and Erlang-C against fractions of whole numbers", () => {
  const loads: Ratio[] = [
    [1, 1000],
    [1, 2],
    [1, 1],
    [9, 10],
    [20, 3],
    [1999, 100],
    [200, 1],
    [1_234_567, 5000],
  ];

  test("hold to twelve digits where a factorial would overflow", () => {
    for (const load of loads) {
      const a = load[0] / load[1];
      const least = Math.floor(a) + 1;
      for (const engineers of [1, 2, 5, least, least + 1, least + 13, 2 * least, 300]) {
        assertExact(erlangB(a, engineers), exactErlangB(load, engineers), `B(${engineers}, ${a})`);
        if (engineers > a) assertExact(erlangC(a, engineers), exactErlangC(load, engineers), `C(${engineers}, ${a})`);
      }
    }
  });

  test("hold for 100,000 erlang", () => {
    for (const engineers of [90_000, 99_999, 100_000, 100_044, 101_000])
      assertExact(erlangB(100_000, engineers), steppedErlangB([100_000, 1], engineers), `B(${engineers})`);
  });

  test("are exact at the ends: no load, no engineers, more engineers than a number can tell", () => {
    assert.equal(erlangB(5, 0), 1);
    assert.equal(erlangB(0, 0), 1);
    assert.equal(erlangB(0, 3), 0);
    assert.equal(erlangC(0, 1), 0);
    assert.equal(erlangB(1, 1_000_000_000), 0);
    assert.equal(erlangC(1, 1_000_000_000), 0);
  });

  test("a queue that is all but full is told from the fraction, not from a rounded difference", () => {
    // One queue, one engineer: C = a and the mean wait is a ÷ (1 − a) handling times.
    const answer = describeQueue({ arrivalsPerHour: 59.9999999999, handleMinutes: 1, answerWithinMinutes: 0 }, 1);
    assertExact(answer.averageWaitMinutes, 59.9999999999 / 0.0000000001, "average wait");
    assertExact(answer.probabilityOfWaiting, 59.9999999999 / 60, "waiting");
  });
});

describe("Erlang-A against its chain of states, summed to sixty digits", () => {
  const cases: [load: Ratio, engineers: number, patience: Ratio, within: number][] = [
    [[200, 1], 190, [1, 2], 0.0333],
    [[200, 1], 200, [1, 1], 0.02],
    [[200, 1], 213, [3, 1], 0],
    [[48, 1], 50, [2, 1], 0.1],
    [[48, 1], 20, [2, 1], 0.5],
    [[48, 1], 90, [1, 5], 0.05],
    [[1, 2], 1, [1, 1], 1],
    [[5, 1], 1, [1, 10], 3],
    [[5, 1], 1, [20, 1], 2],
    [[9, 10], 1, [50, 1], 4],
    [[1, 1], 1, [1, 100], 0.3],
    [[1, 1000], 2, [1, 3], 0.01],
    [[3, 1], 3, [1, 1], 7],
    [[10_000, 1], 10_100, [1, 10], 0.001],
    [[30_000, 1], 29_000, [1, 50], 0.0005],
  ];

  test("holds to eleven digits for every share, light load or twofold overload", () => {
    for (const [load, engineers, patience, within] of cases) {
      const exact = exactImpatientQueue(load, engineers, patience, within);
      const question = {
        arrivalsPerHour: (load[0] * 60) / load[1],
        handleMinutes: 1,
        answerWithinMinutes: within,
        patienceMinutes: patience[0] / patience[1],
      };
      const answer = describeQueue(question, engineers);
      const what = JSON.stringify([load, engineers, patience, within]);
      assertExact(answer.probabilityOfWaiting, exact.waiting, `waiting ${what}`, 1e-11);
      assertExact(answer.probabilityOfAbandoning, exact.abandoning, `abandoning ${what}`, 1e-11);
      assertExact(answer.serviceLevel, exact.answered, `answered ${what}`, 1e-11);
      const wait = (exact.abandoning * patience[0]) / patience[1];
      assertExact(answer.averageWaitMinutes, wait, `wait ${what}`, 1e-11);
      const busy = (load[0] / load[1] / engineers) * (1 - exact.abandoning);
      assertExact(answer.utilisation, busy, `utilisation ${what}`, 1e-11);
    }
  });
});
