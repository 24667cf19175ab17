import { Type } from "typebox";
import { Parse } from "typebox/value";
import { systemActor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { type EventRow, type Reaction, record } from "../../platform/events.ts";
import { insertRatedEntry } from "./rated-entries.sql.ts";

const Given = Type.Object({ ticketId: Type.String(), overall: Type.Integer() });

/** What a ticket's service was worth belongs into its journal, and whoever looks at the ticket is to see it come. */
async function noteRating(tx: Tx, event: EventRow): Promise<void> {
  const { ticketId, overall } = Parse(Given, event.data);
  const { id, recordedAt, actorKind, actorId, customerId, siteId, audience } = event;
  const version = await insertRatedEntry(tx, { id, ticketId, at: recordedAt, actorKind, actorId, overall });
  if (version === undefined) return;
  const subject = { kind: "ticket", id: ticketId, version };
  record(tx, systemActor(tx.tenantId), "helpdesk.ticket_rated", subject, {}, { customerId, siteId, people: audience });
}

export const ratedReactions: Readonly<Record<string, Reaction>> = {
  "quality.rating_given": noteRating,
};
