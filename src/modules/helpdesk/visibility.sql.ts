import type { Actor } from "../../platform/actor.ts";
import { type SqlText, sql } from "../../platform/sql.ts";

/**
 * The tickets an actor may see, as a condition on rows aliased `ticket`. Staff: all. A user: those it asked for. A contact:
 * those of its customers too, except confidential ones. A visitor: its own reports.
 */
export function visibleTickets(actor: Actor): SqlText {
  if (actor.kind === "staff" || actor.kind === "system") return sql`true`;
  if (actor.kind === "visitor") return sql`ticket.visitor_id = ${actor.id}`;
  return sql`(ticket.requester_id = ${actor.id} or (ticket.opened_by_kind = 'person' and ticket.opened_by_id = ${actor.id})
    or (not ticket.confidential and exists (
      select from customers.affiliation
      where affiliation.tenant_id = ticket.tenant_id and affiliation.customer_id = ticket.customer_id
        and affiliation.person_id = ${actor.id} and affiliation.role = 'contact'
        and (affiliation.site_id is null or affiliation.site_id = ticket.site_id))))`;
}
