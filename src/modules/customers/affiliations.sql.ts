import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { json, sql } from "../../platform/sql.ts";
import { Affiliation } from "./api.ts";

export const StoredAffiliation = Type.Pick(Affiliation, ["customerId", "role", "siteId", "tier"]);
export type StoredAffiliation = Static<typeof StoredAffiliation>;

export function insertAffiliations(
  tx: Tx,
  personId: string,
  affiliations: readonly StoredAffiliation[],
  createdAt: string,
): void {
  tx.send(sql`
    insert into customers.affiliation (tenant_id, person_id, customer_id, role, site_id, tier, created_at)
    select ${tx.tenantId}::uuid, ${personId}::uuid, item."customerId", item.role, item."siteId", item.tier, ${createdAt}
    from jsonb_to_recordset(${json(affiliations)}::jsonb)
      as item ("customerId" uuid, role text, "siteId" uuid, tier text)`);
}

export function deleteAffiliations(tx: Tx, personId: string): void {
  tx.send(sql`delete from customers.affiliation where tenant_id = ${tx.tenantId} and person_id = ${personId}`);
}

const Place = Type.Object({
  id: Type.String(),
  customerId: Type.Union([Type.String(), Type.Null()]),
  locale: Type.Union([Type.String(), Type.Null()]),
});

/** Which of these customers and sites exist; a site with its customer, a customer with its locale. */
export async function findPlaces(
  tx: Tx,
  customerIds: readonly string[],
  siteIds: readonly string[],
): Promise<Map<string, Static<typeof Place>>> {
  const rows = await tx.many(
    Place,
    sql`select customer.id, null::uuid as "customerId", customer.locale from customers.customer
      where customer.tenant_id = ${tx.tenantId} and customer.id = any(${customerIds}::uuid[])
      union all
      select site.id, site.customer_id, null from customers.site
      where site.tenant_id = ${tx.tenantId} and site.id = any(${siteIds}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const Contact = Type.Pick(Affiliation, ["customerId", "siteId"]);

/** The customers that a person is contact of; of one of its sites only, where `siteId` names it. */
export function contactCustomers(tx: Tx, personId: string): Promise<Static<typeof Contact>[]> {
  return tx.many(
    Contact,
    sql`select customer_id as "customerId", site_id as "siteId" from customers.affiliation
      where tenant_id = ${tx.tenantId} and person_id = ${personId} and role = 'contact'`,
  );
}
