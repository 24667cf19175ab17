import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import { TicketCounts } from "./api.ts";
import { visibleTickets } from "./visibility.sql.ts";

/** Counts over the open tickets only, which an index of their own holds. */
export function countTickets(tx: Tx, actor: Actor) {
  return tx.one(
    TicketCounts,
    sql`select count(*)::int as open, (count(*) filter (where assignee_id is null))::int as unassigned,
        (count(*) filter (where assignee_id = ${actor.id}))::int as mine,
        (count(*) filter (where next_due_at < ${nowText()}))::int as overdue,
        (select count(*)::int from helpdesk.call_chain
          join helpdesk.ticket on ticket.tenant_id = call_chain.tenant_id and ticket.id = call_chain.ticket_id
          where call_chain.tenant_id = ${tx.tenantId} and call_chain.unanswered_since is not null
            and ${visibleTickets(actor)}) as unanswered
      from helpdesk.ticket
      where tenant_id = ${tx.tenantId} and state not in ('resolved', 'closed', 'cancelled') and ${visibleTickets(actor)}`,
  );
}
