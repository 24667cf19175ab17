import { type Static, Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { RotaMember, type RotaOverride } from "./api-calls.ts";

/** A rota with its members and the overrides that touch the time asked about. */
export const RotaRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  timeZone: Type.String(),
  handoverWeekday: Type.Integer(),
  handoverTime: Type.String(),
  startsOn: Type.String(),
  version: Type.Integer(),
  createdAt: Type.String(),
  archivedAt: orNull(Type.String()),
  members: Type.Array(Type.Object({ ...RotaMember.properties, away: Type.Boolean() })),
  overrides: Type.Array(
    Type.Object({
      id: Type.String(),
      staffId: Type.String(),
      name: Type.String(),
      active: Type.Boolean(),
      fromAt: Type.String(),
      toAt: Type.String(),
    }),
  ),
});
export type RotaRow = Static<typeof RotaRow>;

const columns = (from: string, to: string) => sql`
  rota.id, rota.name, rota.time_zone as "timeZone", rota.handover_weekday as "handoverWeekday",
  rota.handover_time as "handoverTime", rota.starts_on as "startsOn", rota.version, rota.created_at as "createdAt",
  rota.archived_at as "archivedAt",
  (select coalesce(json_agg(json_build_object('id', staff.id, 'name', staff.name, 'active', staff.active,
      'away', coalesce(duty.away_from <= ${from} and duty.away_until > ${from}, false))
      order by rota_member.position), '[]'::json)
    from helpdesk.rota_member
    join identity.staff on staff.tenant_id = rota_member.tenant_id and staff.id = rota_member.staff_id
    left join helpdesk.duty on duty.tenant_id = rota_member.tenant_id and duty.staff_id = rota_member.staff_id
    where rota_member.tenant_id = rota.tenant_id and rota_member.rota_id = rota.id) as members,
  (select coalesce(json_agg(json_build_object('id', rota_override.id, 'staffId', rota_override.staff_id,
      'name', staff.name, 'active', staff.active, 'fromAt', rota_override.from_at, 'toAt', rota_override.to_at)
      order by rota_override.from_at), '[]'::json)
    from helpdesk.rota_override
    join identity.staff on staff.tenant_id = rota_override.tenant_id and staff.id = rota_override.staff_id
    where rota_override.tenant_id = rota.tenant_id and rota_override.rota_id = rota.id
      and rota_override.to_at > ${from} and rota_override.from_at <= ${to}) as overrides`;

/** One rota, archived or not, with the overrides between two instants. */
export function findRota(tx: Tx, id: string, from: string, to: string): Promise<RotaRow | undefined> {
  return tx.maybe(
    RotaRow,
    sql`select ${columns(from, to)} from helpdesk.rota where rota.tenant_id = ${tx.tenantId} and rota.id = ${id}`,
  );
}

/** The rotas in use, by name; a provider has a handful. */
export function listRotas(tx: Tx, from: string, to: string): Promise<RotaRow[]> {
  return tx.many(
    RotaRow,
    sql`select ${columns(from, to)} from helpdesk.rota
      where rota.tenant_id = ${tx.tenantId} and rota.archived_at is null order by lower(rota.name), rota.id limit 200`,
  );
}

export async function isRotaKnown(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run(sql`select from helpdesk.rota where tenant_id = ${tx.tenantId} and id = ${id}`)) === 1;
}

const Version = Type.Object({ version: Type.Integer(), archivedAt: orNull(Type.String()) });

export function lockRota(tx: Tx, id: string): Promise<Static<typeof Version> | undefined> {
  return tx.maybe(
    Version,
    sql`select version, archived_at as "archivedAt" from helpdesk.rota
      where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

export type RotaFields = Pick<RotaRow, "name" | "timeZone" | "handoverWeekday" | "handoverTime" | "startsOn">;

export function insertRota(tx: Tx, id: string, fields: RotaFields, memberIds: readonly string[], at: string): void {
  tx.send(sql`
    insert into helpdesk.rota (tenant_id, id, name, time_zone, handover_weekday, handover_time, starts_on, created_at)
    values (${tx.tenantId}, ${id}, ${fields.name}, ${fields.timeZone}, ${fields.handoverWeekday}, ${fields.handoverTime},
      ${fields.startsOn}, ${at})`);
  insertMembers(tx, id, memberIds);
}

/** @param memberIds replaces the members; undefined keeps them */
export function updateRota(
  tx: Tx,
  id: string,
  fields: RotaFields & { version: number; archivedAt: string | null },
  memberIds: readonly string[] | undefined,
): void {
  tx.send(sql`
    update helpdesk.rota set name = ${fields.name}, time_zone = ${fields.timeZone},
      handover_weekday = ${fields.handoverWeekday}, handover_time = ${fields.handoverTime},
      starts_on = ${fields.startsOn}, version = ${fields.version}, archived_at = ${fields.archivedAt}
    where tenant_id = ${tx.tenantId} and id = ${id}`);
  if (memberIds === undefined) return;
  tx.send(sql`delete from helpdesk.rota_member where tenant_id = ${tx.tenantId} and rota_id = ${id}`);
  insertMembers(tx, id, memberIds);
}

function insertMembers(tx: Tx, id: string, memberIds: readonly string[]): void {
  tx.send(sql`
    insert into helpdesk.rota_member (tenant_id, rota_id, position, staff_id)
    select ${tx.tenantId}, ${id}, position - 1, staff_id
    from unnest(${memberIds}::uuid[]) with ordinality as member (staff_id, position)`);
}

/** How many of these are active members of staff. */
export function countStaff(tx: Tx, ids: readonly string[]): Promise<number> {
  return tx.run(sql`
    select from identity.staff where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) and active`);
}

export async function hasOverrideBetween(tx: Tx, rotaId: string, from: string, to: string): Promise<boolean> {
  const found = await tx.run(sql`
    select from helpdesk.rota_override
    where tenant_id = ${tx.tenantId} and rota_id = ${rotaId} and from_at < ${to} and to_at > ${from} limit 1`);
  return found > 0;
}

export function insertOverride(tx: Tx, override: RotaOverride): void {
  tx.send(sql`
    insert into helpdesk.rota_override (tenant_id, id, rota_id, staff_id, from_at, to_at)
    values (${tx.tenantId}, ${override.id}, ${override.rotaId}, ${override.staffId}, ${override.from}, ${override.to})`);
}

export async function deleteOverride(tx: Tx, rotaId: string, id: string): Promise<boolean> {
  const deleted = await tx.run(sql`
    delete from helpdesk.rota_override where tenant_id = ${tx.tenantId} and rota_id = ${rotaId} and id = ${id}`);
  return deleted === 1;
}

export function raiseRotaVersion(tx: Tx, id: string, version: number): void {
  tx.send(sql`update helpdesk.rota set version = ${version} where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** Whether the escalation rings this rota. */
export async function isRotaInUse(tx: Tx, id: string): Promise<boolean> {
  const steps = await tx.run(
    sql`select from helpdesk.escalation_step where tenant_id = ${tx.tenantId} and rota_id = ${id} limit 1`,
  );
  return steps > 0;
}

/** Whether the provider has ever had a rota. */
export async function hasRotas(tx: Tx): Promise<boolean> {
  return (await tx.run(sql`select from helpdesk.rota where tenant_id = ${tx.tenantId} limit 1`)) > 0;
}
