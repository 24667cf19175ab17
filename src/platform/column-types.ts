import pg from "pg";

const oids = { int8: 20, numeric: 1700, date: 1082, timestamptz: 1184, timestamptzArray: 1185, dateArray: 1182 };

/** How a column's text becomes a value: instants and days as text, integers within 2^53, never a numeric. */
export function parserOf(oid: number, format?: "text" | "binary") {
  if (oid === oids.timestamptz) return parseInstant;
  if (oid === oids.int8) return parseInteger;
  if (oid === oids.date) return (text: string) => text;
  if (oid === oids.dateArray) return (text: string) => (text === "{}" ? [] : text.slice(1, -1).split(","));
  if (oid === oids.numeric) return refuseNumeric;
  return pg.types.getTypeParser(oid, format);
}

/** `2026-11-22 12:32:42.1+00` → `2026-11-22T12:32:42.100Z`: at least three digits, so that instants sort as text. */
function parseInstant(text: string): string {
  if (!text.endsWith("+00")) return text;
  const [seconds = "", fraction = ""] = text.slice(0, -3).split(".");
  return `${seconds.slice(0, 10)}T${seconds.slice(11)}.${fraction.padEnd(3, "0")}Z`;
}

function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`integer beyond 2^53: ${text}`);
  return value;
}

function refuseNumeric(text: string): never {
  throw new Error(`a numeric reached the program (${text}); cast it to bigint or double precision in the statement`);
}
