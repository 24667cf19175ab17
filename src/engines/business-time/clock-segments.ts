import { addBusinessTime, businessTimeBetween, type PreparedCalendar } from "./business-time.ts";
import { BusinessTimeError } from "./error.ts";
import type { Pause } from "./pauses.ts";

/** From this instant (epoch milliseconds) on, until the next segment begins, a clock counts on this calendar. */
export interface ClockSegment {
  readonly from: number;
  readonly calendar: PreparedCalendar;
}

/**
 * Milliseconds that a clock has consumed by `at`: each segment on its own calendar, minus the pauses. What was consumed
 * before a change of calendar stays consumed. `at` before the first segment is 0. Throws what `businessTimeBetween` throws.
 */
export function consumedTime(segments: readonly ClockSegment[], at: number, pauses: readonly Pause[] = []): number {
  requireOrder(segments);
  let consumed = 0;
  for (const [index, { from, calendar }] of segments.entries()) {
    if (from >= at) break;
    consumed += businessTimeBetween(calendar, from, Math.min(segments[index + 1]?.from ?? at, at), pauses);
  }
  return consumed;
}

/**
 * The instant at which a clock has consumed its target (milliseconds): the target is the one in force now, applied to
 * the whole life of the clock, so a change of priority or policy forgets neither consumed time nor pauses, and a
 * target that is shorter than what was consumed has been due in the past. `undefined` while an open-ended pause holds it.
 * Throws what `addBusinessTime` throws; `bad_argument` without segments.
 */
export function dueTime(
  segments: readonly ClockSegment[],
  target: number,
  pauses: readonly Pause[] = [],
): number | undefined {
  requireOrder(segments);
  let remaining = target;
  for (const [index, { from, calendar }] of segments.entries()) {
    const next = segments[index + 1];
    if (!next) return addBusinessTime(calendar, from, remaining, pauses);
    const consumed = businessTimeBetween(calendar, from, next.from, pauses);
    if (consumed >= remaining) return addBusinessTime(calendar, from, remaining, pauses);
    remaining -= consumed;
  }
  throw new BusinessTimeError("bad_argument", "A clock has at least one segment.");
}

function requireOrder(segments: readonly ClockSegment[]): void {
  const isOrdered = segments.every(
    ({ from }, index) => from >= (segments[index - 1]?.from ?? Number.NEGATIVE_INFINITY),
  );
  if (!isOrdered) throw new BusinessTimeError("bad_argument", "The segments of a clock follow one another.");
}
