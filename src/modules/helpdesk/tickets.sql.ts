import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { isId, orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { Ticket } from "./api.ts";
import { visibleTickets } from "./visibility.sql.ts";

/** A ticket as stored, with what its rules need. */
export const TicketRow = Type.Object({
  ...Type.Omit(Ticket, ["clocks"]).properties,
  pausedFrom: orNull(Type.String()),
  openedByKind: Type.String(),
  openedById: Type.String(),
  policyId: orNull(Type.String()),
  calendarId: orNull(Type.String()),
  closesAt: orNull(Type.String()),
});
export type TicketRow = Static<typeof TicketRow>;

export const itemColumns = sql`
  ticket.id, ticket.number, ticket.kind, ticket.subject, ticket.state, ticket.priority, ticket.channel,
  ticket.customer_id as "customerId", customer.name as "customerName", ticket.site_id as "siteId",
  site.name as "siteName", ticket.requester_id as "requesterId", coalesce(requester.name, visitor.name) as "requesterName",
  ticket.assignee_id as "assigneeId", assignee.name as "assigneeName", ticket.device_id as "deviceId", ticket.tier,
  ticket.tags, ticket.opened_at as "openedAt", ticket.updated_at as "updatedAt", ticket.resolved_at as "resolvedAt",
  ticket.next_due_at as "nextDueAt", ticket.next_due_target as "nextDueTarget",
  call_chain.unanswered_since as "unansweredSince", ticket.version`;

export const itemJoins = sql`
  join customers.customer on customer.tenant_id = ticket.tenant_id and customer.id = ticket.customer_id
  join customers.site on site.tenant_id = ticket.tenant_id and site.id = ticket.site_id
  left join customers.person requester on requester.tenant_id = ticket.tenant_id and requester.id = ticket.requester_id
  left join helpdesk.visitor on visitor.tenant_id = ticket.tenant_id and visitor.id = ticket.visitor_id
  left join identity.staff assignee on assignee.tenant_id = ticket.tenant_id and assignee.id = ticket.assignee_id
  left join helpdesk.call_chain on call_chain.tenant_id = ticket.tenant_id and call_chain.ticket_id = ticket.id`;

const rowColumns = sql`${itemColumns}, ticket.description, ticket.pause_reason as "pauseReason",
  ticket.paused_until as "pausedUntil", ticket.impact, ticket.urgency, device.name as "deviceName",
  null as "serviceId", ticket.visitor_id as "visitorId", ticket.confidential, ticket.assigned_at as "assignedAt",
  ticket.acknowledged_at as "acknowledgedAt", ticket.departed_at as "departedAt", ticket.arrived_at as "arrivedAt",
  ticket.restored_at as "restoredAt", ticket.closed_at as "closedAt", ticket.cancelled_at as "cancelledAt",
  ticket.resolution, ticket.cause, ticket.reopened_times as "reopenedTimes", ticket.paused_from as "pausedFrom",
  ticket.opened_by_kind as "openedByKind", ticket.opened_by_id as "openedById", ticket.policy_id as "policyId",
  ticket.calendar_id as "calendarId", ticket.closes_at as "closesAt"`;

export const overdueAt = (at: string) =>
  sql`(ticket.next_due_at is not null and ticket.next_due_at < ${at}) as overdue`;

/** The ticket, if the actor may see it. */
export function findTicketRow(tx: Tx, actor: Actor, id: string): Promise<TicketRow | undefined> {
  return tx.maybe(
    TicketRow,
    sql`select ${rowColumns}, ${overdueAt(nowText())} from helpdesk.ticket ${itemJoins}
      left join devices.device on device.tenant_id = ticket.tenant_id and device.id = ticket.device_id
      where ticket.tenant_id = ${tx.tenantId} and ticket.id = ${id} and ${visibleTickets(actor)}`,
  );
}

/** The same under the row's lock: who changes a ticket sees it as nobody else is changing it. */
export function lockTicketRow(tx: Tx, actor: Actor, id: string): Promise<TicketRow | undefined> {
  return tx.maybe(
    TicketRow,
    sql`select ${rowColumns}, ${overdueAt(nowText())} from helpdesk.ticket ${itemJoins}
      left join devices.device on device.tenant_id = ticket.tenant_id and device.id = ticket.device_id
      where ticket.tenant_id = ${tx.tenantId} and ticket.id = ${id} and ${visibleTickets(actor)} for update of ticket`,
  );
}

export async function isTicketVisible(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  return (
    (await tx.run(
      sql`select from helpdesk.ticket where ticket.tenant_id = ${tx.tenantId} and ticket.id = ${id}
        and ${visibleTickets(actor)}`,
    )) === 1
  );
}

/** For routes: whether the ticket that an address names may be seen. */
export function isVisible(tx: Tx, actor: Actor, params: Record<string, string>): Promise<boolean> {
  return isId(params.id) ? isTicketVisible(tx, actor, params.id) : Promise.resolve(false);
}

export function insertTicket(tx: Tx, row: TicketRow): void {
  tx.send(sql`
    insert into helpdesk.ticket (tenant_id, id, number, kind, subject, description, state, priority, impact, urgency,
      channel, customer_id, site_id, device_id, requester_id, visitor_id, opened_by_kind, opened_by_id, assignee_id, tier,
      policy_id, calendar_id, confidential, tags, opened_at, assigned_at, next_due_at, next_due_target, updated_at)
    values (${tx.tenantId}, ${row.id}, ${row.number}, ${row.kind}, ${row.subject}, ${row.description}, ${row.state},
      ${row.priority}, ${row.impact}, ${row.urgency}, ${row.channel}, ${row.customerId}, ${row.siteId}, ${row.deviceId},
      ${row.requesterId}, ${row.visitorId}, ${row.openedByKind}, ${row.openedById}, ${row.assigneeId}, ${row.tier},
      ${row.policyId}, ${row.calendarId}, ${row.confidential}, ${row.tags}, ${row.openedAt}, ${row.assignedAt},
      ${row.nextDueAt}, ${row.nextDueTarget}, ${row.updatedAt})`);
}

/** Writes a changed ticket; its version grows by one. */
export function updateTicket(tx: Tx, row: TicketRow): void {
  tx.send(sql`
    update helpdesk.ticket set subject = ${row.subject}, description = ${row.description}, kind = ${row.kind},
      state = ${row.state}, paused_from = ${row.pausedFrom}, pause_reason = ${row.pauseReason},
      paused_until = ${row.pausedUntil}, priority = ${row.priority}, impact = ${row.impact}, urgency = ${row.urgency},
      device_id = ${row.deviceId}, requester_id = ${row.requesterId}, assignee_id = ${row.assigneeId}, tier = ${row.tier},
      policy_id = ${row.policyId}, calendar_id = ${row.calendarId}, confidential = ${row.confidential},
      tags = ${row.tags}, assigned_at = ${row.assignedAt}, acknowledged_at = ${row.acknowledgedAt},
      departed_at = ${row.departedAt}, arrived_at = ${row.arrivedAt}, restored_at = ${row.restoredAt},
      resolved_at = ${row.resolvedAt}, closes_at = ${row.closesAt}, closed_at = ${row.closedAt}, cancelled_at = ${row.cancelledAt},
      resolution = ${row.resolution}, cause = ${row.cause}, reopened_times = ${row.reopenedTimes},
      next_due_at = ${row.nextDueAt}, next_due_target = ${row.nextDueTarget}, version = ${row.version},
      updated_at = ${row.updatedAt}
    where tenant_id = ${tx.tenantId} and id = ${row.id}`);
}

/** Resolved tickets that nobody reopened in their policy's days, of every tenant. */
export const ClosingTicket = Type.Object({ tenantId: Type.String(), id: Type.String() });
export const closingTickets = (at: string) => sql`/* sweep: resolved tickets to close */
  select tenant_id as "tenantId", id from helpdesk.ticket
  where state = 'resolved' and closes_at < ${at} order by closes_at limit 500`;

/** The ticket as the API shows it, without what only its rules need. */
export function publicTicket(row: TicketRow) {
  const { pausedFrom, openedByKind, openedById, policyId, calendarId, closesAt, ...ticket } = row;
  return ticket;
}

/** Open tickets that count on a calendar, a policy, or at a customer; a page of them, by id. */
export async function listRunningTickets(
  tx: Tx,
  by: { calendarId: string | null; policyId: string | null; customerId: string | null },
  after: string | undefined,
): Promise<string[]> {
  const rows = await tx.many(
    Type.Object({ id: Type.String() }),
    sql`select ticket.id from helpdesk.ticket
      where ticket.tenant_id = ${tx.tenantId} and ticket.state not in ('resolved', 'closed', 'cancelled')
        and (ticket.calendar_id = ${by.calendarId} or ticket.policy_id = ${by.policyId}
          or ticket.customer_id = ${by.customerId})
        and ticket.id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      order by ticket.id limit 200`,
  );
  return rows.map((row) => row.id);
}
