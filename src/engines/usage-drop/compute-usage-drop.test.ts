import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DocumentFault } from "../document/index.ts";
import { computeUsageDrop } from "./index.ts";

/** 2026-01-05 is a Monday. Fifty a working day, none at weekends, from `stop` on nothing. */
const workdays = (days: number, stop = days) =>
  Array.from({ length: days }, (_, day) => (day % 7 > 4 || day >= stop ? 0 : 48 + ((day * 5) % 7)));
const series = (values: readonly unknown[], change: object = {}) => ({
  customer: "acme",
  start: "2026-01-05",
  values,
  ...change,
});
const kinds = (document: unknown) => computeUsageDrop(document).alerts.map(({ kind }) => kind);

describe("mainstay compute usage-drop", () => {
  test("answers with the customers that stopped, dropped or faded, in the order given", () => {
    const halved = workdays(100).map((count, day) => (day >= 84 ? Math.round(count * 0.45) : count));
    const { alerts } = computeUsageDrop({
      series: [series(workdays(100, 91)), series(workdays(100), { customer: 7 }), series(halved, { customer: "b" })],
    });
    assert.deepEqual(
      alerts.map(({ expected, ...alert }) => ({ ...alert, expected: Math.round(expected / 10) * 10 })),
      [
        { customer: "acme", kind: "stop", firstDay: "2026-04-06", day: "2026-04-07", expected: 100, actual: 0 },
        { customer: "b", kind: "drop", firstDay: "2026-03-30", day: "2026-04-01", expected: 150, actual: 69 },
      ],
    );
  });

  test("holidays and outages, both ends included, neither raise nor clear", () => {
    const values = workdays(100, 91);
    assert.deepEqual(kinds({ series: [series(values)], outages: [["2026-04-06", "2026-04-14"]] }), []);
    assert.deepEqual(kinds({ series: [series(values)], outages: [["2026-04-06T09:00:00+07:00", null]] }), []);
    const holidays = ["2026-04-06", "2026-04-07", "2026-04-08"];
    const [alert] = computeUsageDrop({ series: [series(values)], holidays }).alerts;
    assert.deepEqual([alert?.firstDay, alert?.day], ["2026-04-09", "2026-04-10"]);
  });

  test("what is optional may be missing or null, a day's count too", () => {
    assert.deepEqual(computeUsageDrop({ series: [], holidays: null, outages: null }), { alerts: [] });
    const values: (number | null)[] = workdays(100, 91);
    values[20] = null;
    values[91] = null;
    assert.deepEqual(kinds({ series: [series(values), series([])] }), ["stop"]);
  });

  test("a million days are seconds", () => {
    const many = Array.from({ length: 40 }, (_, customer) =>
      series(workdays(25_000), { customer, start: "1950-01-02" }),
    );
    assert.deepEqual(computeUsageDrop({ series: many }).alerts, []);
  });

  test("what cannot be meant is refused at its place", () => {
    const refused: [unknown, string][] = [
      [null, ""],
      [[], ""],
      [{}, "/series"],
      [{ series: {} }, "/series"],
      [{ series: [[]] }, "/series/0"],
      [{ series: [{ customer: "a", values: [] }] }, "/series/0/start"],
      [{ series: [{ customer: "a", start: "2026-01-05" }] }, "/series/0/values"],
      [{ series: [series([], { customer: null })] }, "/series/0/customer"],
      [{ series: [series([], { start: "2026-02-29" })] }, "/series/0/start"],
      [{ series: [series([], { start: "05/01/2026" })] }, "/series/0/start"],
      [{ series: [series([], { start: 20_458 })] }, "/series/0/start"],
      [{ series: [series([], { weekly: true })] }, "/series/0/weekly"],
      [{ series: [series([1, -1])] }, "/series/0/values/1"],
      [{ series: [series([1, "1"])] }, "/series/0/values/1"],
      [{ series: [series([1, 1e300])] }, "/series/0/values/1"],
      [{ series: [series([1, Number.POSITIVE_INFINITY])] }, "/series/0/values/1"],
      [{ series: [series([1, 2], { start: "9999-12-31" })] }, "/series/0"],
      [{ series: [], holidays: ["2026-13-01"] }, "/holidays/0"],
      [{ series: [], holidays: "2026-01-01" }, "/holidays"],
      [{ series: [], outages: [["2026-01-02", "2026-01-01"]] }, "/outages/0"],
      [{ series: [], outages: [["2026-01-02"]] }, "/outages/0"],
      [{ series: [], outages: [[null, "2026-01-02"]] }, "/outages/0/0"],
      [{ series: [], outages: ["2026-01-02"] }, "/outages/0"],
    ];
    for (const [document, pointer] of refused) {
      assert.throws(
        () => computeUsageDrop(document),
        (fault) => fault instanceof DocumentFault && fault.pointer === pointer,
        JSON.stringify(document),
      );
    }
  });
});
