import { weekdays } from "../../engines/business-time/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Calendar, Preview, PreviewDay, PreviewFilter } from "./api.ts";
import { closedDays } from "./public-holidays.ts";

const longestDays = 400;

/** The hours of each day from `from` to `to`, both included, and why they are what they are. */
export function previewCalendar(calendar: Calendar, { from, to }: PreviewFilter, language: string): Preview {
  const first = readDay(from, "from");
  const last = readDay(to, "to");
  const length = first.until(last, { largestUnit: "days" }).days + 1;
  if (length < 1 || length > longestDays) {
    throw new Refusal("invalid", "bad_period", `Ask for 1 to ${longestDays} days, beginning with \`from\`.`);
  }
  const special = new Map(calendar.days.map((day) => [day.day, day]));
  const holidays = new Map<string, string>();
  for (let year = first.year; year <= last.year && calendar.country !== null; year++) {
    const place = { country: calendar.country, region: calendar.region };
    for (const [day, name] of closedDays(place, year, language)) holidays.set(day, name);
  }
  return {
    items: Array.from({ length }, (_, index): PreviewDay => {
      const date = first.add({ days: index });
      const day = date.toString();
      const own = special.get(day);
      if (own) return { day, intervals: own.intervals, reason: "special_day", name: own.name };
      const holiday = holidays.get(day);
      if (holiday !== undefined) return { day, intervals: [], reason: "public_holiday", name: holiday };
      if (calendar.recurringHolidays.includes(day.slice(5))) {
        return { day, intervals: [], reason: "recurring_holiday", name: null };
      }
      const weekday = weekdays[date.dayOfWeek - 1];
      const intervals = (weekday && calendar.weekly[weekday]) ?? [];
      return { day, intervals, reason: "week", name: null };
    }),
  };
}

function readDay(text: string, name: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    throw new Refusal("malformed", "bad_day", `\`${name}\` must be a day such as 2026-11-22.`);
  }
}
