import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";

const Callee = Type.Object({ id: Type.String() });

/** This member of staff, if still active. */
export async function activeStaff(tx: Tx, staffId: string): Promise<string[]> {
  const rows = await tx.many(
    Callee,
    sql`select id from identity.staff where tenant_id = ${tx.tenantId} and id = ${staffId} and active`,
  );
  return rows.map(({ id }) => id);
}

const OnDuty = Type.Object({
  id: Type.String(),
  calendarId: orNull(Type.String()),
  calendarVersion: orNull(Type.Integer()),
});

/** The holders of a role who are not on leave, with the hours in which they work; those without work at every hour. */
export function holdersOf(tx: Tx, role: string, at: string) {
  return tx.many(
    OnDuty,
    sql`select staff.id, duty.calendar_id as "calendarId", hours.version as "calendarVersion"
      from identity.staff
      left join helpdesk.duty on duty.tenant_id = staff.tenant_id and duty.staff_id = staff.id
      left join calendars.calendar hours on hours.tenant_id = staff.tenant_id and hours.id = duty.calendar_id
      where staff.tenant_id = ${tx.tenantId} and staff.active and staff.roles @> ${[role]}::text[]
        and not coalesce(duty.away_from <= ${at} and duty.away_until > ${at}, false)
      order by staff.id limit 50`,
  );
}

const Called = Type.Object({ id: Type.String(), roles: Type.Array(Type.String()), locale: Type.String() });

/** The member of staff whom a call went to, if still active. */
export function findCallee(tx: Tx, notificationId: string) {
  return tx.maybe(
    Called,
    sql`select staff.id, staff.roles, staff.locale from helpdesk.notification
      join identity.staff on staff.tenant_id = notification.tenant_id and staff.id = notification.staff_id
      where notification.tenant_id = ${tx.tenantId} and notification.id = ${notificationId} and staff.active`,
  );
}
