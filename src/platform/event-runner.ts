import { Type } from "typebox";
import { now } from "./clock.ts";
import type { Database, Tx } from "./db.ts";
import { EventRow, eventColumns, onNews, type Reactions } from "./events.ts";
import type { Log } from "./log.ts";
import { json, sql } from "./sql.ts";

const batchSize = 500;
const attemptsBeforeDead = 12;
const lookEveryMs = 1000;

/** The channel on which every server process hears what it may push to its listeners. */
export const newsChannel = "mainstay_news";

/**
 * Delivers committed events, tenant by tenant, in batches: reactions run in the order of each subject's versions, and a
 * subject whose reaction failed waits, with backoff, while the others go on. At least once; one runner per tenant at a time.
 */
export function startEventRunner(db: Database, reactions: Reactions, log: Log): { stop(): Promise<void> } {
  const waiting = new Set<string>();
  let draining: Promise<void> | undefined;
  let stopped = false;

  async function drainWaiting(): Promise<void> {
    while (waiting.size > 0 && !stopped) {
      const [tenantId] = waiting;
      if (tenantId === undefined) return;
      waiting.delete(tenantId);
      const delivered = await drainTenant(db, reactions, tenantId, log);
      if (delivered === batchSize) waiting.add(tenantId);
    }
  }

  function wake(): void {
    if (stopped || draining) return;
    draining = drainWaiting()
      .catch((error) => log.warn({ err: error }, "events could not be delivered; trying again"))
      .finally(() => {
        draining = undefined;
        if (waiting.size > 0) setTimeout(wake, 20).unref();
      });
  }

  const look = setInterval(async () => {
    try {
      const rows = await db.sweep(
        Type.Object({ tenantId: Type.String() }),
        sql`/* sweep: tenants with undelivered events */
          select distinct tenant_id as "tenantId" from platform.event where delivered_at is null and dead_at is null`,
      );
      for (const { tenantId } of rows) waiting.add(tenantId);
      wake();
    } catch (error) {
      log.warn({ err: error }, "could not look for undelivered events");
    }
  }, lookEveryMs);
  look.unref();
  onNews((tenantId) => {
    waiting.add(tenantId);
    setTimeout(wake, 2);
  });

  return {
    async stop() {
      stopped = true;
      clearInterval(look);
      onNews(undefined);
      await draining;
    },
  };
}

/** One batch. @returns how many events were looked at */
export async function drainTenant(db: Database, reactions: Reactions, tenantId: string, log: Log): Promise<number> {
  return db.asTenant(tenantId, async (tx) => {
    tx.send(sql`set local synchronous_commit = off`);
    const { locked } = await tx.one(
      Type.Object({ locked: Type.Boolean() }),
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`events:${tenantId}`}, 0)) as locked`,
    );
    if (!locked) return 0;
    const events = await tx.many(
      EventRow,
      sql`select ${eventColumns} from platform.event
        where tenant_id = ${tenantId} and delivered_at is null and dead_at is null order by id limit ${batchSize}`,
    );
    const inOrder = events.toSorted((a, b) =>
      a.subjectId === b.subjectId ? a.subjectVersion - b.subjectVersion : a.id < b.id ? -1 : 1,
    );
    const held = new Set<string>();
    const delivered: string[] = [];
    const present = now();
    for (const event of inOrder) {
      if (held.has(event.subjectId)) continue;
      if (event.retryAt && Temporal.Instant.compare(event.retryAt, present) > 0) {
        held.add(event.subjectId);
        continue;
      }
      if (await react(tx, reactions, event, log)) delivered.push(event.id);
      else held.add(event.subjectId);
    }
    await markDelivered(tx, delivered);
    for (const event of inOrder) if (delivered.includes(event.id)) announce(tx, event);
    return events.length;
  });
}

async function react(tx: Tx, reactions: Reactions, event: EventRow, log: Log): Promise<boolean> {
  for (const reaction of reactions.get(event.type) ?? []) {
    try {
      await tx.savepoint(() => reaction(tx, event));
    } catch (error) {
      const attempts = event.attempts + 1;
      const dead = attempts >= attemptsBeforeDead;
      log.error({ err: error, eventId: event.id, type: event.type, attempts, dead }, "a reaction failed");
      const retryAt = now().add({ seconds: Math.min(2 ** attempts, 3600) });
      await tx.run(sql`
        update platform.event set attempts = ${attempts}, last_error = ${String(error).slice(0, 2000)},
          retry_at = ${retryAt.toString()}, dead_at = ${dead ? now().toString() : null}
        where tenant_id = ${tx.tenantId} and id = ${event.id}`);
      return false;
    }
  }
  return true;
}

async function markDelivered(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    update platform.event set delivered_at = ${now().toString()}
    where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[])`);
}

function announce(tx: Tx, event: EventRow): void {
  const news = json({ tenantId: tx.tenantId, ...event, data: undefined, attempts: undefined, retryAt: undefined });
  tx.send(sql`select pg_notify(${newsChannel}, ${news})`);
}
