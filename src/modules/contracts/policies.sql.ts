import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, json, type SqlText, sql } from "../../platform/sql.ts";
import { visibleCustomers } from "../customers/index.ts";
import { SlaPolicy, type SlaPolicyFilter, type SlaPolicyPage, type SlaTarget } from "./api.ts";

const columns = sql`
  sla_policy.id, sla_policy.version, sla_policy.name, sla_policy.calendar_id as "calendarId",
  sla_policy.is_default as "isDefault", sla_policy.pausing_reasons as "pausingReasons",
  sla_policy.reopen_within_days as "reopenWithinDays", sla_policy.close_after_days as "closeAfterDays", coalesce((
    select jsonb_agg(jsonb_build_object('tier', sla_target.tier, 'priority', sla_target.priority,
      'target', sla_target.target, 'targetMinutes', sla_target.target_minutes)
      order by array_position(array['vip', 'standard', 'basic'], sla_target.tier), sla_target.priority,
        array_position(array['response', 'restore', 'resolve'], sla_target.target))
    from contracts.sla_target
    where sla_target.tenant_id = sla_policy.tenant_id and sla_target.policy_id = sla_policy.id), '[]') as targets,
  sla_policy.created_at as "createdAt", sla_policy.archived_at as "archivedAt"`;

/** Staff see all; a contact those that its customers have agreed on. */
function visiblePolicies(actor: Actor): SqlText {
  if (actor.kind === "staff" || actor.kind === "system") return sql`true`;
  return sql`exists (
    select from contracts.agreement
    join customers.customer on customer.tenant_id = agreement.tenant_id and customer.id = agreement.customer_id
    where agreement.tenant_id = sla_policy.tenant_id and agreement.policy_id = sla_policy.id
      and ${visibleCustomers(actor)})`;
}

export function findPolicy(tx: Tx, actor: Actor, id: string): Promise<SlaPolicy | undefined> {
  return tx.maybe(
    SlaPolicy,
    sql`select ${columns} from contracts.sla_policy
      where sla_policy.tenant_id = ${tx.tenantId} and sla_policy.id = ${id} and ${visiblePolicies(actor)}`,
  );
}

const SortKey = Type.Tuple([Type.String(), Id]);
const Sorted = Type.Object({ ...SlaPolicy.properties, sortName: Type.String() });

export async function listPolicies(tx: Tx, actor: Actor, filter: SlaPolicyFilter): Promise<SlaPolicyPage> {
  const conditions = [
    sql`sla_policy.tenant_id = ${tx.tenantId}`,
    filter.archived ? sql`sla_policy.archived_at is not null` : sql`sla_policy.archived_at is null`,
    visiblePolicies(actor),
  ];
  if (filter.q) conditions.push(sql`strpos(sla_policy.sort_name, ${filter.q.toLowerCase()}) > 0`);
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(sla_policy.sort_name, sla_policy.id) > (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Sorted,
    sql`select ${columns}, sla_policy.sort_name as "sortName" from contracts.sla_policy
      where ${all(conditions)} order by sla_policy.sort_name, sla_policy.id limit ${filter.limit + 1}`,
  );
  return pageOf(rows, filter.limit, (row) => [row.sortName, row.id]);
}

/** What is stored of a policy, apart from its targets. */
export const StoredPolicy = Type.Pick(SlaPolicy, [
  "name",
  "calendarId",
  "isDefault",
  "pausingReasons",
  "reopenWithinDays",
  "closeAfterDays",
]);
export type StoredPolicy = Static<typeof StoredPolicy>;

const IdRow = Type.Object({ id: Id });

export async function insertPolicy(tx: Tx, policy: StoredPolicy, createdAt: string): Promise<string> {
  const { id } = await tx.one(
    IdRow,
    sql`insert into contracts.sla_policy (tenant_id, name, calendar_id, is_default, pausing_reasons, reopen_within_days,
        close_after_days, created_at)
      values (${tx.tenantId}, ${policy.name}, ${policy.calendarId}, ${policy.isDefault}, ${policy.pausingReasons},
        ${policy.reopenWithinDays}, ${policy.closeAfterDays}, ${createdAt})
      returning id`,
  );
  return id;
}

const Locked = Type.Object({ version: Type.Integer() });

export function lockPolicy(tx: Tx, id: string): Promise<Static<typeof Locked> | undefined> {
  return tx.maybe(
    Locked,
    sql`select version from contracts.sla_policy where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

export function updatePolicy(tx: Tx, id: string, policy: StoredPolicy, archivedAt: string | null): Promise<number> {
  return tx.run(sql`
    update contracts.sla_policy set name = ${policy.name}, calendar_id = ${policy.calendarId},
      is_default = ${policy.isDefault}, pausing_reasons = ${policy.pausingReasons},
      reopen_within_days = ${policy.reopenWithinDays}, close_after_days = ${policy.closeAfterDays},
      archived_at = ${archivedAt}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** Takes the default away from whichever policy has it. */
export function clearDefault(tx: Tx): Promise<{ id: string; version: number }[]> {
  return tx.many(
    Type.Object({ id: Type.String(), version: Type.Integer() }),
    sql`update contracts.sla_policy set is_default = false, version = version + 1
      where tenant_id = ${tx.tenantId} and is_default returning id, version`,
  );
}

export function insertTargets(tx: Tx, policyId: string, targets: readonly SlaTarget[]): void {
  if (targets.length === 0) return;
  tx.send(sql`
    insert into contracts.sla_target (tenant_id, policy_id, tier, priority, target, target_minutes)
    select ${tx.tenantId}::uuid, ${policyId}::uuid, item.tier, item.priority, item.target, item."targetMinutes"
    from jsonb_to_recordset(${json(targets)}::jsonb)
      as item (tier text, priority text, target text, "targetMinutes" int)`);
}

export function replaceTargets(tx: Tx, policyId: string, targets: readonly SlaTarget[]): void {
  tx.send(sql`delete from contracts.sla_target where tenant_id = ${tx.tenantId} and policy_id = ${policyId}`);
  insertTargets(tx, policyId, targets);
}

export async function hasPolicies(tx: Tx): Promise<boolean> {
  const found = await tx.many(IdRow, sql`select id from contracts.sla_policy where tenant_id = ${tx.tenantId} limit 1`);
  return found.length > 0;
}

/** The calendar that a new provider's first promise counts by: the oldest that knows holidays, else the oldest. */
export async function firstCalendar(tx: Tx): Promise<string | null> {
  const row = await tx.maybe(
    IdRow,
    sql`select id from calendars.calendar where tenant_id = ${tx.tenantId} and archived_at is null
      order by country is null, created_at, id limit 1`,
  );
  return row?.id ?? null;
}
