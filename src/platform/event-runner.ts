import { Type } from "typebox";
import type { Actor } from "./actor.ts";
import { now, nowText } from "./clock.ts";
import type { Database, Tx } from "./db.ts";
import { EventRow, eventColumns, onNews, type Reactions } from "./events.ts";
import type { Log } from "./log.ts";
import { json, sql } from "./sql.ts";
import { uuidv7 } from "./uuidv7.ts";

const batchSize = 500;
const attemptsBeforeDead = 12;
const lookEveryMs = 1000;
const quietMs = 60;
const gatherMs = 40;

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
        if (waiting.size > 0) setTimeout(wake, gatherMs).unref();
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
  let last = 0;
  onNews((tenantId) => {
    waiting.add(tenantId);
    // At once when it is quiet; a little later under load, when many events go in one batch.
    setTimeout(wake, performance.now() - last > quietMs ? 2 : gatherMs);
    last = performance.now();
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
    const present = now();
    const held = new Set<string>();
    const ready = inOrder.filter((event) => {
      if (event.retryAt && Temporal.Instant.compare(event.retryAt, present) > 0) held.add(event.subjectId);
      return !held.has(event.subjectId);
    });
    const delivered = await deliver(tx, reactions, ready, log);
    await markDelivered(tx, delivered);
    announce(tx, delivered);
    return events.length;
  });
}

/** @returns the events that every reaction has taken */
async function deliver(tx: Tx, reactions: Reactions, ready: readonly EventRow[], log: Log): Promise<EventRow[]> {
  const failed = new Set<string>();
  for (const { types, run } of reactions.many) {
    const concerned = ready.filter((event) => types.has(event.type));
    if (concerned.length === 0) continue;
    try {
      await tx.savepoint(() => run(tx, concerned));
    } catch (error) {
      log.warn({ err: error }, "a reaction failed for a batch; trying its events one by one");
      for (const event of concerned) {
        if (!failed.has(event.subjectId) && !(await react(tx, (inner) => run(inner, [event]), event, log))) {
          failed.add(event.subjectId);
        }
      }
    }
  }
  const delivered: EventRow[] = [];
  for (const event of ready) {
    if (failed.has(event.subjectId)) continue;
    let taken = true;
    for (const reaction of reactions.one.get(event.type) ?? []) {
      taken &&= await react(tx, (inner) => reaction(inner, event), event, log);
    }
    if (taken) delivered.push(event);
    else failed.add(event.subjectId);
  }
  return delivered;
}

async function react(tx: Tx, work: (tx: Tx) => Promise<void>, event: EventRow, log: Log): Promise<boolean> {
  try {
    await tx.savepoint(() => work(tx));
    return true;
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

async function markDelivered(tx: Tx, events: readonly EventRow[]): Promise<void> {
  if (events.length === 0) return;
  await tx.run(sql`
    update platform.event set delivered_at = ${now().toString()}
    where tenant_id = ${tx.tenantId} and id = any(${events.map((event) => event.id)}::uuid[])`);
}

function announce(tx: Tx, events: readonly EventRow[]): void {
  if (events.length === 0) return;
  const news = events.map((event) =>
    json({ tenantId: tx.tenantId, ...event, data: undefined, attempts: undefined, retryAt: undefined }),
  );
  tx.send(sql`select pg_notify(${newsChannel}, told) from unnest(${news}::text[]) as news (told)`);
}

/** News that is told to listening staff as it happens and kept nowhere. */
export function whisper(tx: Tx, what: { type: string; subjectKind: string; subjectId: string; actor: Actor }): void {
  const news = {
    tenantId: tx.tenantId,
    id: uuidv7(),
    type: what.type,
    subjectKind: what.subjectKind,
    subjectId: what.subjectId,
    subjectVersion: 0,
    actorKind: what.actor.kind,
    actorId: what.actor.id,
    customerId: null,
    siteId: null,
    audience: [],
    recordedAt: nowText(),
  };
  tx.send(sql`select pg_notify(${newsChannel}, ${json(news)})`);
}
