import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { Actor } from "./actor.ts";
import { now, nowText } from "./clock.ts";
import type { Database, Tx } from "./db.ts";
import { Refusal } from "./refusal.ts";
import { json, sql } from "./sql.ts";

/** How long an answer can be asked for again. */
export const keptDays = 7;
export const idempotencyKeyLength = 200;

const Kept = Type.Object({
  requestHash: Type.Unsafe<Buffer>({}),
  status: Type.Union([Type.Integer(), Type.Null()]),
  body: Type.Any(),
});

/** The `Idempotency-Key` of a write, or undefined when it carries none. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (request.method === "GET" || request.method === "HEAD" || key === undefined) return undefined;
  if (typeof key !== "string" || key.length === 0 || key.length > idempotencyKeyLength) {
    throw new Refusal(
      "malformed",
      "idempotency_key",
      `Idempotency-Key must be 1 to ${idempotencyKeyLength} characters.`,
    );
  }
  return key;
}

/** What a request says that its JSON body does not hold. */
export type Said = Readonly<Record<string, string | number | boolean>>;

/**
 * Carries out a write once for its key: the key, the write and the answer are one transaction, so a repetition either
 * finds the answer or finds nothing done. A second request with the same key waits for the first.
 */
export async function once<R>(
  tx: Tx,
  actor: Actor,
  key: string,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<R>,
  said?: Said,
): Promise<R> {
  const body = JSON.stringify(said ?? request.body ?? null);
  const hash = createHash("sha256").update(`${request.method} ${request.url}\n${body}`);
  const requestHash = hash.digest();
  const fresh = await tx.run(sql`
    insert into platform.idempotency_key (tenant_id, actor_id, key, request_hash, created_at)
    values (${tx.tenantId}, ${actor.id}, ${key}, ${requestHash}, ${nowText()}) on conflict do nothing`);
  if (fresh === 1) {
    const result = await work();
    tx.send(sql`
      update platform.idempotency_key set status = ${reply.statusCode}, body = ${json(result ?? null)}
      where tenant_id = ${tx.tenantId} and actor_id = ${actor.id} and key = ${key}`);
    return result;
  }
  const kept = await tx.one(
    Kept,
    sql`select request_hash as "requestHash", status, body from platform.idempotency_key
      where tenant_id = ${tx.tenantId} and actor_id = ${actor.id} and key = ${key}`,
  );
  if (!kept.requestHash.equals(requestHash)) {
    throw new Refusal(
      "invalid",
      "idempotency_mismatch",
      "This Idempotency-Key was used for another request. Use a new one.",
    );
  }
  reply.code(kept.status ?? 200).header("idempotent-replayed", "true");
  return kept.body;
}

/** Forgets answers that can no longer be asked for. */
export function forgetOldAnswers(db: Database, tenantId: string): Promise<number> {
  const before = now()
    .subtract({ hours: 24 * keptDays })
    .toString();
  return db.asTenant(tenantId, (tx) =>
    tx.run(sql`delete from platform.idempotency_key where tenant_id = ${tenantId} and created_at < ${before}`),
  );
}
