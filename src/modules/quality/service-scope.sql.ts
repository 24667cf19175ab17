import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { type SqlText, sql } from "../../platform/sql.ts";

/** What a report is about: everything, or some customers with all their sites and some single sites. */
export interface Scope {
  everything: boolean;
  customerIds: readonly string[];
  siteIds: readonly string[];
  /** Confidential tickets stay out of what a customer's contact counts. */
  withConfidential: boolean;
}

/** @param customer, site the columns that name a row's customer and site */
export function inScope(scope: Scope, customer: SqlText, site: SqlText): SqlText {
  const customers = sql`${customer} = any(${scope.customerIds}::uuid[])`;
  const sites = sql`${site} = any(${scope.siteIds}::uuid[])`;
  if (scope.everything) return sql`true`;
  if (scope.siteIds.length === 0) return customers;
  return scope.customerIds.length === 0 ? sites : sql`(${customers} or ${sites})`;
}

const Contact = Type.Object({ customerId: Type.String(), siteId: orNull(Type.String()) });

/** What a person is contact of: a customer, or one site of it. */
export function findContactPlaces(tx: Tx, personId: string) {
  return tx.many(
    Contact,
    sql`select customer_id as "customerId", site_id as "siteId" from customers.affiliation
      where affiliation.tenant_id = ${tx.tenantId} and affiliation.person_id = ${personId}
        and affiliation.role = 'contact'`,
  );
}

const ScopeSite = Type.Object({
  siteId: Type.String(),
  siteName: Type.String(),
  customerId: Type.String(),
  archived: Type.Boolean(),
});

export function findScopeSites(tx: Tx, scope: Scope, limit: number) {
  return tx.many(
    ScopeSite,
    sql`select site.id as "siteId", site.name as "siteName", site.customer_id as "customerId",
        site.archived_at is not null as archived
      from customers.site
      where site.tenant_id = ${tx.tenantId} and ${inScope(scope, sql`site.customer_id`, sql`site.id`)}
      order by site.sort_name, site.id limit ${limit}`,
  );
}
