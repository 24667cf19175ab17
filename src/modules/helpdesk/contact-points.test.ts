import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Type } from "typebox";
import { type CallWorld, made, type Shop, startCallWorld, subscribe } from "../../../test/call-world.ts";
import type { Caller } from "../../../test/module-world.ts";
import { createSubscription } from "../../../test/peers/push-service.ts";
import { setClock } from "../../platform/clock.ts";
import { sql } from "../../platform/sql.ts";

let world: CallWorld;
let shop: Shop;
let foreign: Shop;

before(async () => {
  setClock("2026-11-23T10:00:00Z");
  world = await startCallWorld();
  shop = await world.shop();
  foreign = await world.shop();
});
after(() => world.end());

const pointsOf = async (caller: Caller) => (await caller.get("/api/v1/contact-points")).body.items;
const slack = { channel: "slack", webhookUrl: "https://hooks.slack.com/services/T0/B0/verysecretpath" };

describe("contact points", () => {
  test("never show what would let anyone write there", async () => {
    const caller = await shop.provider.staff("engineer", "Cem");
    const secrets = ["verysecretpath", "SECtoken123", "tk_ntfytoken"];
    await made(caller.post("/api/v1/contact-points", { label: "Team", destination: slack }));
    await made(
      caller.post("/api/v1/contact-points", {
        label: "Group",
        destination: {
          channel: "dingtalk",
          webhookUrl: "https://oapi.dingtalk.com/robot/send?access_token=verysecretpath",
          secret: "SECtoken123",
        },
      }),
    );
    await made(
      caller.post("/api/v1/contact-points", {
        label: "Phone",
        destination: { channel: "ntfy", server: "https://ntfy.sh", topic: "cem", token: "tk_ntfytoken" },
      }),
    );
    const phone = await subscribe(world, caller);
    const points = await pointsOf(caller);
    assert.equal(points.length, 4);
    for (const secret of [...secrets, phone.keys.auth, phone.keys.p256dh, phone.id]) {
      assert.doesNotMatch(JSON.stringify(points), new RegExp(secret));
    }
    const stored = await world.db.asTenant(shop.provider.tenantId, (tx) =>
      tx.many(
        Type.Object({ row: Type.String() }),
        sql`select row_to_json(contact_point)::text as row from helpdesk.contact_point where tenant_id = ${tx.tenantId}`,
      ),
    );
    assert.ok(stored.length >= 4);
    for (const secret of secrets) assert.doesNotMatch(JSON.stringify(stored), new RegExp(secret));
  });

  test("of one destination are one: subscribing again keeps it, and a browser follows who is signed in there", async () => {
    const [first, second] = [
      await shop.provider.staff("engineer", "One"),
      await shop.provider.staff("engineer", "Two"),
    ];
    const browser = createSubscription();
    const subscription = { endpoint: world.push.endpointFor(browser), keys: browser.keys };
    const kept = await made(first.post("/api/v1/push-subscriptions", subscription));
    const again = await made(first.post("/api/v1/push-subscriptions", { ...subscription, label: "Work phone" }));
    assert.equal(again.id, kept.id);
    assert.equal(again.label, "Work phone");
    await made(second.post("/api/v1/push-subscriptions", subscription));
    assert.deepEqual(await pointsOf(first), []);
    assert.equal((await pointsOf(second)).length, 1);
    assert.equal((await second.delete(`/api/v1/push-subscriptions/${kept.id}`)).status, 204);
    assert.deepEqual((await second.get("/api/v1/push-subscriptions")).body.items, []);
  });

  test("are changed with care for others' changes, and what is switched off is not called", async () => {
    const caller = await shop.provider.staff("engineer", "Eve");
    const point = await made(caller.post("/api/v1/contact-points", { label: "Team", destination: slack }));
    const url = `/api/v1/contact-points/${point.id}`;
    const { body: off } = await caller.patch(url, { active: false }, { "if-match": '"1"' });
    assert.deepEqual([off.active, off.version], [false, 2]);
    assert.equal((await caller.patch(url, { label: "Late" }, { "if-match": '"1"' })).status, 412);
    const other = { ...slack, webhookUrl: "https://hooks.slack.com/services/T1/B1/other" };
    await made(caller.post("/api/v1/contact-points", { label: "Other", destination: other }));
    assert.equal((await caller.patch(url, { destination: other })).body.code, "contact_point_exists");
    await shop.owner.put(`/api/v1/sites/${shop.siteId}/named-engineers`, { memberIds: [caller.actor.id] });
    const fault = await shop.fault();
    const { items } = (await shop.owner.get(`/api/v1/calls?ticketId=${fault.id}`)).body;
    assert.deepEqual(items.map((call: { label: string }) => call.label).sort(), ["Other", null]);
    assert.equal((await caller.delete(url)).status, 204);
    assert.equal((await caller.get(url)).status, 404);
    await caller.post(`/api/v1/tickets/${fault.id}/acknowledge`);
    await shop.owner.put(`/api/v1/sites/${shop.siteId}/named-engineers`, { memberIds: [shop.engineer.actor.id] });
  });

  test("are refused when they cannot be one", async () => {
    const add = async (destination: unknown) =>
      (await shop.engineer.post("/api/v1/contact-points", { label: "X", destination })).status;
    assert.equal(await add({ channel: "pigeon", to: "roof" }), 400);
    assert.equal(await add({ channel: "email", to: "not an address" }), 400);
    assert.equal(await add({ channel: "slack", webhookUrl: "javascript:alert(1)" }), 400);
    assert.equal(await add({ ...slack, extra: 1 }), 400);
    const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "short", auth: "short" } };
    assert.equal((await shop.engineer.post("/api/v1/push-subscriptions", subscription)).status, 400);
  });

  test("let a browser learn the key it subscribes with", async () => {
    assert.match((await shop.engineer.get("/api/v1/push-key")).body.publicKey, /^B[\w-]{86}$/);
  });
});

describe("a rota", () => {
  test("says who is on call, plans ahead, and gives way to an override", async () => {
    setClock("2026-11-23T10:00:00Z");
    const [ada, ben] = [shop.engineer, await shop.provider.staff("engineer", "Ben")];
    const rota = await made(
      shop.owner.post("/api/v1/rotas", {
        name: "Nights",
        timeZone: "Europe/Berlin",
        handoverWeekday: 1,
        handoverTime: "09:00",
        startsOn: "2026-11-23",
        memberIds: [ada.actor.id, ben.actor.id],
      }),
    );
    const url = `/api/v1/rotas/${rota.id}`;
    assert.deepEqual(rota.onCall, {
      staffId: ada.actor.id,
      name: "Ada",
      until: "2026-11-30T08:00:00.000Z",
      override: false,
    });
    const days = { from: "2026-11-28T00:00:00Z", to: "2026-11-29T00:00:00+01:00" };
    const override = await made(shop.owner.post(`${url}/overrides`, { staffId: ben.actor.id, ...days }));
    assert.equal(override.to, "2026-11-28T23:00:00.000Z");
    const shifts = await ada.get(`${url}/shifts?from=2026-11-23T00:00:00Z&to=2026-12-07T08:00:00Z`);
    assert.deepEqual(
      shifts.body.items.map((shift: Record<string, unknown>) => [shift.name, shift.from, shift.override]),
      [
        ["Ben", "2026-11-23T00:00:00.000Z", false],
        ["Ada", "2026-11-23T08:00:00.000Z", false],
        ["Ben", "2026-11-28T00:00:00.000Z", true],
        ["Ada", "2026-11-28T23:00:00.000Z", false],
        ["Ben", "2026-11-30T08:00:00.000Z", false],
      ],
    );
    const overlapping = { staffId: ada.actor.id, from: "2026-11-28T12:00:00Z", to: "2026-11-30T00:00:00Z" };
    assert.equal((await shop.owner.post(`${url}/overrides`, overlapping)).body.code, "override_overlaps");
    const backwards = { ...overlapping, to: "2026-11-20T00:00:00Z" };
    assert.equal((await shop.owner.post(`${url}/overrides`, backwards)).body.code, "override_ends_first");
    setClock("2026-11-28T12:00:00Z");
    assert.equal((await ada.get(url)).body.onCall.name, "Ben");
    assert.equal((await shop.owner.delete(`${url}/overrides/${override.id}`)).status, 204);
    assert.equal((await ada.get(url)).body.onCall.name, "Ada");
    setClock("2026-11-23T10:00:00Z");
    assert.equal((await ada.post(`${url}/overrides`, overlapping)).status, 403);
  });

  test("is refused with a zone or a member that does not exist, and archived when it has done its work", async () => {
    const memberIds = [foreign.engineer.actor.id];
    const rota = { name: "X", timeZone: "Europe/Berlin", memberIds: [] };
    assert.equal((await shop.owner.post("/api/v1/rotas", { ...rota, memberIds })).body.code, "member_unknown");
    assert.equal(
      (await shop.owner.post("/api/v1/rotas", { ...rota, timeZone: "+08:00" })).body.code,
      "time_zone_unknown",
    );
    const rota_ = await made(shop.owner.post("/api/v1/rotas", rota));
    assert.equal(rota_.onCall, null);
    const changed = await shop.owner.patch(`/api/v1/rotas/${rota_.id}`, { memberIds: [shop.engineer.actor.id] });
    assert.equal(changed.body.onCall.name, "Ada");
    assert.equal((await shop.owner.delete(`/api/v1/rotas/${rota_.id}`)).status, 204);
    const { items } = (await shop.owner.get("/api/v1/rotas")).body;
    assert.ok(items.every((each: { id: string }) => each.id !== rota_.id));
  });
});

describe("another provider's calls", () => {
  test("do not exist, whatever is tried with them", async () => {
    const point = await made(shop.engineer.post("/api/v1/contact-points", { label: "Team", destination: slack }));
    const rota = await made(shop.owner.post("/api/v1/rotas", { name: "R", timeZone: "UTC", memberIds: [] }));
    const fault = await shop.fault();
    const [call] = (await shop.engineer.get(`/api/v1/notifications?ticketId=${fault.id}`)).body.items;
    const strangers = [foreign.owner, foreign.engineer, shop.provider.person(randomUUID(), "contact")];
    for (const caller of strangers) {
      const isStaff = caller.actor.kind === "staff";
      const answers = await Promise.all([
        caller.post(`/api/v1/notifications/${call.id}/acknowledge`),
        caller.get(`/api/v1/contact-points/${point.id}`),
        caller.patch(`/api/v1/contact-points/${point.id}`, { label: "Mine" }),
        caller.delete(`/api/v1/contact-points/${point.id}`),
        caller.delete(`/api/v1/push-subscriptions/${point.id}`),
        caller.post(`/api/v1/contact-points/${point.id}/test`),
        caller.get(`/api/v1/rotas/${rota.id}`),
        caller.patch(`/api/v1/rotas/${rota.id}`, { name: "Mine" }),
        caller.delete(`/api/v1/rotas/${rota.id}`),
        caller.get(`/api/v1/rotas/${rota.id}/shifts?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z`),
        caller.post(`/api/v1/rotas/${rota.id}/overrides`, {
          staffId: caller.actor.id,
          from: "2026-11-23T00:00:00Z",
          to: "2026-11-24T00:00:00Z",
        }),
        caller.delete(`/api/v1/rotas/${rota.id}/overrides/${randomUUID()}`),
      ]);
      assert.deepEqual(
        answers.map((answer) => answer.status),
        answers.map(() => 404),
        caller.actor.roles.join(),
      );
      const others = await caller.get(`/api/v1/notifications?staffId=${shop.engineer.actor.id}`);
      assert.ok(others.status === 403 || others.body.items.length === 0);
      const calls = await caller.get(`/api/v1/calls?ticketId=${fault.id}`);
      assert.equal(calls.status, isStaff ? 404 : 403);
      assert.doesNotMatch(JSON.stringify([...answers, others, calls].map(({ body }) => body)), /Nights|Team|till/);
    }
    assert.equal((await shop.engineer.get(`/api/v1/tickets/${fault.id}`)).body.state, "assigned");
    const person = shop.provider.person(randomUUID(), "user");
    assert.deepEqual((await person.get("/api/v1/notifications")).body.items, []);
    assert.equal((await person.post("/api/v1/contact-points", { label: "X", destination: slack })).status, 403);
    for (const url of ["/api/v1/rotas", "/api/v1/escalation", "/api/v1/gateways/smtp"]) {
      assert.equal((await person.get(url)).status, 403, url);
      assert.equal((await world.stranger.get(url)).status, 401, url);
    }
  });

  test("a colleague's calls are seen by who reads the reports, and answered by nobody else", async () => {
    const fault = await shop.fault();
    const [call] = (await shop.engineer.get(`/api/v1/notifications?ticketId=${fault.id}`)).body.items;
    const [colleague, dispatcher] = [await shop.provider.staff("engineer"), await shop.provider.staff("dispatcher")];
    const query = `/api/v1/notifications?staffId=${shop.engineer.actor.id}&ticketId=${fault.id}`;
    assert.equal((await colleague.get(query)).status, 403);
    assert.ok((await dispatcher.get(query)).body.items.length > 0);
    for (const caller of [colleague, dispatcher]) {
      assert.equal((await caller.post(`/api/v1/notifications/${call.id}/acknowledge`)).status, 404);
    }
  });

  test("pages of calls follow one another without loss", async () => {
    const seen: string[] = [];
    for (let after = ""; ; ) {
      const { body } = await shop.engineer.get(`/api/v1/notifications?limit=3${after}`);
      seen.push(...body.items.map((call: { id: string }) => call.id));
      if (!body.next) break;
      after = `&after=${body.next}`;
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(seen, seen.toSorted().reverse());
    assert.equal((await shop.engineer.get("/api/v1/notifications?after=nonsense")).status, 400);
    assert.equal((await shop.engineer.get("/api/v1/notifications?colour=red")).status, 400);
  });
});
