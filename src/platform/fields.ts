import { type Static, type TSchema, Type } from "typebox";

/** Members that many requests and answers share. */
export const Id = Type.String({ format: "uuid" });
/** What people call a thing: anything but blank. */
export const Name = Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" });
/** `YYYY-MM-DD`, of the years that a calendar of work can mean; the database knows no year 0000. */
export const Day = Type.String({ format: "date", pattern: "^(19|20|21)" });

export function orNull<T extends TSchema>(type: T) {
  return Type.Union([type, Type.Null()]);
}

export function oneOf<const V extends string>(...values: V[]) {
  return Type.Unsafe<V>({ type: "string", enum: values });
}

export const Locale = oneOf("en", "zh-Hans", "zh-Hant", "vi");
export type Locale = Static<typeof Locale>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text out of an address can be an id at all: asked before the database, which refuses what is no uuid. */
export function isId(text: string | undefined): text is string {
  return text !== undefined && uuid.test(text);
}
