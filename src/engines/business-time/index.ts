/**
 * Business time: when is a promise of so many working hours due, and how many have passed? Pure; see README.md.
 * Instants are epoch milliseconds and durations milliseconds, both whole numbers, unless a name says nanoseconds.
 */
export {
  addBusinessTime,
  alwaysOpen,
  businessTimeBetween,
  isOpen,
  nextOpening,
  type PreparedCalendar,
  prepareCalendar,
} from "./business-time.ts";
export { type ClockSegment, consumedTime, dueTime } from "./clock-segments.ts";
export { computeClock } from "./compute-clock.ts";
export { type CalendarDefinition, type OpenInterval, type Weekday, weekdays } from "./definition.ts";
export { BusinessTimeError, type BusinessTimeErrorCode } from "./error.ts";
export { type Explanation, explainBusinessTime } from "./explain.ts";
export { addBusinessNanoseconds, businessNanosecondsBetween, type ExactPause } from "./nanoseconds.ts";
export type { Pause } from "./pauses.ts";
