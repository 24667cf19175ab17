import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { anyScene } from "../../../test/reference/any-calendar.ts";
import {
  addBusinessNanoseconds,
  addBusinessTime,
  businessNanosecondsBetween,
  businessTimeBetween,
  consumedTime,
  dueTime,
  explainBusinessTime,
  isOpen,
  nextOpening,
  type Pause,
  prepareCalendar,
} from "./index.ts";

const hour = 3_600_000;
const scene = anyScene({ questions: 1, grain: 1000, longestDays: 20, longestDuration: 100 * hour }).map(
  ({ definition, questions: [question] }) => {
    assert.ok(question);
    return { calendar: prepareCalendar(definition), definition, ...question };
  },
);
const ended = (pauses: readonly Pause[]) => pauses.filter(([, to]) => to !== null);

function always<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, holds), { seed: 7, numRuns: 500 });
}

describe("whatever the calendar", () => {
  test("the time up to a due time is the time that was added, and no earlier instant has it", () =>
    always(scene, ({ calendar, start, duration, pauses }) => {
      const due = addBusinessTime(calendar, start, duration, pauses);
      if (due === undefined) return;
      assert.equal(businessTimeBetween(calendar, start, due, pauses), duration);
      if (due > start) assert.equal(businessTimeBetween(calendar, start, due - 1, pauses), duration - 1);
    }));

  test("the time between adds up, and adding what has passed leads back to it or to the closing before", () =>
    always(fc.tuple(scene, fc.nat(20 * 24 * hour)), ([{ calendar, start, end, pauses }, more]) => {
      const first = businessTimeBetween(calendar, start, end, pauses);
      const second = businessTimeBetween(calendar, end, end + more, pauses);
      assert.equal(businessTimeBetween(calendar, start, end + more, pauses), first + second);
      assert.ok(first >= 0 && first <= end - start);
      const due = addBusinessTime(calendar, start, first, pauses);
      assert.ok(due !== undefined && due <= end);
    }));

  test("more to do is due later, and a later start is never due earlier", () =>
    always(fc.tuple(scene, fc.nat(hour), fc.nat(3 * hour)), ([{ calendar, start, duration, pauses }, more, later]) => {
      const due = addBusinessTime(calendar, start, duration, pauses) ?? Number.POSITIVE_INFINITY;
      assert.ok((addBusinessTime(calendar, start, duration + more, pauses) ?? Number.POSITIVE_INFINITY) >= due);
      assert.ok((addBusinessTime(calendar, start + later, duration, pauses) ?? Number.POSITIVE_INFINITY) >= due);
    }));

  test("a pause outside opening hours changes nothing", () =>
    always(scene, ({ calendar, start, duration, end, pauses }) => {
      const opening = nextOpening(calendar, end) ?? end;
      const more: Pause[] = [...pauses, [end, opening]];
      assert.equal(
        addBusinessTime(calendar, start, duration, more),
        addBusinessTime(calendar, start, duration, pauses),
      );
      assert.equal(
        businessTimeBetween(calendar, start, end + hour, more),
        businessTimeBetween(calendar, start, end + hour, pauses),
      );
    }));

  test("splitting, repeating and shuffling pauses changes nothing", () =>
    always(
      fc.tuple(scene, fc.double({ min: 0, max: 1, noNaN: true })),
      ([{ calendar, start, duration, end, pauses }, where]) => {
        const split = pauses.flatMap(([from, to]): Pause[] => {
          const middle = from + Math.floor(((to ?? end) - from) * where);
          return middle <= from
            ? [[from, to]]
            : [
                [middle, to],
                [from, middle],
                [from, middle],
              ];
        });
        assert.equal(
          addBusinessTime(calendar, start, duration, split),
          addBusinessTime(calendar, start, duration, pauses),
        );
        assert.equal(
          businessTimeBetween(calendar, start, end, split),
          businessTimeBetween(calendar, start, end, pauses),
        );
      },
    ));

  test("a pause delays by exactly the open time that it covers", () =>
    always(scene, ({ calendar, start, duration, pauses }) => {
      const due = addBusinessTime(calendar, start, duration, ended(pauses));
      assert.ok(due !== undefined);
      const unpaused = businessTimeBetween(calendar, start, due);
      const paused = unpaused - businessTimeBetween(calendar, start, due, ended(pauses));
      assert.equal(addBusinessTime(calendar, start, duration + paused), due);
    }));

  test("the explanation adds up to what was counted", () =>
    always(scene, ({ calendar, start, end, pauses }) => {
      const { counted, paused, intervals, unlisted } = explainBusinessTime(calendar, start, end, pauses, 1000);
      assert.equal(counted, businessTimeBetween(calendar, start, end, pauses));
      assert.equal(counted + paused, businessTimeBetween(calendar, start, end));
      assert.equal(unlisted, 0);
      assert.equal(
        intervals.reduce((sum, { from, to }) => sum + to - from, 0),
        counted,
      );
      for (const { from, to } of intervals) assert.ok(from < to && isOpen(calendar, from) && isOpen(calendar, to - 1));
    }));

  test("nanoseconds give the same answers as milliseconds, and finer ones in between", () =>
    always(fc.tuple(scene, fc.bigInt(0n, 999_999n)), ([{ calendar, start, duration, end, pauses }, fine]) => {
      const exact = (milliseconds: number) => BigInt(milliseconds) * 1_000_000n;
      const exactPauses = pauses.map(([from, to]) => [exact(from), to === null ? null : exact(to)] as const);
      const due = addBusinessTime(calendar, start, duration, pauses);
      const exactDue = addBusinessNanoseconds(calendar, exact(start), exact(duration), exactPauses);
      assert.equal(exactDue, due === undefined ? undefined : exact(due));
      const counted = businessNanosecondsBetween(calendar, exact(start), exact(end), exactPauses);
      assert.equal(counted, exact(businessTimeBetween(calendar, start, end, pauses)));
      const finer = addBusinessNanoseconds(calendar, exact(start) + fine, exact(duration) + fine, exactPauses);
      if (finer === undefined) return;
      assert.equal(
        businessNanosecondsBetween(calendar, exact(start) + fine, finer, exactPauses),
        exact(duration) + fine,
      );
    }));
});

describe("a clock whose promise changes", () => {
  test("keeps what it has consumed, whatever the new target", () =>
    always(fc.tuple(scene, fc.nat(200 * hour)), ([{ calendar, start, end, duration, pauses }, target]) => {
      const before = [{ from: start, calendar }];
      const after = [...before, { from: end, calendar }];
      assert.equal(consumedTime(after, end + hour, pauses), consumedTime(before, end + hour, pauses));
      assert.equal(dueTime(after, target, pauses), dueTime(before, target, pauses));
      const consumed = businessTimeBetween(calendar, start, end, pauses);
      if (duration > consumed) {
        assert.equal(dueTime(after, duration, pauses), addBusinessTime(calendar, end, duration - consumed, pauses));
      }
    }));

  test("keeps what it has consumed when the calendar changes too", () =>
    always(fc.tuple(scene, scene), ([{ calendar, start, end, duration, pauses }, { calendar: other }]) => {
      const segments = [
        { from: start, calendar },
        { from: end, calendar: other },
      ];
      const due = dueTime(segments, duration, pauses);
      if (due !== undefined) assert.equal(consumedTime(segments, due, pauses), duration);
      assert.equal(consumedTime(segments, end, pauses), businessTimeBetween(calendar, start, end, pauses));
    }));
});
