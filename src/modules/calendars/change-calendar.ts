import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { Calendar, CalendarChange } from "./api.ts";
import { type Hours, insertVersion, lockCalendar, replaceDays, updateCalendar } from "./calendars.sql.ts";
import { checkCalendar } from "./check-calendar.ts";
import { getCalendar } from "./prepared-calendars.ts";

/**
 * Replaces the members that are sent. Clocks that count by it are told by the event `calendars.calendar_changed`; the
 * hours that were in force until now are kept for them.
 */
export async function changeCalendar(
  tx: Tx,
  actor: Actor,
  id: string,
  change: CalendarChange,
  expected: number | undefined,
): Promise<Calendar> {
  const present = await lockCalendar(tx, id);
  if (!present) throw new Refusal("not_found", "calendar_unknown", "That calendar does not exist.");
  refuseStale(expected, present.version);
  const { archived, ...members } = change;
  const next = { ...present, ...members, name: (members.name ?? present.name).trim() };
  if (members.country === null && members.region === undefined) next.region = null;
  checkCalendar(next);
  const at = nowText();
  const [before, after] = [hoursOf(present), hoursOf(next)];
  if (JSON.stringify(before) !== JSON.stringify(after)) insertVersion(tx, id, present.version, before, at);
  updateCalendar(tx, id, next, archived === undefined ? present.archivedAt : archived ? at : null);
  if (members.days) replaceDays(tx, id, members.days);
  const version = present.version + 1;
  record(tx, actor, "calendars.calendar_changed", { kind: "calendar", id, version }, { members: Object.keys(change) });
  return getCalendar(tx, id);
}

function hoursOf({ timeZone, weekly, country, region, recurringHolidays, days }: Calendar): Hours {
  return { timeZone, weekly, country, region, recurringHolidays, days };
}
