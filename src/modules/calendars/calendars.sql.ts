import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, json, type SqlText, sql } from "../../platform/sql.ts";
import { Calendar, type CalendarFilter, type CalendarPage, CalendarSummary, type SpecialDay } from "./api.ts";

const summaryColumns = sql`
  calendar.id, calendar.version, calendar.name, calendar.time_zone as "timeZone", calendar.weekly, calendar.country,
  calendar.region, calendar.recurring_holidays as "recurringHolidays", calendar.created_at as "createdAt",
  calendar.archived_at as "archivedAt"`;

const withDays = sql`${summaryColumns}, coalesce((
  select jsonb_agg(jsonb_build_object('day', day.day, 'name', day.name, 'intervals', day.intervals) order by day.day)
  from calendars.calendar_day day where day.tenant_id = calendar.tenant_id and day.calendar_id = calendar.id), '[]') as days`;

export function findCalendar(tx: Tx, id: string): Promise<Calendar | undefined> {
  return tx.maybe(Calendar, calendarById(tx, id));
}

/** Locks the calendar's row until the transaction ends. */
export async function lockCalendar(tx: Tx, id: string): Promise<Calendar | undefined> {
  const locked = await tx.run(
    sql`select from calendars.calendar where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
  return locked === 1 ? findCalendar(tx, id) : undefined;
}

function calendarById(tx: Tx, id: string): SqlText {
  return sql`select ${withDays} from calendars.calendar where calendar.tenant_id = ${tx.tenantId} and calendar.id = ${id}`;
}

const SortKey = Type.Tuple([Type.String(), Id]);
const Sorted = Type.Object({ ...CalendarSummary.properties, sortName: Type.String() });

export async function listCalendars(tx: Tx, filter: CalendarFilter): Promise<CalendarPage> {
  const conditions = [
    sql`calendar.tenant_id = ${tx.tenantId}`,
    filter.archived ? sql`calendar.archived_at is not null` : sql`calendar.archived_at is null`,
  ];
  if (filter.q) conditions.push(sql`strpos(calendar.sort_name, ${filter.q.toLowerCase()}) > 0`);
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(calendar.sort_name, calendar.id) > (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Sorted,
    sql`select ${summaryColumns}, calendar.sort_name as "sortName" from calendars.calendar
      where ${all(conditions)} order by calendar.sort_name, calendar.id limit ${filter.limit + 1}`,
  );
  return pageOf(rows, filter.limit, (row) => [row.sortName, row.id]);
}

const Version = Type.Object({ version: Type.Integer() });

export async function calendarVersion(tx: Tx, id: string): Promise<number | undefined> {
  const row = await tx.maybe(
    Version,
    sql`select version from calendars.calendar where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
  return row?.version;
}

/** What of a calendar says when it is open. */
export const Hours = Type.Pick(Calendar, ["timeZone", "weekly", "country", "region", "recurringHolidays", "days"]);
export type Hours = Static<typeof Hours>;

/** Keeps the hours that a version had, for clocks that counted by them. */
export function insertVersion(tx: Tx, id: string, version: number, hours: Hours, replacedAt: string): void {
  tx.send(sql`
    insert into calendars.calendar_version (tenant_id, calendar_id, version, hours, replaced_at)
    values (${tx.tenantId}, ${id}, ${version}, ${json(hours)}, ${replacedAt})`);
}

const Versions = Type.Object({
  version: Type.Integer(),
  earlier: Type.Array(Type.Object({ version: Type.Integer(), until: Type.Integer() })),
});

/**
 * The present version of a calendar, and those whose hours were replaced after `since`, oldest first; `until` in epoch
 * milliseconds.
 */
export function findVersions(tx: Tx, id: string, since: string): Promise<Static<typeof Versions> | undefined> {
  return tx.maybe(
    Versions,
    sql`select calendar.version, (
          select coalesce(jsonb_agg(jsonb_build_object('version', earlier.version,
              'until', floor(extract(epoch from earlier.replaced_at) * 1000)::bigint) order by earlier.version), '[]')
          from calendars.calendar_version earlier
          where earlier.tenant_id = calendar.tenant_id and earlier.calendar_id = calendar.id
            and earlier.replaced_at > ${since}) as earlier
      from calendars.calendar where calendar.tenant_id = ${tx.tenantId} and calendar.id = ${id}`,
  );
}

const ReplacedHours = Type.Object({ hours: Hours });

/** The hours of a version that was replaced. */
export async function getReplacedHours(tx: Tx, id: string, version: number): Promise<Hours> {
  const { hours } = await tx.one(
    ReplacedHours,
    sql`select hours from calendars.calendar_version
      where tenant_id = ${tx.tenantId} and calendar_id = ${id} and version = ${version}`,
  );
  return hours;
}

/** What is stored of a calendar, apart from its days. */
export const StoredCalendar = Type.Pick(CalendarSummary, [
  "name",
  "timeZone",
  "weekly",
  "country",
  "region",
  "recurringHolidays",
]);
export type StoredCalendar = Static<typeof StoredCalendar>;

const IdRow = Type.Object({ id: Id });

export async function insertCalendar(tx: Tx, calendar: StoredCalendar, createdAt: string): Promise<string> {
  const { id } = await tx.one(
    IdRow,
    sql`insert into calendars.calendar
        (tenant_id, name, time_zone, weekly, country, region, recurring_holidays, created_at)
      values (${tx.tenantId}, ${calendar.name}, ${calendar.timeZone}, ${json(calendar.weekly)}, ${calendar.country},
        ${calendar.region}, ${calendar.recurringHolidays}, ${createdAt})
      returning id`,
  );
  return id;
}

export function updateCalendar(tx: Tx, id: string, calendar: StoredCalendar, archivedAt: string | null): void {
  tx.send(sql`
    update calendars.calendar set name = ${calendar.name}, time_zone = ${calendar.timeZone},
      weekly = ${json(calendar.weekly)}, country = ${calendar.country}, region = ${calendar.region},
      recurring_holidays = ${calendar.recurringHolidays}, archived_at = ${archivedAt}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

export function insertDays(tx: Tx, calendarId: string, days: readonly SpecialDay[]): void {
  if (days.length === 0) return;
  tx.send(sql`
    insert into calendars.calendar_day (tenant_id, calendar_id, day, name, intervals)
    select ${tx.tenantId}::uuid, ${calendarId}::uuid, item.day, item.name, item.intervals
    from jsonb_to_recordset(${json(days)}::jsonb) as item (day date, name text, intervals jsonb)`);
}

export function replaceDays(tx: Tx, calendarId: string, days: readonly SpecialDay[]): void {
  tx.send(sql`
    delete from calendars.calendar_day where tenant_id = ${tx.tenantId} and calendar_id = ${calendarId}`);
  insertDays(tx, calendarId, days);
}

export async function hasCalendars(tx: Tx): Promise<boolean> {
  const found = await tx.many(IdRow, sql`select id from calendars.calendar where tenant_id = ${tx.tenantId} limit 1`);
  return found.length > 0;
}

export async function calendarCanBeChosen(tx: Tx, id: string): Promise<boolean> {
  const found = await tx.many(
    IdRow,
    sql`select id from calendars.calendar where tenant_id = ${tx.tenantId} and id = ${id} and archived_at is null`,
  );
  return found.length > 0;
}
