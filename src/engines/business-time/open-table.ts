import { Ascending } from "./ascending.ts";
import type { DayRules } from "./definition.ts";
import { dayMilliseconds, epochDayOf, isDate, weekdayOf } from "./epoch-day.ts";
import { readZoneOffsets } from "./zone-offsets.ts";

/** Every open interval from `from` to `to` (epoch milliseconds), disjoint, in order, cut at both ends. */
export interface OpenTable {
  readonly from: number;
  readonly to: number;
  readonly starts: Ascending;
  readonly ends: Float64Array;
  /** Open milliseconds from `from` to the end of each interval. */
  readonly openByEnd: Ascending;
}

/** Tabulates whole UTC years, `fromYear` to `toYear` inclusive. */
export function buildOpenTable(rules: DayRules, fromYear: number, toYear: number): OpenTable {
  const fromDay = epochDayOf(fromYear, 1, 1);
  const toDay = epochDayOf(toYear + 1, 1, 1);
  // A local date lies up to a day from the UTC date, its night shift ends a day later, and a zone can skip a day.
  const margin = 3;
  const [from, to] = [fromDay * dayMilliseconds, toDay * dayMilliseconds];
  const zone = readZoneOffsets(rules.timeZone, from - 2 * margin * dayMilliseconds, to + 2 * margin * dayMilliseconds);
  const recurring = recurringHolidays(rules, fromYear - 1, toYear + 1);
  const union = unionWithin(from, to);
  for (let day = fromDay - margin; day < toDay + margin; day++) {
    if (zone.missingDays.has(day)) continue;
    const isHoliday = rules.holidays.has(day) || recurring.has(day);
    const spans = rules.special.get(day) ?? (isHoliday ? [] : (rules.weekly[weekdayOf(day)] ?? []));
    const midnight = day * dayMilliseconds;
    for (const { opens, closes } of spans) {
      union.add(zone.instantOf(midnight + opens), zone.instantOf(midnight + closes));
    }
  }
  return { from, to, ...union.finish() };
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

/** Collects intervals that come nearly in order, merges those that overlap or touch, and cuts them to [from, to). */
function unionWithin(from: number, to: number) {
  const starts: number[] = [];
  const ends: number[] = [];

  function add(uncutStart: number, uncutEnd: number): void {
    const start = Math.max(uncutStart, from);
    const end = Math.min(uncutEnd, to);
    if (start >= end) return; // outside, or squeezed to nothing by a clock change
    const lastStart = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
    const lastEnd = ends.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (start < lastStart) {
      starts.pop();
      ends.pop();
      add(start, end);
      add(lastStart, lastEnd);
    } else if (start <= lastEnd) {
      ends[ends.length - 1] = Math.max(lastEnd, end);
    } else {
      starts.push(start);
      ends.push(end);
    }
  }

  function finish(): Pick<OpenTable, "starts" | "ends" | "openByEnd"> {
    const openByEnd = new Float64Array(starts.length);
    let open = 0;
    for (const [index, start] of starts.entries()) {
      open += (ends[index] ?? 0) - start;
      openByEnd[index] = open;
    }
    return {
      starts: new Ascending(Float64Array.from(starts)),
      ends: Float64Array.from(ends),
      openByEnd: new Ascending(openByEnd),
    };
  }
  return { add, finish };
}
