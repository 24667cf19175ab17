import { type DayRange, markLeftOut, mergeRanges } from "./left-out.ts";
import { type UsageAlert, watchCustomer } from "./watch-customer.ts";

/** Many customers over the same days, in one block that can be shared between worker threads. */
export interface PackedPopulation {
  /** Day of the first column, counted from 1970-01-01. */
  readonly start: number;
  readonly days: number;
  /** Customer by customer, `days` counts each; NaN where a day is not known. */
  readonly values: Float64Array | Float32Array;
  /** Holidays and outages that hold for all. */
  readonly leftOut?: readonly DayRange[];
  /** Those of a single customer, on top. */
  readonly leftOutOf?: (customer: number) => readonly DayRange[];
}

export interface PopulationAlert extends UsageAlert {
  /** Position of the customer in the block. */
  readonly customer: number;
}

export interface Progress {
  /** Asked between customers; true ends the work early. */
  readonly shouldStop?: () => boolean;
  /** Told now and then how many customers are done. */
  readonly onProgress?: (done: number) => void;
}

const chunk = 256;

/**
 * Watches customers `from` up to and not including `to`, so that threads can share a population.
 * @returns alerts customer by customer, and how many customers were looked at: fewer than asked for if stopped
 */
export function watchPopulation(
  { start, days, values, leftOut = [], leftOutOf }: PackedPopulation,
  from: number,
  to: number,
  { shouldStop, onProgress }: Progress = {},
): { alerts: PopulationAlert[]; done: number } {
  const common = mergeRanges(leftOut);
  const commonMarks = markLeftOut(common, start, days);
  const alerts: PopulationAlert[] = [];
  for (let customer = from; customer < to; customer++) {
    if ((customer - from) % chunk === 0 && customer > from) {
      onProgress?.(customer - from);
      if (shouldStop?.()) return { alerts, done: customer - from };
    }
    const own = leftOutOf?.(customer) ?? [];
    const marks = own.length > 0 ? markLeftOut(mergeRanges([...common, ...own]), start, days) : commonMarks;
    const series = values.subarray(customer * days, (customer + 1) * days);
    for (const alert of watchCustomer({ start, values: series }, marks).alerts) alerts.push({ ...alert, customer });
  }
  onProgress?.(to - from);
  return { alerts, done: to - from };
}
