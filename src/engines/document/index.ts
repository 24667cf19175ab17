/** Reads JSON documents that strangers wrote: every refusal names its place. Used by the engines' doors to `mainstay compute`. */

/** The document does not say what it should at `pointer` (a JSON pointer, RFC 6901; empty = the whole document). */
export class DocumentFault extends Error {
  readonly pointer: string;

  constructor(pointer: string, sentence: string) {
    super(sentence);
    this.name = "DocumentFault";
    this.pointer = pointer;
  }
}

export interface Members {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}

/** A JSON pointer one step further down. */
export function under(pointer: string, member: string | number): string {
  return `${pointer}/${String(member).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** An object with these members and no others. Throws `DocumentFault`. */
export function readObject(
  value: unknown,
  pointer: string,
  { required = [], optional = [] }: Members,
): Record<string, unknown> {
  const object = readDictionary(value, pointer);
  for (const name of Object.keys(object)) {
    if (!required.includes(name) && !optional.includes(name)) {
      throw new DocumentFault(
        under(pointer, name),
        `There is no member "${name}" here: use ${[...required, ...optional].join(", ")}.`,
      );
    }
  }
  for (const name of required) {
    if (!Object.hasOwn(object, name)) throw new DocumentFault(under(pointer, name), `The member "${name}" is missing.`);
  }
  return object;
}

/** An object whose member names are data. Throws `DocumentFault`. */
export function readDictionary(value: unknown, pointer: string): Record<string, unknown> {
  if (!isObject(value)) throw wrongType(value, pointer, "an object");
  return value;
}

/** An array, each item read by `readItem` with its own pointer. Throws `DocumentFault`. */
export function readArray<T>(value: unknown, pointer: string, readItem: (item: unknown, pointer: string) => T): T[] {
  if (!Array.isArray(value)) throw wrongType(value, pointer, "an array");
  return value.map((item: unknown, index) => readItem(item, under(pointer, index)));
}

export function readString(value: unknown, pointer: string): string {
  if (typeof value !== "string") throw wrongType(value, pointer, "a string");
  return value;
}

/** A finite number of at least `minimum`. Throws `DocumentFault`. */
export function readNumber(value: unknown, pointer: string, minimum = Number.NEGATIVE_INFINITY): number {
  if (typeof value !== "number") throw wrongType(value, pointer, "a number");
  if (!Number.isFinite(value)) throw new DocumentFault(pointer, "The number is too large.");
  if (value < minimum) throw new DocumentFault(pointer, `The number must be at least ${minimum}, not ${value}.`);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongType(value: unknown, pointer: string, expected: string): DocumentFault {
  const found =
    value === null
      ? "null"
      : Array.isArray(value)
        ? "an array"
        : typeof value === "object"
          ? "an object"
          : `a ${typeof value}`;
  return new DocumentFault(pointer, `This must be ${expected}, not ${found}.`);
}
