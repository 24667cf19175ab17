import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";

/** Notes that somebody joined, once. */
export function noteJoined(tx: Tx, staffId: string, at: string): void {
  tx.send(sql`
    insert into helpdesk.first_contact_point (tenant_id, staff_id, joined_at)
    values (${tx.tenantId}, ${staffId}, ${at}) on conflict do nothing`);
}

const Waiting = Type.Object({
  staffId: Type.String(),
  email: Type.String(),
  locale: Type.String(),
  /** Whether they have made a contact point for mail themselves. */
  hasMail: Type.Boolean(),
});

/** Active members who joined and were not given a contact point yet, under the lock of their rows. */
export function lockWaiting(tx: Tx) {
  return tx.many(
    Waiting,
    sql`select staff.id as "staffId", staff.email, staff.locale, exists (
          select from helpdesk.contact_point
          where contact_point.tenant_id = staff.tenant_id and contact_point.staff_id = staff.id
            and contact_point.channel = 'email') as "hasMail"
      from helpdesk.first_contact_point
      join identity.staff on staff.tenant_id = first_contact_point.tenant_id and staff.id = first_contact_point.staff_id
        and staff.active
      where first_contact_point.tenant_id = ${tx.tenantId} and first_contact_point.given_at is null
      order by staff.id for update of first_contact_point`,
  );
}

export function noteGiven(tx: Tx, staffId: string, at: string): void {
  tx.send(sql`
    update helpdesk.first_contact_point set given_at = ${at} where tenant_id = ${tx.tenantId} and staff_id = ${staffId}`);
}
