import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { anyScene, type Question, type Scene } from "../../../test/reference/any-calendar.ts";
import { everyDay, office } from "../../../test/reference/ask-calendar.ts";
import { walkingClock } from "../../../test/reference/minute-clock.ts";
import {
  addBusinessTime,
  businessTimeBetween,
  type CalendarDefinition,
  isOpen,
  type Pause,
  prepareCalendar,
} from "./index.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function assertAgreement({ definition, questions }: Scene, grain: number): void {
  const calendar = prepareCalendar(definition);
  const walking = walkingClock(definition, grain);
  for (const { start, end, duration, pauses } of questions) {
    const scene = () => JSON.stringify({ definition, start, end, duration, pauses });
    assert.equal(addBusinessTime(calendar, start, duration, pauses), walking.add(start, duration, pauses), scene());
    assert.equal(businessTimeBetween(calendar, start, end, pauses), walking.between(start, end, pauses), scene());
    assert.equal(isOpen(calendar, end), walking.isOpen(end), scene());
  }
}

describe("the engine and a clock that walks step by step", () => {
  const parts = 5;
  const size = { questions: 20, grain: minute, longestDays: 8, longestDuration: 20 * hour };
  const scenes = fc.sample(anyScene(size), { seed: 20_261_122, numRuns: 500 });
  for (let part = 0; part < parts; part++) {
    test(`agree on 10,000 questions in whole minutes, due times and lengths: ${part + 1} of ${parts}`, () => {
      const own = scenes.filter((_, index) => index % parts === part);
      assert.equal(own.length * size.questions * parts, 10_000);
      for (const scene of own) assertAgreement(scene, minute);
    });
  }

  test("agree on 400 questions in seconds", () => {
    const size = { questions: 4, grain: 1000, longestDays: 1, longestDuration: 4 * hour };
    const scenes = fc.sample(anyScene(size), { seed: 1_122, numRuns: 100 });
    for (const scene of scenes) assertAgreement(scene, 1000);
  });

  test("agree years apart, in four zones with clock changes", () => {
    const definition = (timeZone: string): CalendarDefinition => ({
      timeZone,
      weekly: { ...everyDay(office), fri: [["22:00", "06:00"]], sun: [["00:00", "24:00"]] },
      holidays: ["1997-07-01", "2008-08-08", "2024-02-12"],
      recurringHolidays: ["01-01", "02-29", "10-01"],
      special: { "2000-01-01": [["10:00", "16:00"]], "2011-12-30": [["10:00", "16:00"]] },
    });
    const pauses: Pause[] = [0, 300, 1500, 2500].map((days) => [
      Date.UTC(1996, 4, 1) + days * day,
      Date.UTC(1996, 4, 20) + days * day,
    ]);
    const spans = [
      ["America/New_York", 1996, 6],
      ["Europe/London", 1996, 20],
      ["Australia/Lord_Howe", 2006, 3],
      ["Pacific/Apia", 2009, 5],
    ] as const;
    for (const [timeZone, year, years] of spans) {
      const start = Date.UTC(year, 4, 9, 11, 11);
      const question: Question = {
        start,
        end: Date.UTC(year + years, 7, 7, 7, 7),
        duration: years * 2000 * hour,
        pauses,
      };
      assertAgreement({ definition: definition(timeZone), questions: [question] }, minute);
    }
  });
});
