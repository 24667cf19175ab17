import { writeDay } from "./read-time.ts";
import { type CustomerId, readUsageDropDocument } from "./read-usage-drop.ts";
import type { AlertKind } from "./watch-customer.ts";
import { type SeriesAlert, watchSeries } from "./watch-series.ts";

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

export interface UsageDropAnswer {
  readonly alerts: UsageDropResult[];
}

/**
 * The document of `mainstay compute usage-drop`: daily counts of customers in, alerts out, customer by customer in the
 * order given and day by day. Throws `DocumentFault` that names the place; nothing is answered unless everything can be.
 */
export function computeUsageDrop(document: unknown): UsageDropAnswer {
  const { customers, packed } = readUsageDropDocument(document);
  return writeAlerts(customers, watchSeries({ packed, from: 0, to: customers.length }));
}

/** Alerts as `mainstay compute` answers them. */
export function writeAlerts(customers: readonly CustomerId[], alerts: readonly SeriesAlert[]): UsageDropAnswer {
  return {
    alerts: alerts.map(({ series, day, kind, expected, actual, firstDay }) => ({
      customer: customers[series] ?? "",
      day: writeDay(day),
      kind,
      expected,
      actual,
      firstDay: writeDay(firstDay),
    })),
  };
}
