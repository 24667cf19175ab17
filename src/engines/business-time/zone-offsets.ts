import { dayMilliseconds } from "./epoch-day.ts";

/** The offsets of one zone between two instants, so that tables are built by arithmetic instead of one Temporal call for each wall time. */
export interface ZoneOffsets {
  /** Epoch milliseconds of a wall time (milliseconds since 1970-01-01T00:00 on the wall), by Temporal's `compatible` rule. */
  readonly instantOf: (wallTime: number) => number;
  /** Dates (days since 1970-01-01) that no clock in the zone ever showed. */
  readonly missingDays: ReadonlySet<number>;
}

/** Reads the offsets in force from `from` to `to` (epoch milliseconds, exclusive). */
export function readZoneOffsets(timeZone: string, from: number, to: number): ZoneOffsets {
  let moment = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  const since = [Number.NEGATIVE_INFINITY];
  const offsets = [moment.offsetNanoseconds / 1e6];
  const missingDays = new Set<number>();
  for (let next = moment.getTimeZoneTransition("next"); next && next.epochMilliseconds < to; ) {
    moment = next;
    const before = offsets[offsets.length - 1] ?? 0;
    const after = moment.offsetNanoseconds / 1e6;
    since.push(moment.epochMilliseconds);
    offsets.push(after);
    const firstWhole = Math.ceil((moment.epochMilliseconds + before) / dayMilliseconds);
    const end = Math.floor((moment.epochMilliseconds + after) / dayMilliseconds);
    for (let day = firstWhole; day < end; day++) missingDays.add(day);
    next = moment.getTimeZoneTransition("next");
  }

  // Wall times are asked for nearly in order: the search goes on from where it last stood.
  let at = 0;
  const wallEnd = (index: number) => (since[index + 1] ?? Number.POSITIVE_INFINITY) + (offsets[index] ?? 0);
  function instantOf(wallTime: number): number {
    while (at > 0 && wallTime < wallEnd(at - 1)) at--;
    while (wallTime >= wallEnd(at)) at++;
    const instant = wallTime - (offsets[at] ?? 0);
    const isSkipped = instant < (since[at] ?? 0);
    return isSkipped ? wallTime - (offsets[at - 1] ?? 0) : instant;
  }
  return { instantOf, missingDays };
}
