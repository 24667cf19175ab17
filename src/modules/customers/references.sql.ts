import { Type } from "typebox";
import type { Tx } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";

const Id = Type.Object({ id: Type.String() });

/** Of these members of staff, those that exist and are active. */
export async function findActiveStaff(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.many(
    Id,
    sql`select id from identity.staff where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) and active`,
  );
  return new Set(rows.map((row) => row.id));
}
