import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { type Kind, memberKind } from "./kinds.ts";
import type { JsonSchema } from "./route-table.ts";

const ajv = addFormats.default(new Ajv({ strict: false }));

/** Texts that people write, one of which fits each pattern there is. */
const texts = [
  "Something to say",
  "Some-thing",
  "2027-03-04",
  "2027-03-04T05:06:07Z",
  "owner@example.com",
  "+4912345678",
  "https://hooks.example.com/services/T0/B0/x",
  "12-24",
  "09:00",
  "DE",
  "EUR",
  "123456",
  "example.com",
  "*",
  `B${"A".repeat(86)}`,
  "A".repeat(22),
];

/** By the member's name, where a schema says less than the product asks. */
const byName: Readonly<Record<string, readonly unknown[]>> = {
  timeZone: ["Europe/Berlin"],
  weekly: [{ mon: [["09:00", "17:00"]] }],
  intervals: [[["09:00", "17:00"]]],
  region: [null],
  body: [{ assigneeId: null }],
  limit: [200],
  to: ["2027-03-05", "2027-03-05T06:07:08Z"],
};

export interface Sampling {
  /** For messages: `POST /api/v1/tickets`. */
  route: string;
  idOf(kind: Kind): string;
  /** Whether members that may be left out are there too. */
  full: boolean;
}

/** A value that fits a schema, with ids out of the world in its places. */
export function sample(schema: JsonSchema, sampling: Sampling, member = ""): unknown {
  const fits = ajv.compile(schema);
  const named = byName[member]?.find((each) => fits(each));
  if (named !== undefined) return named;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) {
    const [first] = schema.anyOf.filter((each) => each.type !== "null");
    return first ? sample(first, sampling, member) : null;
  }
  switch (schema.type) {
    case "object":
      return sampleObject(schema, sampling);
    case "array":
      return sampleArray(schema, sampling, member);
    case "string": {
      if (schema.format === "uuid") {
        const kind = memberKind(sampling.route, member);
        return kind === "nothing" ? "01930000-0000-7000-8000-000000000001" : sampling.idOf(kind);
      }
      const text = [...texts, "x".repeat(schema.minLength ?? 0)].find((each) => fits(each));
      if (text === undefined) throw new Error(`${sampling.route}: no text is known for "${member}": ${schema.pattern}`);
      return text;
    }
    case "integer":
    case "number":
      return Math.max(1, schema.minimum ?? 1);
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      return "anything";
  }
}

function sampleObject(schema: JsonSchema, sampling: Sampling): Record<string, unknown> {
  const members = Object.entries(schema.properties ?? {});
  const required = members.filter(([name]) => schema.required?.includes(name));
  const fewest = schema.minProperties ?? 0;
  const chosen = sampling.full ? members : required.length >= fewest ? required : members.slice(0, fewest);
  return Object.fromEntries(chosen.map(([name, member]) => [name, sample(member, sampling, name)]));
}

function sampleArray(schema: JsonSchema, sampling: Sampling, member: string): unknown[] {
  const { items } = schema;
  if (Array.isArray(items)) return items.map((item) => sample(item, sampling, member));
  if (items === undefined || !("type" in items || "anyOf" in items || "enum" in items)) return [];
  return [sample(items, sampling, member)];
}

/** Each place in a schema that holds an id, as the way to it: `["affiliations", 0, "siteId"]`. */
export function idPlaces(
  schema: JsonSchema,
  route: string,
  way: readonly (string | number)[] = [],
): { way: readonly (string | number)[]; kind: Kind }[] {
  const member = way.findLast((each) => typeof each === "string");
  if (schema.type === "string" && schema.format === "uuid" && typeof member === "string") {
    const kind = memberKind(route, member);
    return kind === "nothing" ? [] : [{ way, kind }];
  }
  if (schema.anyOf) {
    const found = schema.anyOf.flatMap((each) => idPlaces(each, route, way));
    return found.filter((each, index) => found.findIndex((other) => `${other.way}` === `${each.way}`) === index);
  }
  const items = schema.items;
  if (items && "type" in items) return idPlaces(items, route, [...way, 0]);
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => idPlaces(each, route, [...way, name]));
}

/** A copy of a body with another value at one place; what leads there is made where it is missing. */
export function withValueAt(body: unknown, way: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = way;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = Array.isArray(body) ? [...body] : [];
    list[step] = withValueAt(list[step], rest, value);
    return list;
  }
  const object = typeof body === "object" && body !== null ? body : {};
  const inner = Object.entries(object).find(([name]) => name === step)?.[1];
  return { ...object, [step]: withValueAt(inner, rest, value) };
}
