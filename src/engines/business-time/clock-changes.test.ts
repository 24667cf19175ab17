import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { at, due, everyDay, hoursBetween, office, read } from "../../../test/reference/ask-calendar.ts";
import { alwaysOpen, type CalendarDefinition, nextOpening, type OpenInterval, prepareCalendar } from "./index.ts";

describe("clock changes", () => {
  const nights = (timeZone: string): CalendarDefinition => ({ timeZone, weekly: everyDay([["22:00", "06:00"]]) });
  const early = (timeZone: string, hours: OpenInterval): CalendarDefinition => ({ timeZone, weekly: { sun: [hours] } });

  test("a whole day lasts 23 or 25 hours in New York", () => {
    const newYork = alwaysOpen("America/New_York");
    assert.equal(hoursBetween(newYork, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"), 23);
    assert.equal(hoursBetween(newYork, "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"), 25);
  });
  test("a night shift lasts its real time in London", () => {
    const [spring, autumn] = ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"];
    assert.equal(hoursBetween(nights("Europe/London"), spring, "2026-03-29T12:00:00Z"), 7);
    assert.equal(hoursBetween(nights("Europe/London"), autumn, "2026-10-25T12:00:00Z"), 9);
    assert.equal(due(nights("Europe/London"), autumn, 9), "2026-10-25T06:00:00Z");
  });
  test("Lord Howe moves its clocks by half an hour", () => {
    assert.equal(
      hoursBetween(nights("Australia/Lord_Howe"), "2026-04-04T12:00:00+11:00", "2026-04-05T12:00:00+10:30"),
      8.5,
    );
    assert.equal(
      hoursBetween(nights("Australia/Lord_Howe"), "2026-10-03T12:00:00+10:30", "2026-10-04T12:00:00+11:00"),
      7.5,
    );
  });
  test("an opening time that is skipped comes as much later as was skipped", () => {
    // New York has no 02:30 on 8 March: it becomes 03:30 EDT.
    const calendar = early("America/New_York", ["02:30", "05:00"]);
    assert.equal(read(nextOpening(prepareCalendar(calendar), at("2026-03-08T05:00:00Z"))), "2026-03-08T07:30:00Z");
    assert.equal(hoursBetween(calendar, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"), 1.5);
  });
  test("a closing time that is skipped comes as much later as was skipped", () => {
    assert.equal(
      due(early("America/New_York", ["00:00", "02:30"]), "2026-03-08T05:00:00Z", 2.5),
      "2026-03-08T07:30:00Z",
    );
  });
  test("hours that a clock change squeezes to nothing are no hours", () => {
    const calendar = early("America/New_York", ["02:45", "03:30"]); // 02:45 becomes 03:45, after 03:30
    assert.equal(hoursBetween(calendar, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"), 0);
    assert.equal(hoursBetween(calendar, "2026-03-15T00:00:00-04:00", "2026-03-16T00:00:00-04:00"), 0.75);
  });
  test("hours that a clock change puts out of order still count once each", () => {
    const weekly = { sun: [["02:30", "05:00"] as const, ["03:00", "03:15"] as const] };
    const day = ["2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"] as const;
    assert.equal(hoursBetween({ timeZone: "America/New_York", weekly }, ...day), 1.75); // 03:00–03:15, 03:30–05:00
  });
  test("a time that comes twice is meant the first time", () => {
    const day = ["2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"] as const;
    assert.equal(hoursBetween(early("America/New_York", ["01:30", "05:00"]), ...day), 4.5);
    assert.equal(hoursBetween(early("America/New_York", ["00:00", "01:30"]), ...day), 1.5);
    assert.equal(hoursBetween(early("America/New_York", ["00:00", "02:00"]), ...day), 3);
  });
  test("intervals that adjoin by the clock adjoin in time on every day", () => {
    const weekly = { sun: [["00:00", "01:30"] as const, ["01:30", "02:30"] as const, ["02:30", "24:00"] as const] };
    const calendar: CalendarDefinition = { timeZone: "America/New_York", weekly };
    assert.equal(hoursBetween(calendar, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"), 23);
    assert.equal(hoursBetween(calendar, "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"), 25);
  });
  test("Apia skipped Friday 30 December 2011: its hours never were, and Saturday stays closed", () => {
    const apia: CalendarDefinition = { timeZone: "Pacific/Apia", weekly: { thu: office, fri: office, mon: office } };
    assert.equal(hoursBetween(apia, "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00"), 8);
    assert.equal(due(apia, "2011-12-29T17:00:00-10:00", 2), "2012-01-01T20:00:00Z"); // Monday 2 January 10:00 at +14
    assert.equal(
      hoursBetween(alwaysOpen("Pacific/Apia"), "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00"),
      48,
    );
  });
  test("in Cairo, where the clocks change at midnight, a day still joins the next", () => {
    assert.equal(
      hoursBetween(alwaysOpen("Africa/Cairo"), "2026-04-23T00:00:00+02:00", "2026-04-25T00:00:00+03:00"),
      47,
    );
    assert.equal(
      hoursBetween(alwaysOpen("Africa/Cairo"), "2026-10-29T00:00:00+03:00", "2026-10-31T00:00:00+02:00"),
      49,
    );
  });
});
