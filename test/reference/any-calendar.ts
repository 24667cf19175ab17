import fc from "fast-check";
import type { CalendarDefinition, OpenInterval, Pause } from "../../src/engines/business-time/index.ts";

/** Generated calendars, with holidays, special days and questions gathered around one moment, often a clock change. */

const minute = 60_000;
const dayMinutes = 24 * 60;

const zones = [
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Africa/Cairo",
  "Asia/Ho_Chi_Minh",
  "Asia/Shanghai",
  "Pacific/Apia",
] as const;

export interface Question {
  readonly start: number;
  readonly end: number;
  readonly duration: number;
  readonly pauses: readonly Pause[];
}

export interface Scene {
  readonly definition: CalendarDefinition;
  readonly questions: readonly Question[];
}

export interface SceneSize {
  readonly questions: number;
  /** All times are whole multiples of it, in milliseconds: 60,000 or 1,000. */
  readonly grain: number;
  readonly longestDays: number;
  readonly longestDuration: number;
}

export function anyScene(size: SceneSize): fc.Arbitrary<Scene> {
  return anyMoment().chain(({ timeZone, moment }) =>
    fc.record({
      definition: anyDefinition(timeZone, moment, size.grain),
      questions: fc.array(anyQuestion(moment, size), { minLength: size.questions, maxLength: size.questions }),
    }),
  );
}

/** A moment in a zone, in half of the cases just before its clocks change. */
function anyMoment(): fc.Arbitrary<{ timeZone: string; moment: number }> {
  const parts = { timeZone: fc.constantFrom(...zones), year: fc.integer({ min: 1980, max: 2060 }), day: fc.nat(364) };
  return fc.record({ ...parts, nearChange: fc.boolean() }).map(({ timeZone, year, day, nearChange }) => {
    const somewhere = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: day }).toZonedDateTime(timeZone);
    const change = nearChange ? somewhere.getTimeZoneTransition("next") : null;
    return { timeZone, moment: (change?.subtract({ hours: 36 }) ?? somewhere).startOfDay().epochMilliseconds };
  });
}

function anyDefinition(timeZone: string, moment: number, grain: number): fc.Arbitrary<CalendarDefinition> {
  const first = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate();
  const date = fc.integer({ min: -4, max: 12 }).map((days) => first.add({ days }).toString());
  const hours = fc.array(anyInterval(grain), { maxLength: 3 });
  const openHours = fc.array(anyInterval(grain), { minLength: 1, maxLength: 3 });
  return fc.record({
    timeZone: fc.constant(timeZone),
    weekly: fc.record({
      mon: openHours,
      tue: hours,
      wed: hours,
      thu: openHours,
      fri: hours,
      sat: hours,
      sun: openHours,
    }),
    holidays: fc.array(date, { maxLength: 3 }),
    recurringHolidays: fc.array(
      fc.oneof(
        date.map((day) => day.slice(5)),
        fc.constant("02-29"),
      ),
      { maxLength: 2 },
    ),
    special: fc.dictionary(date, hours, { maxKeys: 3 }),
  });
}

/** Ordinary, split, whole-day and night hours, at least half an hour long. */
function anyInterval(grain: number): fc.Arbitrary<OpenInterval> {
  const steps = (dayMinutes * minute) / grain;
  const shortest = (30 * minute) / grain;
  const fine = fc
    .tuple(fc.nat(steps - 1), fc.integer({ min: shortest, max: steps - 1 }))
    .map(([opens, length]): OpenInterval => {
      const closes = opens + length;
      return [clock(opens * grain), clock((closes > steps ? closes - steps : closes) * grain)];
    });
  const usual = fc.constantFrom<OpenInterval[]>(
    ["09:00", "12:30"],
    ["13:30", "18:00"],
    ["00:00", "24:00"],
    ["22:00", "06:00"],
    ["02:30", "05:00"],
    ["00:00", "01:30"],
    ["18:00", "00:00"],
  );
  return fc.oneof(fine, usual);
}

function clock(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (seconds % 60 === 0 ? parts.slice(0, 2) : parts).map((part) => String(part).padStart(2, "0")).join(":");
}

function anyQuestion(moment: number, { grain, longestDays, longestDuration }: SceneSize): fc.Arbitrary<Question> {
  const span = (longestDays * dayMinutes * minute) / grain;
  const instant = fc.nat(span).map((steps) => moment + steps * grain);
  const pause = fc
    .record({ from: instant, steps: fc.nat(Math.ceil(span / 3)), isOpenEnded: fc.nat(19).map((n) => n === 0) })
    .map(({ from, steps, isOpenEnded }): Pause => [from, isOpenEnded ? null : from + steps * grain]);
  return fc
    .record({
      times: fc.tuple(instant, instant),
      duration: fc.nat(longestDuration / grain).map((steps) => steps * grain),
      pauses: fc.array(pause, { maxLength: 5 }),
    })
    .map(({ times: [a, b], duration, pauses }) => ({ start: Math.min(a, b), end: Math.max(a, b), duration, pauses }));
}
