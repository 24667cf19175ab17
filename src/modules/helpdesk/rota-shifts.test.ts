import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memberAt, type Override, type Rotation, type Shift, shiftsBetween } from "./rota-shifts.ts";

const berlin: Rotation = {
  timeZone: "Europe/Berlin",
  handoverWeekday: 1,
  handoverTime: "09:00",
  startsOn: "2026-10-05",
  members: ["ada", "ben", "cem"],
};

const at = (text: string) => Temporal.Instant.from(text);
const who = (rotation: Rotation, text: string) => memberAt(rotation, at(text))?.staffId;
const lines = (shifts: readonly Shift[]) =>
  shifts.map(({ staffId, from, to, overrideId }) => `${staffId}${overrideId ? "*" : ""} ${from} ${to}`);

describe("a rota", () => {
  test("hands over on Monday at nine, and keeps the weekend with whose week it is", () => {
    assert.equal(who(berlin, "2026-10-05T07:00:00Z"), "ada", "09:00 in Berlin");
    assert.equal(who(berlin, "2026-10-05T06:59:59Z"), "cem", "one second before, the week before");
    assert.equal(who(berlin, "2026-10-10T03:00:00Z"), "ada", "Saturday at five");
    assert.equal(who(berlin, "2026-10-11T21:59:00Z"), "ada", "Sunday before midnight");
    assert.equal(who(berlin, "2026-10-11T23:00:00Z"), "ada", "Monday at one in the morning");
    assert.equal(who(berlin, "2026-10-12T07:00:00Z"), "ben");
    assert.equal(who(berlin, "2026-10-19T07:00:00Z"), "cem");
    assert.equal(who(berlin, "2026-10-26T08:00:00Z"), "ada", "around again, after the clocks went back");
  });

  test("hands over at the same local time when the clocks change: a week of 169 hours, and one of 167", () => {
    const autumn = shiftsBetween(berlin, [], at("2026-10-19T07:00:00Z"), at("2026-11-02T08:00:00Z"));
    assert.deepEqual(lines(autumn), [
      "cem 2026-10-19T07:00:00.000Z 2026-10-26T08:00:00.000Z",
      "ada 2026-10-26T08:00:00.000Z 2026-11-02T08:00:00.000Z",
    ]);
    assert.equal(who(berlin, "2026-10-26T07:30:00Z"), "cem", "08:30 in Berlin by winter time");
    const newYork = { ...berlin, timeZone: "America/New_York", handoverWeekday: 7, handoverTime: "02:30" };
    const spring = shiftsBetween(newYork, [], at("2027-03-07T07:30:00Z"), at("2027-03-21T06:30:00Z"));
    assert.deepEqual(
      spring.map(({ from, to }) => [from, to]),
      [
        ["2027-03-07T07:30:00.000Z", "2027-03-14T07:30:00.000Z"],
        ["2027-03-14T07:30:00.000Z", "2027-03-21T06:30:00.000Z"],
      ],
      "02:30 does not exist on 14 March: it is 03:30",
    );
  });

  test("is read in its own zone: the same instant is another week in Saigon and in Los Angeles", () => {
    const zoned = (timeZone: string) => ({ ...berlin, timeZone });
    assert.equal(who(zoned("Asia/Ho_Chi_Minh"), "2026-10-12T02:00:00Z"), "ben", "Monday 09:00");
    assert.equal(who(zoned("America/Los_Angeles"), "2026-10-12T02:00:00Z"), "ada", "still Sunday 19:00");
    assert.equal(
      who(zoned("Asia/Kathmandu"), "2026-10-12T03:14:59Z"),
      "ada",
      "08:59:59, five and three quarters ahead",
    );
    assert.equal(who(zoned("Asia/Kathmandu"), "2026-10-12T03:15:00Z"), "ben");
  });

  test("begins with the first member in the week of its start, whatever weekday that is, and reaches back", () => {
    const friday = { ...berlin, handoverWeekday: 5, handoverTime: "18:00", startsOn: "2026-10-07" };
    assert.equal(who(friday, "2026-10-07T12:00:00Z"), "ada", "the Wednesday it starts on; its week began on 2 October");
    assert.equal(who(friday, "2026-10-09T16:00:00Z"), "ben", "Friday 18:00");
    assert.equal(who(friday, "2026-10-02T15:59:00Z"), "cem", "before it: the last in the order");
    assert.equal(who({ ...friday, members: [] }, "2026-10-07T12:00:00Z"), undefined);
    assert.equal(who({ ...friday, members: ["ada"] }, "2031-01-01T00:00:00Z"), "ada");
  });

  test("gives way to overrides, to the second, across a handover", () => {
    const overrides: Override[] = [
      { id: "1", staffId: "dora", fromAt: "2026-10-10T16:00:00Z", toAt: "2026-10-12T18:00:00Z" },
      { id: "2", staffId: "ada", fromAt: "2026-10-14T00:00:00Z", toAt: "2026-10-15T00:00:00Z" },
    ];
    const week = shiftsBetween(berlin, overrides, at("2026-10-05T07:00:00Z"), at("2026-10-19T07:00:00Z"));
    assert.deepEqual(lines(week), [
      "ada 2026-10-05T07:00:00.000Z 2026-10-10T16:00:00.000Z",
      "dora* 2026-10-10T16:00:00.000Z 2026-10-12T18:00:00.000Z",
      "ben 2026-10-12T18:00:00.000Z 2026-10-14T00:00:00.000Z",
      "ada* 2026-10-14T00:00:00.000Z 2026-10-15T00:00:00.000Z",
      "ben 2026-10-15T00:00:00.000Z 2026-10-19T07:00:00.000Z",
    ]);
  });

  test("leaves no gap and no overlap over years, in zones that change their clocks", () => {
    for (const timeZone of ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"]) {
      const shifts = shiftsBetween({ ...berlin, timeZone }, [], at("2025-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"));
      assert.ok(shifts.length >= 156 && shifts.length <= 158, `${timeZone}: ${shifts.length}`);
      for (const [index, shift] of shifts.slice(1).entries()) assert.equal(shift.from, shifts[index]?.to);
      for (const shift of shifts) {
        assert.equal(who({ ...berlin, timeZone }, shift.from), shift.staffId);
        const start = at(shift.from).toZonedDateTimeISO(timeZone);
        if (shift !== shifts[0]) assert.equal(`${start.dayOfWeek} ${start.hour}:${start.minute}`, "1 9:0");
      }
    }
  });
});
