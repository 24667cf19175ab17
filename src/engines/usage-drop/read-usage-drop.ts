import { DocumentFault, readArray, readNumber, readObject, readString, under } from "../document/index.ts";
import { type DayRange, mergeRanges } from "./left-out.ts";
import { readDay } from "./read-time.ts";
import type { PackedSeries } from "./watch-series.ts";

export type CustomerId = string | number;

export interface UsageDropDocument {
  /** As many as there are series, in the order given. */
  readonly customers: readonly CustomerId[];
  readonly packed: PackedSeries;
}

interface Series {
  readonly customer: CustomerId;
  readonly start: number;
  readonly counts: readonly unknown[];
}

/** Above this a count is no longer exact in the arithmetic used. */
const highestCount = Number.MAX_SAFE_INTEGER;

/** Reads the whole document of `mainstay compute usage-drop`. Throws `DocumentFault` that names the place. */
export function readUsageDropDocument(document: unknown): UsageDropDocument {
  const read = readObject(document, "", { required: ["series"], optional: ["holidays", "outages"] });
  const holidays = readArray(read.holidays ?? [], "/holidays", (date, at): DayRange => {
    const day = readDay(date, at);
    return [day, day];
  });
  const leftOut = mergeRanges([...holidays, ...readArray(read.outages ?? [], "/outages", readOutage)]);
  const series = readArray(read.series, "/series", readSeries);
  const starts = Int32Array.from(series, ({ start }) => start);
  const offsets = new Float64Array(series.length + 1);
  for (const [index, { counts }] of series.entries()) offsets[index + 1] = (offsets[index] ?? 0) + counts.length;
  const values = new Float64Array(new SharedArrayBuffer(8 * (offsets[series.length] ?? 0)));
  for (const [index, { counts }] of series.entries()) {
    const offset = offsets[index] ?? 0;
    for (let day = 0; day < counts.length; day++) values[offset + day] = Number(counts[day] ?? Number.NaN);
  }
  return { customers: series.map(({ customer }) => customer), packed: { starts, offsets, values, leftOut } };
}

function readOutage(value: unknown, pointer: string): DayRange {
  const [from, to, ...rest] = readArray(value, pointer, (item, at) => ({ item, at }));
  if (!from || !to || rest.length > 0) {
    throw new DocumentFault(pointer, "An outage is [first day, last day], its end null while it lasts.");
  }
  const first = readDay(from.item, from.at);
  const last = to.item === null ? Number.MAX_SAFE_INTEGER : readDay(to.item, to.at);
  if (last < first) throw new DocumentFault(pointer, "The outage ends before it begins.");
  return [first, last];
}

function readSeries(value: unknown, pointer: string): Series {
  const read = readObject(value, pointer, { required: ["customer", "start", "values"] });
  const at = under(pointer, "customer");
  const customer = typeof read.customer === "number" ? readNumber(read.customer, at) : readString(read.customer, at);
  const start = readDay(read.start, under(pointer, "start"));
  const counts = checkCounts(read.values, under(pointer, "values"));
  if (start + counts.length > lastDay) throw new DocumentFault(pointer, "The series goes on after the year 9999.");
  return { customer, start, counts };
}

const lastDay = readDay("9999-12-31", "") + 1;

/** Counts of days, `null` where a day's is not known. */
function checkCounts(value: unknown, pointer: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new DocumentFault(pointer, "This must be an array of one count for each day.");
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    // A pointer is written only for what is refused: there are millions of counts.
    if (item === null || (typeof item === "number" && item >= 0 && item <= highestCount)) continue;
    readNumber(item, under(pointer, index), 0);
    throw new DocumentFault(under(pointer, index), "The number is too large.");
  }
  return value;
}
