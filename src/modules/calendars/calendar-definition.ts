import type { CalendarDefinition } from "../../engines/business-time/index.ts";
import { now } from "../../platform/clock.ts";
import type { Hours } from "./calendars.sql.ts";
import { closedDays } from "./public-holidays.ts";

const yearsBack = 2;
const yearsAhead = 12;

/** The years whose public holidays a definition made now contains. */
export function holidayYears(): number[] {
  const { year } = now().toZonedDateTimeISO("UTC");
  return Array.from({ length: yearsBack + 1 + yearsAhead }, (_, index) => year - yearsBack + index);
}

/**
 * What the engine counts by: the calendar's own hours and days, and its country's public holidays from two years back to
 * twelve ahead.
 */
export function calendarDefinition(hours: Hours): CalendarDefinition {
  const { timeZone, weekly, country, region, recurringHolidays, days } = hours;
  const holidays =
    country === null ? [] : holidayYears().flatMap((year) => [...closedDays({ country, region }, year).keys()]);
  const special = Object.fromEntries(days.map(({ day, intervals }) => [day, intervals]));
  return { timeZone, weekly, holidays, recurringHolidays, special };
}
