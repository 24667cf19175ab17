import {
  addBusinessTime,
  businessTimeBetween,
  type CalendarDefinition,
  type OpenInterval,
  type Pause,
  prepareCalendar,
} from "../../src/engines/business-time/index.ts";

/** Questions to a calendar in the words of a test: RFC 3339 texts and hours. */

export const hour = 3_600_000;

export const office: readonly OpenInterval[] = [
  ["09:00", "12:30"],
  ["13:30", "18:00"],
];
export const officeWeek = { mon: office, tue: office, wed: office, thu: office, fri: office };

export function everyDay(hours: readonly OpenInterval[]) {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
}

export type WrittenPause = readonly [from: string, to: string | null];

export function at(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

export function read(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(instant).toString();
}

export function due(
  definition: CalendarDefinition,
  start: string,
  hours: number,
  pauses: readonly WrittenPause[] = [],
): string | undefined {
  return read(addBusinessTime(prepareCalendar(definition), at(start), Math.round(hours * hour), instants(pauses)));
}

export function hoursBetween(
  definition: CalendarDefinition,
  start: string,
  end: string,
  pauses: readonly WrittenPause[] = [],
): number {
  return businessTimeBetween(prepareCalendar(definition), at(start), at(end), instants(pauses)) / hour;
}

function instants(pauses: readonly WrittenPause[]): Pause[] {
  return pauses.map(([from, to]): Pause => [at(from), to === null ? null : at(to)]);
}
