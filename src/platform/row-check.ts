import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";

const validators = new WeakMap<TSchema, Validator>();

/** Under test every returned row is checked against the schema its query declared; in production the types are trusted. */
export function checkRows(schema: TSchema, rows: readonly unknown[], statement: string): void {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  for (const row of rows) {
    if (validator.Check(row)) continue;
    const errors = [...validator.Errors(row)].slice(0, 3);
    throw new Error(
      `Row does not fit its declared schema: ${JSON.stringify(errors)}\nrow: ${JSON.stringify(row)}\n${statement}`,
    );
  }
}
