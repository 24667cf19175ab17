import type { Tx } from "../platform/db.ts";
import { json, sql } from "../platform/sql.ts";
import type { DemoMember, DemoPerson } from "./directory.ts";

/** The provider is as old as its records. */
export function backdateTenant(tx: Tx, foundedAt: string): void {
  tx.send(sql`update identity.tenant set created_at = ${foundedAt} where tenant.id = ${tx.tenantId}`);
}

export function insertMembers(tx: Tx, members: readonly DemoMember[], createdAt: string): void {
  tx.send(sql`
    insert into identity.staff (tenant_id, id, name, email, phone, title, locale, time_zone, roles, created_at)
    select ${tx.tenantId}::uuid, item.id, item.name, item.email, item.phone, item.title, item.locale, item."timeZone",
      item.roles, ${createdAt}::timestamptz
    from jsonb_to_recordset(${json(members)}::jsonb) as item (
      id uuid, name text, email text, phone text, title text, locale text, "timeZone" text, roles text[])`);
  const skills = members.flatMap(({ id, skills: known }) =>
    Object.entries(known).map(([skill, level]) => ({ id, skill, level })),
  );
  tx.send(sql`
    insert into identity.staff_skill (tenant_id, staff_id, skill, level)
    select ${tx.tenantId}::uuid, item.id, item.skill, item.level
    from jsonb_to_recordset(${json(skills)}::jsonb) as item (id uuid, skill text, level int)`);
  insertMemberships(tx, "staff", members, createdAt);
}

/** The copies by which identity knows who may act. */
export function insertMemberships(
  tx: Tx,
  kind: "staff" | "person",
  subjects: readonly (Pick<DemoMember | DemoPerson, "id" | "name" | "email" | "locale"> & {
    roles: readonly string[];
  })[],
  createdAt: string,
): void {
  tx.send(sql`
    insert into identity.membership (tenant_id, subject_id, kind, display_name, email, roles, locale, created_at)
    select ${tx.tenantId}::uuid, item.id, ${kind}::text, item.name, item.email, item.roles, item.locale,
      ${createdAt}::timestamptz
    from jsonb_to_recordset(${json(subjects)}::jsonb) as item (id uuid, name text, email text, roles text[], locale text)`);
}

/** When each can be sent or rung; who has no row can be at every hour. */
export function insertDuties(tx: Tx, duties: readonly { staffId: string; calendarId: string }[]): void {
  tx.send(sql`
    insert into helpdesk.duty (tenant_id, staff_id, calendar_id)
    select ${tx.tenantId}::uuid, item."staffId", item."calendarId"
    from jsonb_to_recordset(${json(duties)}::jsonb) as item ("staffId" uuid, "calendarId" uuid)`);
}

export interface DemoRota {
  id: string;
  name: string;
  timeZone: string;
  startsOn: string;
  members: readonly string[];
}

/** Who is on call, and that they are rung when the responsible engineer does not answer. */
export function insertOnCall(tx: Tx, rota: DemoRota, createdAt: string): void {
  tx.send(sql`
    insert into helpdesk.rota (tenant_id, id, name, time_zone, handover_weekday, handover_time, starts_on, created_at)
    values (${tx.tenantId}, ${rota.id}, ${rota.name}, ${rota.timeZone}, 1, '09:00', ${rota.startsOn}, ${createdAt})`);
  tx.send(sql`
    insert into helpdesk.rota_member (tenant_id, rota_id, position, staff_id)
    select ${tx.tenantId}::uuid, ${rota.id}::uuid, member.position - 1, member.id
    from unnest(${rota.members}::uuid[]) with ordinality as member (id, position)`);
  tx.send(sql`
    insert into helpdesk.escalation (tenant_id, repeat_minutes, waits_for_hours)
    values (${tx.tenantId}, 10, ${["p3", "p4"]})`);
  tx.send(sql`
    insert into helpdesk.escalation_step (tenant_id, position, after_minutes, kind, rota_id, role)
    values (${tx.tenantId}, 0, 0, 'assignee', null, null), (${tx.tenantId}, 1, 15, 'rota', ${rota.id}, null),
      (${tx.tenantId}, 2, 30, 'role', null, 'service_manager')`);
}
