import { instantText, now } from "../../platform/clock.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { PeriodQuery } from "./api.ts";

/** Whole days of a time zone, and the instants at which they begin and end. */
export interface Period {
  /** First and last day, both included. */
  from: string;
  to: string;
  timeZone: string;
  /** `start` ≤ instant < `end` */
  start: string;
  end: string;
}

const usualDays = 90;
const longestDays = 400;

/** Refuses `period_backwards` and `period_too_long`. */
export function readPeriod({ from, to }: PeriodQuery, timeZone: string): Period {
  const last = to ? Temporal.PlainDate.from(to) : now().toZonedDateTimeISO(timeZone).toPlainDate();
  const first = from ? Temporal.PlainDate.from(from) : last.subtract({ days: usualDays - 1 });
  const { days } = first.until(last);
  if (days < 0) throw new Refusal("invalid", "period_backwards", "`from` must not be later than `to`.");
  if (days >= longestDays) throw new Refusal("invalid", "period_too_long", `A period has at most ${longestDays} days.`);
  return {
    from: first.toString(),
    to: last.toString(),
    timeZone,
    start: beginOf(first, timeZone),
    end: beginOf(last.add({ days: 1 }), timeZone),
  };
}

export interface Part {
  /** The day with which the whole week or month begins, perhaps before the period does. */
  startsOn: string;
  /** Where it begins inside the period. */
  start: string;
}

/** The weeks of a period; they begin on Mondays. */
export function weeksOf(period: Period): Part[] {
  const first = Temporal.PlainDate.from(period.from);
  return partsFrom(first.subtract({ days: first.dayOfWeek - 1 }), { days: 7 }, period);
}

export function monthsOf(period: Period): Part[] {
  return partsFrom(Temporal.PlainDate.from(period.from).with({ day: 1 }), { months: 1 }, period);
}

function partsFrom(first: Temporal.PlainDate, step: { days?: number; months?: number }, period: Period): Part[] {
  const parts: Part[] = [];
  for (let day = first; day.toString() <= period.to; day = day.add(step)) {
    const start = day.toString() <= period.from ? period.start : beginOf(day, period.timeZone);
    parts.push({ startsOn: day.toString(), start });
  }
  return parts;
}

function beginOf(day: Temporal.PlainDate, timeZone: string): string {
  return instantText(day.toZonedDateTime(timeZone).toInstant());
}
