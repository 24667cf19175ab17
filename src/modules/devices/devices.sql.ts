import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, type SqlText, sql } from "../../platform/sql.ts";
import { amongVisibleSites, visibleSites } from "../customers/index.ts";
import { Device, type DeviceFilter, type DevicePage, type DeviceTypes } from "./api.ts";
import { readDeviceCode } from "./device-code.ts";

const columns = sql`
  device.id, device.version, device.customer_id as "customerId", customer.name as "customerName",
  device.site_id as "siteId", site.name as "siteName", device.name, device.type, device.manufacturer, device.model,
  device.serial, device.asset_tag as "assetTag", device.purchased_on as "purchasedOn",
  device.installed_on as "installedOn", device.warranty_until as "warrantyUntil", device.status, device.code,
  device.created_at as "createdAt"`;

const from = sql`devices.device
  join customers.site on site.tenant_id = device.tenant_id and site.id = device.site_id
  join customers.customer on customer.tenant_id = device.tenant_id and customer.id = device.customer_id`;

/** Whoever sees a site sees its devices. */
export function findDevice(tx: Tx, actor: Actor, id: string): Promise<Device | undefined> {
  return tx.maybe(
    Device,
    sql`select ${columns} from ${from}
      where device.tenant_id = ${tx.tenantId} and device.id = ${id} and ${visibleSites(actor)}`,
  );
}

const SortKey = Type.Tuple([Type.String(), Id]);
const Sorted = Type.Object({ ...Device.properties, sortName: Type.String() });

export async function listDevices(tx: Tx, actor: Actor, filter: DeviceFilter): Promise<DevicePage> {
  const conditions = [sql`device.tenant_id = ${tx.tenantId}`, amongVisibleSites(actor)];
  if (filter.siteId) conditions.push(sql`device.site_id = ${filter.siteId}`);
  if (filter.customerId) conditions.push(sql`device.customer_id = ${filter.customerId}`);
  if (filter.type) conditions.push(sql`device.type = ${filter.type}`);
  if (filter.status) conditions.push(sql`device.status = ${filter.status}`);
  if (filter.code) conditions.push(sql`device.code = ${readDeviceCode(filter.code) ?? ""}`);
  if (filter.q) conditions.push(matches(filter.q));
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(device.sort_name, device.id) > (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Sorted,
    sql`select ${columns}, device.sort_name as "sortName" from ${from}
      where ${all(conditions)} order by device.sort_name, device.id limit ${filter.limit + 1}`,
  );
  return pageOf(rows, filter.limit, (row) => [row.sortName, row.id]);
}

function matches(q: string): SqlText {
  const part = q.toLowerCase();
  const code = readDeviceCode(q) ?? q.toUpperCase();
  return sql`(strpos(device.sort_name, ${part}) > 0 or strpos(lower(device.serial), ${part}) > 0
    or strpos(lower(device.asset_tag), ${part}) > 0 or strpos(lower(device.model), ${part}) > 0
    or strpos(device.code, ${code}) > 0)`;
}

const TypeRow = Type.Object({ type: Type.String() });

/** The types in use. For staff each is found by one step along the index; others see few devices. */
export async function listTypes(tx: Tx, actor: Actor): Promise<DeviceTypes> {
  if (actor.kind !== "staff") {
    const items = await tx.many(
      TypeRow,
      sql`select distinct device.type from ${from}
        where device.tenant_id = ${tx.tenantId} and ${amongVisibleSites(actor)} order by device.type limit ${mostTypes}`,
    );
    return { items };
  }
  const items = await tx.many(
    TypeRow,
    sql`with recursive step as (
        (select device.type from devices.device where device.tenant_id = ${tx.tenantId} order by device.type limit 1)
        union all
        select (select device.type from devices.device
          where device.tenant_id = ${tx.tenantId} and device.type > step.type order by device.type limit 1)
        from step where step.type is not null)
      select type from step where type is not null limit ${mostTypes}`,
  );
  return { items };
}

const mostTypes = 500;

/** What is stored of a device. */
export const StoredDevice = Type.Pick(Device, [
  "customerId",
  "siteId",
  "name",
  "type",
  "manufacturer",
  "model",
  "serial",
  "assetTag",
  "purchasedOn",
  "installedOn",
  "warrantyUntil",
  "status",
]);
export type StoredDevice = Static<typeof StoredDevice>;

export function insertDevice(tx: Tx, device: StoredDevice & { id: string; code: string; createdAt: string }): void {
  tx.send(sql`
    insert into devices.device (tenant_id, id, customer_id, site_id, name, type, manufacturer, model, serial, asset_tag,
      purchased_on, installed_on, warranty_until, status, code, created_at)
    values (${tx.tenantId}, ${device.id}, ${device.customerId}, ${device.siteId}, ${device.name}, ${device.type},
      ${device.manufacturer}, ${device.model}, ${device.serial}, ${device.assetTag}, ${device.purchasedOn},
      ${device.installedOn}, ${device.warrantyUntil}, ${device.status}, ${device.code}, ${device.createdAt})`);
}

const Locked = Type.Object({ version: Type.Integer() });

export function lockDevice(tx: Tx, id: string): Promise<Static<typeof Locked> | undefined> {
  return tx.maybe(
    Locked,
    sql`select version from devices.device where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

export function updateDevice(tx: Tx, id: string, device: StoredDevice): void {
  tx.send(sql`
    update devices.device set customer_id = ${device.customerId}, site_id = ${device.siteId}, name = ${device.name},
      type = ${device.type}, manufacturer = ${device.manufacturer}, model = ${device.model}, serial = ${device.serial},
      asset_tag = ${device.assetTag}, purchased_on = ${device.purchasedOn}, installed_on = ${device.installedOn},
      warranty_until = ${device.warrantyUntil}, status = ${device.status}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

export function updateCode(tx: Tx, id: string, code: string): void {
  tx.send(sql`
    update devices.device set code = ${code}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

const Label = Type.Object({ id: Type.String(), name: Type.String(), siteName: Type.String(), code: Type.String() });
export type Label = Static<typeof Label>;

/** What labels say, by site and name: of these devices, or of those in service at a site. */
export function listLabels(
  tx: Tx,
  actor: Actor,
  which: { deviceIds: readonly string[] } | { siteId: string },
  limit: number,
): Promise<Label[]> {
  const chosen =
    "siteId" in which
      ? sql`device.site_id = ${which.siteId} and device.status = 'in_service'`
      : sql`device.id = any(${which.deviceIds}::uuid[])`;
  return tx.many(
    Label,
    sql`select device.id, device.name, site.name as "siteName", device.code from ${from}
      where device.tenant_id = ${tx.tenantId} and ${chosen} and ${amongVisibleSites(actor)}
      order by site.sort_name, device.sort_name, device.id limit ${limit}`,
  );
}
