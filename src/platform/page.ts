import { type Static, type TSchema, Type } from "typebox";
import { Check } from "typebox/value";
import { Refusal } from "./refusal.ts";

/** The query parameters of every list. */
export const pageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  after: Type.Optional(Type.String({ maxLength: 2000, description: "`next` of the page before" })),
};

/** The answer of every list: its rows, and where the next page begins. */
export function Page<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });
}

/** The sort key at which a page begins, out of its cursor. Refuses what is no cursor of this list. */
export function readCursor<T extends TSchema>(key: T, after: string | undefined): Static<T> | undefined {
  if (after === undefined) return undefined;
  const value = parse(after);
  if (Check(key, value)) return value;
  throw new Refusal("malformed", "cursor", "`after` must be the `next` of an earlier page of the same list.");
}

/**
 * A page out of rows that were asked for with `limit` + 1.
 * @param keyOf the sort key of a row, as `readCursor` reads it
 */
export function pageOf<R>(rows: R[], limit: number, keyOf: (row: R) => unknown): { items: R[]; next: string | null } {
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { items: rows, next: null };
  return { items: rows.slice(0, limit), next: Buffer.from(JSON.stringify(keyOf(last))).toString("base64url") };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
