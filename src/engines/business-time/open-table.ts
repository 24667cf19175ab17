import type { DayRules } from "./definition.ts";
import { dayMilliseconds, epochDayOf, isDate, weekdayOf } from "./epoch-day.ts";
import { readZoneOffsets } from "./zone-offsets.ts";

/** Every open interval from `from` to `to` (epoch milliseconds), disjoint, in order, cut at both ends. */
export interface OpenTable {
  readonly from: number;
  readonly to: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Open milliseconds from `from` to the end of each interval. */
  readonly openByEnd: Float64Array;
}

/** Tabulates whole UTC years, `fromYear` to `toYear` inclusive. */
export function buildOpenTable(rules: DayRules, fromYear: number, toYear: number): OpenTable {
  const fromDay = epochDayOf(fromYear, 1, 1);
  const toDay = epochDayOf(toYear + 1, 1, 1);
  const intervals = openIntervals(rules, fromYear, toYear, fromDay, toDay);
  return tabulate(intervals, fromDay * dayMilliseconds, toDay * dayMilliseconds);
}

type Interval = readonly [start: number, end: number];

function openIntervals(rules: DayRules, fromYear: number, toYear: number, fromDay: number, toDay: number): Interval[] {
  // A local date lies up to a day from the UTC date, its night shift ends a day later, and a zone can skip a day.
  const margin = 3;
  const zone = readZoneOffsets(
    rules.timeZone,
    (fromDay - 2 * margin) * dayMilliseconds,
    (toDay + 2 * margin) * dayMilliseconds,
  );
  const recurring = recurringHolidays(rules, fromYear - 1, toYear + 1);
  const intervals: Interval[] = [];
  for (let day = fromDay - margin; day < toDay + margin; day++) {
    if (zone.missingDays.has(day)) continue;
    const isHoliday = rules.holidays.has(day) || recurring.has(day);
    const spans = rules.special.get(day) ?? (isHoliday ? [] : (rules.weekly[weekdayOf(day)] ?? []));
    const midnight = day * dayMilliseconds;
    for (const { opens, closes } of spans) {
      intervals.push([zone.instantOf(midnight + opens), zone.instantOf(midnight + closes)]);
    }
  }
  return intervals.sort(([a], [b]) => a - b);
}

/** Days since 1970-01-01 of the holidays that return every year. */
export function recurringHolidays(rules: DayRules, fromYear: number, toYear: number): Set<number> {
  const days = new Set<number>();
  for (const { month, day } of rules.recurring) {
    for (let year = fromYear; year <= toYear; year++) {
      if (isDate(year, month, day)) days.add(epochDayOf(year, month, day));
    }
  }
  return days;
}

function tabulate(intervals: readonly Interval[], from: number, to: number): OpenTable {
  const starts = new Float64Array(intervals.length);
  const ends = new Float64Array(intervals.length);
  let count = 0;
  for (const interval of intervals) {
    const start = Math.max(interval[0], from);
    const end = Math.min(interval[1], to);
    if (start >= end) continue; // outside, or squeezed to nothing by a clock change
    const last = ends[count - 1];
    if (last !== undefined && start <= last) {
      ends[count - 1] = Math.max(last, end);
    } else {
      starts[count] = start;
      ends[count] = end;
      count++;
    }
  }
  const openByEnd = new Float64Array(count);
  let open = 0;
  for (let index = 0; index < count; index++) {
    open += (ends[index] ?? 0) - (starts[index] ?? 0);
    openByEnd[index] = open;
  }
  return { from, to, starts: starts.slice(0, count), ends: ends.slice(0, count), openByEnd };
}
