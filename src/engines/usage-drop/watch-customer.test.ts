import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type CustomerHabit,
  type Incident,
  simulateUsage,
  weeklyPatterns,
} from "../../../test/reference/simulate-usage.ts";
import { seededRandom } from "../random/index.ts";
import { type CustomerWatch, explainLoss, markLeftOut, mergeRanges, type UsageAlert, watchCustomer } from "./index.ts";

/** A Monday. */
const start = 20_458;
const none: Uint8Array = new Uint8Array(0);
const usual: CustomerHabit = { mean: 40, dispersion: 0.03, weekly: weeklyPatterns.workdays };

function watch(habit: CustomerHabit, days: number, incident?: Incident, seed = 1, leftOut = none): CustomerWatch {
  return watchCustomer({ start, values: simulateUsage(habit, days, seededRandom(seed), incident) }, leftOut);
}

const only = (watched: CustomerWatch): UsageAlert => {
  assert.equal(watched.alerts.length, 1, JSON.stringify(watched.alerts));
  const [alert] = watched.alerts;
  assert.ok(alert);
  return alert;
};

describe("a customer", () => {
  test("that goes on as before is left alone", () => assert.deepEqual(watch(usual, 365).alerts, []));

  test("that stops is told within three working days, with the first silent day", () => {
    const alert = only(watch(usual, 160, { kind: "stop", from: 140, left: 0 }));
    assert.deepEqual([alert.kind, alert.firstDay, alert.day], ["stop", start + 140, start + 141]);
    assert.equal(alert.actual, 0);
    assert.ok(alert.expected > 60);
  });

  test("that stops on a Friday evening is told on Tuesday: the weekend says nothing", () => {
    const alert = only(watch(usual, 160, { kind: "stop", from: 138, left: 0 }));
    assert.deepEqual([alert.firstDay, alert.day], [start + 140, start + 141]);
  });

  test("that drops to 45 % is told once, with sums that are those of its days", () => {
    const values = simulateUsage(usual, 180, seededRandom(4), { kind: "drop", from: 140, left: 0.45 });
    const alert = only(watchCustomer({ start, values }, none));
    assert.equal(alert.kind, "drop");
    assert.ok(Math.abs(alert.firstDay - (start + 140)) <= 7);
    assert.ok(alert.day <= start + 147);
    const days = values.slice(alert.firstDay - start, alert.day - start + 1);
    assert.equal(
      alert.actual,
      days.reduce((sum, count) => sum + count, 0),
    );
    assert.ok(alert.actual < 0.7 * alert.expected);
  });

  test("that fades is told", () => {
    const alert = watch(usual, 260, { kind: "fade", from: 140, left: 0.3, over: 80 }).alerts[0];
    assert.ok(alert && alert.day > start + 150 && alert.day < start + 220);
    assert.equal(alert.kind, "fade");
  });

  test("is told of a drop where use dropped at once, and mostly of a fade where it went by and by", () => {
    const habit = { mean: 30, dispersion: 0.05, weekly: weeklyPatterns.quietWeekend };
    const told = (incident: Incident, kind: string) =>
      Array.from({ length: 100 }, (_, seed) => watch(habit, 260, incident, 1000 + seed).alerts).filter(
        (alerts) => alerts.find(({ day }) => day >= start + 140)?.kind === kind,
      ).length;
    assert.ok(told({ kind: "drop", from: 140, left: 0.45 }, "drop") >= 95);
    assert.ok(told({ kind: "fade", from: 140, left: 0.4, over: 60 }, "fade") >= 70);
    assert.ok(told({ kind: "fade", from: 140, left: 0.4, over: 120 }, "fade") >= 70);
  });

  test("that fades steadily and hardly scatters is told once", () => {
    const steady = { mean: 30, dispersion: 0, weekly: weeklyPatterns.quietWeekend };
    const counts = Array.from(
      { length: 50 },
      (_, seed) => watch(steady, 380, { kind: "fade", from: 150, left: 0.4, over: 60 }, seed).alerts.length,
    );
    assert.ok(counts.every((count) => count > 0));
    assert.ok(counts.filter((count) => count === 1).length >= 40);
  });

  test("that recovers and drops again is told again", () => {
    const values = simulateUsage(usual, 400, seededRandom(5), { kind: "drop", from: 140, left: 0.4, until: 168 });
    for (let day = 300; day < 400; day++) values[day] = Math.round((values[day] ?? 0) * 0.4);
    const { alerts, ongoing } = watchCustomer({ start, values }, none);
    assert.equal(alerts.length, 2);
    assert.equal(ongoing, undefined, "after 100 days the new level is the accepted one");
  });

  test("whose drop becomes a stop is told of both", () => {
    const values = simulateUsage(usual, 180, seededRandom(6), { kind: "drop", from: 140, left: 0.4 });
    values.fill(0, 155);
    const { alerts, ongoing } = watchCustomer({ start, values }, none);
    assert.deepEqual(
      alerts.map(({ kind }) => kind),
      ["drop", "stop"],
    );
    assert.equal(ongoing?.kind, "stop");
  });

  test("that comes back after months begins anew: four weeks without an alert", () => {
    const values = simulateUsage(usual, 420, seededRandom(7), { kind: "stop", from: 140, left: 0, until: 250 });
    const { alerts, onboarding } = watchCustomer({ start, values: values.slice(0, 270) }, none);
    assert.deepEqual(
      alerts.map(({ kind }) => kind),
      ["stop"],
    );
    assert.equal(onboarding, true);
    assert.equal(watchCustomer({ start, values }, none).alerts.length, 1);
  });
});

describe("history", () => {
  test("under 28 days raises nothing, whatever happens", () => {
    for (const left of [0, 0.2]) {
      const watched = watch(usual, 27, { kind: "drop", from: 20, left });
      assert.deepEqual([watched.alerts.length, watched.onboarding], [0, true]);
    }
  });

  test("begins with the first use, not with the first day of the series", () => {
    const values = new Float64Array(200);
    values.set(simulateUsage(usual, 100, seededRandom(8)), 100);
    assert.deepEqual(watchCustomer({ start, values: values.slice(0, 120) }, none).onboarding, true);
    assert.deepEqual(watchCustomer({ start, values }, none).alerts, []);
  });

  test("of nothing but zeros, or of nothing known, is no history", () => {
    assert.deepEqual(watchCustomer({ start, values: new Float64Array(400) }, none).alerts, []);
    assert.deepEqual(watchCustomer({ start, values: new Float64Array(400).fill(Number.NaN) }, none).alerts, []);
    assert.deepEqual(watchCustomer({ start, values: [] }, none), { alerts: [], onboarding: true, ongoing: undefined });
  });

  test("alerts never depend on what comes later", () => {
    const values = simulateUsage({ mean: 4, dispersion: 1, weekly: weeklyPatterns.quietWeekend }, 500, seededRandom(9));
    const whole = watchCustomer({ start, values }, none).alerts;
    for (let cut = 30; cut < 500; cut += 47) {
      const until = watchCustomer({ start, values: values.slice(0, cut) }, none).alerts;
      assert.deepEqual(
        until,
        whole.filter(({ day }) => day < start + cut),
      );
    }
  });
});

describe("days left out", () => {
  test("neither raise nor clear, and are listed", () => {
    const outage = markLeftOut(mergeRanges([[start + 140, start + 150]]), start, 200);
    assert.deepEqual(watch(usual, 200, { kind: "stop", from: 140, left: 0, until: 151 }, 1, outage).alerts, []);
    const alert = only(watch(usual, 200, { kind: "stop", from: 138, left: 0 }, 1, outage));
    assert.deepEqual(
      [alert.firstDay, alert.day],
      [start + 151, start + 154],
      "Friday and Monday: the weekend says nothing",
    );
    const started = watch(usual, 200, { kind: "drop", from: 133, left: 0.45 }, 11, outage);
    const [first] = started.alerts;
    assert.ok(first && (first.day < start + 140 || first.leftOut.length === 11));
  });

  test("that are not known are left out as well", () => {
    const values = simulateUsage(usual, 300, seededRandom(12));
    for (let day = 0; day < 300; day++) if (day % 3 === 0 || (day > 150 && day < 190)) values[day] = Number.NaN;
    assert.deepEqual(watchCustomer({ start, values }, none).alerts, []);
  });

  test("a holiday week on the list raises nothing", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const week = markLeftOut(mergeRanges([[start + 140, start + 146]]), start, 170);
      const watched = watch(usual, 170, { kind: "drop", from: 140, left: 0.03, until: 147 }, seed, week);
      assert.deepEqual(watched.alerts, []);
    }
  });
});

describe("odd customers", () => {
  test("a single lost or a single enormous day is no alert", () => {
    for (const odd of [0, 1e6]) {
      const values = simulateUsage({ ...usual, weekly: weeklyPatterns.flat }, 365, seededRandom(13));
      values[141] = odd;
      assert.deepEqual(watchCustomer({ start, values }, none).alerts, []);
    }
  });

  test("the end of a campaign of ten days is no alert", () => {
    const values = simulateUsage({ ...usual, weekly: weeklyPatterns.flat }, 365, seededRandom(14));
    for (let day = 141; day < 151; day++) values[day] = 6 * (values[day] ?? 0);
    assert.deepEqual(watchCustomer({ start, values }, none).alerts, []);
  });

  test("whatever the counts, every alert is about a loss within its days", () => {
    const random = seededRandom(15);
    for (let round = 0; round < 400; round++) {
      const scale = 10 ** (random() * 12 - 2);
      const values = Float64Array.from({ length: 150 }, () => {
        const kind = random();
        return kind < 0.1 ? Number.NaN : kind < 0.5 ? 0 : kind < 0.52 ? 1e15 : random() ** 3 * scale;
      });
      for (const alert of watchCustomer({ start, values }, none).alerts) {
        assert.ok(alert.firstDay >= start && alert.firstDay <= alert.day && alert.day < start + 150);
        assert.ok(Number.isFinite(alert.expected) && alert.actual >= 0 && alert.actual < alert.expected);
      }
    }
  });
});

describe("the parts of a loss", () => {
  test("are ranked, and share the loss among those that lost", () => {
    const parts = [1, 0.1, 2].map((mean, index) => ({
      name: ["Lan", "Binh", "Export"][index] ?? "",
      start,
      values: Float64Array.from({ length: 200 }, (_, day) => (day >= 150 && index === 2 ? 0 : 10 * mean)),
    }));
    const alert: UsageAlert = {
      kind: "drop",
      firstDay: start + 150,
      day: start + 155,
      expected: 0,
      actual: 0,
      leftOut: [],
    };
    const [first, ...others] = explainLoss(alert, parts, (day) => day === start + 152);
    assert.deepEqual(first, { name: "Export", expected: 100, actual: 0, share: 1 });
    assert.deepEqual(
      others.map(({ share }) => share),
      [0, 0],
    );
  });
});
