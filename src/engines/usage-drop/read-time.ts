import { DocumentFault } from "../document/index.ts";

const day = 86_400_000;
const dateText = /^\d{4}-\d{2}-\d{2}$/;
const instantText = /^(\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?([Zz]|[+-]\d{2}(:?\d{2})?)?$/;

/**
 * A date `2026-03-29`, or the date that an instant `2026-03-29T10:00:00+02:00` names itself, as days from 1970-01-01.
 * Throws `DocumentFault`.
 */
export function readDay(value: unknown, pointer: string): number {
  const text = typeof value === "string" ? value : "";
  const date = dateText.test(text) ? text : isInstant(text) ? text.slice(0, 10) : "";
  const [year = 0, month = 0, dayOfMonth = 0] = date.split("-").map(Number);
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, dayOfMonth);
  if (date === "" || year < 1 || instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== dayOfMonth) {
    throw new DocumentFault(pointer, "This must be a date such as 2026-03-29.");
  }
  return Math.round(instant.getTime() / day);
}

/** Writes what `readDay` reads: `2026-03-29`. */
export function writeDay(days: number): string {
  return new Date(days * day).toISOString().slice(0, 10);
}

/**
 * A point in time, in seconds from 1970: a number, or digits, as it is (epoch seconds, milliseconds, any other steady count), text
 * as RFC 3339 or `2014-04-01 00:05:00`, read as UTC when it says no offset. Throws `DocumentFault`.
 */
export function readTime(value: unknown, pointer: string): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string") {
    if (/^\d{1,15}$/.test(value)) return Number(value);
    if (dateText.test(value)) return readDay(value, pointer) * 86_400;
    if (isInstant(value)) {
      readDay(value, pointer);
      const seconds = parseInstant(value);
      if (Number.isFinite(seconds)) return seconds;
    }
  }
  throw new DocumentFault(
    pointer,
    "This must be a time such as 2026-03-29T10:00:00Z or 2026-03-29 10:00:00, or a number.",
  );
}

function isInstant(text: string): boolean {
  return instantText.test(text);
}

function parseInstant(text: string): number {
  const named = /([Zz]|[+-]\d{2}(:?\d{2})?)$/.exec(text.slice(10));
  const offset = named?.[0] ?? "Z";
  const wall = (named ? text.slice(0, -offset.length) : text).replace(/[Tt ]/, "T").replace(",", ".");
  const [head = "", fraction = ""] = wall.split(".");
  const zone = /^[Zz]$/.test(offset) ? "Z" : `${offset.slice(0, 3)}:${offset.slice(3).replace(":", "") || "00"}`;
  return Date.parse(`${head}${zone}`) / 1000 + Number(`0.${fraction || 0}`);
}
