import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, sql } from "../../platform/sql.ts";
import { Customer, type CustomerFilter, type CustomerPage } from "./api.ts";
import { engineersOfCustomer } from "./named-engineers.sql.ts";
import { visibleCustomers } from "./visibility.sql.ts";

const columns = sql`
  customer.id, customer.version, customer.name, customer.code, customer.deployment, customer.lifecycle, customer.locale,
  customer.calendar_id as "calendarId", customer.csm_id as "csmId", csm.name as "csmName", customer.tam_id as "tamId",
  tam.name as "tamName", customer.email_domains as "emailDomains", customer.created_at as "createdAt",
  customer.archived_at as "archivedAt", (
    select count(*) from customers.site
    where site.tenant_id = customer.tenant_id and site.customer_id = customer.id and site.archived_at is null
  ) as "siteCount", ${engineersOfCustomer}`;

const from = sql`customers.customer
  left join identity.staff csm on csm.tenant_id = customer.tenant_id and csm.id = customer.csm_id
  left join identity.staff tam on tam.tenant_id = customer.tenant_id and tam.id = customer.tam_id`;

export function findCustomer(tx: Tx, actor: Actor, id: string): Promise<Customer | undefined> {
  return tx.maybe(
    Customer,
    sql`select ${columns} from ${from}
      where customer.tenant_id = ${tx.tenantId} and customer.id = ${id} and ${visibleCustomers(actor)}`,
  );
}

const SortKey = Type.Tuple([Type.String(), Id]);
const Sorted = Type.Object({ ...Customer.properties, sortName: Type.String() });

export async function listCustomers(tx: Tx, actor: Actor, filter: CustomerFilter): Promise<CustomerPage> {
  const conditions = [
    sql`customer.tenant_id = ${tx.tenantId}`,
    filter.archived ? sql`customer.archived_at is not null` : sql`customer.archived_at is null`,
    visibleCustomers(actor),
  ];
  if (filter.lifecycle) conditions.push(sql`customer.lifecycle = ${filter.lifecycle}`);
  if (filter.deployment) conditions.push(sql`customer.deployment = ${filter.deployment}`);
  if (filter.q) {
    const part = filter.q.toLowerCase();
    conditions.push(sql`(strpos(customer.sort_name, ${part}) > 0 or strpos(lower(customer.code), ${part}) > 0)`);
  }
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(customer.sort_name, customer.id) > (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Sorted,
    sql`select ${columns}, customer.sort_name as "sortName" from ${from}
      where ${all(conditions)} order by customer.sort_name, customer.id limit ${filter.limit + 1}`,
  );
  return pageOf(rows, filter.limit, (row) => [row.sortName, row.id]);
}

/** What is stored of a customer. */
export const StoredCustomer = Type.Pick(Customer, [
  "name",
  "code",
  "deployment",
  "lifecycle",
  "locale",
  "calendarId",
  "csmId",
  "tamId",
  "emailDomains",
]);
export type StoredCustomer = Static<typeof StoredCustomer>;

const IdRow = Type.Object({ id: Id });

/** @returns undefined when the code is taken */
export async function insertCustomer(tx: Tx, customer: StoredCustomer, createdAt: string): Promise<string | undefined> {
  const row = await tx.maybe(
    IdRow,
    sql`insert into customers.customer (tenant_id, name, code, deployment, lifecycle, locale, calendar_id, csm_id, tam_id,
        email_domains, created_at)
      values (${tx.tenantId}, ${customer.name}, ${customer.code}, ${customer.deployment}, ${customer.lifecycle},
        ${customer.locale}, ${customer.calendarId}, ${customer.csmId}, ${customer.tamId}, ${customer.emailDomains},
        ${createdAt})
      on conflict (tenant_id, code) do nothing returning id`,
  );
  return row?.id;
}

const Locked = Type.Object({ version: Type.Integer(), archivedAt: Type.Union([Type.String(), Type.Null()]) });

/** Locks the customer's row until the transaction ends: changes of what belongs to one customer follow one another. */
export function lockCustomer(tx: Tx, id: string): Promise<Static<typeof Locked> | undefined> {
  return tx.maybe(
    Locked,
    sql`select version, archived_at as "archivedAt" from customers.customer
      where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

export function updateCustomer(
  tx: Tx,
  id: string,
  customer: StoredCustomer,
  archivedAt: string | null,
): Promise<number> {
  return tx.run(sql`
    update customers.customer set name = ${customer.name}, code = ${customer.code}, deployment = ${customer.deployment},
      lifecycle = ${customer.lifecycle}, locale = ${customer.locale}, calendar_id = ${customer.calendarId},
      csm_id = ${customer.csmId}, tam_id = ${customer.tamId}, email_domains = ${customer.emailDomains},
      archived_at = ${archivedAt}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

export function raiseCustomerVersion(tx: Tx, id: string): void {
  tx.send(sql`
    update customers.customer set version = version + 1 where tenant_id = ${tx.tenantId} and id = ${id}`);
}
