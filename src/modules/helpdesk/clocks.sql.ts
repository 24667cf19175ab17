import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { json, sql } from "../../platform/sql.ts";
import { ClockTarget } from "./api.ts";

const orNull = Type.Union([Type.String(), Type.Null()]);

export const ClockRow = Type.Object({
  target: ClockTarget,
  state: Type.Enum(["running", "paused", "met", "breached", "ended"]),
  calendarId: orNull,
  targetMinutes: Type.Integer(),
  countedFrom: Type.String(),
  earlierSegments: Type.Array(Type.Object({ from: Type.String(), calendarId: orNull })),
  dueAt: orNull,
  metAt: orNull,
  breachedAt: orNull,
  /** When to warn that it is due soon; null while it stands still, and when it has warned. */
  warnAt: orNull,
  warnedAt: orNull,
});
export type ClockRow = Static<typeof ClockRow>;

export const PauseRow = Type.Object({
  id: Type.String(),
  reason: Type.String(),
  targets: Type.Array(Type.String()),
  fromAt: Type.String(),
  toAt: orNull,
});
export type PauseRow = Static<typeof PauseRow>;

const clockColumns = sql`
  target, state, calendar_id as "calendarId", target_minutes as "targetMinutes", counted_from as "countedFrom",
  earlier_segments as "earlierSegments", due_at as "dueAt", met_at as "metAt", breached_at as "breachedAt",
  warn_at as "warnAt", warned_at as "warnedAt"`;

export function findClocks(tx: Tx, ticketId: string): Promise<ClockRow[]> {
  return tx.many(
    ClockRow,
    sql`select ${clockColumns} from helpdesk.clock
      where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId}
      order by array_position(array['response', 'restore', 'resolve'], target)`,
  );
}

export function findPauses(tx: Tx, ticketId: string): Promise<PauseRow[]> {
  return tx.many(
    PauseRow,
    sql`select id, reason, targets, from_at as "fromAt", to_at as "toAt" from helpdesk.pause
      where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} order by from_at`,
  );
}

export function insertClocks(tx: Tx, ticketId: string, clocks: readonly ClockRow[]): void {
  if (clocks.length === 0) return;
  tx.send(sql`
    insert into helpdesk.clock
      (tenant_id, ticket_id, target, state, calendar_id, target_minutes, counted_from, due_at, warn_at)
    select ${tx.tenantId}, ${ticketId}, target, state, calendar_id, target_minutes, counted_from, due_at, warn_at
    from unnest(${clocks.map((clock) => clock.target)}::text[], ${clocks.map((clock) => clock.state)}::text[],
      ${clocks.map((clock) => clock.calendarId)}::uuid[], ${clocks.map((clock) => clock.targetMinutes)}::int[],
      ${clocks.map((clock) => clock.countedFrom)}::timestamptz[], ${clocks.map((clock) => clock.dueAt)}::timestamptz[],
      ${clocks.map((clock) => clock.warnAt)}::timestamptz[])
      as fresh (target, state, calendar_id, target_minutes, counted_from, due_at, warn_at)`);
}

export function updateClock(tx: Tx, ticketId: string, clock: ClockRow): void {
  tx.send(sql`
    update helpdesk.clock set state = ${clock.state}, calendar_id = ${clock.calendarId},
      target_minutes = ${clock.targetMinutes}, counted_from = ${clock.countedFrom},
      earlier_segments = ${json(clock.earlierSegments)}, due_at = ${clock.dueAt}, met_at = ${clock.metAt},
      breached_at = ${clock.breachedAt}, warn_at = ${clock.warnAt}, warned_at = ${clock.warnedAt}
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and target = ${clock.target}`);
}

export function insertPause(tx: Tx, ticketId: string, pause: PauseRow): void {
  tx.send(sql`
    insert into helpdesk.pause (tenant_id, id, ticket_id, reason, targets, from_at, to_at)
    values (${tx.tenantId}, ${pause.id}, ${ticketId}, ${pause.reason}, ${pause.targets}, ${pause.fromAt}, ${pause.toAt})`);
}

export function endPause(tx: Tx, pauseId: string, toAt: string): void {
  tx.send(sql`
    update helpdesk.pause set to_at = ${toAt} where tenant_id = ${tx.tenantId} and id = ${pauseId} and to_at is null`);
}

/** Running clocks whose due time has passed, of every tenant. */
export const DueClock = Type.Object({ tenantId: Type.String(), ticketId: Type.String() });
export const dueClocks = (at: string) => sql`/* sweep: clocks that became due */
  select tenant_id as "tenantId", ticket_id as "ticketId" from helpdesk.clock
  where state = 'running' and due_at < ${at} order by due_at limit 1000`;

/** Clocks of which so much is used up that it is time to warn, of every tenant. */
export const clocksToWarn = (at: string) => sql`/* sweep: clocks due soon */
  select tenant_id as "tenantId", ticket_id as "ticketId" from helpdesk.clock
  where warn_at <= ${at} order by warn_at limit 1000`;
