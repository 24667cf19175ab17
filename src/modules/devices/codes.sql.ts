import { type Static, Type } from "typebox";
import type { Database, Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import { makeDeviceCode, readDeviceCode } from "./device-code.ts";

/** Takes a code that no device of any provider has. */
export async function claimCode(tx: Tx, deviceId: string): Promise<string> {
  for (;;) {
    const code = makeDeviceCode();
    const claimed = await tx.run(sql`
      insert into devices.device_code (code, tenant_id, device_id) values (${code}, ${tx.tenantId}, ${deviceId})
      on conflict (code) do nothing`);
    if (claimed === 1) return code;
  }
}

/** From now on the device's present code names nothing. */
export async function giveUpCode(tx: Tx, deviceId: string): Promise<void> {
  await tx.run(sql`
    delete from devices.device_code where tenant_id = ${tx.tenantId} and device_id = ${deviceId}`);
}

const Owner = Type.Object({
  tenantId: Type.String(),
  deviceId: Type.String(),
  providerName: Type.String(),
  providerLocale: Type.String(),
});

const Labelled = Type.Object({
  deviceName: Type.String(),
  deviceType: Type.String(),
  siteId: Type.String(),
  siteName: Type.String(),
  siteTimeZone: Type.String(),
  customerId: Type.String(),
  customerName: Type.String(),
});

export type DeviceByCode = Static<typeof Owner> & Static<typeof Labelled>;

/**
 * The device that a label names, before it is known who asks; undefined for an unknown code, a retired device, an archived
 * site or customer. `code` may be typed: any case, dashes, O for 0.
 */
export async function findDeviceByCode(db: Database, code: string): Promise<DeviceByCode | undefined> {
  const kept = readDeviceCode(code);
  if (kept === undefined) return undefined;
  const owner = await db.asGlobal((tx) =>
    tx.maybe(
      Owner,
      sql`select device_code.tenant_id as "tenantId", device_code.device_id as "deviceId",
          tenant.name as "providerName", tenant.locale as "providerLocale"
        from devices.device_code join identity.tenant on tenant.id = device_code.tenant_id
        where device_code.code = ${kept}`,
    ),
  );
  if (!owner) return undefined;
  const labelled = await db.asTenant(owner.tenantId, (tx) =>
    tx.maybe(
      Labelled,
      sql`select device.name as "deviceName", device.type as "deviceType", site.id as "siteId", site.name as "siteName",
          site.time_zone as "siteTimeZone", customer.id as "customerId", customer.name as "customerName"
        from devices.device
        join customers.site on site.tenant_id = device.tenant_id and site.id = device.site_id
        join customers.customer on customer.tenant_id = device.tenant_id and customer.id = device.customer_id
        where device.tenant_id = ${owner.tenantId} and device.id = ${owner.deviceId} and device.status <> 'retired'
          and site.archived_at is null and customer.archived_at is null`,
    ),
  );
  return labelled && { ...owner, ...labelled };
}
