import type { Tx } from "../../platform/db.ts";
import { type SqlText, sql } from "../../platform/sql.ts";

const asJson = (scope: SqlText) => sql`jsonb_build_object(
  'id', staff.id, 'name', staff.name, 'rank', named_engineer.rank, 'scope', ${scope})`;

/** Named for all sites of the row aliased `customer`: a column `namedEngineers`. */
export const engineersOfCustomer = sql`coalesce((
  select jsonb_agg(${asJson(sql`'customer'`)} order by named_engineer.rank)
  from customers.named_engineer
  join identity.staff on staff.tenant_id = named_engineer.tenant_id and staff.id = named_engineer.staff_id and staff.active
  where named_engineer.tenant_id = customer.tenant_id and named_engineer.customer_id = customer.id
    and named_engineer.site_id is null), '[]') as "namedEngineers"`;

/** Named for the row aliased `site`: first its own by rank, then those of all sites; each once. */
export const engineersOfSite = sql`coalesce((
  select jsonb_agg(${asJson(sql`case when named_engineer.site_id is null then 'customer' else 'site' end`)}
    order by named_engineer.site_id is null, named_engineer.rank)
  from customers.named_engineer
  join identity.staff on staff.tenant_id = named_engineer.tenant_id and staff.id = named_engineer.staff_id and staff.active
  where named_engineer.tenant_id = site.tenant_id and named_engineer.customer_id = site.customer_id
    and (named_engineer.site_id = site.id or (named_engineer.site_id is null and not exists (
      select from customers.named_engineer own
      where own.tenant_id = named_engineer.tenant_id and own.customer_id = named_engineer.customer_id
        and own.site_id = site.id and own.staff_id = named_engineer.staff_id)))), '[]') as "namedEngineers"`;

/** Replaces who is named for a site, or for all sites of the customer (`siteId` null), in order of rank. */
export function replaceNamedEngineers(
  tx: Tx,
  customerId: string,
  siteId: string | null,
  memberIds: readonly string[],
): void {
  tx.send(sql`
    delete from customers.named_engineer
    where tenant_id = ${tx.tenantId} and customer_id = ${customerId} and site_id is not distinct from ${siteId}`);
  if (memberIds.length === 0) return;
  tx.send(sql`
    insert into customers.named_engineer (tenant_id, customer_id, site_id, staff_id, rank)
    select ${tx.tenantId}::uuid, ${customerId}::uuid, ${siteId}::uuid, member.id, member.rank
    from unnest(${memberIds}::uuid[]) with ordinality as member (id, rank)`);
}
