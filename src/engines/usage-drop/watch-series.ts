import { type DayRange, markLeftOut } from "./left-out.ts";
import { type UsageAlert, watchCustomer } from "./watch-customer.ts";

/** Customers, each with days of its own, in few arrays: a thread takes them without a copy of the counts. */
export interface PackedSeries {
  /** The first day of each, counted from 1970-01-01. */
  readonly starts: Int32Array;
  /** Where each begins in `values`, and where the last ends. */
  readonly offsets: Float64Array;
  /** Counts of all, one after the other; NaN where a day's is not known. */
  readonly values: Float64Array;
  /** From `mergeRanges`; holds for all. */
  readonly leftOut: readonly DayRange[];
}

export interface SeriesAlert extends UsageAlert {
  /** Position of the customer among the series. */
  readonly series: number;
}

export interface SeriesTask {
  readonly packed: PackedSeries;
  readonly from: number;
  readonly to: number;
}

/** Watches series `from` up to and not including `to`; made so that it can run in a thread of its own. */
export function watchSeries({ packed: { starts, offsets, values, leftOut }, from, to }: SeriesTask): SeriesAlert[] {
  const alerts: SeriesAlert[] = [];
  for (let series = from; series < to; series++) {
    const start = starts[series] ?? 0;
    const counts = values.subarray(offsets[series], offsets[series + 1]);
    const marks = leftOut.length > 0 ? markLeftOut(leftOut, start, counts.length) : none;
    for (const alert of watchCustomer({ start, values: counts }, marks).alerts) alerts.push({ ...alert, series });
  }
  return alerts;
}

const none = new Uint8Array(0);

/** Cuts all series into parts that follow each other and have about as many days each. */
export function splitSeries(packed: PackedSeries, parts: number): SeriesTask[] {
  const { starts, offsets } = packed;
  const days = offsets[starts.length] ?? 0;
  const tasks: SeriesTask[] = [];
  let from = 0;
  for (let part = 1; part <= parts; part++) {
    let to = from;
    while (to < starts.length && (part === parts || (offsets[to] ?? 0) < (days * part) / parts)) to++;
    tasks.push({ packed, from, to });
    from = to;
  }
  return tasks;
}
