import { type PreparedCalendar, prepareCalendar } from "../../engines/business-time/index.ts";
import { now } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Calendar } from "./api.ts";
import { calendarDefinition } from "./calendar-definition.ts";
import { calendarVersion, findCalendar, findVersions, getReplacedHours, type Hours } from "./calendars.sql.ts";

/** One state of a calendar. A row that refers to a calendar brings its version along, so that a hit costs no query. */
export interface CalendarVersion {
  tenantId: string;
  id: string;
  version: number;
}

const keptLimit = 500;
const kept = new Map<string, PreparedCalendar>();

/**
 * The prepared calendar of exactly this version, from memory if it has been asked for before; those unused the longest are
 * forgotten.
 * @param load reads the calendar when memory does not have it, usually `() => getCalendar(tx, id)`
 */
export async function preparedFrom(
  { tenantId, id, version }: CalendarVersion,
  load: () => Promise<Hours & { version: number }>,
): Promise<PreparedCalendar> {
  // A definition holds the holidays of some years, so it is made anew each year.
  const { year } = now().toZonedDateTimeISO("UTC");
  const keyOf = (which: number) => `${tenantId} ${id} ${which} ${year}`;
  const known = kept.get(keyOf(version));
  if (known) {
    kept.delete(keyOf(version));
    kept.set(keyOf(version), known);
    return known;
  }
  const calendar = await load();
  const prepared = prepareCalendar(calendarDefinition(calendar));
  kept.set(keyOf(calendar.version), prepared);
  const [oldest] = kept.keys();
  if (kept.size > keptLimit && oldest !== undefined) kept.delete(oldest);
  return prepared;
}

/** The prepared calendar as it is now. Refuses `calendar_unknown`. */
export async function preparedCalendar(tx: Tx, calendarId: string): Promise<PreparedCalendar> {
  const version = await calendarVersion(tx, calendarId);
  if (version === undefined) throw unknownCalendar();
  return preparedFrom({ tenantId: tx.tenantId, id: calendarId, version }, () => getCalendar(tx, calendarId));
}

/** A calendar over time: the hours it has, and those it had until some instants (epoch milliseconds), oldest first. */
export interface CalendarHours {
  present: PreparedCalendar;
  earlier: readonly { until: number; calendar: PreparedCalendar }[];
}

/** The calendar's hours from `since` on, for clocks that count by each while it was in force. Refuses `calendar_unknown`. */
export async function calendarHours(tx: Tx, id: string, since: string): Promise<CalendarHours> {
  const versions = await findVersions(tx, id, since);
  if (!versions) throw unknownCalendar();
  const { tenantId } = tx;
  const earlier: { until: number; calendar: PreparedCalendar }[] = [];
  for (const { version, until } of versions.earlier) {
    const load = async () => ({ ...(await getReplacedHours(tx, id, version)), version });
    earlier.push({ until, calendar: await preparedFrom({ tenantId, id, version }, load) });
  }
  const present = await preparedFrom({ tenantId, id, version: versions.version }, () => getCalendar(tx, id));
  return { present, earlier };
}

/** Refuses `calendar_unknown`. */
export async function getCalendar(tx: Tx, id: string): Promise<Calendar> {
  const calendar = await findCalendar(tx, id);
  if (!calendar) throw unknownCalendar();
  return calendar;
}

function unknownCalendar(): Refusal {
  return new Refusal("not_found", "calendar_unknown", "That calendar does not exist.");
}
