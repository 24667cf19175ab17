import { type CalendarDefinition, readDefinition } from "./definition.ts";
import { BusinessTimeError } from "./error.ts";
import { OpenTimes } from "./open-times.ts";
import { inOrder, type Pause } from "./pauses.ts";

/** A checked calendar with the table of its open times. Prepare it once and keep it: the table grows with the questions. */
export interface PreparedCalendar {
  readonly timeZone: string;
  readonly times: OpenTimes;
}

const noPauses: readonly Pause[] = [];

/**
 * Checks a definition and makes it ready to be asked.
 * Throws `BusinessTimeError` `bad_calendar`, its `pointer` naming the place in the definition.
 */
export function prepareCalendar(definition: CalendarDefinition): PreparedCalendar {
  return { timeZone: definition.timeZone, times: new OpenTimes(readDefinition(definition)) };
}

/** The definition of a calendar that never closes. */
export function alwaysOpen(timeZone = "UTC"): CalendarDefinition {
  const day = [["00:00", "24:00"]] as const;
  return { timeZone, weekly: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } };
}

/**
 * The first instant by which `duration` milliseconds of open, unpaused time have passed since `start`: a due time that
 * falls on closing time is the closing time, and nothing to wait for is due at `start` itself, open or not.
 * `undefined` while an open-ended pause holds the clock before it is due.
 * Instants are epoch milliseconds. Throws `bad_argument`, `never_open` (nothing opens within 50 years) or `out_of_range`.
 */
export function addBusinessTime(
  { times }: PreparedCalendar,
  start: number,
  duration: number,
  pauses: readonly Pause[] = noPauses,
): number | undefined {
  requireMilliseconds(start);
  requireMilliseconds(duration);
  if (duration < 0) throw new BusinessTimeError("bad_argument", "A duration cannot be negative.");
  const ordered = inOrder(pauses);
  if (duration === 0) return start;
  let target = times.openUntil(start) + duration;
  let due = times.reach(target, start);
  let reached = start;
  for (const [from, to] of ordered) {
    if (from >= due) break;
    if (to === null) return undefined;
    if (to <= reached) continue;
    target += times.openUntil(to) - times.openUntil(Math.max(from, reached));
    due = times.reach(target, start);
    reached = to;
  }
  return due;
}

/**
 * Milliseconds of open, unpaused time from `start` to `end` (epoch milliseconds).
 * Throws `bad_argument` if `end` lies before `start`, or `out_of_range`.
 */
export function businessTimeBetween(
  { times }: PreparedCalendar,
  start: number,
  end: number,
  pauses: readonly Pause[] = noPauses,
): number {
  requireMilliseconds(start);
  requireMilliseconds(end);
  if (end < start) throw new BusinessTimeError("bad_argument", "The end lies before the start.");
  times.cover(start);
  let open = times.openUntil(end) - times.openUntil(start);
  let reached = start;
  for (const [from, until] of inOrder(pauses)) {
    if (from >= end) break;
    const to = until === null || until > end ? end : until;
    if (to <= reached) continue;
    open -= times.openUntil(to) - times.openUntil(Math.max(from, reached));
    reached = to;
  }
  return open;
}

/** Whether the calendar is open at an instant. It is at opening time, and no longer is at closing time. */
export function isOpen({ times }: PreparedCalendar, at: number): boolean {
  requireMilliseconds(at);
  return times.isOpen(at);
}

/** `at` itself if the calendar is open then, else its next opening; `undefined` if nothing opens within 50 years. */
export function nextOpening({ times }: PreparedCalendar, at: number): number | undefined {
  requireMilliseconds(at);
  try {
    return times.reach(times.openUntil(at) + 1, at) - 1;
  } catch (error) {
    if (error instanceof BusinessTimeError && error.code === "never_open") return undefined;
    throw error;
  }
}

function requireMilliseconds(value: number): void {
  if (!Number.isSafeInteger(value))
    throw new BusinessTimeError("bad_argument", `${value} is not a whole number of milliseconds.`);
}
