import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { json, nothing, sql } from "../../platform/sql.ts";
import { JournalEntry } from "./api.ts";

export interface NewEntry {
  at: string;
  kind: string;
  internal?: boolean;
  text?: string | null;
  data?: Record<string, unknown>;
}

type Writer = Pick<Actor, "kind" | "id">;

/** Writes a line into a ticket's journal. */
export function addEntry(tx: Tx, actor: Writer, ticketId: string, entry: NewEntry): void {
  tx.send(sql`
    insert into helpdesk.journal (tenant_id, ticket_id, at, kind, internal, actor_kind, actor_id, text, data)
    values (${tx.tenantId}, ${ticketId}, ${entry.at}, ${entry.kind}, ${entry.internal ?? false}, ${actor.kind},
      ${actor.id}, ${entry.text ?? null}, ${json(entry.data ?? {})})`);
}

/** The two lines with which a routed ticket begins, in one statement: opening is what happens most. */
export function addEntries(tx: Tx, ticketId: string, lines: readonly [Writer, NewEntry][]): void {
  const [first, second] = lines;
  if (!first) return;
  const row = ([actor, entry]: [Writer, NewEntry]) => sql`
    (${tx.tenantId}, ${ticketId}, ${entry.at}, ${entry.kind}, ${entry.internal ?? false}, ${actor.kind}, ${actor.id},
      ${entry.text ?? null}, ${json(entry.data ?? {})})`;
  tx.send(sql`
    insert into helpdesk.journal (tenant_id, ticket_id, at, kind, internal, actor_kind, actor_id, text, data)
    values ${second ? sql`${row(first)}, ${row(second)}` : row(first)}`);
}

/** What happened, oldest first. Only staff see internal entries. */
export async function listJournal(
  tx: Tx,
  actor: Actor,
  ticketId: string,
  page: { limit: number; after?: string | undefined },
) {
  const after = readCursor(Type.String({ format: "uuid" }), page.after);
  const rows = await tx.many(
    JournalEntry,
    sql`select journal.id, journal.ticket_id as "ticketId", journal.at, journal.kind, journal.internal,
        journal.actor_kind as "actorKind", journal.actor_id as "actorId",
        coalesce(staff.name, person.name, visitor.name) as "actorName", journal.text, journal.data
      from helpdesk.journal
      left join identity.staff on staff.tenant_id = journal.tenant_id and staff.id = journal.actor_id
      left join customers.person on person.tenant_id = journal.tenant_id and person.id = journal.actor_id
      left join helpdesk.visitor on visitor.tenant_id = journal.tenant_id and visitor.id = journal.actor_id
      where journal.tenant_id = ${tx.tenantId} and journal.ticket_id = ${ticketId}
        ${actor.kind === "staff" ? nothing : sql`and not journal.internal`}
        ${after ? sql`and journal.id > ${after}` : nothing}
      order by journal.id limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit, (row) => row.id);
}
