import pg from "pg";
import { Type } from "typebox";
import type { Database, Tx } from "../src/platform/db.ts";
import { compile, type SqlText, sql } from "../src/platform/sql.ts";

/** One step of a plan, as EXPLAIN tells it. */
export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  "Plan Rows": number;
  Plans?: PlanNode[];
}

const Explained = Type.Object({ "QUERY PLAN": Type.Array(Type.Object({ Plan: Type.Unsafe<PlanNode>({}) })) });

/**
 * The plans of the statements that `work` asks, under row-level security: each as planned for its values, and as planned
 * once for all values, which is what a connection uses after a while.
 */
export async function plansOf(
  db: Database,
  tenantId: string,
  work: (tx: Tx) => Promise<unknown>,
): Promise<{ text: string; nodes: PlanNode[] }[]> {
  const asked: SqlText[] = [];
  const note = async (_row: unknown, statement: SqlText) => {
    asked.push(statement);
    return [];
  };
  await db.asTenant(tenantId, (tx) => work(Object.create(tx, { many: { value: note } })));
  const plans: { text: string; nodes: PlanNode[] }[] = [];
  for (const statement of asked) {
    const { text } = compile(statement);
    const chosen = await db.asTenant(tenantId, (tx) => tx.one(Explained, sql`explain (format json) ${statement}`));
    plans.push({ text, nodes: nodesOf(chosen["QUERY PLAN"]) });
    const client = await db.connect();
    try {
      await client.query(`begin; set local app.tenant = '${tenantId}'`);
      const generic = await client.query(`explain (generic_plan, format json) ${text}`);
      plans.push({ text, nodes: nodesOf(generic.rows[0]["QUERY PLAN"]) });
    } finally {
      await client.end();
    }
  }
  return plans;
}

function nodesOf([explained]: { Plan: PlanNode }[]): PlanNode[] {
  const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  return explained ? flat(explained.Plan) : [];
}

/** Runs statements as superuser without the checks of foreign keys, to fill tables with many rows at once. */
export async function fill(connection: pg.ClientConfig, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    for (const statement of statements) await client.query(statement);
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}
