import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { prepareCalendar } from "../../engines/business-time/index.ts";
import { nextCall, type Pace, type Progress } from "./call-plan.ts";

const pace: Pace = { repeatMinutes: 5, afterMinutes: [0, 10, 20] };
const day = [["09:00", "18:00"]] as const;
const office = prepareCalendar({
  timeZone: "Europe/Berlin",
  weekly: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: ["2026-11-24"],
});

/** Rings as the job does, on time, until it is over; `8:00 assignee` is step 0. */
function play(beganAt: string, hours?: typeof office, limit = 12): string[] {
  const rung: string[] = [];
  let progress: Progress = { step: 0, repeats: 0, beganAt, stepRungAt: null, rungAt: null };
  for (let due = nextCall(progress, pace, hours); due && rung.length < limit; due = nextCall(progress, pace, hours)) {
    rung.push(`${due.at.slice(5, 16)} ${due.step}`);
    const stepRungAt = due.repeats === 0 ? due.at : progress.stepRungAt;
    progress = { ...progress, step: due.step, repeats: due.repeats, stepRungAt, rungAt: due.at };
  }
  return rung;
}

describe("a chain of calls", () => {
  test("repeats to the same people every five minutes and moves on to the next at their minute", () => {
    assert.deepEqual(play("2026-11-21T23:00:00.000Z", undefined, 8), [
      "11-21T23:00 0",
      "11-21T23:05 0",
      "11-21T23:10 1",
      "11-21T23:15 1",
      "11-21T23:20 2",
      "11-21T23:25 2",
      "11-21T23:30 3",
      "11-21T23:35 3",
    ]);
  });

  test("waits for the hours of the promise: not at night, not on Sunday, not on a holiday", () => {
    assert.deepEqual(play("2026-11-21T23:00:00.000Z", office, 2), ["11-23T08:00 0", "11-23T08:05 0"]);
    assert.deepEqual(play("2026-11-23T18:30:00.000Z", office, 1), ["11-25T08:00 0"], "Tuesday is a holiday");
  });

  test("counts its minutes in those hours: what began before closing goes on in the morning", () => {
    assert.deepEqual(play("2026-11-25T16:52:00.000Z", office, 4), [
      "11-25T16:52 0",
      "11-25T16:57 0",
      "11-26T08:02 1",
      "11-26T08:07 1",
    ]);
    const atClosing = play("2026-11-25T16:55:00.000Z", office, 2);
    assert.deepEqual(atClosing, ["11-25T16:55 0", "11-26T08:00 0"], "closing time itself is no time to ring");
  });

  test("ends: each step repeats two dozen times at most", () => {
    const rung = play("2026-11-21T23:00:00.000Z", undefined, 1000);
    assert.equal(rung.length, 6 + 25);
    assert.equal(rung.at(-1), "11-22T01:30 3");
    const slow: Pace = { repeatMinutes: 1, afterMinutes: [0, 600] };
    const tired: Progress = {
      step: 0,
      repeats: 24,
      beganAt: "2026-11-21T00:00:00.000Z",
      stepRungAt: "2026-11-21T00:00:00.000Z",
      rungAt: "2026-11-21T00:24:00.000Z",
    };
    assert.deepEqual(nextCall(tired, slow, undefined), { at: "2026-11-21T10:00:00.000Z", step: 1, repeats: 0 });
  });

  test("gives each step its whole time, even when the worker slept through the one before", () => {
    const late: Progress = {
      step: 1,
      repeats: 0,
      beganAt: "2026-11-21T00:00:00.000Z",
      stepRungAt: "2026-11-21T03:00:00.000Z",
      rungAt: "2026-11-21T03:00:00.000Z",
    };
    assert.equal(nextCall({ ...late, repeats: 9 }, pace, undefined)?.at, "2026-11-21T03:05:00.000Z");
    assert.deepEqual(nextCall({ ...late, rungAt: "2026-11-21T03:05:00.000Z", repeats: 1 }, pace, undefined), {
      at: "2026-11-21T03:10:00.000Z",
      step: 2,
      repeats: 0,
    });
  });
});
