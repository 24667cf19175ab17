import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Incident, simulateUsage, weeklyPatterns } from "../../../test/reference/simulate-usage.ts";
import { seededRandom } from "../random/index.ts";
import { watchCustomer, watchPopulation } from "./index.ts";

const start = 20_458;
const none: Uint8Array = new Uint8Array(0);

/** A customer of some kind, with something that may happen to it. */
const customer = fc
  .record({
    seed: fc.integer(),
    mean: fc.constantFrom(0.3, 3, 30, 3000),
    dispersion: fc.constantFrom(0, 0.2, 2),
    weekly: fc.constantFrom(...Object.values(weeklyPatterns)),
    kind: fc.constantFrom<Incident["kind"]>("drop", "stop", "fade"),
    left: fc.constantFrom(0, 0.4, 1),
  })
  .map(({ seed, mean, dispersion, weekly, kind, left }) =>
    simulateUsage({ mean, dispersion, weekly }, 200, seededRandom(seed), { kind, from: 100, left }),
  );

describe("properties of the watch", () => {
  test("an alert stands on its day and those before it", () => {
    fc.assert(
      fc.property(customer, fc.integer({ min: 1, max: 200 }), (values, cut) => {
        const whole = watchCustomer({ start, values }, none).alerts;
        const part = watchCustomer({ start, values: values.slice(0, cut) }, none).alerts;
        assert.deepEqual(
          part,
          whole.filter(({ day }) => day < start + cut),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("what a left-out day holds changes nothing, and a lost day is left out", () => {
    fc.assert(
      fc.property(
        customer,
        fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }),
        fc.constantFrom(0, 1e9, Number.NaN),
        (values, left, other) => {
          const marks = Uint8Array.from(left, Number);
          const changed = values.map((value, day) => (marks[day] === 1 ? other : value));
          assert.deepEqual(watchCustomer({ start, values: changed }, marks), watchCustomer({ start, values }, marks));
          const lost = values.map((value, day) => (marks[day] === 1 ? Number.NaN : value));
          assert.deepEqual(watchCustomer({ start, values: lost }, none), watchCustomer({ start, values }, marks));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a population is its customers, in any parts, until it is stopped", () => {
    const days = 200;
    const values = new Float64Array(600 * days);
    for (let each = 0; each < 600; each++) {
      const incident = { kind: "drop", from: 120, left: 0.3 } as const;
      const habit = { mean: 20, dispersion: 0.1, weekly: weeklyPatterns.flat };
      values.set(simulateUsage(habit, days, seededRandom(each), incident), each * days);
    }
    const population = { start, days, values, leftOut: [[start + 130, start + 131] as const] };
    const whole = watchPopulation(population, 0, 600);
    const parts = [watchPopulation(population, 0, 123), watchPopulation(population, 123, 600)];
    assert.deepEqual(
      parts.flatMap(({ alerts }) => alerts),
      whole.alerts,
    );
    assert.ok(whole.alerts.length >= 590);
    const told: number[] = [];
    const stopped = watchPopulation(population, 0, 600, {
      shouldStop: () => true,
      onProgress: (done) => told.push(done),
    });
    assert.deepEqual([stopped.done, told], [256, [256]]);
  });
});

/** The aims of the product, on fewer customers than bench/calibrate-usage-drop.ts takes, with other chance numbers. */
describe("customers of common kinds", () => {
  const kinds = [
    [8, 0.05, "workdays"],
    [20, 0.1, "quietWeekend"],
    [60, 0.2, "flat"],
    [300, 0.1, "retail"],
  ] as const;
  const random = seededRandom(84);
  const each = 60;
  const ofAll = <T>(answer: (simulate: (days: number, incident?: Incident) => Float64Array) => T): T[] =>
    kinds.flatMap(([mean, dispersion, pattern]) => {
      const habit = { mean, dispersion, weekly: weeklyPatterns[pattern] };
      return Array.from({ length: each }, () =>
        answer((days, incident) => simulateUsage(habit, days, random, incident)),
      );
    });

  test("have less than one false alert a year", () => {
    const alerts = ofAll((simulate) => watchCustomer({ start, values: simulate(365) }, none).alerts.length);
    assert.ok(alerts.reduce((sum, count) => sum + count, 0) < alerts.length);
  });

  test("that drop to 45 % are told within 14 days in more than 84 % of cases", () => {
    const told = ofAll((simulate) => {
      const values = simulate(154, { kind: "drop", from: 140, left: 0.45 });
      return watchCustomer({ start, values }, none).alerts.some(({ day }) => day >= start + 140);
    });
    assert.ok(told.filter(Boolean).length > 0.84 * told.length);
  });

  test("that stop are told as stopped within three days in the median", () => {
    const delays = ofAll((simulate) => {
      const values = simulate(170, { kind: "stop", from: 140, left: 0 });
      const alert = watchCustomer({ start, values }, none).alerts.find(
        ({ kind, day }) => kind === "stop" && day >= start + 140,
      );
      return alert ? alert.day - (start + 140) + 1 : Number.POSITIVE_INFINITY;
    });
    assert.ok((delays.toSorted((a, b) => a - b)[delays.length / 2] ?? 99) <= 3);
  });
});
