import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "./refusal.ts";

/** Answers a row with its version as ETag. */
export function withVersion<R extends { version: number }>(reply: FastifyReply, row: R): R {
  reply.header("etag", `"${row.version}"`);
  return row;
}

/** The version that a change was made from (`If-Match`), or undefined when the caller does not care. */
export function expectedVersion(request: FastifyRequest): number | undefined {
  const header = request.headers["if-match"];
  if (header === undefined || header === "*") return undefined;
  const match = /^(?:W\/)?"(\d+)"$/.exec(header);
  if (!match) throw new Refusal("malformed", "if_match", 'If-Match must be an ETag of this resource, such as "3".');
  return Number(match[1]);
}

/** Refuses a change that was made from an older version than the present one. */
export function refuseStale(expected: number | undefined, present: number): void {
  if (expected === undefined || expected === present) return;
  throw new Refusal("stale", "stale", "Someone changed this in the meantime. Load it again, then repeat your change.", {
    presentVersion: present,
  });
}
