import assert from "node:assert/strict";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { makeTemporaryFolder } from "../../test/temporary-folder.ts";
import { apiKeyAuthenticator } from "../modules/identity/index.ts";
import { findBrokenSeal, sealEvents } from "../platform/audit.ts";
import { readConfig } from "../platform/config.ts";
import { type Database, openDatabase } from "../platform/db.ts";
import { startJobCalls } from "../platform/jobs.ts";
import { silentLog } from "../platform/log.ts";
import { demoTenantId, ensureDemo, foreignTenantId } from "./build-demo.ts";
import { type Credentials, ensureCredentials } from "./credentials.ts";

describe("the demo provider", () => {
  const dataDir = makeTemporaryFolder("demo");
  const config = readConfig(["--data", dataDir], {});
  let testDatabase: TestDatabase;
  let db: Database;
  let superuser: pg.Client;
  let jobCalls: { stop(): void };
  let first: Credentials;

  before(async () => {
    testDatabase = await createTestDatabase();
    superuser = new pg.Client(testDatabase.connection);
    await superuser.connect();
    db = openDatabase({ ...testDatabase.connection, user: "mainstay_app" });
    jobCalls = await startJobCalls(db, ["helpdesk.ring", "helpdesk.resume"], silentLog);
    first = await ensureCredentials(config, db, await ensureDemo(db));
  });
  after(async () => {
    jobCalls.stop();
    await Promise.all([db.end(), superuser.end()]);
    await testDatabase.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** As superuser, who sees every tenant. */
  async function look(text: string, tenantId = demoTenantId) {
    return (await superuser.query(text, [tenantId])).rows;
  }
  const count = async (from: string, tenantId?: string) =>
    (await look(`select count(*)::int as count from ${from}`, tenantId))[0].count;

  test("has what it promises: customers, sites, devices, engineers", async () => {
    const sitesOf = (code: string) =>
      count(`customers.site join customers.customer on customer.id = customer_id
        where site.tenant_id = $1 and customer.code = '${code}'`);
    assert.equal(await count("customers.customer where tenant_id = $1"), 3);
    assert.equal(await sitesOf("YUNQUE"), 60);
    assert.equal(await sitesOf("CLEARISLE"), 80);
    assert.equal(await count("devices.device where tenant_id = $1"), 800);
    assert.equal(await count("devices.device_code where tenant_id = $1"), 800);
    assert.equal(await count("identity.staff where tenant_id = $1 and 'engineer' = any(roles)"), 6);
    assert.equal(await count("helpdesk.contact_point where tenant_id = $1"), 0, "nothing can be sent to anyone");
    assert.equal(await count("identity.staff where tenant_id = $1 and email not like '%.example'"), 0);
    assert.equal(await count("customers.person where tenant_id = $1 and email not like '%.example'"), 0);
  });

  test("has a ticket in every state, some of them late, some repeated, some rated", async () => {
    const states = await look("select distinct state from helpdesk.ticket where tenant_id = $1");
    assert.equal(states.length, 9);
    const tickets = await count("helpdesk.ticket where tenant_id = $1");
    assert.ok(tickets > 900, `${tickets} tickets`);
    const late = await count(`helpdesk.ticket where tenant_id = $1 and exists (
      select from helpdesk.clock where clock.ticket_id = ticket.id and breached_at is not null)`);
    assert.ok(late / tickets > 0.05 && late / tickets < 0.13, `${late} of ${tickets} late`);
    assert.ok((await count("quality.rating where tenant_id = $1")) > tickets / 4);
    assert.ok((await count("helpdesk.pause where tenant_id = $1 and reason <> 'resolved'")) > tickets / 20);
    assert.ok((await count("helpdesk.ticket where tenant_id = $1 and reopened_times > 0")) > 10);
    const [worst] = await look(`select count(*)::int as faults from helpdesk.ticket where tenant_id = $1
      group by device_id having device_id is not null order by 1 desc limit 1`);
    assert.ok(worst.faults >= 8, "a device that fails again and again");
    assert.equal(await count("helpdesk.ticket_search where tenant_id = $1"), tickets);
  });

  test("its named engineer comes first at all sites of the printed contact, and is on duty at every hour", async () => {
    const [contact] = await look(
      "select id from customers.person where tenant_id = $1 and email = 'it@clearisle.example'",
    );
    const [engineer] = await look(
      "select id from identity.staff where tenant_id = $1 and email = 'chan@harbourlight.example'",
    );
    assert.equal(first.logins.contact.email, "it@clearisle.example");
    assert.equal(first.logins.engineer.email, "chan@harbourlight.example");
    const [affiliation] = (
      await superuser.query("select customer_id, site_id, role from customers.affiliation where person_id = $1", [
        contact.id,
      ])
    ).rows;
    assert.deepEqual([affiliation.role, affiliation.site_id], ["contact", null]);
    const [named] = (
      await superuser.query(
        `select staff_id from customers.named_engineer where customer_id = $1 order by site_id nulls last, rank limit 1`,
        [affiliation.customer_id],
      )
    ).rows;
    assert.equal(named.staff_id, engineer.id);
    assert.equal((await superuser.query("select from helpdesk.duty where staff_id = $1", [engineer.id])).rowCount, 0);
  });

  test("a second start keeps it; a lost file makes new credentials and ends the old ones", async () => {
    const authenticate = apiKeyAuthenticator(db, { log: silentLog });
    const keyOf = (key: string) =>
      authenticate({ headers: { authorization: `Bearer ${key}` }, ip: "127.0.0.1" } as never);
    const { mode } = await stat(join(dataDir, "demo.json"));
    assert.equal(mode & 0o777, 0o600);
    assert.deepEqual(JSON.parse(await readFile(join(dataDir, "demo.json"), "utf8")), first);
    const tickets = await count("helpdesk.ticket where tenant_id = $1");
    const second = await ensureCredentials(config, db, await ensureDemo(db));
    assert.deepEqual(second, first);
    assert.equal(await count("helpdesk.ticket where tenant_id = $1"), tickets);
    const elsewhere = await ensureCredentials(
      { ...config, publicUrl: "http://127.0.0.1:4000" },
      db,
      await ensureDemo(db),
    );
    assert.deepEqual(elsewhere, { ...first, url: "http://127.0.0.1:4000" });

    await rm(join(dataDir, "demo.json"));
    const third = await ensureCredentials(config, db, await ensureDemo(db));
    assert.notEqual(third.apiKeys.owner, first.apiKeys.owner);
    await assert.rejects(async () => keyOf(first.apiKeys.contact), /unknown, expired or revoked/);
    assert.equal((await keyOf(third.apiKeys.contact))?.kind, "person");
    assert.equal((await keyOf(third.apiKeys.user))?.roles.join(), "user");
    assert.equal((await keyOf(third.foreign.apiKeys.owner))?.tenantId, foreignTenantId);
  });

  test("the foreign provider has something of its own", async () => {
    assert.equal(await count("customers.site where tenant_id = $1", foreignTenantId), 1);
    assert.equal(await count("devices.device where tenant_id = $1", foreignTenantId), 1);
    assert.equal(await count("helpdesk.ticket where tenant_id = $1", foreignTenantId), 3);
  });

  test("its audit log can be sealed, and holds", async () => {
    while ((await sealEvents(db, demoTenantId)) > 0);
    assert.equal(await db.asTenant(demoTenantId, findBrokenSeal), undefined);
  });
});
