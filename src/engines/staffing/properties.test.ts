import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { describeQueue, findSmallestStaff, type QueueQuestion } from "./index.ts";

const decade = (from: number, to: number) =>
  fc.double({ min: from, max: to, noNaN: true }).map((power) => Number((10 ** power).toPrecision(6)));

const question: fc.Arbitrary<QueueQuestion> = fc.record({
  arrivalsPerHour: decade(-3, 5),
  handleMinutes: decade(-2, 3),
  answerWithinMinutes: fc.oneof(fc.constant(0), decade(-3, 3)),
  patienceMinutes: fc.option(fc.oneof(fc.constant(0), decade(-4, 8)), { nil: undefined }),
});
const share = fc.oneof(
  fc.double({ min: 0, max: 0.999, noNaN: true }),
  fc.constantFrom(0, 0.5, 0.8, 0.95, 0.999, 0.999999),
);

const close = (a: number, b: number, within = 1e-9) =>
  Math.abs(a - b) <= within * Math.max(1, Math.abs(a), Math.abs(b));

describe("whatever is asked of staffing", () => {
  test("the smallest staff keeps the promise and one fewer does not", () => {
    fc.assert(
      fc.property(
        question,
        share,
        fc.option(fc.double({ min: 0.05, max: 1, noNaN: true })),
        (asked, serviceLevel, most) => {
          const promise = { serviceLevel, ...(most === null ? {} : { maximumUtilisation: most }) };
          const keeps = (answer: { serviceLevel: number; utilisation: number }) =>
            1 - answer.serviceLevel <= (1 - serviceLevel) * (1 + 1e-9) &&
            answer.utilisation <= (most ?? 1) * (1 + 1e-9);
          const answer = findSmallestStaff(asked, promise);
          assert.ok(keeps(answer), JSON.stringify(answer));
          const load = (asked.arrivalsPerHour * asked.handleMinutes) / 60;
          const fewer = answer.engineers - 1;
          if (fewer < 1 || (asked.patienceMinutes === undefined && fewer <= load)) return;
          const short = describeQueue(asked, fewer);
          const misses =
            1 - short.serviceLevel >= (1 - serviceLevel) * (1 - 1e-9) || short.utilisation >= (most ?? 1) * (1 - 1e-9);
          assert.ok(misses, JSON.stringify(short));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("shares are shares, nobody is lost from the count, and each engineer helps", () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 1, max: 3000 }), (asked, engineers) => {
        const load = (asked.arrivalsPerHour * asked.handleMinutes) / 60;
        if (asked.patienceMinutes === undefined && engineers <= load) return;
        const answer = describeQueue(asked, engineers);
        const abandoning = answer.probabilityOfAbandoning ?? 0;
        for (const value of [answer.probabilityOfWaiting, answer.serviceLevel, answer.utilisation, abandoning])
          assert.ok(value >= 0 && value <= 1 + 1e-12, JSON.stringify(answer));
        assert.ok(close(answer.utilisation * engineers, load * (1 - abandoning)), "work done is work that stayed");
        assert.ok(abandoning <= answer.probabilityOfWaiting * (1 + 1e-12), "who leaves has waited");
        assert.ok(
          1 - answer.probabilityOfWaiting <= answer.serviceLevel + 1e-12,
          "who is answered at once is answered in time",
        );
        if (asked.patienceMinutes !== undefined)
          assert.ok(
            close(answer.averageWaitMinutes, abandoning * asked.patienceMinutes),
            "waits end at the rate of patience",
          );
        const more = describeQueue(asked, engineers + 1);
        assert.ok(more.serviceLevel >= answer.serviceLevel - 1e-12);
        assert.ok(more.utilisation <= answer.utilisation + 1e-12);
        assert.ok(more.averageWaitMinutes <= answer.averageWaitMinutes * (1 + 1e-9));
        assert.ok((more.probabilityOfAbandoning ?? 0) <= abandoning + 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  test("endless patience is Erlang-C, none is Erlang-B", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.01, max: 0.97, noNaN: true }),
        (engineers, busy) => {
          const asked = { arrivalsPerHour: 60 * engineers * busy, handleMinutes: 1, answerWithinMinutes: 0.2 };
          const patient = describeQueue(asked, engineers);
          const almost = describeQueue({ ...asked, patienceMinutes: 1e13 }, engineers);
          assert.ok(close(patient.probabilityOfWaiting, almost.probabilityOfWaiting));
          assert.ok(close(patient.averageWaitMinutes, almost.averageWaitMinutes));
          assert.ok(close(patient.serviceLevel, almost.serviceLevel));
          const gone = describeQueue({ ...asked, patienceMinutes: 0 }, engineers);
          const hasty = describeQueue({ ...asked, patienceMinutes: 1e-12 }, engineers);
          assert.ok(close(gone.serviceLevel, hasty.serviceLevel));
          assert.ok(close(gone.probabilityOfAbandoning ?? 2, hasty.probabilityOfAbandoning ?? 3));
        },
      ),
      { numRuns: 100 },
    );
  });
});
