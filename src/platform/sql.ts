import { createHash } from "node:crypto";

const brand = Symbol("sql");

/** A piece of SQL with its parameters. Pieces nest: `sql`select … where ${condition}``. */
export interface SqlText {
  readonly [brand]: true;
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/** SQL as text. A `${value}` becomes a parameter, a `${sql`…`}` is spliced in; nothing else can enter the text. */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): SqlText {
  if (!values.some(isSql)) return { [brand]: true, strings, values };
  const flatStrings: string[] = [strings[0] ?? ""];
  const flatValues: unknown[] = [];
  values.forEach((value, index) => {
    const after = strings[index + 1] ?? "";
    if (isSql(value)) {
      flatStrings[flatStrings.length - 1] += value.strings[0] ?? "";
      flatStrings.push(...value.strings.slice(1));
      flatValues.push(...value.values);
      flatStrings[flatStrings.length - 1] += after;
    } else {
      flatStrings.push(after);
      flatValues.push(value);
    }
  });
  return { [brand]: true, strings: flatStrings, values: flatValues };
}

export const nothing: SqlText = sql``;

/** Conditions joined by `and`; an empty list is `true`. */
export function all(conditions: readonly SqlText[]): SqlText {
  return conditions.length === 0 ? sql`true` : conditions.reduce((left, right) => sql`${left} and ${right}`);
}

/** A value for a `jsonb` parameter. Arrays need it: the driver would send them as PostgreSQL arrays. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}

function isSql(value: unknown): value is SqlText {
  return typeof value === "object" && value !== null && brand in value;
}

const byTemplate = new WeakMap<readonly string[], { name: string; text: string }>();
const byText = new Map<string, { name: string; text: string }>();

/** Text with $1… and a name that stands for it: the server plans each distinct text once per connection. */
export function compile(piece: SqlText): Statement {
  let known = byTemplate.get(piece.strings);
  if (!known) {
    const text = piece.strings.reduce((text, part, index) => `${text}$${index}${part}`).trim();
    known = byText.get(text);
    if (!known) {
      known = { name: createHash("sha1").update(text).digest("base64url").slice(0, 20), text };
      byText.set(text, known);
    }
    byTemplate.set(piece.strings, known);
  }
  return { name: known.name, text: known.text, values: [...piece.values] };
}
