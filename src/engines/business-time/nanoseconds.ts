import type { PreparedCalendar } from "./business-time.ts";
import { BusinessTimeError } from "./error.ts";
import type { OpenTimes } from "./open-times.ts";

/** As `Pause`, in epoch nanoseconds. */
export type ExactPause = readonly [from: bigint, to: bigint | null];

const perMillisecond = 1_000_000n;

/** `addBusinessTime` for instants and durations finer than a millisecond, in nanoseconds. Same rules, same errors. */
export function addBusinessNanoseconds(
  { times }: PreparedCalendar,
  start: bigint,
  duration: bigint,
  pauses: readonly ExactPause[] = [],
): bigint | undefined {
  if (duration < 0n) throw new BusinessTimeError("bad_argument", "A duration cannot be negative.");
  const ordered = inOrder(pauses);
  if (duration === 0n) return start;
  let target = openUntil(times, start) + duration;
  let due = reach(times, target, start);
  let reached = start;
  for (const [from, to] of ordered) {
    if (from >= due) break;
    if (to === null) return undefined;
    if (to <= reached) continue;
    target += openUntil(times, to) - openUntil(times, later(from, reached));
    due = reach(times, target, start);
    reached = to;
  }
  return due;
}

/** `businessTimeBetween` in nanoseconds. */
export function businessNanosecondsBetween(
  { times }: PreparedCalendar,
  start: bigint,
  end: bigint,
  pauses: readonly ExactPause[] = [],
): bigint {
  if (end < start) throw new BusinessTimeError("bad_argument", "The end lies before the start.");
  times.cover(wholeMilliseconds(start));
  let open = openUntil(times, end) - openUntil(times, start);
  let reached = start;
  for (const [from, until] of inOrder(pauses)) {
    if (from >= end) break;
    const to = until === null || until > end ? end : until;
    if (to <= reached) continue;
    open -= openUntil(times, to) - openUntil(times, later(from, reached));
    reached = to;
  }
  return open;
}

// Calendars open and close on whole seconds, so within one millisecond a calendar is open throughout or not at all.

function openUntil(times: OpenTimes, at: bigint): bigint {
  const whole = wholeMilliseconds(at);
  const rest = at - BigInt(whole) * perMillisecond;
  return BigInt(times.openUntil(whole)) * perMillisecond + (rest > 0n && times.isOpen(whole) ? rest : 0n);
}

function reach(times: OpenTimes, open: bigint, after: bigint): bigint {
  const roundedUp = (open + perMillisecond - 1n) / perMillisecond;
  const excess = roundedUp * perMillisecond - open;
  return BigInt(times.reach(Number(roundedUp), wholeMilliseconds(after))) * perMillisecond - excess;
}

function wholeMilliseconds(at: bigint): number {
  const truncated = at / perMillisecond;
  return Number(at < truncated * perMillisecond ? truncated - 1n : truncated);
}

function later(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

function inOrder(pauses: readonly ExactPause[]): readonly ExactPause[] {
  if (pauses.some(([from, to]) => to !== null && to < from)) {
    throw new BusinessTimeError("bad_argument", "A pause ends before it begins.");
  }
  return pauses.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
