import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import { Duty } from "./api-duties.ts";

const columns = sql`
  staff.id as "staffId", staff.name, duty.calendar_id as "calendarId", duty.away_from as "awayFrom",
  duty.away_until as "awayUntil"`;

/** Every active member of staff with the hours in which they can be sent; without a row of their own, at every hour. */
export function listDuties(tx: Tx): Promise<Static<typeof Duty>[]> {
  return tx.many(
    Duty,
    sql`select ${columns} from identity.staff
      left join helpdesk.duty on duty.tenant_id = staff.tenant_id and duty.staff_id = staff.id
      where staff.tenant_id = ${tx.tenantId} and staff.active order by staff.sort_name, staff.id limit 500`,
  );
}

export function findDuty(tx: Tx, staffId: string): Promise<Static<typeof Duty> | undefined> {
  return tx.maybe(
    Duty,
    sql`select ${columns} from identity.staff
      left join helpdesk.duty on duty.tenant_id = staff.tenant_id and duty.staff_id = staff.id
      where staff.tenant_id = ${tx.tenantId} and staff.id = ${staffId}`,
  );
}

export async function isStaffVisible(tx: Tx, staffId: string): Promise<boolean> {
  const Row = Type.Object({ id: Type.String() });
  const row = await tx.maybe(
    Row,
    sql`select id from identity.staff where tenant_id = ${tx.tenantId} and id = ${staffId}`,
  );
  return row !== undefined;
}

export function saveDuty(
  tx: Tx,
  staffId: string,
  duty: { calendarId: string | null; awayFrom: string | null; awayUntil: string | null },
): void {
  tx.send(sql`
    insert into helpdesk.duty (tenant_id, staff_id, calendar_id, away_from, away_until)
    values (${tx.tenantId}, ${staffId}, ${duty.calendarId}, ${duty.awayFrom}, ${duty.awayUntil})
    on conflict (tenant_id, staff_id) do update set calendar_id = excluded.calendar_id, away_from = excluded.away_from,
      away_until = excluded.away_until`);
}
