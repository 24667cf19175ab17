import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { at, due, everyDay, hour, hoursBetween, officeWeek, read } from "../../../test/reference/ask-calendar.ts";
import {
  addBusinessTime,
  alwaysOpen,
  businessTimeBetween,
  type CalendarDefinition,
  isOpen,
  nextOpening,
  type OpenInterval,
  type Pause,
  prepareCalendar,
} from "./index.ts";

describe("a working day in Ho Chi Minh City (UTC+7, no daylight saving)", () => {
  const saigon: CalendarDefinition = { timeZone: "Asia/Ho_Chi_Minh", weekly: officeWeek, holidays: ["2026-09-02"] };

  test("four hours from Monday noon skip the lunch break", () => {
    assert.equal(due(saigon, "2026-08-31T12:00:00+07:00", 4), "2026-08-31T10:00:00Z"); // 0.5 h + 13:30–17:00
  });
  test("eight hours from Tuesday 14:00 skip the holiday on Wednesday", () => {
    assert.equal(due(saigon, "2026-09-01T14:00:00+07:00", 8), "2026-09-03T07:00:00Z"); // 4 h on Tuesday, Thursday to 14:00
  });
  test("a promise that runs out at closing time is due at closing time, not at the next opening", () => {
    assert.equal(due(saigon, "2026-08-31T09:00:00+07:00", 8), "2026-08-31T11:00:00Z");
    assert.equal(due(saigon, "2026-08-31T09:00:00+07:00", 3.5), "2026-08-31T05:30:00Z");
  });
  test("a report on Saturday starts to count on Monday morning", () => {
    assert.equal(due(saigon, "2026-08-29T11:11:11+07:00", 1), "2026-08-31T03:00:00Z");
  });
  test("nothing to wait for is due at once, even while closed or paused", () => {
    assert.equal(due(saigon, "2026-08-29T11:11:11+07:00", 0), "2026-08-29T04:11:11Z");
    assert.equal(due(saigon, "2026-08-31T10:00:00+07:00", 0, [["2026-08-31T02:00:00Z", null]]), "2026-08-31T03:00:00Z");
  });
});

describe("pauses", () => {
  const shanghai: CalendarDefinition = {
    timeZone: "Asia/Shanghai",
    weekly: officeWeek,
    holidays: ["2026-10-01", "2026-10-02"],
  };

  test("a pause over a holiday and a weekend takes away only what was open", () => {
    // Wednesday 30 September 17:00 to Monday 5 October 10:00: one hour on Wednesday, one on Monday.
    const pause: [string, string] = ["2026-09-30T17:00:00+08:00", "2026-10-05T10:00:00+08:00"];
    assert.equal(hoursBetween(shanghai, "2026-09-30T16:00:00+08:00", "2026-10-05T11:00:00+08:00", [pause]), 2);
    assert.equal(due(shanghai, "2026-09-30T16:00:00+08:00", 2, [pause]), "2026-10-05T03:00:00Z");
  });
  test("overlapping, touching, unsorted and repeated pauses count once", () => {
    const pauses: [string, string][] = [
      ["2026-09-30T15:00:00+08:00", "2026-09-30T16:00:00+08:00"],
      ["2026-09-30T10:00:00+08:00", "2026-09-30T11:00:00+08:00"],
      ["2026-09-30T10:30:00+08:00", "2026-09-30T12:00:00+08:00"],
      ["2026-09-30T12:00:00+08:00", "2026-09-30T12:15:00+08:00"],
      ["2026-09-30T10:30:00+08:00", "2026-09-30T12:00:00+08:00"],
      ["2026-09-30T11:00:00+08:00", "2026-09-30T11:00:00+08:00"],
    ];
    // 8 h minus 10:00–12:15 and 15:00–16:00.
    assert.equal(hoursBetween(shanghai, "2026-09-30T00:00:00+08:00", "2026-10-01T00:00:00+08:00", pauses), 4.75);
    assert.equal(due(shanghai, "2026-09-30T09:00:00+08:00", 4.75, pauses), "2026-09-30T10:00:00Z");
  });
  test("a promise that runs out as a pause begins is due then", () => {
    const pause: [string, null] = ["2026-09-30T11:00:00+08:00", null];
    assert.equal(due(shanghai, "2026-09-30T09:00:00+08:00", 2, [pause]), "2026-09-30T03:00:00Z");
  });
  test("an open-ended pause holds the clock: consumed time stands still and there is no due time", () => {
    const pause: [string, null] = ["2026-09-30T11:00:00+08:00", null];
    assert.equal(due(shanghai, "2026-09-30T09:00:00+08:00", 2.5, [pause]), undefined);
    assert.equal(hoursBetween(shanghai, "2026-09-30T09:00:00+08:00", "2026-12-30T09:00:00+08:00", [pause]), 2);
  });
  test("a pause before the start or after the end changes nothing", () => {
    const pauses: [string, string][] = [
      ["2026-09-01T11:00:00+08:00", "2026-09-30T09:00:00+08:00"],
      ["2026-09-30T11:00:00+08:00", "2026-11-30T09:00:00+08:00"],
    ];
    assert.equal(hoursBetween(shanghai, "2026-09-30T09:00:00+08:00", "2026-09-30T11:00:00+08:00", pauses), 2);
    assert.equal(due(shanghai, "2026-09-30T09:00:00+08:00", 2, pauses), "2026-09-30T03:00:00Z");
  });
  test("a hundred thousand pauses are no burden", () => {
    const first = at("2026-01-05T01:00:00Z");
    const pauses = Array.from(
      { length: 100_000 },
      (_, index): Pause => [first + index * 60_000, first + index * 60_000 + 30_000],
    );
    const calendar = prepareCalendar(alwaysOpen());
    assert.equal(addBusinessTime(calendar, first, 100_000 * 30_000, pauses.toReversed()), first + 100_000 * 60_000);
    assert.equal(businessTimeBetween(calendar, first, first + 100_000 * 60_000, pauses), 100_000 * 30_000);
  });
});

describe("which day hours belong to", () => {
  const nightShift: OpenInterval = ["22:00", "06:00"];
  const utc = (more: Omit<CalendarDefinition, "timeZone">): CalendarDefinition => ({ timeZone: "UTC", ...more });

  test("a night shift belongs to the evening: a holiday takes away its own evening, not the morning before", () => {
    const calendar = utc({ weekly: everyDay([nightShift]), holidays: ["2026-05-01"] });
    assert.equal(hoursBetween(calendar, "2026-04-30T12:00:00Z", "2026-05-01T12:00:00Z"), 8);
    assert.equal(hoursBetween(calendar, "2026-05-01T12:00:00Z", "2026-05-02T12:00:00Z"), 0);
    assert.equal(hoursBetween(calendar, "2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z"), 6);
  });
  test("a night shift of Sunday runs into a closed Monday, also over the end of the year", () => {
    const calendar = utc({ weekly: { thu: [nightShift] } });
    assert.equal(due(calendar, "2026-12-31T23:00:00Z", 7), "2027-01-01T06:00:00Z");
    assert.equal(hoursBetween(calendar, "2027-01-01T00:00:00Z", "2027-01-07T00:00:00Z"), 6);
  });
  test("a shift that ends at 00:00 ends at midnight", () => {
    assert.equal(
      hoursBetween(utc({ weekly: { mon: [["18:00", "00:00"]] } }), "2026-05-04T00:00:00Z", "2026-05-06T00:00:00Z"),
      6,
    );
  });
  test("a night shift and the early hours of the next day overlap without counting twice", () => {
    const calendar = utc({ weekly: { mon: [nightShift], tue: [["05:00", "09:00"]] } });
    assert.equal(hoursBetween(calendar, "2026-05-04T00:00:00Z", "2026-05-06T00:00:00Z"), 11);
  });
  test("overlapping, touching and unsorted intervals of a day are one", () => {
    const calendar = utc({
      weekly: {
        mon: [
          ["13:00", "17:00"],
          ["08:00", "12:00"],
          ["11:00", "13:00"],
        ],
      },
    });
    assert.equal(hoursBetween(calendar, "2026-05-04T00:00:00Z", "2026-05-05T00:00:00Z"), 9);
    assert.equal(due(calendar, "2026-05-04T00:00:00Z", 9), "2026-05-04T17:00:00Z");
  });
  test("a special day replaces the weekly hours, overrides a holiday, and may be closed", () => {
    const calendar = utc({
      weekly: officeWeek,
      holidays: ["2026-12-24"],
      recurringHolidays: ["12-25"],
      special: { "2026-12-24": [["09:00", "12:00"]], "2026-12-26": [["10:00", "11:00"]], "2026-12-28": [] },
    });
    // Thursday 24th 3 h, Friday 25th holiday, Saturday 26th 1 h, Monday 28th closed, Tuesday 29th.
    assert.equal(hoursBetween(calendar, "2026-12-24T00:00:00Z", "2026-12-29T00:00:00Z"), 4);
    assert.equal(due(calendar, "2026-12-24T09:00:00Z", 5), "2026-12-29T10:00:00Z");
  });
  test("29 February returns in leap years only, and the first of March stays open", () => {
    const calendar = utc({ weekly: everyDay([["00:00", "24:00"]]), recurringHolidays: ["02-29"] });
    assert.equal(hoursBetween(calendar, "2027-02-28T00:00:00Z", "2027-03-02T00:00:00Z"), 48);
    assert.equal(hoursBetween(calendar, "2028-02-28T00:00:00Z", "2028-03-02T00:00:00Z"), 48);
    assert.equal(hoursBetween(calendar, "2100-02-28T00:00:00Z", "2100-03-02T00:00:00Z"), 48);
  });
});

describe("long spans and small ones", () => {
  test("twenty years of office hours", () => {
    const calendar: CalendarDefinition = { timeZone: "Asia/Shanghai", weekly: officeWeek };
    // 1 January 2007 and 4 January 2027 are Mondays, 1,044 weeks apart; the last of those weeks ends on Friday 1 January at 18:00.
    const start = "2007-01-01T00:00:00+08:00";
    assert.equal(hoursBetween(calendar, start, "2027-01-04T00:00:00+08:00"), 1044 * 40);
    assert.equal(due(calendar, start, 1044 * 40), "2027-01-01T10:00:00Z");
  });
  test("a question about earlier years after later ones gets the same answer", () => {
    const calendar = prepareCalendar({ timeZone: "Europe/London", weekly: officeWeek });
    const ask = () => addBusinessTime(calendar, at("2026-06-01T00:00:00Z"), 100 * hour);
    const first = ask();
    assert.equal(businessTimeBetween(calendar, at("1971-06-07T00:00:00Z"), at("1971-06-08T00:00:00Z")), 8 * hour);
    assert.equal(businessTimeBetween(calendar, at("2090-06-05T00:00:00Z"), at("2090-06-06T00:00:00Z")), 8 * hour);
    assert.equal(ask(), first);
  });
  test("the night into a year counts the same whichever year was asked for first", () => {
    const nights: CalendarDefinition = { timeZone: "UTC", weekly: everyDay([["22:00", "06:00"]]) };
    for (const first of [2023, 2024, 2025, 2026, 2027]) {
      const all = prepareCalendar(nights);
      const noSilvester = prepareCalendar({ ...nights, recurringHolidays: ["12-31"] });
      for (const year of [first, 2023, 2024, 2025, 2026, 2027]) {
        const morning = at(`${year}-01-01T03:00:00Z`);
        assert.equal(isOpen(all, at(`${first}-06-15T23:00:00Z`)) && isOpen(all, morning), true);
        assert.equal(isOpen(noSilvester, at(`${first}-06-15T23:00:00Z`)) && isOpen(noSilvester, morning), false);
      }
    }
  });
  test("milliseconds are exact", () => {
    const calendar: CalendarDefinition = { timeZone: "UTC", weekly: officeWeek };
    assert.equal(due(calendar, "2026-05-04T12:29:59.999Z", 2 / hour), "2026-05-04T13:30:00.001Z");
  });
  test("the first and the last year that can be written", () => {
    const calendar = prepareCalendar(alwaysOpen("Asia/Shanghai"));
    assert.equal(
      businessTimeBetween(calendar, at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z")),
      315_537_897_599_000,
    );
    assert.throws(() => addBusinessTime(calendar, at("9999-12-31T23:00:00Z"), hour + 1), { code: "out_of_range" });
  });
});

describe("open or closed", () => {
  const calendar = prepareCalendar({ timeZone: "UTC", weekly: officeWeek });

  test("open at opening time, closed at closing time", () => {
    assert.equal(isOpen(calendar, at("2026-05-04T08:59:59.999Z")), false);
    assert.equal(isOpen(calendar, at("2026-05-04T09:00:00Z")), true);
    assert.equal(isOpen(calendar, at("2026-05-04T12:30:00Z")), false);
  });
  test("the next opening is now while open, else when it opens", () => {
    assert.equal(read(nextOpening(calendar, at("2026-05-04T09:15:00Z"))), "2026-05-04T09:15:00Z");
    assert.equal(read(nextOpening(calendar, at("2026-05-04T12:30:00Z"))), "2026-05-04T13:30:00Z");
    assert.equal(read(nextOpening(calendar, at("2026-05-08T18:00:00Z"))), "2026-05-11T09:00:00Z");
  });
});
