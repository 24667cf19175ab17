import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { listAgreements } from "../src/modules/contracts/agreements.sql.ts";
import { listPolicies } from "../src/modules/contracts/policies.sql.ts";
import { listCustomers } from "../src/modules/customers/customers.sql.ts";
import { listPeople } from "../src/modules/customers/people.sql.ts";
import { listSites } from "../src/modules/customers/sites.sql.ts";
import { listDevices, listTypes } from "../src/modules/devices/devices.sql.ts";
import type { Actor } from "../src/platform/actor.ts";
import { type Database, openDatabase, type Tx } from "../src/platform/db.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { fill, type PlanNode, plansOf } from "./query-plans.ts";

const tenantId = "00000000-0000-7000-8000-00000000000a";
const other = "00000000-0000-7000-8000-00000000000b";
const id = (kind: string, number: number | string) =>
  typeof number === "number"
    ? `00000000-0000-7000-${kind}-${String(number).padStart(12, "0")}`
    : `('00000000-0000-7000-${kind}-' || lpad((${number})::text, 12, '0'))::uuid`;

/** A tenant of so many sites, people, devices and agreements, of a thousand customers. */
function manyRows(tenant: string, rows: number): string[] {
  const series = (last: number) => `from generate_series(1, ${last}) as n`;
  return [
    `insert into customers.customer (tenant_id, id, name, code, deployment, lifecycle, locale, created_at)
      select '${tenant}', ${id("8001", "n")}, 'Customer ' || n, 'C' || n, 'saas',
        case when n % 100 = 0 then 'lost' else 'active' end, 'en', '2026-01-01' ${series(1000)}`,
    `insert into customers.site (tenant_id, id, customer_id, name, code, time_zone, created_at)
      select '${tenant}', ${id("8002", "n")}, ${id("8001", "n % 1000 + 1")}, 'Site ' || md5(n::text), 'S' || n, 'UTC',
        '2026-01-01' ${series(rows)}`,
    `insert into customers.person (tenant_id, id, name, email, locale, created_at)
      select '${tenant}', ${id("8003", "n")}, 'Person ' || md5(n::text), n || '@example.com', 'en', '2026-01-01'
        ${series(rows)}`,
    `insert into customers.affiliation (tenant_id, person_id, customer_id, role, site_id, created_at)
      select '${tenant}', ${id("8003", "n")}, ${id("8001", "n % 1000 + 1")},
        case when n <= 1000 then 'contact' else 'user' end, case when n > 1000 then ${id("8002", "n")} end, '2026-01-01'
        ${series(rows)}`,
    `insert into devices.device (tenant_id, id, customer_id, site_id, name, type, serial, code, created_at)
      select '${tenant}', ${id("8004", "n")}, ${id("8001", "n % 1000 + 1")}, ${id("8002", "n")}, 'Device ' || md5(n::text),
        'type ' || n % 20, 'SN' || n, 'code' || n, '2026-01-01' ${series(rows)}`,
    `insert into contracts.sla_policy (tenant_id, id, name, pausing_reasons, created_at)
      select '${tenant}', ${id("8005", "n")}, 'Policy ' || n, '{}', '2026-01-01' ${series(50)}`,
    `insert into contracts.agreement (tenant_id, customer_id, policy_id, starts_on, ends_on, created_at)
      select '${tenant}', ${id("8001", "n % 1000 + 1")}, ${id("8005", "n % 50 + 1")}, date '2000-01-01' + n / 1000 * 30,
        date '2000-01-29' + n / 1000 * 30, '2026-01-01' ${series(rows)}`,
  ];
}

describe("lists of a hundred thousand rows", () => {
  let testDatabase: TestDatabase;
  let db: Database;
  const actor = (kind: "staff" | "person", actorId: string): Actor => ({
    kind,
    id: actorId,
    tenantId,
    permissions: new Set(),
    roles: [],
    locale: "en",
    via: "session",
  });
  const staff = actor("staff", id("8009", 1));
  const contact = actor("person", id("8003", 7));
  const user = actor("person", id("8003", 5000));

  before(async () => {
    testDatabase = await createTestDatabase();
    await fill(testDatabase.connection, [...manyRows(tenantId, 100_000), ...manyRows(other, 10_000)]);
    db = openDatabase({ ...testDatabase.connection, user: "mainstay_app" });
  });
  after(async () => {
    await db.end();
    await testDatabase.drop();
  });

  const big = new Set(["customer", "site", "person", "affiliation", "device", "agreement"]);
  /** More rows than one customer has of anything. */
  const many = 5000;

  async function assertIndexed(work: (tx: Tx) => Promise<unknown>, walks = true): Promise<void> {
    const plans = await plansOf(db, tenantId, work);
    assert.ok(plans.length >= 2);
    for (const { text, nodes } of plans) {
      const bad = nodes.filter((node) => isScanOfAll(node) || isSortOfMany(node) || (!walks && isReadOfMany(node)));
      assert.deepEqual(bad.map(shortly), [], `${text}\n${nodes.map(shortly).join("\n")}`);
    }
  }
  const isScanOfAll = (node: PlanNode) => node["Node Type"] === "Seq Scan" && big.has(node["Relation Name"] ?? "");
  const isSortOfMany = (node: PlanNode) =>
    node["Node Type"] === "Sort" && node.Plans?.some((below) => below["Plan Rows"] > many) === true;
  const isReadOfMany = (node: PlanNode) => big.has(node["Relation Name"] ?? "") && node["Plan Rows"] > many;
  const shortly = (node: PlanNode) =>
    [node["Node Type"], node["Relation Name"], node["Index Name"], node["Index Cond"], node["Plan Rows"]].join(" ");

  const page = { limit: 50, archived: false };
  const after_ = (...key: string[]) => Buffer.from(JSON.stringify(key)).toString("base64url");
  const customerId = id("8001", 8);
  const deep = after_("site 8", id("8002", 1));

  it("walk an index for staff, on the first page, deep down, filtered and searched", async () => {
    await assertIndexed((tx) => listCustomers(tx, staff, page));
    await assertIndexed((tx) => listCustomers(tx, staff, { ...page, q: "99" }));
    for (const more of [{}, { after: deep }, { customerId }, { customerId, after: deep }, { q: "上海" }]) {
      await assertIndexed((tx) => listSites(tx, staff, { ...page, ...more }));
    }
    for (const more of [{}, { after: deep }, { customerId }, { siteId: id("8002", 8) }, { q: "x@" }]) {
      await assertIndexed((tx) => listPeople(tx, staff, { ...page, ...more }));
    }
    const siteId = id("8002", 8);
    for (const more of [
      {},
      { after: deep },
      { customerId },
      { siteId },
      { type: "type 7" },
      { q: "sn99" },
      { code: "x" },
    ]) {
      await assertIndexed((tx) => listDevices(tx, staff, { limit: 50, ...more }));
    }
    await assertIndexed((tx) => listTypes(tx, staff));
    await assertIndexed((tx) => listPolicies(tx, staff, page));
    for (const more of [{}, { customerId }, { on: "2003-05-05" }, { after: after_("2003-05-05", id("8005", 1)) }]) {
      await assertIndexed((tx) => listAgreements(tx, staff, { limit: 50, ...more }));
    }
  });

  it("begin with the few rows that a contact or a user may see", async () => {
    for (const person of [contact, user]) {
      await assertIndexed((tx) => listSites(tx, person, page), false);
      await assertIndexed((tx) => listSites(tx, person, { ...page, q: "e" }), false);
      await assertIndexed((tx) => listPeople(tx, person, page), false);
      await assertIndexed((tx) => listDevices(tx, person, { limit: 50 }), false);
      await assertIndexed((tx) => listTypes(tx, person), false);
      await assertIndexed((tx) => listCustomers(tx, person, page), false);
      await assertIndexed((tx) => listAgreements(tx, person, { limit: 50 }), false);
      await assertIndexed((tx) => listPolicies(tx, person, page), false);
    }
  });
});
