import { businessTimeBetween, type PreparedCalendar } from "./business-time.ts";
import { recurringHolidays } from "./open-table.ts";
import { inOrder, type Pause } from "./pauses.ts";

/** How a length of business time came about: what a person reads to check it. Instants are epoch milliseconds. */
export interface Explanation {
  /** Milliseconds counted in all: the sum over every counted interval, listed or not. */
  readonly counted: number;
  /** Milliseconds that were open but paused. */
  readonly paused: number;
  /** What was counted, in order, at most `limit` of them. */
  readonly intervals: readonly { readonly from: number; readonly to: number }[];
  /** Counted intervals beyond `limit`. */
  readonly unlisted: number;
  /** Local dates, `YYYY-MM-DD`, on which the calendar would have opened had they not been holidays; at most `limit`. */
  readonly holidays: readonly string[];
}

/** Explains `businessTimeBetween(calendar, start, end, pauses)`. Throws what that throws. */
export function explainBusinessTime(
  calendar: PreparedCalendar,
  start: number,
  end: number,
  pauses: readonly Pause[] = [],
  limit = 100,
): Explanation {
  const counted = businessTimeBetween(calendar, start, end, pauses);
  const intervals: { from: number; to: number }[] = [];
  let count = 0;
  for (const [from, to] of unpaused(calendar.times.intervals(start, end), inOrder(pauses))) {
    if (count < limit) intervals.push({ from, to });
    count++;
  }
  return {
    counted,
    paused: businessTimeBetween(calendar, start, end) - counted,
    intervals,
    unlisted: count - intervals.length,
    holidays: holidaysBetween(calendar, start, end).slice(0, limit),
  };
}

type Interval = readonly [start: number, end: number];

function* unpaused(intervals: Iterable<Interval>, pauses: readonly Pause[]): Generator<Interval> {
  let next = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  for (const [start, end] of intervals) {
    let from = Math.max(start, pausedUntil);
    for (let pause = pauses[next]; pause && pause[0] < end; pause = pauses[++next]) {
      if (pause[0] > from) yield [from, pause[0]];
      pausedUntil = Math.max(pausedUntil, pause[1] ?? Number.POSITIVE_INFINITY);
      from = Math.max(from, pausedUntil);
    }
    if (from < end) yield [from, end];
  }
}

function holidaysBetween({ timeZone, times: { rules } }: PreparedCalendar, start: number, end: number): string[] {
  const localDate = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const epoch = Temporal.PlainDate.from("1970-01-01");
  const [first, last] = [localDate(start), localDate(end)];
  const [firstDay, lastDay] = [epoch.until(first).days, epoch.until(last).days];
  const days = new Set([...rules.holidays, ...recurringHolidays(rules, first.year, last.year)]);
  return [...days]
    .filter((day) => day >= firstDay && day <= lastDay && !rules.special.has(day))
    .map((day) => ({ day, date: epoch.add({ days: day }) }))
    .filter(({ date }) => (rules.weekly[date.dayOfWeek - 1] ?? []).length > 0)
    .sort((a, b) => a.day - b.day)
    .map(({ date }) => date.toString());
}
