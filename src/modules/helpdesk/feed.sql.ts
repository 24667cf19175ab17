import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";

const Feed = Type.Object({ staffId: Type.String(), createdAt: Type.String() });

export function saveFeed(tx: Tx, staffId: string, secretHash: Buffer, at: string): void {
  tx.send(sql`
    insert into helpdesk.feed (tenant_id, staff_id, secret_hash, created_at)
    values (${tx.tenantId}, ${staffId}, ${secretHash}, ${at})
    on conflict (tenant_id, staff_id) do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at`);
}

export function removeFeed(tx: Tx, staffId: string): Promise<number> {
  return tx.run(sql`delete from helpdesk.feed where tenant_id = ${tx.tenantId} and staff_id = ${staffId}`);
}

export function findFeed(tx: Tx, staffId: string) {
  return tx.maybe(
    Feed,
    sql`select staff_id as "staffId", created_at as "createdAt" from helpdesk.feed
      where tenant_id = ${tx.tenantId} and staff_id = ${staffId}`,
  );
}

/** Whose feed a secret opens, while that person is active. */
export function findFeedBySecret(tx: Tx, secretHash: Buffer) {
  return tx.maybe(
    Feed,
    sql`select feed.staff_id as "staffId", feed.created_at as "createdAt" from helpdesk.feed
      join identity.staff on staff.tenant_id = feed.tenant_id and staff.id = feed.staff_id and staff.active
      where feed.tenant_id = ${tx.tenantId} and feed.secret_hash = ${secretHash}`,
  );
}

export const FeedTicket = Type.Object({
  id: Type.String(),
  number: Type.String(),
  subject: Type.String(),
  state: Type.String(),
  priority: Type.String(),
  siteName: Type.String(),
  address: Type.String(),
  customerName: Type.String(),
  startsAt: Type.String(),
  dueAt: orNull(Type.String()),
  updatedAt: Type.String(),
  version: Type.Integer(),
});

/** The open work of a member of staff, and what was solved in the last week. */
export function listFeedTickets(tx: Tx, staffId: string, since: string) {
  return tx.many(
    FeedTicket,
    sql`select ticket.id, ticket.number, ticket.subject, ticket.state, ticket.priority, site.name as "siteName",
        site.address, customer.name as "customerName", coalesce(ticket.assigned_at, ticket.opened_at) as "startsAt",
        coalesce(ticket.resolved_at, ticket.next_due_at) as "dueAt", ticket.updated_at as "updatedAt", ticket.version
      from helpdesk.ticket
      join customers.site on site.tenant_id = ticket.tenant_id and site.id = ticket.site_id
      join customers.customer on customer.tenant_id = ticket.tenant_id and customer.id = ticket.customer_id
      where ticket.tenant_id = ${tx.tenantId} and ticket.assignee_id = ${staffId}
        and (ticket.state not in ('resolved', 'closed', 'cancelled') or ticket.resolved_at > ${since})
      order by ticket.id desc limit 500`,
  );
}
