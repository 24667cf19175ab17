import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";

/** One call to each of these members of staff, in the app and on each of their contact points. */
export function insertCalls(
  tx: Tx,
  ticketId: string,
  staffIds: readonly string[],
  call: { reason: string; step: number; at: string },
): void {
  tx.send(sql`
    insert into helpdesk.notification
      (tenant_id, ticket_id, staff_id, contact_point_id, channel, reason, step, state, created_at, sent_at)
    select ${tx.tenantId}, ${ticketId}, called.staff_id, null, 'in_app', ${call.reason}, ${call.step}, 'sent', ${call.at},
        ${call.at}
      from unnest(${staffIds}::uuid[]) as called (staff_id)
    union all
    select ${tx.tenantId}, ${ticketId}, contact_point.staff_id, contact_point.id, contact_point.channel, ${call.reason},
        ${call.step}, 'queued', ${call.at}, null
      from helpdesk.contact_point
      where contact_point.tenant_id = ${tx.tenantId} and contact_point.staff_id = any(${staffIds}::uuid[])
        and contact_point.active`);
}

/** Someone took the ticket: its calls have done their work, the taker's as acknowledged. */
export function endCalls(tx: Tx, ticketId: string, takenBy: string | null, at: string): void {
  tx.send(sql`
    update helpdesk.notification set
      state = case when staff_id = ${takenBy} then 'acknowledged' else 'superseded' end,
      acknowledged_at = case when staff_id = ${takenBy} then ${at}::timestamptz else acknowledged_at end,
      version = version + 1
    where tenant_id = ${tx.tenantId} and ticket_id = ${ticketId} and state in ('queued', 'sent', 'delivered', 'failed')`);
}
