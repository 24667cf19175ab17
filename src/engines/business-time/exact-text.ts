import { DocumentFault, readNumber, readString } from "../document/index.ts";
import { afterLatest, earliest } from "./open-times.ts";

/** Instants and durations as people write them, in nanoseconds. */

const date = String.raw`\d{4}-\d{2}-\d{2}`;
const time = String.raw`(?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?`;
const offset = String.raw`Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?`;
const instantPattern = new RegExp(`^(${date})[T ](${time})(${offset})?$`, "i");
const midnightAtEnd = /^24:00(?::00(?:[.,]0+)?)?$/;

/**
 * Epoch nanoseconds of `2026-03-29T01:30:00+01:00`, `…Z`, or a local time of the zone without either; the seconds may be
 * left out. A local time that a clock change skips is later by what was skipped; one that comes twice is the first.
 */
export function readInstant(value: unknown, pointer: string, timeZone: string): bigint {
  const text = readString(value, pointer);
  const [, day, clock, zone] = instantPattern.exec(text) ?? [];
  const fault = () =>
    new DocumentFault(
      pointer,
      `"${text}" is not an instant: use 2026-03-29T01:30:00Z, an offset such as +01:00, or a local time.`,
    );
  if (day === undefined || clock === undefined || (clock.startsWith("24") && !midnightAtEnd.test(clock))) throw fault();
  let nanoseconds: bigint;
  try {
    const local = clock.startsWith("24")
      ? Temporal.PlainDate.from(day).add({ days: 1 }).toPlainDateTime()
      : Temporal.PlainDateTime.from(`${day}T${clock}`);
    nanoseconds = zone
      ? Temporal.Instant.from(`${local.toString()}${zone}`).epochNanoseconds
      : local.toZonedDateTime(timeZone).epochNanoseconds;
  } catch (error) {
    if (error instanceof RangeError) throw fault();
    throw error;
  }
  if (nanoseconds < BigInt(earliest) * 1_000_000n || nanoseconds >= BigInt(afterLatest) * 1_000_000n) {
    throw new DocumentFault(pointer, `"${text}" lies outside the years 0001 to 9999.`);
  }
  return nanoseconds;
}

/** RFC 3339 in UTC, with as many decimals of a second as needed. */
export function writeInstant(nanoseconds: bigint): string {
  return Temporal.Instant.fromEpochNanoseconds(nanoseconds).toString();
}

const mostSeconds = 315_576_000_000; // ten thousand years: no later instant could be written

/** Nanoseconds of a number of seconds: of the decimal that was written, not of its binary neighbour. */
export function readSeconds(value: unknown, pointer: string): bigint {
  const seconds = readNumber(value, pointer, 0);
  if (seconds > mostSeconds)
    throw new DocumentFault(pointer, "The number of seconds is too large: that is beyond the year 9999.");
  const written = String(seconds);
  const decimal = /^\d+(\.\d{1,9})?$/.test(written) ? written : seconds.toFixed(9);
  const [whole = "0", fraction = ""] = decimal.split(".");
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
}

/** Seconds as the nearest JSON number. */
export function writeSeconds(nanoseconds: bigint): number {
  const fraction = String(nanoseconds % 1_000_000_000n).padStart(9, "0");
  return Number(`${nanoseconds / 1_000_000_000n}.${fraction}`);
}
