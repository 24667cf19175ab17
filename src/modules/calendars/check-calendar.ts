import { BusinessTimeError, nextOpening, prepareCalendar } from "../../engines/business-time/index.ts";
import { now } from "../../platform/clock.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Calendar } from "./api.ts";
import { calendarDefinition } from "./calendar-definition.ts";
import { isKnownPlace } from "./public-holidays.ts";

type Checked = Pick<Calendar, "timeZone" | "weekly" | "country" | "region" | "recurringHolidays" | "days">;

/** Refuses a calendar that cannot be meant, naming the place in the request. */
export function checkCalendar(calendar: Checked): void {
  const { country, region, days, weekly } = calendar;
  if (country === null && region !== null) {
    throw bad("/region", "A region needs its country.");
  }
  if (country !== null && !isKnownPlace({ country, region })) {
    throw bad(
      region === null ? "/country" : "/region",
      "No holidays are known for this place; see /api/v1/holiday-countries.",
    );
  }
  const seen = new Set<string>();
  for (const [index, { day }] of days.entries()) {
    if (seen.has(day)) throw bad(`/days/${index}/day`, `${day} is listed twice.`);
    seen.add(day);
  }
  if (!Object.values(weekly).some((intervals) => intervals.length > 0)) {
    throw bad("/weekly", "It never opens: give at least one weekday its hours.");
  }
  try {
    const prepared = prepareCalendar(calendarDefinition({ ...nameless, ...calendar }));
    if (nextOpening(prepared, now().epochMilliseconds) === undefined) {
      throw bad("/recurringHolidays", "It never opens: its holidays close every day.");
    }
  } catch (error) {
    if (error instanceof BusinessTimeError) throw bad(placeInRequest(error.pointer, days), error.message);
    throw error;
  }
}

const nameless = { id: "", version: 0, name: "", createdAt: "", archivedAt: null };

/** The engine knows special days by date, the request by position. */
function placeInRequest(pointer: string, days: Checked["days"]): string {
  const [, special, day, ...rest] = pointer.split("/");
  if (special !== "special") return pointer;
  const index = days.findIndex((each) => each.day === day);
  return ["/days", index, ...(rest.length > 0 ? ["intervals", ...rest] : ["day"])].join("/");
}

function bad(pointer: string, sentence: string): Refusal {
  return new Refusal("invalid", "bad_calendar", sentence, { errors: [{ at: `body${pointer}`, message: sentence }] });
}
