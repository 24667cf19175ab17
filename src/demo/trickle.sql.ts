import { type Static, Type } from "typebox";
import type { Tx } from "../platform/db.ts";
import { sql } from "../platform/sql.ts";

const Spot = Type.Object({
  deviceId: Type.String(),
  deviceType: Type.String(),
  siteId: Type.String(),
  calendarId: Type.String(),
  customerCode: Type.String(),
  personId: Type.String(),
  locale: Type.String(),
});
export type Spot = Static<typeof Spot>;

/**
 * Where something can fail next: devices at customers with these codes, each with someone who would report it. Only people
 * who cannot sign in: what they open is the demo's own.
 */
export function findSpots(tx: Tx, customerCodes: readonly string[]): Promise<Spot[]> {
  return tx.many(
    Spot,
    sql`select device.id as "deviceId", device.type as "deviceType", site.id as "siteId",
        site.calendar_id as "calendarId", customer.code as "customerCode", reporter.id as "personId", reporter.locale
      from devices.device
      join customers.site on site.tenant_id = device.tenant_id and site.id = device.site_id and site.archived_at is null
      join customers.customer on customer.tenant_id = site.tenant_id and customer.id = site.customer_id
      join lateral (
        select person.id, person.locale from customers.affiliation
        join customers.person on person.tenant_id = affiliation.tenant_id and person.id = affiliation.person_id
          and person.archived_at is null
        where affiliation.tenant_id = site.tenant_id and affiliation.site_id = site.id
        order by person.id limit 1) as reporter on true
      where device.tenant_id = ${tx.tenantId} and device.status = 'in_service' and site.calendar_id is not null
        and customer.code = any(${customerCodes}::text[])`,
  );
}

const Left = Type.Object({
  id: Type.String(),
  state: Type.String(),
  openedById: Type.String(),
  assigneeId: Type.Union([Type.String(), Type.Null()]),
});
export type Left = Static<typeof Left>;

/** Open tickets that persons opened and nobody has touched since an instant; paused ones since an earlier one. */
export function findLeftOpen(tx: Tx, touchedBefore: string, pausedBefore: string): Promise<Left[]> {
  return tx.many(
    Left,
    sql`select ticket.id, ticket.state, ticket.opened_by_id as "openedById", ticket.assignee_id as "assigneeId"
      from helpdesk.ticket
      where ticket.tenant_id = ${tx.tenantId} and ticket.state not in ('resolved', 'closed', 'cancelled')
        and ticket.opened_by_kind = 'person'
        and ticket.updated_at < case ticket.state when 'paused' then ${pausedBefore}::timestamptz
          else ${touchedBefore}::timestamptz end
      order by ticket.id limit 20`,
  );
}

/** Of these subjects, those who can sign in. */
export async function withLogin(tx: Tx, subjectIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.many(
    Type.Object({ id: Type.String() }),
    sql`select membership.subject_id as id from identity.membership
      where membership.tenant_id = ${tx.tenantId} and membership.subject_id = any(${[...subjectIds]}::uuid[])
        and membership.login_id is not null`,
  );
  return new Set(rows.map(({ id }) => id));
}
