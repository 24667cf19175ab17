import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import { type LogWork, WorkEntry } from "./api.ts";

export function insertWork(tx: Tx, staffId: string, ticketId: string, work: LogWork, at: string) {
  return tx.one(
    WorkEntry,
    sql`insert into helpdesk.work_entry (tenant_id, ticket_id, staff_id, minutes, kind, note, worked_at)
      values (${tx.tenantId}, ${ticketId}, ${staffId}, ${work.minutes}, ${work.kind}, ${work.note ?? null}, ${at})
      returning id, ticket_id as "ticketId", staff_id as "staffId", minutes, kind, note, worked_at as "workedAt"`,
  );
}
