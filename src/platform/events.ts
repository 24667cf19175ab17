import { Type } from "typebox";
import type { Actor } from "./actor.ts";
import { nowText } from "./clock.ts";
import type { Tx } from "./db.ts";
import { json, sql } from "./sql.ts";

/** What an event is about: a row with a version that grows by one at each change, taken under that row's lock. */
export interface Subject {
  kind: string;
  id: string;
  version: number;
}

/** Who beyond the provider's staff may hear of it. */
export interface Audience {
  customerId?: string | null;
  siteId?: string | null;
  /** Persons and visitors named one by one. */
  people?: readonly string[];
}

/**
 * Tells that something happened, in the transaction in which it happens: the fact and its news are one. The same rows are
 * the audit log, so `data` holds ids, states and figures, never what people wrote.
 */
export function record(
  tx: Tx,
  actor: Actor,
  type: string,
  subject: Subject,
  data: Record<string, unknown> = {},
  audience: Audience = {},
): void {
  tx.send(sql`
    insert into platform.event
      (tenant_id, type, subject_kind, subject_id, subject_version, data, actor_kind, actor_id,
       customer_id, site_id, audience, recorded_at)
    values (${tx.tenantId}, ${type}, ${subject.kind}, ${subject.id}, ${subject.version}, ${json(data)}, ${actor.kind},
      ${actor.id}, ${audience.customerId ?? null}, ${audience.siteId ?? null}, ${audience.people ?? []}, ${nowText()})`);
  const { tenantId } = tx;
  tx.afterCommit(`event:${tenantId}`, () => newsListener?.(tenantId));
}

let newsListener: ((tenantId: string) => void) | undefined;

/** The event runner of this process hears at once of news committed here; news of other processes it finds by looking. */
export function onNews(listener: ((tenantId: string) => void) | undefined): void {
  newsListener = listener;
}

export const EventRow = Type.Object({
  id: Type.String(),
  type: Type.String(),
  subjectKind: Type.String(),
  subjectId: Type.String(),
  subjectVersion: Type.Integer(),
  data: Type.Record(Type.String(), Type.Unknown()),
  actorKind: Type.String(),
  actorId: Type.String(),
  customerId: Type.Union([Type.String(), Type.Null()]),
  siteId: Type.Union([Type.String(), Type.Null()]),
  audience: Type.Array(Type.String()),
  recordedAt: Type.String(),
  attempts: Type.Integer(),
  retryAt: Type.Union([Type.String(), Type.Null()]),
});
export type EventRow = Type.Static<typeof EventRow>;

export const eventColumns = sql`
  id, type, subject_kind as "subjectKind", subject_id as "subjectId", subject_version as "subjectVersion", data,
  actor_kind as "actorKind", actor_id as "actorId", customer_id as "customerId", site_id as "siteId", audience,
  recorded_at as "recordedAt", attempts, retry_at as "retryAt"`;

/** What a module does when it hears a type of event. It may run twice for one event, so it must be idempotent. */
export type Reaction = (tx: Tx, event: EventRow) => Promise<void>;

/** The same for many events at once, in the order in which they are delivered; for work that is cheaper by the dozen. */
export type BatchReaction = (tx: Tx, events: readonly EventRow[]) => Promise<void>;

export interface Reactions {
  one: ReadonlyMap<string, readonly Reaction[]>;
  many: readonly { types: ReadonlySet<string>; run: BatchReaction }[];
}

export function collectReactions(
  one: readonly Readonly<Record<string, Reaction>>[],
  many: readonly { types: readonly string[]; run: BatchReaction }[] = [],
): Reactions {
  const reactions = new Map<string, Reaction[]>();
  for (const list of one) {
    for (const [type, reaction] of Object.entries(list)) {
      reactions.set(type, [...(reactions.get(type) ?? []), reaction]);
    }
  }
  return { one: reactions, many: many.map(({ types, run }) => ({ types: new Set(types), run })) };
}
