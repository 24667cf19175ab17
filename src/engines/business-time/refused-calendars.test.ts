import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { at, hour, read } from "../../../test/reference/ask-calendar.ts";
import {
  addBusinessTime,
  alwaysOpen,
  BusinessTimeError,
  businessTimeBetween,
  type CalendarDefinition,
  nextOpening,
  prepareCalendar,
} from "./index.ts";

describe("what cannot be meant", () => {
  const refuses = (definition: CalendarDefinition, pointer: string) =>
    assert.throws(
      () => prepareCalendar(definition),
      (error) => {
        assert.ok(error instanceof BusinessTimeError);
        assert.equal(error.code, "bad_calendar");
        assert.equal(error.pointer, pointer);
        return true;
      },
    );

  test("is refused with its place in the definition", () => {
    for (const timeZone of ["", "Mars/Olympus", "+08:00", "2026-01-01T00:00Z", "UTC+8"])
      refuses({ timeZone }, "/timeZone");
    for (const time of ["9:00", "24:01", "25:00", "08:60", "", "noon", "08:00 "]) {
      refuses(
        {
          timeZone: "UTC",
          weekly: {
            tue: [
              ["00:00", "01:00"],
              ["00:00", time],
            ],
          },
        },
        "/weekly/tue/1/1",
      );
    }
    refuses({ timeZone: "UTC", weekly: { tue: [["24:00", "06:00"]] } }, "/weekly/tue/0/0");
    refuses({ timeZone: "UTC", weekly: { tue: [["09:00", "09:00"]] } }, "/weekly/tue/0");
    refuses({ timeZone: "UTC", special: { "2026-02-29": [] } }, "/special/2026-02-29");
    for (const date of ["2026-13-01", "2026-00-10", "2026-04-31", "26-04-30", "2026-4-3"]) {
      refuses({ timeZone: "UTC", holidays: ["2026-01-01", date] }, "/holidays/1");
    }
    for (const date of ["02-30", "13-01", "2-1", "--02-01"])
      refuses({ timeZone: "UTC", recurringHolidays: [date] }, "/recurringHolidays/0");
  });
  test("a calendar that does not open again says so instead of searching for ever", () => {
    const closed = prepareCalendar({ timeZone: "UTC" });
    const once = prepareCalendar({ timeZone: "UTC", special: { "2060-01-01": [["09:00", "10:00"]] } });
    const start = at("2026-01-01T00:00:00Z");
    assert.throws(() => addBusinessTime(closed, start, 1), { code: "never_open" });
    assert.equal(nextOpening(closed, start), undefined);
    assert.equal(businessTimeBetween(closed, start, at("2046-01-01T00:00:00Z")), 0);
    assert.equal(read(addBusinessTime(once, start, hour)), "2060-01-01T10:00:00Z");
    assert.throws(() => addBusinessTime(once, start, hour + 1), { code: "never_open" });
  });
  test("how long it has been closed until the question does not matter", () => {
    const hours = [["09:00", "10:00"]] as const;
    const twice = prepareCalendar({ timeZone: "UTC", special: { "1970-01-01": hours, "2030-01-01": hours } });
    const past = businessTimeBetween(twice, at("1960-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"));
    assert.equal(past, hour);
    assert.equal(read(addBusinessTime(twice, at("2026-01-01T00:00:00Z"), hour)), "2030-01-01T10:00:00Z");
  });
  test("a calendar that opens only on a leap day that is a Monday does open", () => {
    const allButLeapDay = Array.from({ length: 365 }, (_, day) =>
      Temporal.PlainDate.from("2027-01-01").add({ days: day }).toString().slice(5),
    );
    const rare = prepareCalendar({
      timeZone: "UTC",
      weekly: { mon: [["09:00", "10:00"]] },
      recurringHolidays: allButLeapDay,
    });
    assert.equal(read(addBusinessTime(rare, at("2072-03-01T00:00:00Z"), hour)), "2112-02-29T10:00:00Z");
  });
  test("questions without a sense are refused", () => {
    const calendar = prepareCalendar(alwaysOpen());
    for (const [start, duration] of [
      [Number.NaN, 1],
      [0, Number.NaN],
      [0, -1],
      [0.5, 1],
      [0, Number.POSITIVE_INFINITY],
    ] as const) {
      assert.throws(() => addBusinessTime(calendar, start, duration), { code: "bad_argument" });
    }
    assert.throws(() => businessTimeBetween(calendar, 1, 0), { code: "bad_argument" });
    assert.throws(() => businessTimeBetween(calendar, 0, 1, [[2, 1]]), { code: "bad_argument" });
    assert.throws(() => addBusinessTime(calendar, 0, 1, [[Number.NaN, 1]]), { code: "bad_argument" });
  });
});
