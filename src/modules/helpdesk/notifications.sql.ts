import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import type { CallReason } from "./api-calls.ts";

export interface NewCalls {
  reason: CallReason;
  step: number;
  at: string;
  chainId?: string;
  round?: number;
}

const calls = (tx: Tx, ticketId: string, staffIds: readonly string[], call: NewCalls) => sql`
  insert into helpdesk.notification
    (tenant_id, ticket_id, staff_id, contact_point_id, channel, reason, step, state, created_at, sent_at, chain_id, round)
  select ${tx.tenantId}::uuid, ${ticketId}::uuid, called.staff_id, null::uuid, 'in_app', ${call.reason}, ${call.step}::int, 'sent',
      ${call.at}::timestamptz, ${call.at}::timestamptz, ${call.chainId ?? null}::uuid, ${call.round ?? 0}::int
    from unnest(${staffIds}::uuid[]) as called (staff_id)
  union all
  select ${tx.tenantId}, ${ticketId}, contact_point.staff_id, contact_point.id, contact_point.channel, ${call.reason},
      ${call.step}, 'queued', ${call.at}, null, ${call.chainId ?? null}, ${call.round ?? 0}
    from helpdesk.contact_point
    where contact_point.tenant_id = ${tx.tenantId} and contact_point.staff_id = any(${staffIds}::uuid[])
      and contact_point.active`;

/** One call to each of these members of staff, in the app and on each of their contact points. */
export function insertCalls(tx: Tx, ticketId: string, staffIds: readonly string[], call: NewCalls): void {
  tx.send(calls(tx, ticketId, staffIds, call));
}

const Inserted = Type.Object({ id: Type.String(), channel: Type.String() });

/**
 * The same, answering the ids of the calls that are to be handed over. What is still waiting for the same people from an
 * earlier round is dropped: a mail server that comes back hands over one mail, not one for each round.
 */
export async function insertRound(
  tx: Tx,
  ticketId: string,
  staffIds: readonly string[],
  call: NewCalls,
): Promise<string[]> {
  tx.send(sql`
    update helpdesk.notification set state = 'superseded', version = version + 1
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and staff_id = any(${staffIds}::uuid[])
      and state = 'queued'`);
  const inserted = await tx.many(Inserted, sql`${calls(tx, ticketId, staffIds, call)} returning id, channel`);
  return inserted.filter(({ channel }) => channel !== "in_app").map(({ id }) => id);
}

/** One call that a promise is due soon. It takes no other call's place, and answers ids as `insertRound` does. */
export async function insertWarning(tx: Tx, ticketId: string, staffId: string, at: string): Promise<string[]> {
  const call = { reason: "due_soon" as const, step: 0, at };
  const inserted = await tx.many(Inserted, sql`${calls(tx, ticketId, [staffId], call)} returning id, channel`);
  return inserted.filter(({ channel }) => channel !== "in_app").map(({ id }) => id);
}

/** A call that asks for nothing but to be noticed has been. */
export function noteAnswered(tx: Tx, id: string, at: string): void {
  tx.send(sql`
    update helpdesk.notification set state = 'acknowledged', acknowledged_at = ${at}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id} and state in ('queued', 'sent', 'delivered', 'failed')`);
}

/** Someone took the ticket: its calls have done their work, the taker's as acknowledged. */
export function endCalls(tx: Tx, ticketId: string, takenBy: string | null, at: string): void {
  tx.send(sql`
    update helpdesk.notification set
      state = case when staff_id = ${takenBy}::uuid then 'acknowledged' else 'superseded' end,
      acknowledged_at = case when staff_id = ${takenBy}::uuid then ${at}::timestamptz else acknowledged_at end,
      version = version + 1
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and state in ('queued', 'sent', 'delivered', 'failed')`);
  tx.send(sql`
    update helpdesk.call_chain set ended_at = ${at}, next_at = null, unanswered_since = null
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and ended_at is null`);
}
