import {
  alwaysOpen,
  type ClockSegment,
  consumedTime,
  dueTime,
  type Pause,
  prepareCalendar,
} from "../../engines/business-time/index.ts";
import { instantText } from "../../platform/clock.ts";
import type { CalendarHours } from "../calendars/index.ts";
import type { Clock } from "./api.ts";
import type { ClockRow, PauseRow } from "./clocks.sql.ts";

export type Target = Clock["target"];
export const targets: readonly Target[] = ["response", "restore", "resolve"];

/** The calendars a ticket's clocks count on, by id, with the hours they had. A clock without calendar never closes. */
export type Calendars = ReadonlyMap<string, CalendarHours>;

const never: CalendarHours = { present: prepareCalendar(alwaysOpen()), earlier: [] };

function calendarOf(calendars: Calendars, id: string | null): CalendarHours {
  if (id === null) return never;
  const calendar = calendars.get(id);
  if (!calendar) throw new Error(`calendar ${id} was not loaded`);
  return calendar;
}

/** Fresh clocks for the targets that the promise knows. */
export function startClocks(
  promised: Readonly<Partial<Record<Target, number>>>,
  calendarId: string | null,
  calendars: Calendars,
  openedAt: string,
): ClockRow[] {
  return targets.flatMap((target) => {
    const targetMinutes = promised[target];
    if (targetMinutes === undefined) return [];
    const clock: ClockRow = {
      target,
      state: "running",
      calendarId,
      targetMinutes,
      countedFrom: openedAt,
      earlierSegments: [],
      dueAt: null,
      metAt: null,
      breachedAt: null,
      warnAt: null,
      warnedAt: null,
    };
    return [withDue(clock, calendars, [])];
  });
}

/** A clock warns when this much of its minutes is used up. */
const warningShare = 0.75;

/**
 * When the clock has used up a share of its time, from its whole life: segments on their calendars, minus its pauses. Null
 * while it stands still.
 */
function usedUpAt(clock: ClockRow, share: number, calendars: Calendars, pauses: readonly PauseRow[]): string | null {
  const target = clock.targetMinutes * 60_000 * share;
  const used = dueTime(segmentsOf(clock, calendars), target, pausesOf(clock, pauses));
  return used === undefined ? null : instantText(used);
}

/** The clock with its due time and state after a change of pauses, target or calendar. Met and ended clocks stay as they are. */
export function withDue(clock: ClockRow, calendars: Calendars, pauses: readonly PauseRow[]): ClockRow {
  if (clock.metAt !== null || clock.state === "ended") return clock;
  const due = usedUpAt(clock, 1, calendars, pauses);
  if (clock.state === "breached" && due === null) return clock;
  if (clock.state === "breached") return { ...clock, dueAt: clock.dueAt ?? due };
  const warnAt = due === null || clock.warnedAt ? null : usedUpAt(clock, warningShare, calendars, pauses);
  return { ...clock, dueAt: due, state: due === null ? "paused" : "running", warnAt };
}

/** The clock at `at`: breached if its due time has passed. */
export function withBreach(clock: ClockRow, at: string): ClockRow {
  if (clock.state !== "running" || clock.dueAt === null || clock.dueAt >= at) return clock;
  return { ...clock, state: "breached", breachedAt: clock.dueAt, warnAt: null };
}

/** The clock at `at`: it has warned, once, if it was time to and something is left to be warned of. */
export function withWarning(clock: ClockRow, at: string): ClockRow {
  if (clock.warnAt === null || clock.warnAt > at) return clock;
  const isLate = clock.state !== "running" || clock.dueAt === null || clock.dueAt <= at;
  return { ...clock, warnAt: null, warnedAt: isLate ? clock.warnedAt : at };
}

/** The promise is kept at `at`; a clock that was late stays breached and knows when it ended. */
export function meet(clock: ClockRow, at: string): ClockRow {
  if (clock.metAt !== null || clock.state === "ended") return clock;
  const judged = withBreach(clock, at);
  return { ...judged, metAt: at, state: judged.state === "breached" ? "breached" : "met", warnAt: null };
}

/** A cancelled ticket's clocks end; what was breached stays so. */
export function end(clock: ClockRow, at: string): ClockRow {
  const judged = withBreach(clock, at);
  return judged.metAt !== null || judged.state === "breached"
    ? judged
    : { ...judged, state: "ended", dueAt: null, warnAt: null };
}

/** A new target for the same life: consumed time and pauses stay; only the promise changes. */
export function retarget(
  clock: ClockRow,
  promise: { targetMinutes: number; calendarId: string | null },
  at: string,
  calendars: Calendars,
  pauses: readonly PauseRow[],
): ClockRow {
  if (clock.metAt !== null || clock.state === "ended") return clock;
  const moved =
    clock.calendarId === promise.calendarId
      ? clock
      : {
          ...clock,
          calendarId: promise.calendarId,
          countedFrom: at,
          earlierSegments: [...clock.earlierSegments, { from: clock.countedFrom, calendarId: clock.calendarId }],
        };
  const revised: ClockRow = { ...moved, targetMinutes: promise.targetMinutes, state: "running", breachedAt: null };
  return withBreach(withDue(revised, calendars, pauses), at);
}

/** A resolved ticket goes on: its resolve clock runs again, and the time in between does not count. */
export function runOn(clock: ClockRow, calendars: Calendars, pauses: readonly PauseRow[]): ClockRow {
  if (clock.target !== "resolve" || clock.state === "ended") return clock;
  if (clock.state === "breached") return { ...clock, metAt: null };
  return withDue({ ...clock, metAt: null, state: "running" }, calendars, pauses);
}

/** The promise that is due next: the earliest that still runs or is late and not yet kept. */
export function nextDue(clocks: readonly ClockRow[]): { dueAt: string; target: Target } | undefined {
  return clocks
    .flatMap(({ dueAt, metAt, target }) => (dueAt !== null && metAt === null ? [{ dueAt, target }] : []))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
}

/** A clock as the API shows it: with the working time counted and left at `asOf`. */
export function show(clock: ClockRow, calendars: Calendars, pauses: readonly PauseRow[], asOf: string): Clock {
  const until = clock.metAt ?? asOf;
  const segments = segmentsOf(clock, calendars);
  const elapsed = consumedTime(segments, ms(until), pausesOf(clock, pauses));
  const { target, targetMinutes, dueAt, metAt } = clock;
  const { state, breachedAt } = withBreach(clock, until);
  const { present: calendar } = calendarOf(calendars, clock.calendarId);
  const [span] = calendar.times.intervals(ms(asOf), ms(asOf) + 30 * 86_400_000);
  const closesAt = span?.[0] === ms(asOf) ? span[1] : undefined;
  return {
    target,
    state,
    targetMinutes,
    dueAt,
    metAt,
    breachedAt,
    elapsedSeconds: Math.floor(elapsed / 1000),
    remainingSeconds: Math.ceil((targetMinutes * 60_000 - elapsed) / 1000),
    asOf,
    workingUntil: closesAt === undefined ? null : instantText(closesAt),
    timeZone: clock.calendarId === null ? null : calendar.timeZone,
  };
}

/** A clock counts on one calendar after another, and on each by the hours that were in force. */
function segmentsOf(clock: ClockRow, calendars: Calendars): ClockSegment[] {
  const stretches = [...clock.earlierSegments, { from: clock.countedFrom, calendarId: clock.calendarId }];
  return stretches.flatMap(({ from, calendarId }, index) => {
    const next = stretches[index + 1];
    const to = next ? ms(next.from) : Number.POSITIVE_INFINITY;
    return hoursBetween(calendarOf(calendars, calendarId), ms(from), to);
  });
}

function hoursBetween({ earlier, present }: CalendarHours, from: number, to: number): ClockSegment[] {
  const segments: ClockSegment[] = [];
  let begin = from;
  for (const { until, calendar } of earlier) {
    if (until <= begin || begin >= to) continue;
    segments.push({ from: begin, calendar });
    begin = until;
  }
  if (begin < to || segments.length === 0) segments.push({ from: begin, calendar: present });
  return segments;
}

function pausesOf(clock: ClockRow, pauses: readonly PauseRow[]): Pause[] {
  return pauses
    .filter((pause) => pause.targets.includes(clock.target))
    .map((pause) => [ms(pause.fromAt), pause.toAt === null ? null : ms(pause.toAt)]);
}

function ms(instant: string): number {
  return Date.parse(instant);
}
