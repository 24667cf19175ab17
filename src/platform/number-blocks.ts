import { Type } from "typebox";
import type { Database } from "./db.ts";
import { sql } from "./sql.ts";

const blockSize = 50;
const blocks = new WeakMap<Database, Map<string, Promise<{ next: number; end: number }>>>();

/**
 * The next human number of a kind in a tenant, e.g. 1042 of `INC-1042`. Numbers are taken in blocks, in a transaction of
 * their own, so that nobody waits for anybody; a process that ends leaves a gap.
 */
export async function nextNumber(db: Database, tenantId: string, kind: string): Promise<number> {
  const ofDatabase = blocks.get(db) ?? new Map<string, Promise<{ next: number; end: number }>>();
  blocks.set(db, ofDatabase);
  const key = `${tenantId}/${kind}`;
  for (;;) {
    const pending = ofDatabase.get(key) ?? takeBlock(db, tenantId, kind);
    ofDatabase.set(key, pending);
    const block = await pending.catch((error) => {
      if (ofDatabase.get(key) === pending) ofDatabase.delete(key);
      throw error;
    });
    if (block.next < block.end) return block.next++;
    if (ofDatabase.get(key) === pending) ofDatabase.delete(key);
  }
}

async function takeBlock(db: Database, tenantId: string, kind: string): Promise<{ next: number; end: number }> {
  const { end } = await db.asTenantAside(tenantId, (tx) =>
    tx.one(
      Type.Object({ end: Type.Integer() }),
      sql`insert into platform.number_block (tenant_id, kind, next_number) values (${tenantId}, ${kind}, ${1 + blockSize})
        on conflict (tenant_id, kind) do update set next_number = number_block.next_number + ${blockSize}
        returning next_number as "end"`,
    ),
  );
  return { next: end - blockSize, end };
}
