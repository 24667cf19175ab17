import { createHash } from "node:crypto";
import { Type } from "typebox";
import { now } from "./clock.ts";
import type { Database, Tx } from "./db.ts";
import { sql } from "./sql.ts";

/** Events younger than this are not sealed yet: no transaction lives that long, so none can still appear below. */
const settledAfterSeconds = 90;
const zero = Buffer.alloc(32);
const firstId = "00000000-0000-0000-0000-000000000000";

const SealRow = Type.Object({
  sequence: Type.Integer(),
  fromId: Type.String(),
  toId: Type.String(),
  events: Type.Integer(),
  previousHash: Type.Unsafe<Buffer>({}),
  hash: Type.Unsafe<Buffer>({}),
});
const sealColumns = sql`
  sequence, from_id as "fromId", to_id as "toId", events, previous_hash as "previousHash", hash`;

/** What the chain protects of an event: everything but its delivery. */
const SealedEvent = Type.Object({ id: Type.String(), canonical: Type.String() });
const sealedEventColumns = sql`
  id, jsonb_build_array(id, type, subject_kind, subject_id, subject_version, data, actor_kind, actor_id, customer_id,
    site_id, audience, recorded_at)::text as canonical`;

/**
 * Adds one link to a tenant's chain over its event log: SHA-256 of the previous hash and of every event after the last
 * sealed id. @returns how many events it sealed
 */
export async function sealEvents(db: Database, tenantId: string): Promise<number> {
  return db.asTenant(tenantId, async (tx) => {
    await tx.many(Type.Object({}), sql`select pg_advisory_xact_lock(hashtextextended(${`seal:${tenantId}`}, 0))::text`);
    const last = await tx.maybe(
      SealRow,
      sql`select ${sealColumns} from platform.seal where tenant_id = ${tenantId} order by sequence desc limit 1`,
    );
    const fromId = last?.toId ?? firstId;
    const until = now().subtract({ seconds: settledAfterSeconds }).toString();
    const events = await tx.many(
      SealedEvent,
      sql`select ${sealedEventColumns} from platform.event
        where tenant_id = ${tenantId} and id > ${fromId} and id < platform.first_uuidv7(${until}::timestamptz)
        order by id limit 5000`,
    );
    const toId = events.at(-1)?.id;
    if (toId === undefined) return 0;
    const previousHash = last?.hash ?? zero;
    await tx.run(sql`
      insert into platform.seal (tenant_id, sequence, from_id, to_id, events, previous_hash, hash, sealed_at)
      values (${tenantId}, ${(last?.sequence ?? 0) + 1}, ${fromId}, ${toId}, ${events.length}, ${previousHash},
        ${chain(previousHash, events)}, ${now().toString()})`);
    return events.length;
  });
}

/** Recomputes a tenant's chain. @returns undefined when it holds, else a sentence that names the first broken link */
export async function findBrokenSeal(tx: Tx): Promise<string | undefined> {
  const seals = await tx.many(
    SealRow,
    sql`select ${sealColumns} from platform.seal where tenant_id = ${tx.tenantId} order by sequence`,
  );
  let previousHash: Buffer = zero;
  let previousId = firstId;
  for (const [index, seal] of seals.entries()) {
    const events = await tx.many(
      SealedEvent,
      sql`select ${sealedEventColumns} from platform.event
        where tenant_id = ${tx.tenantId} and id > ${seal.fromId} and id <= ${seal.toId} order by id`,
    );
    const holds =
      seal.sequence === index + 1 &&
      seal.fromId === previousId &&
      events.length === seal.events &&
      previousHash.equals(seal.previousHash) &&
      chain(previousHash, events).equals(seal.hash);
    if (!holds) return `The audit log was changed: seal ${seal.sequence} does not match its ${seal.events} events.`;
    previousHash = seal.hash;
    previousId = seal.toId;
  }
  return undefined;
}

function chain(previousHash: Buffer, events: readonly { canonical: string }[]): Buffer {
  const hash = createHash("sha256").update(previousHash);
  for (const { canonical } of events) hash.update(`${Buffer.byteLength(canonical)}:${canonical}`);
  return hash.digest();
}
