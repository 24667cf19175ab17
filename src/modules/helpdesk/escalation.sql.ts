import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import { Escalation } from "./api-calls.ts";

const stepsJson = sql`
  (select coalesce(json_agg(json_build_object('afterMinutes', escalation_step.after_minutes,
      'kind', escalation_step.kind, 'rotaId', escalation_step.rota_id, 'role', escalation_step.role)
      order by escalation_step.position), '[]'::json)
    from helpdesk.escalation_step where escalation_step.tenant_id = escalation.tenant_id)`;

/** The escalation of a ticket's provider, within a statement about tickets; null while it has not been set up. */
export const escalationJson = sql`
  (select json_build_object('repeatMinutes', escalation.repeat_minutes, 'waitsForHours', escalation.waits_for_hours,
      'version', escalation.version, 'steps', ${stepsJson})
    from helpdesk.escalation where escalation.tenant_id = ticket.tenant_id)`;

/** How a provider escalates; undefined while it has not been set up. */
export function findEscalation(tx: Tx): Promise<Escalation | undefined> {
  return tx.maybe(
    Escalation,
    sql`select escalation.repeat_minutes as "repeatMinutes", escalation.waits_for_hours as "waitsForHours",
        escalation.version, ${stepsJson} as steps
      from helpdesk.escalation where escalation.tenant_id = ${tx.tenantId}`,
  );
}

const Version = Type.Object({ version: Type.Integer() });

/** The version of the escalation, under its lock. */
export async function lockEscalation(tx: Tx): Promise<number | undefined> {
  const row = await tx.maybe(
    Version,
    sql`select version from helpdesk.escalation where tenant_id = ${tx.tenantId} for update`,
  );
  return row?.version;
}

/** @returns whether there was none before */
export async function insertEscalation(tx: Tx, policy: Escalation): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into helpdesk.escalation (tenant_id, repeat_minutes, waits_for_hours, version)
    values (${tx.tenantId}, ${policy.repeatMinutes}, ${policy.waitsForHours}, ${policy.version})
    on conflict do nothing`);
  if (inserted === 1) insertSteps(tx, policy);
  return inserted === 1;
}

export function updateEscalation(tx: Tx, policy: Escalation): void {
  tx.send(sql`
    update helpdesk.escalation set repeat_minutes = ${policy.repeatMinutes}, waits_for_hours = ${policy.waitsForHours},
      version = ${policy.version}
    where tenant_id = ${tx.tenantId}`);
  tx.send(sql`delete from helpdesk.escalation_step where tenant_id = ${tx.tenantId}`);
  insertSteps(tx, policy);
}

function insertSteps(tx: Tx, { steps }: Escalation): void {
  tx.send(sql`
    insert into helpdesk.escalation_step (tenant_id, position, after_minutes, kind, rota_id, role)
    select ${tx.tenantId}, position - 1, after_minutes, kind, rota_id, role
    from unnest(${steps.map((step) => step.afterMinutes)}::int[], ${steps.map((step) => step.kind)}::text[],
      ${steps.map((step) => step.rotaId)}::uuid[], ${steps.map((step) => step.role)}::text[])
      with ordinality as step (after_minutes, kind, rota_id, role, position)`);
}
