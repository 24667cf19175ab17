import { DocumentFault, readArray, readDictionary, readObject, readString, under } from "../document/index.ts";
import { addBusinessTime, businessTimeBetween, type PreparedCalendar, prepareCalendar } from "./business-time.ts";
import type { CalendarDefinition, OpenInterval } from "./definition.ts";
import { BusinessTimeError } from "./error.ts";
import { readInstant, readSeconds, writeInstant, writeSeconds } from "./exact-text.ts";
import { addBusinessNanoseconds, businessNanosecondsBetween, type ExactPause } from "./nanoseconds.ts";
import type { Pause } from "./pauses.ts";

type CaseId = string | number;
export type ClockResult =
  | {
      readonly id: CaseId /** RFC 3339 in UTC; `null` while an open-ended pause holds the clock. */;
      readonly due: string | null;
    }
  | { readonly id: CaseId; readonly seconds: number };

/**
 * The document of `mainstay compute clock`: one calendar and its cases in, one result for each case out, in order.
 * Throws `DocumentFault` that names the place; nothing is answered unless everything can be.
 */
export function computeClock(document: unknown): { results: ClockResult[] } {
  const { calendar: definition, cases } = readObject(document, "", { required: ["calendar", "cases"] });
  const calendar = naming("/calendar", () => prepareCalendar(readCalendar(definition, "/calendar")));
  return { results: readArray(cases, "/cases", (item, pointer) => computeCase(calendar, item, pointer)) };
}

function computeCase(calendar: PreparedCalendar, item: unknown, pointer: string): ClockResult {
  const op = readString(readDictionary(item, pointer).op ?? "", under(pointer, "op"));
  if (op !== "add" && op !== "between")
    throw new DocumentFault(under(pointer, "op"), 'This must be "add" or "between".');
  const budget = op === "add" ? "seconds" : "end";
  const read = readObject(item, pointer, { required: ["id", "op", "start", budget], optional: ["pauses"] });
  const id = readId(read.id, under(pointer, "id"));
  const instant = (value: unknown, at: string) => readInstant(value, at, calendar.timeZone);
  const start = instant(read.start, under(pointer, "start"));
  const pauses = readArray(read.pauses ?? [], under(pointer, "pauses"), (pause, at) => readPause(pause, at, instant));
  if (op === "add") {
    const duration = readSeconds(read.seconds, under(pointer, "seconds"));
    const due = naming(pointer, () => addExactly(calendar, start, duration, pauses), false);
    return { id, due: due === undefined ? null : writeInstant(due) };
  }
  const end = instant(read.end, under(pointer, "end"));
  if (end < start) throw new DocumentFault(under(pointer, "end"), "The end lies before the start.");
  return { id, seconds: writeSeconds(naming(pointer, () => countExactly(calendar, start, end, pauses), false)) };
}

const perMillisecond = 1_000_000n;

/** In whole milliseconds, as Mainstay itself counts, unless the case is finer than that. */
function addExactly(
  calendar: PreparedCalendar,
  start: bigint,
  duration: bigint,
  pauses: readonly ExactPause[],
): bigint | undefined {
  const coarse = inMilliseconds(start, duration, pauses);
  if (!coarse) return addBusinessNanoseconds(calendar, start, duration, pauses);
  const due = addBusinessTime(calendar, coarse.start, coarse.other, coarse.pauses);
  return due === undefined ? undefined : BigInt(due) * perMillisecond;
}

function countExactly(calendar: PreparedCalendar, start: bigint, end: bigint, pauses: readonly ExactPause[]): bigint {
  const coarse = inMilliseconds(start, end, pauses);
  if (!coarse) return businessNanosecondsBetween(calendar, start, end, pauses);
  return BigInt(businessTimeBetween(calendar, coarse.start, coarse.other, coarse.pauses)) * perMillisecond;
}

function inMilliseconds(start: bigint, other: bigint, pauses: readonly ExactPause[]) {
  const isWhole = (nanoseconds: bigint | null) => nanoseconds === null || nanoseconds % perMillisecond === 0n;
  if (!isWhole(start) || !isWhole(other) || !pauses.every(([from, to]) => isWhole(from) && isWhole(to)))
    return undefined;
  const whole = (nanoseconds: bigint) => Number(nanoseconds / perMillisecond);
  const coarsePauses = pauses.map(([from, to]): Pause => [whole(from), to === null ? null : whole(to)]);
  return { start: whole(start), other: whole(other), pauses: coarsePauses };
}

function readPause(value: unknown, pointer: string, instant: (value: unknown, pointer: string) => bigint): ExactPause {
  const parts = readArray(value, pointer, (item, at) => ({ item, at }));
  const [from, to] = parts;
  if (!from || !to || parts.length > 2)
    throw new DocumentFault(pointer, "A pause is [from, to], its end null while it lasts.");
  const begins = instant(from.item, from.at);
  const ends = to.item === null ? null : instant(to.item, to.at);
  if (ends !== null && ends < begins) throw new DocumentFault(pointer, "The pause ends before it begins.");
  return [begins, ends];
}

function readId(value: unknown, pointer: string): CaseId {
  return typeof value === "number" ? value : readString(value, pointer);
}

function readCalendar(value: unknown, pointer: string): CalendarDefinition {
  const optional = ["weekly", "holidays", "recurringHolidays", "special"];
  const { timeZone, weekly, holidays, recurringHolidays, special } = readObject(value, pointer, {
    required: ["timeZone"],
    optional,
  });
  return {
    timeZone: readString(timeZone, under(pointer, "timeZone")),
    weekly: readHours(withoutNulls(weekly ?? {}, under(pointer, "weekly")), under(pointer, "weekly")),
    holidays: readArray(holidays ?? [], under(pointer, "holidays"), readString),
    recurringHolidays: readArray(recurringHolidays ?? [], under(pointer, "recurringHolidays"), readString),
    special: readHours(special ?? {}, under(pointer, "special")),
  };
}

/** A weekday of `null` has no hours; a special day of `null` could mean closed or usual, and stays a fault. */
function withoutNulls(value: unknown, pointer: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(readDictionary(value, pointer)).filter(([, hours]) => hours !== null));
}

function readHours(value: unknown, pointer: string): Record<string, OpenInterval[]> {
  const days = Object.entries(readDictionary(value, pointer));
  return Object.fromEntries(
    days.map(([day, intervals]) => [day, readArray(intervals, under(pointer, day), readInterval)]),
  );
}

function readInterval(value: unknown, pointer: string): OpenInterval {
  const [from, to, ...rest] = readArray(value, pointer, readString);
  if (from === undefined || to === undefined || rest.length > 0) {
    throw new DocumentFault(pointer, 'An interval is two times of day, such as ["09:00", "17:30"].');
  }
  return [from, to];
}

/** Turns what the engine refuses into a fault at its place in the document. */
function naming<T>(pointer: string, answer: () => T, isDefinition = true): T {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof BusinessTimeError)) throw error;
    throw new DocumentFault(isDefinition ? `${pointer}${error.pointer}` : pointer, error.message);
  }
}
