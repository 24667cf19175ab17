import { under } from "../document/index.ts";
import { dayMilliseconds, epochDayOf, isDate } from "./epoch-day.ts";
import { BusinessTimeError } from "./error.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** Local opening and closing time, `HH:MM` or `HH:MM:SS`. `"24:00"` closes at midnight; a closing time before the opening time lies on the next day. */
export type OpenInterval = readonly [opens: string, closes: string];

/** What a provider writes down about a calendar. All but the zone may be absent; a weekday without intervals is closed. */
export interface CalendarDefinition {
  /** IANA name, e.g. `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  readonly weekly?: Readonly<Partial<Record<Weekday, readonly OpenInterval[]>>>;
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays?: readonly string[];
  /** `MM-DD`, every year; `02-29` in leap years only. */
  readonly recurringHolidays?: readonly string[];
  /** Local date to that day's own hours. They replace the weekly hours and override a holiday; an empty list is a closed day. */
  readonly special?: Readonly<Record<string, readonly OpenInterval[]>>;
}

/** Milliseconds of wall time since the local midnight of the day it belongs to; `closes` exceeds 24 h for a night shift. */
export interface Span {
  readonly opens: number;
  readonly closes: number;
}

/** A checked definition, its dates as days since 1970-01-01. */
export interface DayRules {
  readonly timeZone: string;
  /** Monday first. */
  readonly weekly: readonly (readonly Span[])[];
  readonly holidays: ReadonlySet<number>;
  readonly recurring: readonly { readonly month: number; readonly day: number }[];
  readonly special: ReadonlyMap<number, readonly Span[]>;
}

/** Checks a definition. Throws `bad_calendar` with a pointer to the first thing that cannot be meant. */
export function readDefinition(definition: CalendarDefinition): DayRules {
  const { timeZone, weekly = {}, holidays = [], recurringHolidays = [], special = {} } = definition;
  if (!isZone(timeZone))
    throw bad(`There is no time zone "${timeZone}": use an IANA name such as Asia/Shanghai.`, "/timeZone");
  for (const name of Object.keys(weekly)) {
    if (!weekdays.some((weekday) => weekday === name)) {
      throw bad(`There is no weekday "${name}": use ${weekdays.join(", ")}.`, under("/weekly", name));
    }
  }
  return {
    timeZone,
    weekly: weekdays.map((weekday) => readIntervals(weekly[weekday] ?? [], `/weekly/${weekday}`)),
    holidays: new Set(holidays.map((date, index) => readDate(date, `/holidays/${index}`))),
    recurring: recurringHolidays.map((date, index) => readMonthDay(date, `/recurringHolidays/${index}`)),
    special: new Map(
      Object.entries(special).map(([date, intervals]) => [
        readDate(date, under("/special", date)),
        readIntervals(intervals, under("/special", date)),
      ]),
    ),
  };
}

function readIntervals(intervals: readonly OpenInterval[], pointer: string): Span[] {
  const spans = intervals.map(([from, to], index) => {
    const opens = readTime(from, `${pointer}/${index}/0`);
    const closes = readTime(to, `${pointer}/${index}/1`);
    if (opens === dayMilliseconds)
      throw bad("Nothing opens at 24:00: use 00:00 of the next day.", `${pointer}/${index}/0`);
    if (opens === closes) {
      throw bad(`An interval from ${from} to ${to} is empty: a whole day is 00:00 to 24:00.`, `${pointer}/${index}`);
    }
    return { opens, closes: closes < opens ? closes + dayMilliseconds : closes };
  });
  return spans.sort((a, b) => a.opens - b.opens);
}

function readTime(text: string, pointer: string): number {
  const parts = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  const [hours, minutes, seconds] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3] ?? 0)];
  const milliseconds = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  if (!parts || minutes > 59 || seconds > 59 || milliseconds > dayMilliseconds) {
    throw bad(`"${text}" is not a time of day: use HH:MM from 00:00 to 24:00.`, pointer);
  }
  return milliseconds;
}

function readDate(text: string, pointer: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const [year, month, day] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])];
  if (!parts || !isDate(year, month, day)) throw bad(`"${text}" is not a date: use YYYY-MM-DD.`, pointer);
  return epochDayOf(year, month, day);
}

function readMonthDay(text: string, pointer: string): { month: number; day: number } {
  const parts = /^(\d\d)-(\d\d)$/.exec(text);
  const [month, day] = [Number(parts?.[1]), Number(parts?.[2])];
  const someLeapYear = 2000;
  if (!parts || !isDate(someLeapYear, month, day)) throw bad(`"${text}" is not a day of the year: use MM-DD.`, pointer);
  return { month, day };
}

function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false; // an offset such as "+08:00" is no zone: it knows no daylight saving
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function bad(sentence: string, pointer: string): BusinessTimeError {
  return new BusinessTimeError("bad_calendar", sentence, pointer);
}
