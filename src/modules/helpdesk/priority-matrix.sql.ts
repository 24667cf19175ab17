import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { json, type SqlText, sql } from "../../platform/sql.ts";
import { PriorityMatrix } from "./api.ts";
import { type Level, type Priority, priorityOf, usualMatrix } from "./priority.ts";

/** A provider's matrix; the usual one as long as it has none of its own. */
export async function getPriorityMatrix(tx: Tx): Promise<PriorityMatrix> {
  const own = await tx.maybe(
    PriorityMatrix,
    sql`select cells as matrix, version from helpdesk.priority_matrix where tenant_id = ${tx.tenantId}`,
  );
  return own ?? { matrix: usualMatrix(), version: 1 };
}

/** The version of the matrix, under its lock; the first change makes the row that it locks. */
export async function lockPriorityMatrix(tx: Tx): Promise<number> {
  tx.send(sql`
    insert into helpdesk.priority_matrix (tenant_id, cells, version)
    values (${tx.tenantId}, ${json(usualMatrix())}, 1) on conflict do nothing`);
  const { version } = await tx.one(
    Type.Object({ version: Type.Integer() }),
    sql`select version from helpdesk.priority_matrix where tenant_id = ${tx.tenantId} for update`,
  );
  return version;
}

export function updatePriorityMatrix(tx: Tx, { matrix, version }: PriorityMatrix): void {
  tx.send(sql`
    update helpdesk.priority_matrix set cells = ${json(matrix)}, version = ${version} where tenant_id = ${tx.tenantId}`);
}

/**
 * The priority of a ticket as a piece of SQL: the one that is given, else what the provider's matrix makes of impact and
 * urgency. One row by its primary key, within the statement that asks.
 */
export function askedPriority(
  tx: Tx,
  ask: { priority?: Priority | undefined; impact: Level; urgency: Level },
): SqlText {
  const { priority, impact, urgency } = ask;
  if (priority) return sql`${priority}::text`;
  return sql`coalesce((
    select priority_matrix.cells -> ${impact}::text ->> ${urgency}::text from helpdesk.priority_matrix
    where priority_matrix.tenant_id = ${tx.tenantId}), ${priorityOf(impact, urgency)})`;
}
