import type { Audience } from "../../platform/events.ts";
import type { TicketRow } from "./tickets.sql.ts";

/** Who beyond the staff hears of a ticket: its customer's contacts, unless it is confidential, and those who asked. */
export function audienceOf(
  ticket: Pick<
    TicketRow,
    "customerId" | "siteId" | "confidential" | "requesterId" | "visitorId" | "openedByKind" | "openedById"
  >,
): Audience {
  const people = [ticket.requesterId, ticket.visitorId, ticket.openedByKind === "person" ? ticket.openedById : null];
  return {
    customerId: ticket.confidential ? null : ticket.customerId,
    siteId: ticket.confidential ? null : ticket.siteId,
    people: [...new Set(people.filter((id) => id !== null))],
  };
}
