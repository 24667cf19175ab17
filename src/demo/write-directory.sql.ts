import type { Tx } from "../platform/db.ts";
import { json, sql } from "../platform/sql.ts";
import type { DemoCalendar, DemoCustomer, DemoDevice, DemoPerson, DemoPromise, DemoSite } from "./directory.ts";

export function insertCalendars(tx: Tx, calendars: readonly DemoCalendar[], createdAt: string): void {
  const rows = calendars.map(({ id, plan }) => ({ id, ...plan }));
  tx.send(sql`
    insert into calendars.calendar (tenant_id, id, name, time_zone, weekly, country, region, recurring_holidays, created_at)
    select ${tx.tenantId}::uuid, item.id, item.name, item."timeZone", item.weekly, item.country, item.region,
      item."recurringHolidays", ${createdAt}::timestamptz
    from jsonb_to_recordset(${json(rows)}::jsonb) as item (
      id uuid, name text, "timeZone" text, weekly jsonb, country text, region text, "recurringHolidays" text[])`);
  const days = rows.flatMap(({ id, days: special }) => special.map((day) => ({ id, ...day })));
  tx.send(sql`
    insert into calendars.calendar_day (tenant_id, calendar_id, day, name, intervals)
    select ${tx.tenantId}::uuid, item.id, item.day, item.name, item.intervals
    from jsonb_to_recordset(${json(days)}::jsonb) as item (id uuid, day date, name text, intervals jsonb)`);
}

export function insertPromises(
  tx: Tx,
  promises: readonly (DemoPromise & { isDefault: boolean; calendarId: string | null })[],
  agreements: readonly { id: string; customerId: string; policyId: string; startsOn: string; endsOn: string | null }[],
  createdAt: string,
): void {
  const rows = promises.map(({ id, isDefault, calendarId, plan }) => ({ ...plan, id, isDefault, calendarId }));
  tx.send(sql`
    insert into contracts.sla_policy (tenant_id, id, name, calendar_id, is_default, pausing_reasons, reopen_within_days,
      close_after_days, created_at)
    select ${tx.tenantId}::uuid, item.id, item.name, item."calendarId", item."isDefault", item."pausingReasons",
      item."reopenWithinDays", item."closeAfterDays", ${createdAt}::timestamptz
    from jsonb_to_recordset(${json(rows)}::jsonb) as item (id uuid, name text, "calendarId" uuid, "isDefault" boolean,
      "pausingReasons" text[], "reopenWithinDays" int, "closeAfterDays" int)`);
  const targets = rows.flatMap(({ id, targets: each }) => each.map((target) => ({ id, ...target })));
  tx.send(sql`
    insert into contracts.sla_target (tenant_id, policy_id, tier, priority, target, target_minutes)
    select ${tx.tenantId}::uuid, item.id, item.tier, item.priority, item.target, item."targetMinutes"
    from jsonb_to_recordset(${json(targets)}::jsonb) as item (
      id uuid, tier text, priority text, target text, "targetMinutes" int)`);
  tx.send(sql`
    insert into contracts.agreement (tenant_id, id, customer_id, policy_id, starts_on, ends_on, created_at)
    select ${tx.tenantId}::uuid, item.id, item."customerId", item."policyId", item."startsOn", item."endsOn",
      ${createdAt}::timestamptz
    from jsonb_to_recordset(${json(agreements)}::jsonb) as item (
      id uuid, "customerId" uuid, "policyId" uuid, "startsOn" date, "endsOn" date)`);
}

export function insertCustomers(
  tx: Tx,
  customers: readonly (Omit<DemoCustomer, "calendar"> & {
    calendarId: string;
    csmId: string | null;
    tamId: string | null;
  })[],
  createdAt: string,
): void {
  tx.send(sql`
    insert into customers.customer (tenant_id, id, name, code, deployment, lifecycle, locale, calendar_id, csm_id, tam_id,
      email_domains, created_at)
    select ${tx.tenantId}::uuid, item.id, item.name, item.code, item.deployment, item.lifecycle, item.locale,
      item."calendarId", item."csmId", item."tamId", array[item."mailDomain"], ${createdAt}::timestamptz
    from jsonb_to_recordset(${json(customers)}::jsonb) as item (id uuid, name text, code text, deployment text,
      lifecycle text, locale text, "calendarId" uuid, "csmId" uuid, "tamId" uuid, "mailDomain" text)`);
}

export function insertSites(
  tx: Tx,
  sites: readonly (Omit<DemoSite, "calendar"> & { calendarId: string })[],
  createdAt: string,
): void {
  tx.send(sql`
    insert into customers.site (tenant_id, id, customer_id, name, code, address, latitude, longitude, time_zone,
      calendar_id, phone, access_notes, created_at)
    select ${tx.tenantId}::uuid, item.id, item."customerId", item.name, item.code, item.address, item.latitude,
      item.longitude, item."timeZone", item."calendarId", item.phone, item."accessNotes", ${createdAt}::timestamptz
    from jsonb_to_recordset(${json(sites)}::jsonb) as item (id uuid, "customerId" uuid, name text, code text, address text,
      latitude double precision, longitude double precision, "timeZone" text, "calendarId" uuid, phone text,
      "accessNotes" text)`);
}

export function insertNamedEngineers(
  tx: Tx,
  named: readonly { id: string; customerId: string; siteId: string | null; staffId: string; rank: number }[],
): void {
  tx.send(sql`
    insert into customers.named_engineer (tenant_id, id, customer_id, site_id, staff_id, rank)
    select ${tx.tenantId}::uuid, item.id, item."customerId", item."siteId", item."staffId", item.rank
    from jsonb_to_recordset(${json(named)}::jsonb) as item (
      id uuid, "customerId" uuid, "siteId" uuid, "staffId" uuid, rank int)`);
}

export function insertPeople(tx: Tx, people: readonly DemoPerson[], createdAt: string): void {
  const rows = json(people);
  tx.send(sql`
    insert into customers.person (tenant_id, id, name, email, phone, locale, created_at)
    select ${tx.tenantId}::uuid, item.id, item.name, item.email, item.phone, item.locale, ${createdAt}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as item (id uuid, name text, email text, phone text, locale text)`);
  tx.send(sql`
    insert into customers.affiliation (tenant_id, person_id, customer_id, role, site_id, tier, created_at)
    select ${tx.tenantId}::uuid, item.id, item."customerId", item.role, item."siteId", item.tier,
      ${createdAt}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as item (id uuid, "customerId" uuid, role text, "siteId" uuid, tier text)`);
}

export function insertDevices(
  tx: Tx,
  devices: readonly (Omit<DemoDevice, "site" | "model"> & {
    siteId: string;
    type: string;
    manufacturer: string;
    model: string;
    code: string;
  })[],
): void {
  const rows = json(devices);
  tx.send(sql`
    insert into devices.device (tenant_id, id, customer_id, site_id, name, type, manufacturer, model, serial, asset_tag,
      purchased_on, installed_on, warranty_until, code, created_at)
    select ${tx.tenantId}::uuid, item.id, item."customerId", item."siteId", item.name, item.type, item.manufacturer,
      item.model, item.serial, item."assetTag", item."purchasedOn", item."installedOn", item."warrantyUntil", item.code,
      item."createdAt"
    from jsonb_to_recordset(${rows}::jsonb) as item (id uuid, "customerId" uuid, "siteId" uuid, name text, type text,
      manufacturer text, model text, serial text, "assetTag" text, "purchasedOn" date, "installedOn" date,
      "warrantyUntil" date, code text, "createdAt" timestamptz)`);
  tx.send(sql`
    insert into devices.device_code (code, tenant_id, device_id)
    select item.code, ${tx.tenantId}::uuid, item.id from jsonb_to_recordset(${rows}::jsonb) as item (code text, id uuid)`);
}
