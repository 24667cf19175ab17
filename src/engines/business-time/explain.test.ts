import assert from "node:assert/strict";
import { test } from "node:test";
import { at, hour, office, officeWeek, read } from "../../../test/reference/ask-calendar.ts";
import { alwaysOpen, explainBusinessTime, prepareCalendar } from "./index.ts";

const shanghai = prepareCalendar({
  timeZone: "Asia/Shanghai",
  weekly: officeWeek,
  holidays: ["2026-10-01", "2026-10-02", "2026-10-03"],
  recurringHolidays: ["10-05"],
  special: { "2026-10-02": [["10:00", "11:00"]], "2026-10-10": office },
});
const start = at("2026-09-30T17:00:00+08:00");
const end = at("2026-10-06T10:00:00+08:00");

test("an explanation lists what was counted, what was paused, and the holidays that took hours away", () => {
  const pause = [at("2026-10-06T09:15:00+08:00"), at("2026-10-06T09:30:00+08:00")] as const;
  const { counted, paused, intervals, unlisted, holidays } = explainBusinessTime(shanghai, start, end, [pause]);
  assert.deepEqual(
    intervals.map(({ from, to }) => [read(from), read(to)]),
    [
      ["2026-09-30T09:00:00Z", "2026-09-30T10:00:00Z"],
      ["2026-10-02T02:00:00Z", "2026-10-02T03:00:00Z"],
      ["2026-10-06T01:00:00Z", "2026-10-06T01:15:00Z"],
      ["2026-10-06T01:30:00Z", "2026-10-06T02:00:00Z"],
    ],
  );
  assert.deepEqual([counted, paused, unlisted], [2.75 * hour, 0.25 * hour, 0]);
  // The 2nd had hours of its own, the 3rd is a Saturday.
  assert.deepEqual(holidays, ["2026-10-01", "2026-10-05"]);
});

test("a long explanation lists the first intervals and counts the rest", () => {
  const { counted, intervals, unlisted } = explainBusinessTime(shanghai, start, end, [], 2);
  assert.equal(counted, 3 * hour);
  assert.equal(intervals.length, 2);
  assert.equal(unlisted, 1);
});

test("hours that adjoin are explained as one stretch", () => {
  const { intervals } = explainBusinessTime(prepareCalendar(alwaysOpen("Asia/Shanghai")), start, end);
  assert.deepEqual(intervals, [{ from: start, to: end }]);
});
