import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { JsonSchema } from "./route-table.ts";
import { withValueAt } from "./sample-value.ts";

const ajv = addFormats.default(new Ajv({ strict: false }));

export interface BadBody {
  what: string;
  raw: string | Buffer;
  headers?: Record<string, string>;
}

type Way = readonly (string | number)[];

/** Each place in a value, the value itself last. */
function placesIn(value: unknown, way: Way = []): { way: Way; value: unknown }[] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, each]) =>
          placesIn(each, [...way, Array.isArray(value) ? Number(name) : name]),
        )
      : [];
  return [...inner, { way, value }];
}

const loneSurrogate = "\ud800";
const nul = "a\u0000b";

/** Bodies that a schema does not allow, or that hold text that nobody can store, made from one that is right. */
export function wrongBodies(schema: JsonSchema, right: unknown): BadBody[] {
  const fits = ajv.compile(schema);
  const bodies: BadBody[] = [];
  const add = (what: string, body: unknown) => bodies.push({ what, raw: JSON.stringify(body) });
  for (const { way, value } of placesIn(right)) {
    const at = way.join(".") || "all";
    const long = Array.isArray(value) ? longLists : typeof value === "string" ? longTexts : [];
    for (const [name, wrong] of [...wrongValues, ...long]) {
      const body = withValueAt(right, way, wrong);
      // Where nothing need be said, null says nothing too.
      if (body === null && fits({})) continue;
      if (!fits(body)) add(`${at}: ${name}`, body);
    }
    if (typeof value !== "string") continue;
    for (const [name, text] of [["NUL", nul], ["half a character", loneSurrogate]] as const) {
      add(`${at}: ${name}`, withValueAt(right, way, text));
    } // biome-ignore format: a table
  }
  add("an unknown member", { ...Object(right), unheardOf: 1 });
  return bodies;
}

const wrongValues: readonly (readonly [string, unknown])[] = [
  ["a number", 42],
  ["a fraction", 0.5],
  ["a huge number", 1e300],
  ["a negative number", -1],
  ["yes", true],
  ["null", null],
  ["a list", []],
  ["a list of null", [null]],
  ["an object", {}],
  ["an object with a strange member", { constructor: 1, toString: null }],
  ["no text", ""],
  ["blank", "   "],
  ["a word", "x"],
];
const longTexts = [["a long text", "x".repeat(300_000)]] as const;
const longLists = [
  ["a long list", Array.from({ length: 20_000 }, (_, index) => `${index}`)],
  ["a long list of the same", Array.from({ length: 20_000 }, () => ({}))],
] as const;

/** Bodies that are no JSON, or not sent as JSON, or too much of it. */
export function brokenBodies(schema: JsonSchema, right: unknown): BadBody[] {
  const fits = ajv.compile(schema);
  const text = JSON.stringify(right);
  const json = { "content-type": "application/json" };
  const bodies: BadBody[] = [
    { what: "cut off", raw: `${text.slice(0, -1)},"x":` },
    { what: "two documents", raw: `${text}${text}` },
    { what: "a member that would change every object", raw: '{"__proto__":{"admin":true}}' },
    { what: "broken UTF-8", raw: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
    ...brokenLetters(right),
    { what: "UTF-16", raw: Buffer.from(text, "utf16le") },
    { what: "nested too deep", raw: `${"[".repeat(200_000)}${"]".repeat(200_000)}` },
    { what: "nested too deep in a member", raw: `{"x":${'{"x":'.repeat(100_000)}1${"}".repeat(100_000)}}` },
    { what: "too large", raw: `{"x":"${"x".repeat(1024 * 1024)}"}` },
    { what: "a bare text", raw: '"text"' },
    { what: "a bare number", raw: "1e999" },
    ...["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"].map(
      (type) => ({ what: `sent as ${type}`, raw: text, headers: { "content-type": type } }),
    ),
  ];
  const isEmptyAllowed = fits({}) || fits(null);
  if (!isEmptyAllowed) bodies.push({ what: "empty", raw: "", headers: json }, { what: "null", raw: "null" });
  return bodies;
}

/** The same body with a letter in its first text that is none in UTF-8. */
function brokenLetters(right: unknown): BadBody[] {
  const place = placesIn(right).find(({ value }) => typeof value === "string");
  if (!place) return [];
  const [before = "", after = ""] = JSON.stringify(withValueAt(right, place.way, "PLACE")).split("PLACE");
  return [
    { what: "broken letters", raw: Buffer.concat([Buffer.from(before), Buffer.of(0x61, 0xe4), Buffer.from(after)]) },
  ];
}

/** Values that a schema may allow and that are at the edge of what can be stored or reckoned with. */
export function extremeBodies(right: unknown): BadBody[] {
  return placesIn(right).flatMap(({ way, value }) =>
    (typeof value === "string" ? extremeTexts : typeof value === "number" ? extremeNumbers : []).map((extreme) => ({
      what: `${way.join(".")} = ${String(extreme).slice(0, 40)}`,
      raw: JSON.stringify(withValueAt(right, way, extreme)),
    })),
  );
}

const extremeNumbers = [0, -1, 2 ** 31, 2 ** 53, 1e308];
const extremeTexts = [
  "0000-01-01",
  "9999-12-31",
  "2023-02-29",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999999Z",
  "2027-03-04 05:06:07z",
  "urn:uuid:01930000-0000-7000-8000-000000000001",
  "💥".repeat(200),
  "💥".repeat(5000),
  "'; drop table helpdesk.ticket; --",
  "\u202egnp.exe",
];
