import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CallWorld, type Shop, startCallWorld, subscribe } from "../../../test/call-world.ts";
import { setClock } from "../../platform/clock.ts";
import { silentLog } from "../../platform/log.ts";
import { readChain } from "./call-chain.sql.ts";
import { startFirstTurnsOf } from "./first-turn.ts";

let world: CallWorld;
let shop: Shop;
let firstTurns: { stop(): Promise<void> };

before(async () => {
  setClock("2026-11-23T10:00:00Z"); // a Monday, 11:00 in Berlin
  world = await startCallWorld();
  shop = await world.shop();
  await subscribe(world, shop.engineer);
});
after(() => world.end());

const ringsAbout = (id: string) =>
  world.push.received.filter(({ message }) => (message as { tag: string }).tag === id).length;
const pushStates = async (id: string) =>
  (await shop.engineer.get(`/api/v1/notifications?ticketId=${id}`)).body.items
    .filter((call: { channel: string }) => call.channel === "web_push")
    .map((call: { state: string; attempts: number }) => call.state);
const chainOf = (id: string) => world.db.asTenant(shop.provider.tenantId, (tx) => readChain(tx, id));

/** Opens a fault and waits until this process has handed over what it took on. */
async function faultWithRing(more?: Record<string, unknown>) {
  firstTurns = startFirstTurnsOf(world.parts, silentLog);
  const fault = await shop.fault(more);
  await firstTurns.stop();
  return fault;
}

test("the phone rings as soon as the ticket is there, before any job has run, and rings on by the jobs", async () => {
  const fault = await faultWithRing();
  assert.equal(ringsAbout(fault.id), 1);
  assert.deepEqual(await pushStates(fault.id), ["sent"]);
  assert.equal((await chainOf(fault.id))?.turn, 1);
  await world.work();
  await world.later(1);
  assert.equal(ringsAbout(fault.id), 1, "the job of the first turn finds it done");
  await world.later(4);
  assert.equal(ringsAbout(fault.id), 2);
  await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
});

test("a push service that is overwhelmed is asked again by the job, once", async () => {
  world.push.answerWith(503, { times: 1 });
  const fault = await faultWithRing();
  assert.equal(ringsAbout(fault.id), 0);
  assert.deepEqual(await pushStates(fault.id), ["queued"]);
  await world.later(1);
  assert.equal(ringsAbout(fault.id), 1);
  assert.deepEqual(await pushStates(fault.id), ["sent"]);
  await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
});

test("what waits for opening hours is left to the job", async () => {
  setClock("2026-11-23T20:00:00Z"); // 21:00 in Berlin: closed
  await world.tellNews(shop);
  const fault = await faultWithRing({ impact: "low", urgency: "low" });
  await world.later(60);
  assert.equal(ringsAbout(fault.id), 0);
  await world.later(12 * 60);
  assert.equal(ringsAbout(fault.id), 1, "at nine in the morning or after");
});

test("a ticket that cannot be committed rings nobody", async () => {
  const before = world.push.received.length;
  firstTurns = startFirstTurnsOf(world.parts, silentLog);
  const refused = await shop.owner.post("/api/v1/tickets", { subject: "x", siteId: crypto.randomUUID() });
  await firstTurns.stop();
  assert.equal(refused.status, 404);
  assert.equal(world.push.received.length, before);
});
