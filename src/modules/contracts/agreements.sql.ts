import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Day, Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, sql } from "../../platform/sql.ts";
import { visibleCustomers } from "../customers/index.ts";
import { Agreement, type AgreementFilter, type AgreementPage } from "./api.ts";

const columns = sql`
  agreement.id, agreement.version, agreement.customer_id as "customerId", customer.name as "customerName",
  agreement.policy_id as "policyId", sla_policy.name as "policyName", agreement.starts_on as "startsOn",
  agreement.ends_on as "endsOn", agreement.created_at as "createdAt"`;

const from = sql`contracts.agreement
  join customers.customer on customer.tenant_id = agreement.tenant_id and customer.id = agreement.customer_id
  join contracts.sla_policy on sla_policy.tenant_id = agreement.tenant_id and sla_policy.id = agreement.policy_id`;

export function findAgreement(tx: Tx, actor: Actor, id: string): Promise<Agreement | undefined> {
  return tx.maybe(
    Agreement,
    sql`select ${columns} from ${from}
      where agreement.tenant_id = ${tx.tenantId} and agreement.id = ${id} and ${visibleCustomers(actor)}`,
  );
}

const SortKey = Type.Tuple([Day, Id]);

/** The latest first. */
export async function listAgreements(tx: Tx, actor: Actor, filter: AgreementFilter): Promise<AgreementPage> {
  const conditions = [sql`agreement.tenant_id = ${tx.tenantId}`, visibleCustomers(actor)];
  if (filter.customerId) conditions.push(sql`agreement.customer_id = ${filter.customerId}`);
  if (filter.policyId) conditions.push(sql`agreement.policy_id = ${filter.policyId}`);
  if (filter.on) {
    conditions.push(sql`agreement.starts_on <= ${filter.on}`);
    conditions.push(sql`(agreement.ends_on is null or agreement.ends_on >= ${filter.on})`);
  }
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(agreement.starts_on, agreement.id) < (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Agreement,
    sql`select ${columns} from ${from}
      where ${all(conditions)} order by agreement.starts_on desc, agreement.id desc limit ${filter.limit + 1}`,
  );
  return pageOf(rows, filter.limit, (row) => [row.startsOn, row.id]);
}

export const StoredAgreement = Type.Pick(Agreement, ["customerId", "policyId", "startsOn", "endsOn"]);
export type StoredAgreement = Static<typeof StoredAgreement>;

/** The agreement of the same customer that would be in force on one of these days too. */
export async function findOverlap(
  tx: Tx,
  { customerId, startsOn, endsOn }: StoredAgreement,
  exceptId: string | null,
): Promise<string | undefined> {
  const rows = await tx.many(
    Type.Object({ id: Type.String() }),
    sql`select id from contracts.agreement
      where tenant_id = ${tx.tenantId} and customer_id = ${customerId} and id is distinct from ${exceptId}
        and starts_on <= ${endsOn ?? "infinity"} and (ends_on is null or ends_on >= ${startsOn})
      order by starts_on limit 1`,
  );
  return rows[0]?.id;
}

export async function insertAgreement(tx: Tx, agreement: StoredAgreement, createdAt: string): Promise<string> {
  const { id } = await tx.one(
    Type.Object({ id: Type.String() }),
    sql`insert into contracts.agreement (tenant_id, customer_id, policy_id, starts_on, ends_on, created_at)
      values (${tx.tenantId}, ${agreement.customerId}, ${agreement.policyId}, ${agreement.startsOn},
        ${agreement.endsOn}, ${createdAt})
      returning id`,
  );
  return id;
}

export function updateAgreementEnd(tx: Tx, id: string, endsOn: string | null): void {
  tx.send(sql`
    update contracts.agreement set ends_on = ${endsOn}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}
