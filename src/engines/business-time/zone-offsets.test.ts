import assert from "node:assert/strict";
import { test } from "node:test";
import { readZoneOffsets } from "./zone-offsets.ts";

const hour = 3_600_000;
const from = Date.UTC(1960, 0, 1);
const to = Date.UTC(2040, 0, 1);
const aroundChange = [-24, -2, -1, -0.75, -0.5, -0.001, 0, 0.001, 0.5, 0.75, 1, 2, 24].map((hours) => hours * hour);

test("wall times around every clock change of every zone are the instants that Temporal says", () => {
  for (const timeZone of Intl.supportedValuesOf("timeZone")) {
    const { instantOf } = readZoneOffsets(timeZone, from, to);
    const wallTimes: number[] = [];
    let moment = Temporal.Instant.fromEpochMilliseconds(from)
      .toZonedDateTimeISO(timeZone)
      .getTimeZoneTransition("next");
    while (moment && moment.epochMilliseconds < to - 48 * hour) {
      const wall = moment.epochMilliseconds + moment.offsetNanoseconds / 1e6;
      wallTimes.push(...aroundChange.map((distance) => wall + distance));
      moment = moment.getTimeZoneTransition("next");
    }
    for (const wall of [...wallTimes, ...wallTimes.toReversed()]) {
      const written = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO("UTC").toPlainDateTime();
      assert.equal(instantOf(wall), written.toZonedDateTime(timeZone).epochMilliseconds, `${timeZone} ${written}`);
    }
  }
});

test("the dates that no clock showed are known", () => {
  const days = (timeZone: string) =>
    [...readZoneOffsets(timeZone, from, to).missingDays].map((day) =>
      new Temporal.PlainDate(1970, 1, 1).add({ days: day }).toString(),
    );
  assert.deepEqual(days("Pacific/Apia"), ["2011-12-30"]);
  assert.deepEqual(days("Pacific/Kwajalein"), ["1993-08-21"]);
  assert.deepEqual(days("America/New_York"), []);
});
