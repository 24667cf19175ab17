import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { Type } from "typebox";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { type Generated, generateTickets } from "../../../test/generated-tickets.ts";
import type { Actor } from "../../platform/actor.ts";
import { type Database, openDatabase, type Tx } from "../../platform/db.ts";
import { type SqlText, sql } from "../../platform/sql.ts";
import { getMemberQuality, getTeamQuality } from "./get-member-quality.ts";
import { getServiceQuality } from "./get-service-quality.ts";

const Plan = Type.Cyclic(
  {
    Node: Type.Object({
      "Node Type": Type.String(),
      "Relation Name": Type.Optional(Type.String()),
      "Actual Rows": Type.Number(),
      "Actual Loops": Type.Number(),
      "Rows Removed by Filter": Type.Optional(Type.Number()),
      "Rows Removed by Index Recheck": Type.Optional(Type.Number()),
      Plans: Type.Optional(Type.Array(Type.Ref("Node"))),
    }),
  },
  "Node",
);
type Plan = Type.Static<typeof Plan>;
const Explained = Type.Object({ "QUERY PLAN": Type.Tuple([Type.Object({ Plan })]) });

const tickets = 4000;
const customers = 20;
const summer = { from: "2026-07-01", to: "2026-09-30" };

describe("the pages, over many tickets of several providers", () => {
  let testDatabase: TestDatabase;
  let db: Database;
  let provider: Generated;

  before(async () => {
    testDatabase = await createTestDatabase();
    const client = new pg.Client(testDatabase.connection);
    await client.connect();
    const [first] = await generateTickets(client, { tenants: 4, tickets });
    await client.end();
    assert.ok(first);
    provider = first;
    db = openDatabase({ ...testDatabase.connection, user: "mainstay_app" });
  });
  after(async () => {
    await db.end();
    await testDatabase.drop();
  });

  /** What a page reads of the large tables, statement by statement. */
  async function readsOf(page: (tx: Tx, actor: Actor) => Promise<unknown>): Promise<Read[][]> {
    const { tenantId, memberIds } = provider;
    const permissions = new Set(["quality.read", "report.read"]);
    const [id = ""] = memberIds;
    const actor: Actor = { kind: "staff", id, tenantId, permissions, roles: [], locale: "en", via: "api_key" };
    return db.asTenant(tenantId, async (tx) => {
      const reads: Read[][] = [];
      const explain = async (statement: SqlText) => {
        const explained = await tx.one(Explained, sql`explain (analyze, format json) ${statement}`);
        reads.push(scansOf(explained["QUERY PLAN"][0].Plan));
      };
      const explaining: Tx = {
        tenantId,
        many: (row, statement) => explain(statement).then(() => tx.many(row, statement)),
        maybe: (row, statement) => explain(statement).then(() => tx.maybe(row, statement)),
        one: (row, statement) => explain(statement).then(() => tx.one(row, statement)),
        run: (statement) => tx.run(statement),
        send: (statement) => tx.send(statement),
        sendFor: (row, statement) => tx.sendFor(row, statement),
        afterCommit: (key, work) => tx.afterCommit(key, work),
        savepoint: (work) => tx.savepoint(work),
      };
      await page(explaining, actor);
      return reads;
    });
  }

  it("read of a customer's report little more than that customer's tickets", async () => {
    const customerId = provider.customerIds[3] ?? "";
    const reads = await readsOf((tx, actor) => getServiceQuality(tx, actor, { ...summer, customerId }));
    for (const read of reads.flat()) {
      const most = (tickets / customers) * (read.table === "clock" ? 3 : 1);
      assert.ok(read.byIndex && read.rows <= most, JSON.stringify(read));
    }
    assert.ok(reads.some((each) => each.some(({ table }) => table === "clock")));
  });

  it("read of a member's page only rows of its provider, by an index", async () => {
    const reads = await readsOf((tx, actor) => getMemberQuality(tx, actor, "me", summer));
    for (const read of reads.flat()) {
      assert.ok(read.byIndex && read.rows <= tickets, JSON.stringify(read));
    }
  });

  it("ask a handful of statements, however many engineers, sites and tickets there are", async () => {
    const counts = [
      await readsOf((tx, actor) => getMemberQuality(tx, actor, "me", summer)),
      await readsOf((tx) => getTeamQuality(tx, summer)),
      await readsOf((tx, actor) => getServiceQuality(tx, actor, summer)),
    ].map((reads) => reads.length);
    assert.deepEqual(counts, [7, 3, 5]);
  });
});

interface Read {
  table: string;
  byIndex: boolean;
  /** Those that were looked at and put aside, too. */
  rows: number;
}

const large = new Set(["ticket", "clock", "work_entry", "rating"]);

function scansOf(plan: Plan): Read[] {
  const { "Relation Name": table, "Node Type": type, "Actual Rows": kept, "Actual Loops": loops } = plan;
  const below = (plan.Plans ?? []).flatMap(scansOf);
  if (table === undefined || !large.has(table)) return below;
  const aside = (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
  return [{ table, byIndex: type !== "Seq Scan", rows: Math.round((kept + aside) * loops) }, ...below];
}
