import assert from "node:assert/strict";
import { test } from "node:test";
import { at, hour, officeWeek, read } from "../../../test/reference/ask-calendar.ts";
import { alwaysOpen, consumedTime, dueTime, type Pause, prepareCalendar } from "./index.ts";

const office = prepareCalendar({ timeZone: "UTC", weekly: officeWeek });
const always = prepareCalendar(alwaysOpen());
const monday = at("2026-05-04T09:00:00Z");
const pause: Pause = [at("2026-05-04T10:00:00Z"), at("2026-05-04T11:00:00Z")];

test("a higher priority keeps what was consumed and paused before", () => {
  // By noon 9–10 and 11–12 are consumed, and 10–11 was paused.
  const segments = [{ from: monday, calendar: office }];
  assert.equal(consumedTime(segments, at("2026-05-04T12:00:00Z"), [pause]), 2 * hour);
  assert.equal(read(dueTime(segments, 8 * hour, [pause])), "2026-05-05T10:00:00Z");
  assert.equal(read(dueTime(segments, 4 * hour, [pause])), "2026-05-04T15:00:00Z");
});

test("a target shorter than what was consumed has been due in the past", () => {
  const segments = [
    { from: monday, calendar: office },
    { from: at("2026-05-04T12:00:00Z"), calendar: always },
  ];
  assert.equal(read(dueTime(segments, 0.5 * hour, [pause])), "2026-05-04T09:30:00Z");
});

test("a target that was consumed by closing time was due at closing time, not when the clock changed later", () => {
  const segments = [
    { from: monday, calendar: office },
    { from: at("2026-05-04T20:00:00Z"), calendar: always },
  ];
  assert.equal(read(dueTime(segments, 8 * hour)), "2026-05-04T18:00:00Z");
});

test("another calendar counts from the change on", () => {
  const segments = [
    { from: monday, calendar: office },
    { from: at("2026-05-04T18:00:00Z"), calendar: always },
  ];
  assert.equal(consumedTime(segments, at("2026-05-04T20:00:00Z"), [pause]), 9 * hour);
  assert.equal(read(dueTime(segments, 12 * hour, [pause])), "2026-05-04T23:00:00Z");
  assert.equal(consumedTime(segments, monday - hour), 0);
});

test("a clock that is paused for now has consumed something and is not due", () => {
  const segments = [{ from: monday, calendar: office }];
  const waiting: Pause = [at("2026-05-04T10:00:00Z"), null];
  assert.equal(consumedTime(segments, at("2026-05-20T10:00:00Z"), [waiting]), hour);
  assert.equal(dueTime(segments, 2 * hour, [waiting]), undefined);
});

test("a clock needs segments that follow one another", () => {
  assert.throws(() => dueTime([], hour), { code: "bad_argument" });
  const backwards = [
    { from: monday, calendar: office },
    { from: monday - 1, calendar: office },
  ];
  assert.throws(() => dueTime(backwards, hour), { code: "bad_argument" });
});
