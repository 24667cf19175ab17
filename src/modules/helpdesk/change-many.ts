import { Check } from "typebox/value";
import type { Actor } from "../../platform/actor.ts";
import type { Database } from "../../platform/db.ts";
import { Refusal } from "../../platform/refusal.ts";
import { type BulkChange, EditTicket, verbBodies } from "./api.ts";
import { changeTicketState } from "./change-ticket-state.ts";
import { editTicket } from "./edit-ticket.ts";

/** The same change on many tickets, each in a transaction of its own: one refusal does not hold up the others. */
export async function changeMany(db: Database, actor: Actor, { ids, verb, body }: BulkChange) {
  const right = { assign: "ticket.assign", close: "ticket.close", cancel: "ticket.cancel", edit: "ticket.edit" }[verb];
  if (!actor.permissions.has(right)) {
    throw new Refusal("forbidden", "right_missing", `This needs the right "${right}", which you do not have.`);
  }
  const schema = verb === "edit" ? EditTicket : verbBodies[verb];
  if (!Check(schema, body)) throw new Refusal("invalid", "bulk_body", `The body does not fit the change "${verb}".`);
  const change = verb === "edit" ? undefined : ({ verb, body } as Parameters<typeof changeTicketState>[3]);
  const results: { id: string; ok: boolean; code: string | null; detail: string | null }[] = [];
  for (const id of ids) {
    try {
      await db.asTenant<unknown>(actor.tenantId, (tx) =>
        change ? changeTicketState(tx, actor, id, change) : editTicket(tx, actor, id, body),
      );
      results.push({ id, ok: true, code: null, detail: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      results.push({ id, ok: false, code: error.code, detail: error.message });
    }
  }
  return { results };
}
