import { type Static, Type } from "typebox";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, type SqlText, sql } from "../../platform/sql.ts";
import { type ListMembers, Member, type MemberList, type Skill } from "./api.ts";

const columns = sql`staff.id, staff.version, staff.name, staff.email, staff.phone, staff.title, staff.locale,
  staff.time_zone as "timeZone", staff.roles, staff.active, staff.joined, coalesce((
    select jsonb_agg(jsonb_build_object('name', staff_skill.skill, 'level', staff_skill.level) order by staff_skill.skill)
    from identity.staff_skill
    where staff_skill.tenant_id = staff.tenant_id and staff_skill.staff_id = staff.id), '[]') as skills,
  staff.created_at as "createdAt"`;

function named(tx: Tx, id: string): SqlText {
  return sql`select ${columns} from identity.staff where staff.tenant_id = ${tx.tenantId} and staff.id = ${id}`;
}

/** One member of staff, or undefined. */
export function findStaff(tx: Tx, id: string): Promise<Member | undefined> {
  return tx.maybe(Member, named(tx, id));
}

/** As findStaff, and nobody else changes this member until the transaction ends. */
export function lockStaff(tx: Tx, id: string): Promise<Member | undefined> {
  return tx.maybe(Member, sql`${named(tx, id)} for update`);
}

const SortKey = Type.Tuple([Type.String(), Id]);
const Sorted = Type.Object({ ...Member.properties, sortName: Type.String() });

/** A page of the provider's staff, by name. */
export async function listStaff(tx: Tx, filter: ListMembers): Promise<MemberList> {
  const conditions: SqlText[] = [sql`staff.tenant_id = ${tx.tenantId}`];
  if (filter.active !== undefined) conditions.push(sql`staff.active = ${filter.active}`);
  if (filter.role !== undefined) conditions.push(sql`${filter.role} = any(staff.roles)`);
  if (filter.q) {
    const part = filter.q.toLowerCase();
    conditions.push(sql`(strpos(staff.sort_name, ${part}) > 0 or strpos(lower(staff.email), ${part}) > 0)`);
  }
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(staff.sort_name, staff.id) > (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Sorted,
    sql`select ${columns}, staff.sort_name as "sortName" from identity.staff
      where ${all(conditions)} order by staff.sort_name, staff.id limit ${filter.limit + 1}`,
  );
  const page = pageOf(rows, filter.limit, (row) => [row.sortName, row.id]);
  return { items: page.items.map(({ sortName: _, ...member }) => member), next: page.next };
}

/** Names by id, those that are asked for and exist. */
export async function staffNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const Row = Type.Object({ id: Id, name: Type.String() });
  const rows = await tx.many(
    Row,
    sql`select staff.id, staff.name from identity.staff
      where staff.tenant_id = ${tx.tenantId} and staff.id = any(${[...ids]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

export type StaffFields = Pick<
  Member,
  "name" | "email" | "phone" | "title" | "locale" | "timeZone" | "roles" | "active"
>;

export function insertStaff(tx: Tx, id: string, fields: StaffFields): Promise<number> {
  return tx.run(sql`
    insert into identity.staff
      (tenant_id, id, name, email, phone, title, locale, time_zone, roles, active, created_at)
    values (${tx.tenantId}, ${id}, ${fields.name}, ${fields.email}, ${fields.phone}, ${fields.title}, ${fields.locale},
      ${fields.timeZone}, ${fields.roles}, ${fields.active}, ${nowText()})`);
}

export function updateStaff(tx: Tx, id: string, fields: StaffFields, version: number): Promise<number> {
  return tx.run(sql`
    update identity.staff set name = ${fields.name}, email = ${fields.email}, phone = ${fields.phone},
      title = ${fields.title}, locale = ${fields.locale}, time_zone = ${fields.timeZone}, roles = ${fields.roles},
      active = ${fields.active}, version = ${version}
    where staff.tenant_id = ${tx.tenantId} and staff.id = ${id}`);
}

export async function replaceSkills(tx: Tx, staffId: string, skills: readonly Skill[]): Promise<void> {
  tx.send(sql`delete from identity.staff_skill
    where staff_skill.tenant_id = ${tx.tenantId} and staff_skill.staff_id = ${staffId}`);
  if (skills.length === 0) return;
  tx.send(sql`
    insert into identity.staff_skill (tenant_id, staff_id, skill, level)
    select ${tx.tenantId}, ${staffId}, given.skill, given.level
    from unnest(${skills.map((skill) => skill.name.trim())}::text[], ${skills.map((skill) => skill.level)}::int[])
      as given (skill, level)`);
}

const Owner = Type.Object({ id: Id, joined: Type.Boolean() });
export type Owner = Static<typeof Owner>;

/** The active owners, none of whom anybody else changes until the transaction ends. */
export function lockOwners(tx: Tx): Promise<Owner[]> {
  return tx.many(
    Owner,
    sql`select staff.id, staff.joined from identity.staff
      where staff.tenant_id = ${tx.tenantId} and staff.active and 'owner' = any(staff.roles)
      order by staff.id for update`,
  );
}

/** @returns the new version, or undefined when there is no such member */
export async function setJoined(tx: Tx, id: string): Promise<number | undefined> {
  const Row = Type.Object({ version: Type.Integer() });
  const row = await tx.maybe(
    Row,
    sql`update identity.staff set joined = true, version = staff.version + 1
      where staff.tenant_id = ${tx.tenantId} and staff.id = ${id} returning staff.version`,
  );
  return row?.version;
}
