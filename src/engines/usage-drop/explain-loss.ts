import type { UsageAlert, UsageSeries } from "./watch-customer.ts";

/** A part of a customer's use: one user, one feature. */
export interface UsagePart extends UsageSeries {
  readonly name: string;
}

export interface PartLoss {
  readonly name: string;
  /** Sum that the alert's days should have had, by the weekday means of up to ten weeks before its first day. */
  readonly expected: number;
  readonly actual: number;
  /** Of the loss of all parts that lost, 0 to 1; 0 for a part that did not lose. */
  readonly share: number;
}

const weeks = 10;
const week = 7;

/**
 * Which users or features make up the loss that an alert is about, the largest first.
 * @param alert from `watchCustomer`
 * @param parts daily counts of each part; they need not add up to the customer's
 * @param isLeftOut true for days that do not count
 */
export function explainLoss(
  alert: UsageAlert,
  parts: readonly UsagePart[],
  isLeftOut: (day: number) => boolean = () => false,
): PartLoss[] {
  const losses = parts.map((part) => lossOf(alert, part, isLeftOut));
  const lost = losses.reduce((sum, { expected, actual }) => sum + Math.max(0, expected - actual), 0);
  return losses
    .map((loss) => ({ ...loss, share: lost > 0 ? Math.max(0, loss.expected - loss.actual) / lost : 0 }))
    .sort((a, b) => b.expected - b.actual - (a.expected - a.actual));
}

function lossOf({ firstDay, day }: UsageAlert, part: UsagePart, isLeftOut: (day: number) => boolean) {
  const known = (at: number) => {
    const value = part.values[at - part.start];
    return value === undefined || Number.isNaN(value) || isLeftOut(at) ? undefined : value;
  };
  const [sums, seen] = [new Float64Array(week), new Float64Array(week)];
  for (let before = firstDay - weeks * week; before < firstDay; before++) {
    const count = known(before);
    const weekday = (before - firstDay + weeks * week) % week;
    if (count === undefined) continue;
    sums[weekday] = (sums[weekday] ?? 0) + count;
    seen[weekday] = (seen[weekday] ?? 0) + 1;
  }
  let [expected, actual] = [0, 0];
  for (let at = firstDay; at <= day; at++) {
    const count = known(at);
    const weekday = (at - firstDay) % week;
    if (count === undefined || (seen[weekday] ?? 0) === 0) continue;
    expected += (sums[weekday] ?? 0) / (seen[weekday] ?? 1);
    actual += count;
  }
  return { name: part.name, expected, actual };
}
