import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, type SqlText, sql } from "../../platform/sql.ts";
import { Site, type SiteFilter, type SitePage } from "./api.ts";
import { engineersOfSite } from "./named-engineers.sql.ts";
import { amongVisibleSites, visibleSites } from "./visibility.sql.ts";

function columnsFor(actor: Actor): SqlText {
  const isStaff = actor.kind === "staff" || actor.kind === "system";
  return sql`
    site.id, site.version, site.customer_id as "customerId", customer.name as "customerName", site.name, site.code,
    site.address, site.latitude, site.longitude, site.time_zone as "timeZone", site.calendar_id as "calendarId",
    site.phone, ${isStaff ? sql`site.access_notes` : sql`null`} as "accessNotes", site.created_at as "createdAt",
    site.archived_at as "archivedAt", ${engineersOfSite}`;
}

const from = sql`customers.site
  join customers.customer on customer.tenant_id = site.tenant_id and customer.id = site.customer_id`;

export function findSite(tx: Tx, actor: Actor, id: string): Promise<Site | undefined> {
  return tx.maybe(
    Site,
    sql`select ${columnsFor(actor)} from ${from}
      where site.tenant_id = ${tx.tenantId} and site.id = ${id} and ${visibleSites(actor)}`,
  );
}

const SortKey = Type.Tuple([Type.String(), Id]);
const Sorted = Type.Object({ ...Site.properties, sortName: Type.String() });

/** A site of an archived customer counts as archived. */
export async function listSites(tx: Tx, actor: Actor, filter: SiteFilter): Promise<SitePage> {
  const conditions = [
    sql`site.tenant_id = ${tx.tenantId}`,
    filter.archived
      ? sql`(site.archived_at is not null or customer.archived_at is not null)`
      : sql`site.archived_at is null and customer.archived_at is null`,
    amongVisibleSites(actor),
  ];
  if (filter.customerId) conditions.push(sql`site.customer_id = ${filter.customerId}`);
  if (filter.q) {
    const part = filter.q.toLowerCase();
    conditions.push(sql`(strpos(site.sort_name, ${part}) > 0 or strpos(lower(site.code), ${part}) > 0
      or strpos(lower(site.address), ${part}) > 0)`);
  }
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(site.sort_name, site.id) > (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Sorted,
    sql`select ${columnsFor(actor)}, site.sort_name as "sortName" from ${from}
      where ${all(conditions)} order by site.sort_name, site.id limit ${filter.limit + 1}`,
  );
  return pageOf(rows, filter.limit, (row) => [row.sortName, row.id]);
}

/** What is stored of a site. */
export const StoredSite = Type.Object({
  ...Type.Pick(Site, [
    "customerId",
    "name",
    "code",
    "address",
    "latitude",
    "longitude",
    "timeZone",
    "calendarId",
    "phone",
  ]).properties,
  accessNotes: Type.String(),
});
export type StoredSite = Static<typeof StoredSite>;

const IdRow = Type.Object({ id: Id });

/** @returns undefined when the customer has another site of this code */
export async function insertSite(tx: Tx, site: StoredSite, createdAt: string): Promise<string | undefined> {
  const row = await tx.maybe(
    IdRow,
    sql`insert into customers.site (tenant_id, customer_id, name, code, address, latitude, longitude, time_zone,
        calendar_id, phone, access_notes, created_at)
      values (${tx.tenantId}, ${site.customerId}, ${site.name}, ${site.code}, ${site.address}, ${site.latitude},
        ${site.longitude}, ${site.timeZone}, ${site.calendarId}, ${site.phone}, ${site.accessNotes}, ${createdAt})
      on conflict (tenant_id, customer_id, code) do nothing returning id`,
  );
  return row?.id;
}

const Locked = Type.Object({ version: Type.Integer() });

export function lockSite(tx: Tx, id: string): Promise<Static<typeof Locked> | undefined> {
  return tx.maybe(
    Locked,
    sql`select version from customers.site where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

export function updateSite(tx: Tx, id: string, site: StoredSite, archivedAt: string | null): Promise<number> {
  return tx.run(sql`
    update customers.site set name = ${site.name}, code = ${site.code}, address = ${site.address},
      latitude = ${site.latitude}, longitude = ${site.longitude}, time_zone = ${site.timeZone},
      calendar_id = ${site.calendarId}, phone = ${site.phone}, access_notes = ${site.accessNotes},
      archived_at = ${archivedAt}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

export function raiseSiteVersion(tx: Tx, id: string): void {
  tx.send(sql`update customers.site set version = version + 1 where tenant_id = ${tx.tenantId} and id = ${id}`);
}
