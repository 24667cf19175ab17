import { Type } from "typebox";
import { nowText } from "../../platform/clock.ts";
import type { Queries, Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { Tenant } from "./api.ts";

const columns = sql`tenant.id, tenant.name, tenant.slug, tenant.locale, tenant.time_zone as "timeZone", tenant.currency`;

/** @returns false when the slug is taken */
export async function insertTenant(tx: Tx, tenant: Tenant): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into identity.tenant (id, name, slug, locale, time_zone, currency, created_at)
    values (${tx.tenantId}, ${tenant.name}, ${tenant.slug}, ${tenant.locale}, ${tenant.timeZone}, ${tenant.currency},
      ${nowText()}) on conflict (slug) do nothing`);
  return inserted === 1;
}

/** The provider whose transaction this is. */
export function findTenant(tx: Tx): Promise<Tenant> {
  return tx.one(Tenant, sql`select ${columns} from identity.tenant where tenant.id = ${tx.tenantId}`);
}

/** Every provider's id, oldest first: for work that goes through all tenants, one after the other. */
export async function listTenantIds(tx: Queries): Promise<string[]> {
  const rows = await tx.many(Type.Object({ id: Id }), sql`select tenant.id from identity.tenant order by tenant.id`);
  return rows.map((row) => row.id);
}

/** Whether there is any provider. */
export async function hasTenants(tx: Queries): Promise<boolean> {
  const Row = Type.Object({ some: Type.Boolean() });
  const row = await tx.one(Row, sql`select exists (select from identity.tenant) as some`);
  return row.some;
}

/** Lets one first set-up after the other look whether it is the first. Held until the transaction ends. */
export async function lockSetup(tx: Queries): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('mainstay.setup', 0))`);
}
