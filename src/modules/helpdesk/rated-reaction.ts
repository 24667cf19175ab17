import { Type } from "typebox";
import { Parse } from "typebox/value";
import type { Tx } from "../../platform/db.ts";
import type { EventRow, Reaction } from "../../platform/events.ts";
import { insertRatedEntry } from "./rated-entries.sql.ts";

const Given = Type.Object({ ticketId: Type.String(), overall: Type.Integer() });

/** What a ticket's service was worth belongs into its journal. */
async function noteRating(tx: Tx, event: EventRow): Promise<void> {
  const { ticketId, overall } = Parse(Given, event.data);
  const { id, recordedAt, actorKind, actorId } = event;
  await insertRatedEntry(tx, { id, ticketId, at: recordedAt, actorKind, actorId, overall });
}

export const ratedReactions: Readonly<Record<string, Reaction>> = {
  "quality.rating_given": noteRating,
};
