import type { DayRules } from "./definition.ts";
import { dayMilliseconds, epochDayOf } from "./epoch-day.ts";
import { BusinessTimeError } from "./error.ts";
import { buildOpenTable, type OpenTable } from "./open-table.ts";

const firstYear = 1;
const lastYear = 9999;

/** The instants that can be asked about (epoch milliseconds): those that RFC 3339 can write, years 0001 to 9999. */
export const earliest = epochDayOf(firstYear, 1, 1) * dayMilliseconds;
export const afterLatest = epochDayOf(lastYear + 1, 1, 1) * dayMilliseconds;

/**
 * A calendar that did not open for so long never will. Weekday and leap day repeat after at most 40 years, so only a
 * definition that lists holidays without a gap for half a century could open later.
 */
const silentYears = 50;
const averageYear = 365.2425 * dayMilliseconds;

/**
 * Open time as a function of the instant, and back. Guards a table of open intervals that grows with the questions:
 * first the years around the instant asked for, then each time at least twice as many, so that building stays linear.
 */
export class OpenTimes {
  readonly rules: DayRules;
  #table: OpenTable | undefined;
  #fromYear = 0;
  #toYear = 0;

  constructor(rules: DayRules) {
    this.rules = rules;
  }

  /** Makes the table reach over an instant. Reaching further back shifts the zero of `openUntil`: call this first for the earliest instant of a question. */
  cover(at: number): OpenTable {
    const table = this.#table;
    if (table && at >= table.from && at < table.to) return table;
    if (!(at >= earliest && at < afterLatest)) throw outOfRange();
    const year = 1970 + Math.floor(at / averageYear);
    if (!table) return this.#build(year - 1, year + 1);
    const years = this.#toYear - this.#fromYear + 1;
    return at < table.from
      ? this.#build(Math.min(year - 1, this.#fromYear - years), this.#toYear)
      : this.#build(this.#fromYear, Math.max(year + 1, this.#toYear + years));
  }

  #build(fromYear: number, toYear: number): OpenTable {
    this.#fromYear = Math.max(fromYear, firstYear);
    this.#toYear = Math.min(toYear, lastYear);
    this.#table = buildOpenTable(this.rules, this.#fromYear, this.#toYear);
    return this.#table;
  }

  /** Open milliseconds from a fixed zero to `at`. Only differences mean something. */
  openUntil(at: number): number {
    const { starts, ends, openByEnd } = this.cover(at);
    const index = starts.firstAbove(at) - 1;
    if (index < 0) return 0;
    const unopened = (ends[index] ?? 0) - at;
    return (openByEnd.values[index] ?? 0) - Math.max(unopened, 0);
  }

  /** The first instant by which `open` milliseconds, counted as `openUntil` does, have passed. It lies after `after`. */
  reach(open: number, after: number): number {
    let table = this.cover(after);
    while (open > table.openByEnd.last) table = this.#lookFurther(table, after);
    const index = table.openByEnd.firstNotBelow(open);
    return (table.ends[index] ?? 0) - ((table.openByEnd.values[index] ?? 0) - open);
  }

  isOpen(at: number): boolean {
    const { starts, ends } = this.cover(at);
    const index = starts.firstAbove(at) - 1;
    return index >= 0 && at < (ends[index] ?? 0);
  }

  /** Open intervals that overlap [from, to), cut to it. */
  *intervals(from: number, to: number): Generator<readonly [start: number, end: number]> {
    this.cover(from);
    const { starts, ends } = this.cover(to);
    for (let index = Math.max(0, starts.firstAbove(from) - 1); (starts.values[index] ?? to) < to; index++) {
      const start = Math.max(starts.values[index] ?? 0, from);
      const end = Math.min(ends[index] ?? 0, to);
      if (start < end) yield [start, end];
    }
  }

  #lookFurther(table: OpenTable, after: number): OpenTable {
    const lastOpen = Math.max(table.ends.at(-1) ?? after, after);
    if (table.to - lastOpen >= silentYears * averageYear) {
      const since = Temporal.Instant.fromEpochMilliseconds(lastOpen);
      throw new BusinessTimeError(
        "never_open",
        `The calendar does not open within ${silentYears} years after ${since}.`,
      );
    }
    return this.cover(table.to);
  }
}

function outOfRange(): BusinessTimeError {
  return new BusinessTimeError("out_of_range", "Only instants of the years 0001 to 9999 can be asked for or answered.");
}
