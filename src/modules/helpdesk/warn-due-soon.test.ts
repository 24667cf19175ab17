import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CallWorld, made, type Shop, startCallWorld, subscribe } from "../../../test/call-world.ts";
import { setClock } from "../../platform/clock.ts";
import { warnOfDueClocks } from "./warn-due-soon.ts";

let world: CallWorld;
let shop: Shop;

/** An instant of a Monday on which the shop works from 09:00 to 18:00 by its clock. */
const at = (time: string) => setClock(`2026-11-23T${time}:00+01:00`);

before(async () => {
  at("11:00");
  world = await startCallWorld();
  shop = await world.shop();
  await subscribe(world, shop.engineer);
  const promised = { p1: [60, 240], p2: [120, 480] };
  const targets = Object.entries(promised).flatMap(([priority, [response, resolve]]) => [
    { tier: "standard", priority, target: "response", targetMinutes: response },
    { tier: "standard", priority, target: "resolve", targetMinutes: resolve },
  ]);
  const policy = { name: "Gold", isDefault: true, pausingReasons: ["waiting_for_user"], targets };
  await made(shop.owner.post("/api/v1/sla-policies", policy));
});
after(() => world.end());

/** The warnings that the engineer got about a ticket, oldest first. */
async function warnings(ticketId: string): Promise<{ id: string; channel: string; state: string }[]> {
  await warnOfDueClocks(world.db);
  await world.work();
  const { body } = await shop.engineer.get(`/api/v1/notifications?ticketId=${ticketId}`);
  return body.items.filter(({ reason }: { reason: string }) => reason === "due_soon").reverse();
}

async function warnedTargets(ticketId: string): Promise<string[]> {
  const { body } = await shop.owner.get(`/api/v1/tickets/${ticketId}/journal`);
  return body.items
    .filter(({ kind }: { kind: string }) => kind === "clock_due_soon")
    .map(({ data }: { data: { target: string } }) => data.target);
}

test("the responsible engineer is warned once when three quarters of a clock are used up, pauses and changes included", async () => {
  const fault = await shop.fault();
  const step = (verb: string, body = {}) => shop.engineer.post(`/api/v1/tickets/${fault.id}/${verb}`, body);
  at("11:10");
  await step("acknowledge");
  at("11:50");
  assert.deepEqual(await warnings(fault.id), [], "the response was given, nothing is left to warn of");
  at("12:00");
  await step("pause", { reason: "waiting_for_user" });
  at("14:01");
  assert.deepEqual(await warnings(fault.id), [], "a clock that stands still warns of nothing");
  at("14:30");
  await step("resume");
  at("16:29");
  assert.deepEqual(await warnings(fault.id), []);
  at("16:30"); // one hour before the pause, two after it: 180 of 240 minutes
  const pushed = world.push.received.length;
  const warned = await warnings(fault.id);
  assert.deepEqual(warned.map(({ channel, state }) => [channel, state]).sort(), [
    ["in_app", "sent"],
    ["web_push", "sent"],
  ]);
  assert.equal(world.push.received.length, pushed + 1);
  assert.deepEqual(await warnedTargets(fault.id), ["resolve"]);
  assert.equal((await warnings(fault.id)).length, 2, "once");

  const answered = await shop.engineer.post(`/api/v1/notifications/${warned[0]?.id}/acknowledge`);
  assert.deepEqual([answered.status, answered.body.state], [200, "acknowledged"]);
  const { body: ticket } = await shop.owner.get(`/api/v1/tickets/${fault.id}`);
  assert.equal(ticket.state, "acknowledged");

  await shop.owner.patch(`/api/v1/tickets/${fault.id}`, { priority: "p2" });
  setClock("2026-11-24T12:00:00+01:00"); // 390 of 480 minutes: the new promise is nearly used up too
  assert.equal((await warnings(fault.id)).length, 2, "a changed promise is no second reason");
  await step("resolve", { resolution: "Done" });
});

test("a shorter promise warns at once, while something is left; what is late or solved is past warning", async () => {
  at("09:00");
  const fault = await shop.fault({ impact: "medium", urgency: "high" }); // p2: response 120, resolve 480 minutes
  const late = await shop.fault();
  const solved = await shop.fault();
  await shop.engineer.post(`/api/v1/tickets/${solved.id}/acknowledge`);
  await shop.engineer.post(`/api/v1/tickets/${solved.id}/resolve`, { resolution: "Done" });
  at("09:50");
  assert.deepEqual(await warnings(fault.id), []);
  await shop.owner.patch(`/api/v1/tickets/${fault.id}`, { priority: "p1" });
  assert.ok((await warnings(fault.id)).length > 0);
  assert.deepEqual(await warnedTargets(fault.id), ["response"]);
  assert.deepEqual(await warnedTargets(late.id), ["response"]);
  at("13:30"); // the resolve clocks are late too, and nobody had looked since
  await warnings(late.id);
  assert.deepEqual(await warnedTargets(late.id), ["response"]);
  assert.deepEqual(await warnedTargets(solved.id), []);
});

test("a ticket that nobody is responsible for warns the desk's list alone", async () => {
  at("09:00");
  const { id } = await shop.fault();
  await shop.owner.post(`/api/v1/tickets/${id}/assign`, { assigneeId: null });
  at("09:46");
  assert.deepEqual(await warnings(id), []);
  assert.deepEqual(await warnedTargets(id), ["response"]);
});
