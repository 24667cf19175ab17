import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { Type } from "typebox";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { makeTemporaryFolder } from "../../test/temporary-folder.ts";
import { openTicket } from "../modules/helpdesk/index.ts";
import { permissionsOf } from "../modules/identity/index.ts";
import type { Actor } from "../platform/actor.ts";
import { now, setClock } from "../platform/clock.ts";
import { readConfig } from "../platform/config.ts";
import { type Database, openDatabase } from "../platform/db.ts";
import { startJobCalls } from "../platform/jobs.ts";
import { silentLog } from "../platform/log.ts";
import { nextNumber } from "../platform/number-blocks.ts";
import { sql } from "../platform/sql.ts";
import { demoTenantId, ensureDemo } from "./build-demo.ts";
import { ensureCredentials } from "./credentials.ts";
import type { DemoPeople } from "./find-demo.sql.ts";
import { startDemo } from "./index.ts";
import { openFault, takeLeftOver } from "./open-errands.ts";
import { seededRandom } from "./random.ts";

const Row = Type.Object({
  id: Type.String(),
  state: Type.String(),
  assigneeId: Type.Union([Type.String(), Type.Null()]),
  customer: Type.String(),
});

describe("the trickle of new faults", () => {
  const dataDir = makeTemporaryFolder("trickle");
  const config = readConfig(["--data", dataDir], {});
  const random = seededRandom("trickle test");
  let testDatabase: TestDatabase;
  let db: Database;
  let jobCalls: { stop(): void };
  let people: DemoPeople;

  before(async () => {
    testDatabase = await createTestDatabase();
    db = openDatabase({ ...testDatabase.connection, user: "mainstay_app" });
    jobCalls = await startJobCalls(db, ["helpdesk.ring", "helpdesk.resume"], silentLog);
    people = await ensureDemo(db);
    await ensureCredentials(config, db, people);
    people = await ensureDemo(db);
  });
  after(async () => {
    setClock(undefined);
    jobCalls.stop();
    await db.end();
    await testDatabase.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const tickets = (since: string) =>
    db.asTenant(demoTenantId, (tx) =>
      tx.many(
        Row,
        sql`select ticket.id, ticket.state, ticket.assignee_id as "assigneeId", customer.code as customer
          from helpdesk.ticket
          join customers.customer on customer.tenant_id = ticket.tenant_id and customer.id = ticket.customer_id
          where ticket.tenant_id = ${tx.tenantId} and ticket.opened_at >= ${since} order by ticket.id`,
      ),
    );

  test("is opened at the chain and the manufacturer, and dealt with by their engineers to the end", async () => {
    const since = now().toString();
    for (let count = 0; count < 12; count++) {
      const errand = await openFault(db, people, random);
      assert.ok(errand && errand.steps.length >= 3);
      for (const { act } of errand.steps) await db.asTenant(demoTenantId, act);
    }
    const opened = await tickets(since);
    assert.equal(opened.length, 12);
    for (const { state, assigneeId, customer } of opened) {
      assert.equal(state, "resolved");
      assert.ok(["YUNQUE", "DONGSON"].includes(customer));
      assert.notEqual(assigneeId, people.engineer.id);
    }
  });

  test("what was left open is brought to an end one day, but never what somebody with a login has opened", async () => {
    const { contact } = people;
    const roles = ["contact"];
    const asker: Actor = {
      kind: "person",
      id: contact.id,
      tenantId: demoTenantId,
      permissions: permissionsOf(roles),
      roles,
      locale: "en",
      via: "api_key",
    };
    const asked = await db.asTenant(demoTenantId, async (tx) => {
      const site = await tx.one(
        Type.Object({ id: Type.String() }),
        sql`select site.id from customers.site
          where site.tenant_id = ${tx.tenantId} and site.code = 'B008'`,
      );
      const number = (prefix: string) => nextNumber(db, demoTenantId, prefix);
      return openTicket(tx, asker, { subject: "Mine", siteId: site.id }, { channel: "api" }, number);
    });
    setClock(now().add({ hours: 200 }).toString());
    let ended = 0;
    for (;;) {
      const errand = await takeLeftOver(db, people, random);
      if (!errand) break;
      for (const { act } of errand.steps) await db.asTenant(demoTenantId, act);
      ended++;
    }
    assert.ok(ended > 3, `${ended} were brought to an end`);
    const [mine] = (await tickets(asked.openedAt)).filter(({ id }) => id === asked.id);
    assert.equal(mine?.state, "assigned");
    setClock(undefined);
  });

  test("starts with the demo and stops with it", async () => {
    const demo = await startDemo({ config, db, log: silentLog });
    assert.deepEqual(Object.keys(demo.credentials), ["url", "logins", "apiKeys", "foreign", "inventorySecret"]);
    await demo.stop();
  });
});
