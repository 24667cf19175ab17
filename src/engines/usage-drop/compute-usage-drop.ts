import { DocumentFault, readArray, readNumber, readObject, readString, under } from "../document/index.ts";
import { type DayRange, markLeftOut, mergeRanges } from "./left-out.ts";
import { readDay, writeDay } from "./read-time.ts";
import { type AlertKind, type UsageSeries, watchCustomer } from "./watch-customer.ts";

type CustomerId = string | number;

export interface UsageDropResult {
  readonly customer: CustomerId;
  /** The day after which the alert is raised. */
  readonly day: string;
  readonly kind: AlertKind;
  /** Sums over `firstDay` to `day`, days left out not counted. */
  readonly expected: number;
  readonly actual: number;
  readonly firstDay: string;
}

/** Above this a count is no longer exact in the arithmetic used. */
const highestCount = Number.MAX_SAFE_INTEGER;

/**
 * The document of `mainstay compute usage-drop`: daily counts of customers in, alerts out, customer by customer in the
 * order given and day by day. Throws `DocumentFault` that names the place; nothing is answered unless everything can be.
 */
export function computeUsageDrop(document: unknown): { alerts: UsageDropResult[] } {
  const read = readObject(document, "", { required: ["series"], optional: ["holidays", "outages"] });
  const holidays = readArray(read.holidays ?? [], "/holidays", (date, at): DayRange => {
    const day = readDay(date, at);
    return [day, day];
  });
  const leftOut = mergeRanges([...holidays, ...readArray(read.outages ?? [], "/outages", readOutage)]);
  const series = readArray(read.series, "/series", readSeries);
  const alerts = series.flatMap(({ customer, start, values }) =>
    watchCustomer({ start, values }, markLeftOut(leftOut, start, values.length)).alerts.map(
      ({ day, kind, expected, actual, firstDay }) => ({
        customer,
        day: writeDay(day),
        kind,
        expected,
        actual,
        firstDay: writeDay(firstDay),
      }),
    ),
  );
  return { alerts };
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

function readSeries(value: unknown, pointer: string): UsageSeries & { readonly customer: CustomerId } {
  const read = readObject(value, pointer, { required: ["customer", "start", "values"] });
  const at = under(pointer, "customer");
  const customer = typeof read.customer === "number" ? readNumber(read.customer, at) : readString(read.customer, at);
  const start = readDay(read.start, under(pointer, "start"));
  const values = readCounts(read.values, under(pointer, "values"));
  if (start + values.length > lastDay) throw new DocumentFault(pointer, "The series goes on after the year 9999.");
  return { customer, start, values };
}

const lastDay = readDay("9999-12-31", "") + 1;

/** Counts of days, `null` where a day's is not known. */
function readCounts(value: unknown, pointer: string): Float64Array {
  if (!Array.isArray(value)) throw new DocumentFault(pointer, "This must be an array of one count for each day.");
  const counts = new Float64Array(value.length);
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    counts[index] = item === null ? Number.NaN : readNumber(item, under(pointer, index), 0);
    if ((counts[index] ?? 0) > highestCount) throw new DocumentFault(under(pointer, index), "The number is too large.");
  }
  return counts;
}
