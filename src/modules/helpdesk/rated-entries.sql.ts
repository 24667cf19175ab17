import type { Tx } from "../../platform/db.ts";
import { json, sql } from "../../platform/sql.ts";

/** A journal entry under its event's own id: heard twice, it is written once. */
export async function insertRatedEntry(
  tx: Tx,
  entry: { id: string; ticketId: string; at: string; actorKind: string; actorId: string; overall: number },
): Promise<void> {
  await tx.run(sql`
    insert into helpdesk.journal (tenant_id, id, ticket_id, at, kind, internal, actor_kind, actor_id, text, data)
    values (${tx.tenantId}, ${entry.id}, ${entry.ticketId}, ${entry.at}, 'rated', false, ${entry.actorKind},
      ${entry.actorId}, null, ${json({ overall: entry.overall })})
    on conflict (tenant_id, id) do nothing`);
}
