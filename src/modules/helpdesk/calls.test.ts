import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type CallWorld, type Shop, startCallWorld, subscribe } from "../../../test/call-world.ts";
import { setClock } from "../../platform/clock.ts";
import { findChain } from "./call-chain.sql.ts";
import { deliverCall } from "./deliver-call.ts";

let world: CallWorld;
let shop: Shop;

before(async () => {
  setClock("2026-11-23T10:00:00Z"); // a Monday, 11:00 in Berlin
  world = await startCallWorld();
  shop = await world.shop();
});
after(() => world.end());

const notificationsOf = async (caller: Shop["engineer"], query = "") =>
  (await caller.get(`/api/v1/notifications${query}`)).body.items;

describe("a call", () => {
  test("reaches the engineer's phone, says what is wrong and where, and one tap takes the ticket", async () => {
    const phone = await subscribe(world, shop.engineer);
    const fault = await shop.fault();
    assert.deepEqual(
      (await notificationsOf(shop.engineer)).map((call: Record<string, unknown>) => [call.channel, call.state]),
      [
        ["web_push", "queued"],
        ["in_app", "sent"],
      ],
    );
    await world.work();
    const push = world.push.received.find((each) => each.subscriberId === phone.id);
    const message = push?.message as Record<string, string>;
    assert.equal(push?.urgency, "high");
    assert.equal(message.title, `P1 ${fault.number}: The till is dead`);
    assert.match(message.body ?? "", /^High Street, Corner Shops\nYou are responsible\.$/);
    assert.equal(message.url, `https://desk.example.com/desk/${fault.id}`);
    assert.equal(message.tag, fault.id);
    const [call] = await notificationsOf(shop.engineer, `?ticketId=${fault.id}&state=sent`);
    assert.equal(call.ticketNumber, fault.number);
    assert.equal(call.siteName, "High Street");

    const taken = await shop.engineer.post(`/api/v1/notifications/${message.id}/acknowledge`);
    assert.equal(taken.status, 200, JSON.stringify(taken.body));
    assert.equal(taken.body.state, "acknowledged");
    assert.equal((await shop.engineer.get(`/api/v1/tickets/${fault.id}`)).body.state, "acknowledged");
    await world.later(60);
    assert.equal(world.push.received.length, 1, "the ringing has ended");
    const again = await shop.engineer.post(`/api/v1/notifications/${message.id}/acknowledge`);
    assert.equal(again.body.state, "acknowledged");
  });

  test("is answered by the button of a notification, without signing in; a made-up link answers nothing", async () => {
    const before = world.push.received.length;
    const fault = await shop.fault();
    await world.work();
    const message = world.push.received[before]?.message as { acknowledgeUrl: string };
    const path = new URL(message.acknowledgeUrl).pathname;
    assert.equal((await world.stranger.get(path)).status, 404, "whoever only looks at a link takes nothing");
    const forged = `${path.slice(0, -6)}AAAAAA`;
    assert.equal((await world.stranger.post(forged)).status, 404);
    const answer = await world.app.inject({ method: "POST", url: path });
    assert.deepEqual(answer.json(), { ticketNumber: fault.number, state: "acknowledged" });
    const ticket = (await shop.engineer.get(`/api/v1/tickets/${fault.id}`)).body;
    assert.equal(ticket.state, "acknowledged");
    assert.equal(ticket.assigneeId, shop.engineer.actor.id);
  });

  test("about a ticket that was taken meanwhile is not sent", async () => {
    const before = world.push.received.length;
    const fault = await shop.fault();
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
    await world.work();
    assert.equal(world.push.received.length, before);
    const calls = await notificationsOf(shop.engineer, `?ticketId=${fault.id}`);
    assert.deepEqual(new Set(calls.map((call: { state: string }) => call.state)), new Set(["acknowledged"]));
  });

  test("is handed over once, though two workers have its job", async () => {
    const before = world.push.received.length;
    const fault = await shop.fault();
    const calls = await notificationsOf(shop.engineer, `?ticketId=${fault.id}&state=queued`);
    const job = { tenantId: shop.provider.tenantId, notificationId: calls[0].id };
    await Promise.all([deliverCall(world.parts, job), deliverCall(world.parts, job), deliverCall(world.parts, job)]);
    await world.work();
    assert.equal(world.push.received.length, before + 1);
    await world.later(1);
    assert.equal(world.push.received.length, before + 1);
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });

  test("finds a subscription ended: it is removed from the ring, and says so", async () => {
    const second = await subscribe(world, shop.engineer);
    world.push.unsubscribe(second);
    const fault = await shop.fault();
    await world.work();
    const calls = await notificationsOf(shop.engineer, `?ticketId=${fault.id}`);
    const failed = calls.filter((call: { state: string }) => call.state === "failed");
    assert.equal(failed.length, 1);
    assert.match(failed[0].lastError, /410/);
    const points = (await shop.engineer.get("/api/v1/contact-points")).body.items;
    assert.deepEqual(
      points.map((point: { active: boolean }) => point.active),
      [true, false],
    );
    assert.match(points[1].lastError, /410/);
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });

  test("waits for a push service that is overwhelmed, as long as it asks", async () => {
    const before = world.push.received.length;
    world.push.answerWith(429, { times: 1, retryAfter: "90" });
    const fault = await shop.fault();
    await world.work();
    const [queued] = await notificationsOf(shop.engineer, `?ticketId=${fault.id}&state=queued`);
    assert.match(queued.lastError, /429/);
    await world.later(1);
    assert.equal(world.push.received.length, before);
    await world.later(1);
    assert.equal(world.push.received.length, before + 1);
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });
});

describe("nobody answers", () => {
  test("the same phone rings again, then the managers' do, and the desk turns red until someone takes it", async () => {
    const manager = await shop.provider.staff("service_manager", "Grace");
    const hers = await subscribe(world, manager);
    setClock("2026-11-23T12:00:00Z");
    const ringsOf = (id: string) => world.push.received.filter((each) => each.subscriberId === id).length;
    const rung = world.push.received.length;
    const fault = await shop.fault();
    const calls = async () => (await shop.engineer.get(`/api/v1/calls?ticketId=${fault.id}`)).body;
    await world.work();
    assert.equal(world.push.received.length, rung + 1);
    await world.later(5);
    await world.later(5);
    await world.later(5);
    assert.equal(world.push.received.length, rung + 4, "three more rounds of the same phone");
    assert.equal(ringsOf(hers.id), 0);
    await world.later(5);
    assert.equal(ringsOf(hers.id), 1, "after twenty minutes the service manager");
    assert.equal((await calls()).unansweredSince, null);
    for (let minutes = 0; minutes < 20; minutes += 5) await world.later(5);
    assert.equal((await calls()).unansweredSince, "2026-11-23T12:40:00.000Z");
    const ticket = (await shop.engineer.get(`/api/v1/tickets/${fault.id}`)).body;
    const journal = (await shop.engineer.get(`/api/v1/tickets/${fault.id}/journal`)).body.items;
    assert.deepEqual(
      journal
        .filter((entry: { kind: string }) => entry.kind === "escalated")
        .map((entry: { data: object }) => entry.data),
      [
        { reason: "role", step: 1, staffIds: [manager.actor.id] },
        { reason: "nobody_answered", step: 2, staffIds: [manager.actor.id] },
      ],
    );
    assert.equal(ticket.state, "assigned");
    await manager.post(`/api/v1/tickets/${fault.id}/acknowledge`);
    const after = await calls();
    assert.equal(after.unansweredSince, null);
    assert.equal(after.nextAt, null);
    const total = world.push.received.length;
    await world.later(600);
    assert.equal(world.push.received.length, total);
    const chain = await world.db.asTenant(shop.provider.tenantId, (tx) => findChain(tx, fault.id));
    assert.equal(chain?.step, 2);
  });
});
