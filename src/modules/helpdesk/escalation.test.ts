import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type CallWorld, made, type Shop, startCallWorld, subscribe } from "../../../test/call-world.ts";
import { systemActor } from "../../platform/actor.ts";
import { setClock } from "../../platform/clock.ts";
import { record } from "../../platform/events.ts";
import { ring } from "./ring-job.ts";

let world: CallWorld;

before(async () => {
  setClock("2026-11-23T10:00:00Z");
  world = await startCallWorld();
});
after(() => world.end());

const callsOf = async (shop: Shop, id: string) => (await shop.owner.get(`/api/v1/calls?ticketId=${id}`)).body;

/** Who was called for the first time at each step: `0 assigned Ada`. */
async function peopleOf(shop: Shop, id: string): Promise<string[]> {
  const { items } = await callsOf(shop, id);
  return items
    .filter((call: { channel: string }) => call.channel === "in_app")
    .map((call: { step: number; reason: string; staffName: string }) => `${call.step} ${call.reason} ${call.staffName}`)
    .filter((line: string, index: number, all: string[]) => all.indexOf(line) === index);
}

async function withRota(shop: Shop) {
  const ben = await shop.provider.staff("engineer", "Ben");
  const grace = await shop.provider.staff("service_manager", "Grace");
  const rota = await made(
    shop.owner.post("/api/v1/rotas", { name: "Nights", timeZone: "Europe/Berlin", memberIds: [ben.actor.id] }),
  );
  const saved = await shop.owner.put("/api/v1/escalation", {
    repeatMinutes: 5,
    waitsForHours: ["p3", "p4"],
    steps: [
      { afterMinutes: 0, kind: "assignee" },
      { afterMinutes: 10, kind: "rota", rotaId: rota.id },
      { afterMinutes: 20, kind: "role", role: "service_manager" },
    ],
  });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  return { ben, grace, rota };
}

describe("escalation", () => {
  test("goes from the engineer to whoever is on call, to the manager, and then the desk is red", async () => {
    setClock("2026-11-23T10:00:00Z");
    const shop = await world.shop();
    const { ben } = await withRota(shop);
    const fault = await shop.fault();
    await world.work();
    for (let minutes = 0; minutes < 30; minutes += 5) {
      assert.equal((await callsOf(shop, fault.id)).unansweredSince, null);
      await world.later(5);
    }
    assert.deepEqual(await peopleOf(shop, fault.id), [
      "0 assigned Ada",
      "1 on_call Ben",
      "2 role Grace",
      "3 nobody_answered Grace",
    ]);
    assert.equal((await callsOf(shop, fault.id)).unansweredSince, "2026-11-23T10:30:00.000Z");
    const taken = await ben.post(`/api/v1/tickets/${fault.id}/acknowledge`);
    assert.equal(taken.body.assigneeId, ben.actor.id, "whoever was called and answers has it");
    assert.equal((await callsOf(shop, fault.id)).unansweredSince, null);
  });

  test("rings whoever is on call when nobody is responsible, and the desk when nobody is on call", async () => {
    setClock("2026-11-23T10:00:00Z");
    const shop = await world.shop();
    await shop.owner.put(`/api/v1/sites/${shop.siteId}/named-engineers`, { memberIds: [] });
    await shop.provider.staff("dispatcher", "Dora");
    const first = await shop.fault();
    assert.equal(first.state, "new");
    await world.work();
    assert.deepEqual(await peopleOf(shop, first.id), ["0 desk Dora"]);
    await withRota(shop);
    const second = await shop.fault();
    await world.work();
    assert.deepEqual(await peopleOf(shop, second.id), ["0 on_call Ben"]);
  });

  test("passes over whoever has left, and wakes the owner where there is no manager", async () => {
    setClock("2026-11-23T10:00:00Z");
    const shop = await world.shop();
    await shop.owner.put(`/api/v1/sites/${shop.siteId}/named-engineers`, { memberIds: [] });
    const fault = await shop.fault();
    await world.work();
    assert.deepEqual(await peopleOf(shop, fault.id), ["1 role owner"], "no engineer, no rota, no dispatcher");
    await world.later(20);
    assert.equal((await callsOf(shop, fault.id)).unansweredSince, "2026-11-23T10:20:00.000Z");
  });

  test("starts over when the desk gives the ticket to someone else: the first phone falls silent", async () => {
    setClock("2026-11-23T10:00:00Z");
    const shop = await world.shop();
    const { ben } = await withRota(shop);
    const [his, hers] = [await subscribe(world, ben), await subscribe(world, shop.engineer)];
    const ringsOf = (id: string) => world.push.received.filter((each) => each.subscriberId === id).length;
    const fault = await shop.fault();
    await world.work();
    await shop.owner.post(`/api/v1/tickets/${fault.id}/assign`, { assigneeId: ben.actor.id });
    await world.work();
    await world.later(5);
    assert.deepEqual([ringsOf(hers.id), ringsOf(his.id)], [1, 2]);
    await shop.owner.post(`/api/v1/tickets/${fault.id}/assign`, { assigneeId: shop.engineer.actor.id });
    await world.work();
    assert.deepEqual([ringsOf(hers.id), ringsOf(his.id)], [2, 2]);
    await shop.owner.post(`/api/v1/tickets/${fault.id}/cancel`, { reason: "A mistake" });
    await world.later(60);
    assert.deepEqual([ringsOf(hers.id), ringsOf(his.id)], [2, 2]);
  });

  test("is silent while the ticket is paused, and rings again after it", async () => {
    setClock("2026-11-23T10:00:00Z");
    const shop = await world.shop();
    const fault = await shop.fault();
    await world.work();
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/pause`, { reason: "waiting_for_user" });
    await world.later(60);
    const before = (await callsOf(shop, fault.id)).items.length;
    assert.equal(before, 1);
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/resume`);
    await world.tellNews(shop);
    await world.work();
    assert.equal((await callsOf(shop, fault.id)).items.length, 2);
    await world.tellNews(shop);
    await world.later(5);
    assert.equal((await callsOf(shop, fault.id)).items.length, 3);
  });

  test("rings once for a turn, though its job runs again and again, even at once", async () => {
    setClock("2026-11-23T10:00:00Z");
    const shop = await world.shop();
    const hers = await subscribe(world, shop.engineer);
    const fault = await shop.fault();
    await world.work();
    const chain = await world.db.pool.query(
      "select payload from graphile_worker._private_jobs where payload->>'ticketId' = $1",
      [fault.id],
    );
    const turn = chain.rows[0].payload;
    setClock("2026-11-23T10:05:00Z");
    const { tenantId } = shop.provider;
    await Promise.all([1, 2, 3].map(() => world.db.asTenant(tenantId, (tx) => ring(tx, turn))));
    await world.work();
    await world.db.asTenant(tenantId, (tx) => ring(tx, { ...turn, turn: 0 }));
    await world.work();
    assert.equal(world.push.received.filter((each) => each.subscriberId === hers.id).length, 2);
  });
});

describe("at night", () => {
  test("what is not urgent waits for the hours of its promise; what is, rings", async () => {
    setClock("2026-11-21T23:00:00Z"); // Saturday midnight in Berlin
    const shop = await world.shop();
    const hers = await subscribe(world, shop.engineer);
    const rings = () => world.push.received.filter((each) => each.subscriberId === hers.id).length;
    const slow = await shop.fault({ impact: "low", urgency: "low" });
    assert.equal(slow.priority, "p4");
    await world.work();
    assert.equal(rings(), 0);
    assert.deepEqual(await peopleOf(shop, slow.id), ["0 assigned Ada"], "in the app it shows at once");
    assert.equal((await callsOf(shop, slow.id)).nextAt, "2026-11-23T08:00:00.000Z", "Monday at nine");
    const urgent = await shop.fault();
    await world.work();
    assert.equal(rings(), 1);
    await shop.engineer.post(`/api/v1/tickets/${urgent.id}/acknowledge`);
    setClock("2026-11-23T07:59:59Z");
    await world.work();
    assert.equal(rings(), 1);
    setClock("2026-11-23T08:00:00Z");
    await world.work();
    assert.equal(rings(), 2);
    await shop.engineer.post(`/api/v1/tickets/${slow.id}/acknowledge`);
  });

  test("what becomes urgent rings at once, and only once", async () => {
    setClock("2026-11-21T23:00:00Z");
    const shop = await world.shop();
    const hers = await subscribe(world, shop.engineer);
    const rings = () => world.push.received.filter((each) => each.subscriberId === hers.id).length;
    const fault = await shop.fault({ impact: "low", urgency: "low" });
    await world.work();
    await world.tellNews(shop);
    await shop.owner.patch(`/api/v1/tickets/${fault.id}`, { impact: "high", urgency: "high" });
    await world.tellNews(shop);
    await world.work();
    assert.equal(rings(), 1);
    assert.equal((await callsOf(shop, fault.id)).nextAt, "2026-11-21T23:05:00.000Z");
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
    setClock("2026-11-23T08:00:00Z");
    await world.work();
    assert.equal(rings(), 1, "the turn that had waited for Monday is void");
  });
});

describe("a new provider", () => {
  test("begins with its owner on call, in its own language and zone; telling it twice changes nothing", async () => {
    setClock("2026-11-23T10:00:00Z");
    const shop = await world.shop({ timeZone: "Asia/Ho_Chi_Minh", locale: "vi" });
    const { tenantId, id } = shop.owner.actor;
    for (let times = 0; times < 2; times++) {
      await world.db.asTenant(tenantId, async (tx) => {
        const subject = { kind: "provider", id: tenantId, version: 1 + times };
        record(tx, { ...systemActor(tenantId), kind: "staff", id }, "identity.provider_created", subject);
      });
      await world.tellNews(shop);
    }
    const { items } = (await shop.owner.get("/api/v1/rotas")).body;
    assert.equal(items.length, 1);
    assert.equal(items[0].name, "Trực ban");
    assert.equal(items[0].timeZone, "Asia/Ho_Chi_Minh");
    assert.equal(items[0].onCall.staffId, id);
    const { body: escalation } = await shop.owner.get("/api/v1/escalation");
    assert.deepEqual(
      escalation.steps.map((step: { kind: string; afterMinutes: number }) => [step.kind, step.afterMinutes]),
      [
        ["assignee", 0],
        ["rota", 10],
        ["role", 20],
      ],
    );
    assert.deepEqual(escalation.waitsForHours, ["p3", "p4"]);
  });
});

describe("the escalation", () => {
  test("is refused where it could not be carried out", async () => {
    const shop = await world.shop();
    const other = await withRota(await world.shop());
    const put = async (steps: unknown[]) =>
      (await shop.owner.put("/api/v1/escalation", { repeatMinutes: 5, waitsForHours: [], steps })).body.code;
    const first = { afterMinutes: 0, kind: "assignee" };
    assert.equal(await put([{ afterMinutes: 0, kind: "role", role: "owner" }]), "first_step");
    assert.equal(await put([first, { afterMinutes: 0, kind: "role", role: "owner" }]), "steps_out_of_order");
    assert.equal(await put([first, { afterMinutes: 5, kind: "role", role: "king" }]), "role_unknown");
    assert.equal(await put([first, { afterMinutes: 5, kind: "rota", rotaId: randomUUID() }]), "step_without_rota");
    assert.equal(await put([first, { afterMinutes: 5, kind: "rota", rotaId: other.rota.id }]), "step_without_rota");
    const { rota } = await withRota(shop);
    assert.equal((await shop.owner.delete(`/api/v1/rotas/${rota.id}`)).body.code, "rota_in_use");
    const stale = await shop.owner.put(
      "/api/v1/escalation",
      { repeatMinutes: 9, waitsForHours: [], steps: [first] },
      { "if-match": '"1"' },
    );
    assert.equal(stale.status, 412);
    assert.equal((await shop.engineer.put("/api/v1/escalation", {})).status, 403);
  });
});
