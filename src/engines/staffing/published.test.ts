import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeQueue, erlangB, findSmallestStaff } from "./index.ts";

function assertPrinted(answer: number | undefined, printed: number, decimals: number): void {
  assert.equal(answer?.toFixed(decimals), printed.toFixed(decimals));
}

describe("published figures", () => {
  // Garnett, Mandelbaum & Reiman, Designing a call center with impatient customers, M&SOM 4(3), 2002; again in Mandelbaum &
  // Zeltyn, The Palm/Erlang-A queue, 2005, section 2. 50 agents, 48 calls a minute, 1 minute of service, 2 minutes of patience.
  const callCenter = { arrivalsPerHour: 2880, handleMinutes: 1 };

  test("a call center of 50 whose callers never leave: 20.8 s on average, 90 % within 58.1 s, 96 % busy", () => {
    const answer = describeQueue({ ...callCenter, answerWithinMinutes: 58.1 / 60 }, 50);
    assertPrinted(answer.averageWaitMinutes * 60, 20.8, 1);
    assertPrinted(answer.serviceLevel, 0.9, 3);
    assertPrinted(answer.utilisation, 0.96, 2);
  });

  test("and if they leave after two minutes: 3.1 % lost, 3.7 s, 93 % busy, a queue of 3", () => {
    const answer = describeQueue({ ...callCenter, answerWithinMinutes: 0.5, patienceMinutes: 2 }, 50);
    assertPrinted(answer.probabilityOfAbandoning, 0.031, 3);
    assertPrinted(answer.averageWaitMinutes * 60, 3.7, 1);
    assertPrinted(answer.utilisation, 0.93, 2);
    assertPrinted(answer.averageWaitMinutes * 48, 3, 0);
  });

  // Bronson, Schaum's Outline of Operations Research, 1982, solved problems 23.14, 23.16 and 24.6.
  test("textbook queues of one and of three", () => {
    const single = describeQueue({ arrivalsPerHour: 30, handleMinutes: 1.5, answerWithinMinutes: 0 }, 1);
    assert.equal(single.averageWaitMinutes, 4.5);
    assert.equal(single.serviceLevel, 0.25);
    const brisk = describeQueue({ arrivalsPerHour: 60, handleMinutes: 0.75, answerWithinMinutes: 0 }, 1);
    assert.equal(brisk.averageWaitMinutes, 2.25);
    const hoursPerYear = 365 * 24;
    const yard = { arrivalsPerHour: 300 / hoursPerYear, handleMinutes: 2 * 24 * 60, answerWithinMinutes: 0 };
    const days = describeQueue(yard, 3).averageWaitMinutes / 60 / 24;
    assertPrinted(days / 365, 0.001175, 6);
    assertPrinted((days * 300) / 365, 0.352, 3);
  });

  // Erlang-B capacity at 2 % blocking, as printed in Lucent's traffic engineering course (table "Voice channels needed to serve
  // offered traffic load for 2% blocking").
  test("the traffic that so many channels carry with 2 % lost", () => {
    const table = [
      [1, 0.02],
      [3, 0.602],
      [5, 1.657],
      [9, 4.345],
      [15, 9.01],
      [21, 14.036],
      [29, 21.039],
      [41, 31.915],
      [51, 41.189],
      [89, 77.342],
    ] as const;
    for (const [channels, load] of table) {
      assert.ok(erlangB(load - 0.001, channels) < 0.02, String(channels));
      assert.ok(erlangB(load + 0.001, channels) > 0.02, String(channels));
    }
  });

  test("the smallest staff turns the same table round", () => {
    const question = { handleMinutes: 60, answerWithinMinutes: 0, patienceMinutes: 0 };
    for (const [channels, load] of [
      [15, 9.01],
      [29, 21.039],
      [51, 41.189],
      [89, 77.342],
    ] as const) {
      const slightlyLess = { ...question, arrivalsPerHour: load - 0.001 };
      assert.equal(findSmallestStaff(slightlyLess, { serviceLevel: 0.98 }).engineers, channels);
      assert.equal(
        findSmallestStaff({ ...question, arrivalsPerHour: load + 0.001 }, { serviceLevel: 0.98 }).engineers,
        channels + 1,
      );
    }
  });
});
