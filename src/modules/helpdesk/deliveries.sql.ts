import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { oneOf, orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { Priority, TicketState } from "./api.ts";
import { CallChannel, CallReason, CallState } from "./api-calls.ts";

/** A call about to be handed over, with everything its message says and the way it goes. */
export const Outgoing = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  ticketId: Type.String(),
  channel: CallChannel,
  reason: CallReason,
  attempts: Type.Integer(),
  createdAt: Type.String(),
  number: Type.String(),
  subject: Type.String(),
  ticketState: TicketState,
  priority: Priority,
  dueAt: orNull(Type.String()),
  dueTarget: orNull(oneOf("response", "restore", "resolve")),
  siteName: Type.String(),
  customerName: Type.String(),
  assigneeName: orNull(Type.String()),
  locale: Type.String(),
  timeZone: Type.String(),
  staffActive: Type.Boolean(),
  contactPointId: orNull(Type.String()),
  contactPointVersion: orNull(Type.Integer()),
  sealed: orNull(Type.String()),
  fingerprint: orNull(Type.String()),
  failingSince: orNull(Type.String()),
  gatewayKind: orNull(Type.String()),
  gatewaySealed: orNull(Type.String()),
});
export type Outgoing = Static<typeof Outgoing>;

/** This transaction may be lost in a crash of the database. */
export function commitWithoutWaiting(tx: Tx): void {
  tx.send(sql`set local synchronous_commit = off`);
}

/** Until when nobody else hands a claimed call over; mail takes longer than the rest. */
export interface Claim {
  until: string;
  mailUntil: string;
}

/**
 * Claims calls for one attempt and reads all about them, in one round trip. Nobody else gets them before the claim ends, so
 * a job that runs twice at once hands them over once.
 */
export function claimCalls(tx: Tx, ids: readonly string[], claim: Claim & { at: string }): Promise<Outgoing[]> {
  return tx.many(
    Outgoing,
    sql`with claimed as (
        update helpdesk.notification set attempts = attempts + 1,
          retry_at = case when channel = 'email' then ${claim.mailUntil}::timestamptz else ${claim.until}::timestamptz end
        where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) and state = 'queued'
          and (retry_at is null or retry_at <= ${claim.at})
        returning tenant_id, id, version, ticket_id, staff_id, contact_point_id, channel, reason, attempts, created_at)
      select claimed.id, claimed.version, claimed.ticket_id as "ticketId", claimed.channel, claimed.reason,
        claimed.attempts, claimed.created_at as "createdAt", ticket.number, ticket.subject, ticket.state as "ticketState",
        ticket.priority, ticket.next_due_at as "dueAt", ticket.next_due_target as "dueTarget",
        site.name as "siteName", customer.name as "customerName", assignee.name as "assigneeName", staff.locale,
        staff.time_zone as "timeZone", staff.active as "staffActive", contact_point.id as "contactPointId",
        contact_point.version as "contactPointVersion", contact_point.sealed, contact_point.fingerprint,
        contact_point.failing_since as "failingSince", gateway.kind as "gatewayKind", gateway.sealed as "gatewaySealed"
      from claimed
      join helpdesk.ticket on ticket.tenant_id = claimed.tenant_id and ticket.id = claimed.ticket_id
      join customers.site on site.tenant_id = claimed.tenant_id and site.id = ticket.site_id
      join customers.customer on customer.tenant_id = claimed.tenant_id and customer.id = ticket.customer_id
      join identity.staff on staff.tenant_id = claimed.tenant_id and staff.id = claimed.staff_id
      left join identity.staff assignee on assignee.tenant_id = claimed.tenant_id and assignee.id = ticket.assignee_id
      left join helpdesk.contact_point on contact_point.tenant_id = claimed.tenant_id
        and contact_point.id = claimed.contact_point_id and contact_point.active
      left join helpdesk.gateway on gateway.tenant_id = claimed.tenant_id and gateway.active
        and gateway.kind = case claimed.channel when 'email' then 'smtp' when 'sms' then 'sms' end
      where claimed.tenant_id = ${tx.tenantId}`,
  );
}

const Held = Type.Object({ state: CallState, retryAt: orNull(Type.String()) });

/** Until when somebody else holds a call that waits to be handed over; undefined when nothing is to be done any more. */
export async function heldUntil(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.maybe(
    Held,
    sql`select state, retry_at as "retryAt" from helpdesk.notification
      where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
  return row?.state === "queued" ? (row.retryAt ?? undefined) : undefined;
}

/** What became of an attempt. A call that was answered in the meantime keeps that state. */
export function settleCall(
  tx: Tx,
  id: string,
  outcome: { state: CallState; sentAt: string | null; retryAt: string | null; lastError: string | null },
): void {
  tx.send(sql`
    update helpdesk.notification set state = ${outcome.state}, sent_at = ${outcome.sentAt},
      retry_at = ${outcome.retryAt}, last_error = ${outcome.lastError}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id} and state = 'queued'`);
}

/** Notes on a contact point how the last message over it went: well (`null`), or since when it fails and why. */
export function noteHealth(
  tx: Tx,
  id: string,
  health: { failingSince: string; lastError: string; active: boolean } | null,
): void {
  tx.send(sql`
    update helpdesk.contact_point set active = active and ${health?.active ?? true},
      failing_since = case when ${health === null} then null else coalesce(failing_since, ${health?.failingSince ?? null}) end,
      last_error = ${health?.lastError ?? null}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}
