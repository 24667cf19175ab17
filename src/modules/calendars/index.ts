/** Business calendars: when a place works, and why not on some days. See README.md. */
export type { Calendar, Interval, SpecialDay, WeeklyHours } from "./api.ts";
export { calendarDefinition } from "./calendar-definition.ts";
export { checkCalendarChoice } from "./check-calendar-choice.ts";
export { createCalendar } from "./create-calendar.ts";
export {
  type CalendarHours,
  type CalendarVersion,
  calendarHours,
  getCalendar,
  preparedCalendar,
  preparedFrom,
} from "./prepared-calendars.ts";
export { calendarsReactions } from "./reactions.ts";
export { calendarRoutes } from "./routes.ts";
