import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { nothing, sql } from "../../platform/sql.ts";
import { Call, Notification, type NotificationFilter } from "./api-calls.ts";

const columns = sql`
  notification.id, notification.ticket_id as "ticketId", ticket.number as "ticketNumber",
  ticket.subject as "ticketSubject", ticket.priority, site.name as "siteName", notification.channel, notification.reason,
  notification.step, notification.round, notification.state, notification.attempts,
  notification.created_at as "createdAt", notification.sent_at as "sentAt",
  notification.acknowledged_at as "acknowledgedAt", notification.last_error as "lastError"`;

const joins = sql`
  join helpdesk.ticket on ticket.tenant_id = notification.tenant_id and ticket.id = notification.ticket_id
  join customers.site on site.tenant_id = notification.tenant_id and site.id = ticket.site_id`;

/** The calls to one member of staff, newest first. */
export async function listNotifications(tx: Tx, staffId: string, filter: NotificationFilter) {
  const after = readCursor(Type.String({ format: "uuid" }), filter.after);
  const rows = await tx.many(
    Notification,
    sql`select ${columns} from helpdesk.notification ${joins}
      where notification.tenant_id = ${tx.tenantId} and notification.staff_id = ${staffId}
        ${filter.state ? sql`and notification.state = any(${filter.state}::text[])` : nothing}
        ${filter.ticketId ? sql`and notification.ticket_id = ${filter.ticketId}` : nothing}
        ${after ? sql`and notification.id < ${after}` : nothing}
      order by notification.id desc limit ${filter.limit + 1}`,
  );
  return pageOf(rows, filter.limit, (row) => row.id);
}

export function findNotification(tx: Tx, id: string): Promise<Notification | undefined> {
  return tx.maybe(
    Notification,
    sql`select ${columns} from helpdesk.notification ${joins}
      where notification.tenant_id = ${tx.tenantId} and notification.id = ${id}`,
  );
}

/** Whether this call went to this member of staff. */
export async function isCallTo(tx: Tx, id: string, staffId: string): Promise<boolean> {
  const found = await tx.run(sql`
    select from helpdesk.notification where tenant_id = ${tx.tenantId} and id = ${id} and staff_id = ${staffId}`);
  return found === 1;
}

/** Every call about a ticket, oldest first. */
export function listCalls(tx: Tx, ticketId: string): Promise<Call[]> {
  return tx.many(
    Call,
    sql`select notification.id, notification.staff_id as "staffId", staff.name as "staffName", notification.channel,
        contact_point.label, notification.reason, notification.step, notification.round, notification.state,
        notification.attempts, notification.last_error as "lastError", notification.created_at as "createdAt",
        notification.sent_at as "sentAt", notification.acknowledged_at as "acknowledgedAt"
      from helpdesk.notification
      join identity.staff on staff.tenant_id = notification.tenant_id and staff.id = notification.staff_id
      left join helpdesk.contact_point on contact_point.tenant_id = notification.tenant_id
        and contact_point.id = notification.contact_point_id
      where notification.tenant_id = ${tx.tenantId} and notification.ticket_id = ${ticketId}
      order by notification.id limit 1000`,
  );
}
