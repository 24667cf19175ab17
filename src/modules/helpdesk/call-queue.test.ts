import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CallWorld, type Shop, startCallWorld, subscribe } from "../../../test/call-world.ts";
import { setClock } from "../../platform/clock.ts";
import { startWorker } from "../../platform/jobs.ts";
import { silentLog } from "../../platform/log.ts";
import { readChain } from "./call-chain.sql.ts";
import { callJobsOf } from "./call-jobs.ts";
import { claim } from "./deliver-call.ts";

let world: CallWorld;
let shop: Shop;

before(async () => {
  world = await startCallWorld();
  shop = await world.shop();
});
after(() => world.end());

test("two workers share the calls of a busy minute: every phone call goes out once", async () => {
  await subscribe(world, shop.engineer);
  const workers = await Promise.all([1, 2].map(() => startWorker(world.db, callJobsOf(world.parts), silentLog)));
  try {
    const faults = await Promise.all(Array.from({ length: 40 }, () => shop.fault()));
    await world.push.waitForMessages(faults.length);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
  const tags = world.push.received.map(({ message }) => (message as { tag: string }).tag);
  assert.equal(tags.length, 40);
  assert.equal(new Set(tags).size, 40);
  const { items } = (await shop.engineer.get("/api/v1/notifications?limit=200&state=sent")).body;
  assert.equal(items.filter((call: { channel: string }) => call.channel === "web_push").length, 40);
});

test("a call whose worker died over it is handed over by the next, and rings on", async () => {
  setClock("2026-11-23T10:00:00Z");
  const fault = await shop.fault();
  const rang = () => world.push.received.filter(({ message }) => (message as { tag: string }).tag === fault.id).length;
  const { tenantId } = shop.provider;
  const chain = await world.db.asTenant(tenantId, (tx) => readChain(tx, fault.id));
  // As far as it came before it was killed: claimed, not handed over.
  await world.db.asTenant(tenantId, (tx) => claim(tx, chain?.waiting ?? [], "2026-11-23T10:00:00.000Z"));
  await world.work();
  assert.equal(rang(), 0, "the claim may still be somebody's");
  await world.later(1);
  assert.equal(rang(), 1);
  await world.later(4);
  assert.equal(rang(), 2);
});
