import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { existsSync, globSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { findBrokenSeal, sealEvents } from "../src/platform/audit.ts";
import { setClock } from "../src/platform/clock.ts";
import { openDatabase } from "../src/platform/db.ts";
import { sql } from "../src/platform/sql.ts";
import { createSubscription, startPushService } from "./peers/push-service.ts";
import { freePort, postgresPid, type RunningServer, startServer } from "./running-server.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** Twenty kills in all, in parts that each end with a look at what is there. */
const parts = 4;
const roundsOfPart = 5;
const openers = 6;
const dataDir = makeTemporaryFolder("kill");
const env = { MAINSTAY_ALLOW_PRIVATE_DESTINATIONS: "true", MAINSTAY_TEST_WEB: "off" };
let port = 0;
let server: RunningServer;
let push: Awaited<ReturnType<typeof startPushService>>;
let key = "";
let siteId = "";
let tenantId = "";
let tickets = 0;

before(async () => {
  port = await freePort();
  push = await startPushService();
  server = await startServer({ dataDir, port, env });
  ({ siteId, tenantId } = await setUp());
});

after(async () => {
  await server.kill("SIGTERM");
  await push.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined, headers: answer.headers };
}

async function made(path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await ask("POST", path, body, headers);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

/** A provider with one site whose named engineer, the owner, has a phone. */
async function setUp(): Promise<{ siteId: string; tenantId: string }> {
  const owner = { ownerName: "An", ownerEmail: "an@example.com", password: "correct horse battery staple" };
  const provider = { providerName: "Fix It", locale: "en", timeZone: "Asia/Ho_Chi_Minh", currency: "VND" };
  const signedIn = await ask("POST", "/setup", { ...provider, ...owner });
  assert.equal(signedIn.status, 201, JSON.stringify(signedIn.body));
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  key = (await made("/api-keys", { name: "test", scopes: ["*"] }, { cookie })).key;
  const customer = await made("/customers", {
    name: "Shop",
    code: "SHOP",
    deployment: "saas",
    lifecycle: "active",
    locale: "en",
  });
  const site = await made("/sites", { customerId: customer.id, name: "One", code: "1", timeZone: "Asia/Ho_Chi_Minh" });
  await ask("PUT", `/sites/${site.id}/named-engineers`, { memberIds: [signedIn.body.id] });
  const phone = createSubscription();
  await made("/push-subscriptions", {
    endpoint: push.endpointFor(phone),
    keys: { p256dh: phone.keys.p256dh, auth: phone.keys.auth },
    label: "phone",
  });
  return { siteId: site.id, tenantId: signedIn.body.tenant.id };
}

for (let part = 1; part <= parts; part++) {
  test(
    `what was acknowledged survives kills of server and database under load, once in effect: ${part} of ${parts}`,
    survive,
  );
}

test("what waits is handed over once everything runs again, and the audit log holds", async () => {
  await auditLogHolds(tenantId, tickets);
  for (let tries = 0; ; tries++) {
    const waiting = (await ask("GET", "/notifications?state=queued")).body.items;
    if (waiting.length === 0) break;
    assert.ok(tries < 300, `${waiting.length} calls are still waiting`);
    await wait(200);
  }
});

async function survive(): Promise<void> {
  const acknowledged = new Map<string, string>();
  let stopped = false;
  const load = Array.from({ length: openers }, async () => {
    while (!stopped) {
      const idempotencyKey = randomUUID();
      // Whoever hears nothing asks again with the same key, as the web app and the phone do.
      for (let heard = false; !heard && !stopped; ) {
        // Of a priority that rings at night too.
        const ticket = { subject: `Fault ${idempotencyKey}`, siteId, impact: "high", urgency: "high" };
        const answer = await ask("POST", "/tickets", ticket, { "idempotency-key": idempotencyKey }).catch(
          () => undefined,
        );
        heard = answer?.status === 201;
        if (answer && !heard) assert.equal(answer.status, 503, JSON.stringify(answer.body));
        if (heard) acknowledged.set(idempotencyKey, answer?.body.id);
        else await wait(50);
      }
    }
  });
  const cluster = globSync(join(dataDir, "**/PG_VERSION"), { cwd: "/" }).find((file) => !file.includes("base"));
  try {
    for (let round = 0; round < roundsOfPart; round++) {
      const before = acknowledged.size;
      while (acknowledged.size < before + 5) await wait(20);
      await wait(randomInt(200));
      if (round % 2 === 0 && cluster && existsSync(join("/", cluster))) {
        process.kill(postgresPid(join("/", cluster, "..")), "SIGKILL");
        await wait(randomInt(300));
      } else {
        await server.kill("SIGKILL");
        server = await startServer({ dataDir, port, env });
      }
    }
  } finally {
    stopped = true;
  }
  await Promise.all(load);
  await answersAgain();

  assert.ok(acknowledged.size >= roundsOfPart * 5);
  tickets += acknowledged.size;
  assert.equal(new Set(acknowledged.values()).size, acknowledged.size, "two keys share a ticket");
  const subjects = new Map<string, number>();
  let cursor = "";
  do {
    const { body } = await ask("GET", `/tickets?limit=200${cursor ? `&after=${cursor}` : ""}`);
    for (const { subject } of body.items) subjects.set(subject, (subjects.get(subject) ?? 0) + 1);
    cursor = body.next ?? "";
  } while (cursor);
  for (const idempotencyKey of acknowledged.keys()) assert.equal(subjects.get(`Fault ${idempotencyKey}`), 1);

  for (const id of acknowledged.values()) {
    const journal = (await ask("GET", `/tickets/${id}/journal`)).body.items.map(
      (entry: { kind: string }) => entry.kind,
    );
    assert.deepEqual(
      journal.filter((kind: string) => kind === "opened" || kind === "assigned"),
      ["opened", "assigned"],
    );
    const calls = (await ask("GET", `/notifications?ticketId=${id}`)).body.items;
    assert.ok(
      calls.some((call: { channel: string }) => call.channel === "in_app"),
      `nobody was called about ${id}`,
    );
    assert.ok(
      calls.some((call: { channel: string }) => call.channel === "web_push"),
      `no push about ${id}`,
    );
  }
}

/** The database may have been the last to be killed. */
async function answersAgain(): Promise<void> {
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let tries = 0; !(await isReady()); tries++) {
    assert.ok(tries < 300, "it does not come back");
    await wait(100);
  }
}

/** Sealed link by link, the log of all that happened verifies; and a changed word in it is seen. */
async function auditLogHolds(tenantId: string, tickets: number): Promise<void> {
  const host = join(dataDir, "postgres/run");
  const db = openDatabase({ host, port: 5432, database: "mainstay", user: "mainstay_app" });
  try {
    setClock(new Date(Date.now() + 200_000).toISOString());
    let sealed = 0;
    for (let events = 1; events > 0; sealed += events) events = await sealEvents(db, tenantId);
    assert.ok(sealed >= tickets);
    assert.equal(await db.asTenant(tenantId, findBrokenSeal), undefined);
    await db.asTenant(tenantId, (tx) =>
      tx.run(sql`update platform.event set data = '{"priority":"p4"}'
        where tenant_id = ${tenantId} and type = 'helpdesk.ticket_opened'`),
    );
    assert.match((await db.asTenant(tenantId, findBrokenSeal)) ?? "", /was changed/);
  } finally {
    setClock(undefined);
    await db.end();
  }
}
