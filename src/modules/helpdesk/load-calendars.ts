import type { PreparedCalendar } from "../../engines/business-time/index.ts";
import type { Tx } from "../../platform/db.ts";
import { type CalendarHours, calendarHours, getCalendar, preparedCalendar, preparedFrom } from "../calendars/index.ts";
import type { ClockRow } from "./clocks.sql.ts";

/** The prepared calendars with these ids. A version that was read along spares the look-up of a calendar already known. */
export async function loadCalendars(
  tx: Tx,
  wanted: readonly { id: string; version?: number | null }[],
): Promise<ReadonlyMap<string, PreparedCalendar>> {
  const calendars = new Map<string, PreparedCalendar>();
  for (const { id, version } of wanted) {
    if (calendars.has(id)) continue;
    const calendar = version
      ? preparedFrom({ tenantId: tx.tenantId, id, version }, () => getCalendar(tx, id))
      : preparedCalendar(tx, id);
    calendars.set(id, await calendar);
  }
  return calendars;
}

/**
 * The calendars that a ticket's clocks count on or have counted on, each with the hours that it had since the first of them
 * began.
 * @param next one that they are about to count on
 */
export async function loadClockCalendars(
  tx: Tx,
  clocks: readonly ClockRow[],
  next: string | null = null,
): Promise<ReadonlyMap<string, CalendarHours>> {
  const segments = clocks.flatMap(({ countedFrom, calendarId, earlierSegments }) => [
    { from: countedFrom, calendarId },
    ...earlierSegments,
  ]);
  const [since] = segments.map(({ from }) => from).sort();
  const ids = new Set([...segments.map(({ calendarId }) => calendarId), next]);
  const calendars = new Map<string, CalendarHours>();
  for (const id of ids) if (id !== null && since) calendars.set(id, await calendarHours(tx, id, since));
  return calendars;
}
