import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alwaysOpen, type CalendarDefinition } from "../business-time/index.ts";
import { studentQuantile } from "./confidence.ts";
import { describeQueue, type FieldQuestion, StaffingError, simulateField } from "./index.ts";

const start = Date.UTC(2026, 5, 1);
const round = alwaysOpen();
const crew = (count: number, calendar: CalendarDefinition = round) => Array.from({ length: count }, () => calendar);
const office: CalendarDefinition = {
  timeZone: "UTC",
  weekly: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((weekday) => [weekday, [["09:00", "17:00"]]])),
};

const field: FieldQuestion = {
  engineers: crew(5),
  sites: Array.from({ length: 40 }, () => ({ faultsPerHour: 0.1, repairMinutes: 60 })),
  respondWithinMinutes: 30,
  start,
  days: 60,
  warmUpDays: 5,
};

describe("the simulated field", () => {
  test("without ways and closing hours is Erlang-C, within its confidence", () => {
    // 4 erlang on 5 engineers; 99.9 % intervals, and the seed is fixed.
    const answer = simulateField(field, { seed: 7, confidence: 0.999 });
    const exact = describeQueue({ arrivalsPerHour: 4, handleMinutes: 60, answerWithinMinutes: 30 }, 5);
    const expected = {
      kept: exact.serviceLevel,
      waiting: exact.probabilityOfWaiting,
      responseMinutes: exact.averageWaitMinutes,
      utilisation: exact.utilisation,
      reports: 4 * 24 * 60,
    };
    for (const name of ["kept", "waiting", "responseMinutes", "utilisation", "reports"] as const) {
      const { lower, upper } = answer[name];
      assert.ok(
        lower <= expected[name] && expected[name] <= upper,
        `${name}: ${lower} to ${upper}, not ${expected[name]}`,
      );
    }
    assert.ok(answer.waiting.upper - answer.waiting.lower < 0.08);
    assert.equal(answer.travelling.mean, 0);
  });

  test("the same seed gives the same answer, another seed another", () => {
    const short = { ...field, days: 5 };
    assert.deepEqual(simulateField(short, { seed: 1 }), simulateField(short, { seed: 1 }));
    assert.notDeepEqual(simulateField(short, { seed: 1 }), simulateField(short, { seed: 2 }));
  });

  test("ways take time from repairs, and engineers closed at night answer in the morning", () => {
    const still = simulateField({ ...field, days: 20 }, { seed: 3 });
    const apart = simulateField(
      { ...field, days: 20, travelMinutes: (from, to) => (from === to ? 0 : 10) },
      { seed: 3 },
    );
    assert.ok(apart.travelling.lower > 0);
    assert.ok(apart.utilisation.lower > still.utilisation.upper);
    assert.ok(apart.kept.upper < still.kept.lower);
    const quiet = field.sites.map((site) => ({ ...site, faultsPerHour: 0.002 }));
    const nightly = simulateField({ ...field, sites: quiet, engineers: crew(5, office), days: 100 }, { seed: 3 });
    // Open 40 of 168 hours: about three in four reports find everyone at home.
    assert.ok(nightly.waiting.lower > 0.7 && nightly.waiting.upper < 0.82, JSON.stringify(nightly.waiting));
    const onOfficeHours = simulateField(
      { ...field, sites: quiet, engineers: crew(5, office), promised: office, days: 100 },
      { seed: 3 },
    );
    assert.ok(
      onOfficeHours.kept.lower > nightly.kept.upper + 0.5,
      "on the office's own clock the night does not count",
    );
  });

  test("a repair that closing time interrupts goes on in the morning", () => {
    // One steady seven-hour repair at a time, two hours' way: what is begun on Monday ends on Tuesday.
    const answer = simulateField(
      {
        engineers: [office],
        sites: [{ faultsPerHour: 0.001, repairMinutes: 420, steady: true }],
        travelMinutes: () => 120,
        reports: office,
        promised: office,
        respondWithinMinutes: 120,
        start,
        days: 700,
      },
      { seed: 5, replications: 30 },
    );
    assert.ok(answer.kept.mean > 0.9);
    assert.ok(Math.abs(answer.utilisation.mean - 0.001 * 9) < 0.004, JSON.stringify(answer.utilisation));
  });

  test("the nearest of those who are free goes", () => {
    const sites = [0, 100].map(() => ({ faultsPerHour: 0.01, repairMinutes: 1 }));
    const ways = (from: number | undefined, to: number) => (from === undefined ? 50 : from === to ? 0 : 100);
    const one = simulateField({ ...field, engineers: crew(1), sites, travelMinutes: ways, days: 300 }, { seed: 9 });
    const two = simulateField({ ...field, engineers: crew(2), sites, travelMinutes: ways, days: 300 }, { seed: 9 });
    assert.ok(one.responseMinutes.lower > 40, "one engineer is at the other site half of the time");
    assert.ok(two.responseMinutes.upper < 20, "two engineers soon sit at one site each");
  });

  test("no faults are no reports, and every promise is kept", () => {
    const answer = simulateField({ ...field, sites: [{ faultsPerHour: 0, repairMinutes: 60 }] }, { seed: 1 });
    assert.deepEqual([answer.reports.mean, answer.kept.mean, answer.utilisation.mean], [0, 1, 0]);
  });

  test("it stops when told to, and tells how far it is", () => {
    let looks = 0;
    const options = { seed: 1, shouldStop: () => ++looks > 3 };
    assert.throws(() => simulateField(field, options), { code: "stopped" });
    const told: number[] = [];
    simulateField({ ...field, days: 1 }, { seed: 1, replications: 3, onProgress: (done) => told.push(done) });
    assert.deepEqual(told, [1, 2, 3]);
  });

  test("a question that cannot be meant is refused", () => {
    const refused = (change: Partial<FieldQuestion>, pointer: string) =>
      assert.throws(
        () => simulateField({ ...field, ...change }, { seed: 1 }),
        (error) => error instanceof StaffingError && error.pointer === pointer,
      );
    refused({ engineers: [] }, "/engineers");
    refused({ engineers: crew(1, { timeZone: "UTC" }) }, "/engineers");
    refused({ sites: [] }, "/sites");
    refused({ sites: [{ faultsPerHour: -1, repairMinutes: 1 }] }, "/sites/0");
    refused({ sites: [{ faultsPerHour: Number.NaN, repairMinutes: 1 }] }, "/sites/0");
    refused({ sites: [{ faultsPerHour: 1e9, repairMinutes: 1 }] }, "/days");
    refused({ days: 0 }, "/days");
    refused({ travelMinutes: () => Number.NaN }, "/travelMinutes");
    const hourly: CalendarDefinition = { timeZone: "UTC", weekly: { mon: [["09:00", "10:00"]] } };
    const sites = [{ faultsPerHour: 1, repairMinutes: 1_000_000 }];
    refused({ engineers: [hourly], sites }, "/engineers");
    refused({ respondWithinMinutes: Number.NaN }, "/respondWithinMinutes");
    assert.throws(() => simulateField(field, { seed: 1, replications: 1 }), StaffingError);
    assert.throws(() => simulateField(field, { seed: 1, confidence: 95 }), StaffingError);
  });
});

// Student 1908; the table stands in every textbook, e.g. Law, Simulation Modeling and Analysis, appendix table T.1.
test("Student's t as tabulated: 12.706, 2.228, 2.093, 1.962 for 95 %; 2.861 for 99 %", () => {
  const table = [
    [1, 0.95, 12.706],
    [10, 0.95, 2.228],
    [19, 0.95, 2.093],
    [1000, 0.95, 1.962],
    [19, 0.99, 2.861],
  ] as const;
  for (const [freedom, confidence, printed] of table)
    assert.equal(studentQuantile(freedom, confidence).toFixed(3), printed.toFixed(3));
});
