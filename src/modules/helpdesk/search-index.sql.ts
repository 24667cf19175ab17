import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import type { EventRow } from "../../platform/events.ts";
import { sql } from "../../platform/sql.ts";
import { searchTerms } from "./search-terms.ts";

const opened = "helpdesk.ticket_opened";
const Written = Type.Object({ id: Type.String(), text: Type.String() });

/** Keeps what tickets can be found by: subject, description and resolution, and what was said to the customer. */
async function indexTickets(tx: Tx, events: readonly EventRow[]): Promise<void> {
  const ids = [...new Set(events.map((event) => event.subjectId))].sort();
  // Nobody has replied to a ticket that was only opened; the journal is read for the others.
  const answered = [...new Set(events.flatMap(({ type, subjectId }) => (type === opened ? [] : [subjectId])))];
  const written = await tx.many(
    Written,
    sql`select ticket.id, concat_ws(' ', ticket.subject, ticket.description, ticket.resolution, (
          select string_agg(journal.text, ' ') from helpdesk.journal
          where ticket.id = any(${answered}::uuid[]) and journal.tenant_id = ticket.tenant_id
            and journal.ticket_id = ticket.id and journal.kind = 'reply')) as text
      from helpdesk.ticket where ticket.tenant_id = ${tx.tenantId} and ticket.id = any(${ids}::uuid[])`,
  );
  const terms = written.map(({ text }) => searchTerms(text).join(" "));
  await tx.run(sql`
    insert into helpdesk.ticket_search (tenant_id, ticket_id, terms)
    select ${tx.tenantId}, indexed.id, array_to_tsvector(string_to_array(indexed.terms, ' '))
    from unnest(${written.map(({ id }) => id)}::uuid[], ${terms}::text[]) as indexed (id, terms)
    on conflict (tenant_id, ticket_id) do update set terms = excluded.terms`);
}

export const searchReaction = {
  types: [opened, "helpdesk.ticket_edited", "helpdesk.ticket_resolved", "helpdesk.reply_added"],
  run: indexTickets,
};
