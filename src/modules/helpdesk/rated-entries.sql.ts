import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { json, sql } from "../../platform/sql.ts";

const Version = Type.Object({ version: Type.Integer() });

/**
 * A journal entry under its event's own id: heard twice, it is written once.
 * @returns the ticket's new version, unless the entry was there already
 */
export async function insertRatedEntry(
  tx: Tx,
  entry: { id: string; ticketId: string; at: string; actorKind: string; actorId: string; overall: number },
): Promise<number | undefined> {
  const inserted = await tx.run(sql`
    insert into helpdesk.journal (tenant_id, id, ticket_id, at, kind, internal, actor_kind, actor_id, text, data)
    values (${tx.tenantId}, ${entry.id}, ${entry.ticketId}, ${entry.at}, 'rated', false, ${entry.actorKind},
      ${entry.actorId}, null, ${json({ overall: entry.overall })})
    on conflict (tenant_id, id) do nothing`);
  if (inserted === 0) return undefined;
  const raised = sql`update helpdesk.ticket set version = version + 1, updated_at = ${entry.at}
    where tenant_id = ${tx.tenantId} and id = ${entry.ticketId} returning version`;
  return (await tx.one(Version, raised)).version;
}
