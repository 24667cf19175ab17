import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import type { Calendar, NewCalendar } from "./api.ts";
import { insertCalendar, insertDays } from "./calendars.sql.ts";
import { checkCalendar } from "./check-calendar.ts";
import { getCalendar } from "./prepared-calendars.ts";

/** A new calendar. Refuses `bad_calendar`, naming the place in the request. */
export async function createCalendar(tx: Tx, actor: Actor, input: NewCalendar): Promise<Calendar> {
  const calendar = {
    name: input.name.trim(),
    timeZone: input.timeZone,
    weekly: input.weekly,
    country: input.country ?? null,
    region: input.region ?? null,
    recurringHolidays: input.recurringHolidays ?? [],
  };
  const days = input.days ?? [];
  checkCalendar({ ...calendar, days });
  const id = await insertCalendar(tx, calendar, nowText());
  insertDays(tx, id, days);
  record(tx, actor, "calendars.calendar_created", { kind: "calendar", id, version: 1 });
  return getCalendar(tx, id);
}
