import type { RouteOptions } from "fastify";
import type { RefusalKind } from "./refusal.ts";

/** What the platform knows of an address without running it. */
export interface OperationFacts {
  permission: string;
  isWrite: boolean;
  /** Whether it may be repeated with an Idempotency-Key, and answers as it did. */
  keepsAnswer: boolean;
  hasPath: boolean;
  hasQuery: boolean;
  isUpload: boolean;
  /** Its body or query names things by id, which may be nobody's or not one's own. */
  namesThings: boolean;
  /** Its answer carries a version, and so an ETag. */
  isVersioned: boolean;
  /** It changes something that is there, and so looks at `If-Match`. */
  isVersionedChange: boolean;
}

export function operationFacts({ method, url, schema, config }: RouteOptions): OperationFacts {
  const isWrite = !["GET", "HEAD", "OPTIONS"].includes([method].flat().join());
  const { body, querystring, response } = schema ?? {};
  const answers = Object.entries(Object(response));
  const isVersioned = answers.some(([, answer]) => "version" in membersOf(answer));
  const permission = config?.permission ?? "public";
  const asksForRight = permission !== "public" && permission !== "signed_in";
  return {
    permission,
    isWrite,
    keepsAnswer: isWrite && (config?.keepsAnswer ?? asksForRight),
    hasPath: url.includes(":"),
    hasQuery: Object.keys(membersOf(querystring)).length > 0,
    isUpload: schema?.consumes?.includes("multipart/form-data") ?? false,
    namesThings: [body, querystring].some((part) => part !== undefined && JSON.stringify(part).includes('"uuid"')),
    isVersioned,
    isVersionedChange: isVersioned && isWrite && !answers.some(([status]) => status === "201"),
  };
}

/**
 * The kinds of refusal that an address can answer with. Tests hold this to what addresses really answer: one that refuses
 * in a way that is not expected of it fails them.
 */
export function expectedAnswers(facts: OperationFacts): RefusalKind[] {
  const { permission, isWrite, hasPath, hasQuery, namesThings, isVersionedChange } = facts;
  const when: Record<RefusalKind, boolean> = {
    // Unknown parameters are refused everywhere.
    malformed: true,
    // Also where no sign-in is needed: a wrong key is never taken for none.
    unauthenticated: true,
    forbidden: permission !== "public" || isWrite,
    not_found: hasPath || namesThings,
    conflict: isWrite,
    stale: isVersionedChange,
    too_large: isWrite,
    // A form, where none is taken.
    unsupported: true,
    invalid: isWrite || hasQuery,
    rate_limited: true,
    unavailable: true,
  };
  const kinds: RefusalKind[] = [
    "malformed",
    "unauthenticated",
    "forbidden",
    "not_found",
    "conflict",
    "stale",
    "too_large",
    "unsupported",
    "invalid",
    "rate_limited",
    "unavailable",
  ];
  return kinds.filter((kind) => when[kind]);
}

function membersOf(schema: unknown): object {
  const { properties } = Object(schema);
  return Object(properties);
}
