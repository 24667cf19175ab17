import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import type { CallReason } from "./api-calls.ts";
import { type Claim, Outgoing } from "./deliveries.sql.ts";

export interface NewCalls {
  reason: CallReason;
  step: number;
  at: string;
  chainId?: string;
  round?: number;
  /** Set when whoever makes the calls hands them over too: until then nobody else does. */
  claim?: Claim;
}

const calls = (tx: Tx, ticketId: string, staffIds: readonly string[], call: NewCalls) => sql`
  insert into helpdesk.notification
    (tenant_id, ticket_id, staff_id, contact_point_id, channel, reason, step, state, created_at, sent_at, chain_id, round,
      attempts, retry_at)
  select ${tx.tenantId}::uuid, ${ticketId}::uuid, called.staff_id, null::uuid, 'in_app', ${call.reason}, ${call.step}::int, 'sent',
      ${call.at}::timestamptz, ${call.at}::timestamptz, ${call.chainId ?? null}::uuid, ${call.round ?? 0}::int, 0, null::timestamptz
    from unnest(${staffIds}::uuid[]) as called (staff_id)
  union all
  select ${tx.tenantId}, ${ticketId}, contact_point.staff_id, contact_point.id, contact_point.channel, ${call.reason},
      ${call.step}, 'queued', ${call.at}, null, ${call.chainId ?? null}, ${call.round ?? 0},
      ${call.claim ? 1 : 0}, case when contact_point.channel = 'email' then ${call.claim?.mailUntil ?? null}::timestamptz
        else ${call.claim?.until ?? null}::timestamptz end
    from helpdesk.contact_point
    where contact_point.tenant_id = ${tx.tenantId} and contact_point.staff_id = any(${staffIds}::uuid[])
      and contact_point.active`;

/** One call to each of these members of staff, in the app and on each of their contact points. */
export function insertCalls(tx: Tx, ticketId: string, staffIds: readonly string[], call: NewCalls): void {
  tx.send(calls(tx, ticketId, staffIds, call));
}

const Claimed = Type.Pick(Outgoing, [
  "id",
  "version",
  "channel",
  "reason",
  "attempts",
  "createdAt",
  "locale",
  "timeZone",
  "contactPointId",
  "contactPointVersion",
  "sealed",
  "fingerprint",
  "failingSince",
  "gatewayKind",
  "gatewaySealed",
]);
export type ClaimedCall = Static<typeof Claimed>;

/** The same, claimed by the caller, who gets what is to be handed over once the transaction is committed. */
export function insertClaimedCalls(
  tx: Tx,
  ticketId: string,
  staffId: string,
  call: NewCalls & { claim: Claim },
): Promise<ClaimedCall[]> {
  return tx.sendFor(
    Claimed,
    sql`with called as (${calls(tx, ticketId, [staffId], call)}
        returning tenant_id, id, version, staff_id, contact_point_id, channel, reason, attempts, created_at)
      select called.id, called.version, called.channel, called.reason, called.attempts, called.created_at as "createdAt",
        staff.locale, staff.time_zone as "timeZone", contact_point.id as "contactPointId",
        contact_point.version as "contactPointVersion", contact_point.sealed, contact_point.fingerprint,
        contact_point.failing_since as "failingSince", gateway.kind as "gatewayKind", gateway.sealed as "gatewaySealed"
      from called
      join identity.staff on staff.tenant_id = called.tenant_id and staff.id = called.staff_id
      join helpdesk.contact_point on contact_point.tenant_id = called.tenant_id and contact_point.id = called.contact_point_id
      left join helpdesk.gateway on gateway.tenant_id = called.tenant_id and gateway.active
        and gateway.kind = case called.channel when 'email' then 'smtp' when 'sms' then 'sms' end
      where called.tenant_id = ${tx.tenantId}`,
  );
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
