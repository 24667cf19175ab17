import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Caller, World } from "../../../test/module-world.ts";
import { fault, openServed, type Served, serve, startQualityWorld } from "../../../test/quality-world.ts";
import { setClock } from "../../platform/clock.ts";
import { readConfig } from "../../platform/config.ts";
import { EventRow, eventColumns } from "../../platform/events.ts";
import { createApp } from "../../platform/http.ts";
import { sql } from "../../platform/sql.ts";
import { visitorAuthenticator, visitorRoutes } from "../helpdesk/index.ts";
import { permissions } from "../identity/index.ts";
import { qualityRoutes } from "./index.ts";

describe("rating a ticket", () => {
  let world: World;
  let shop: Served;

  before(async () => {
    world = await startQualityWorld();
    shop = await openServed(world);
  });
  after(async () => {
    setClock(undefined);
    await world.end();
  });

  const rate = (by: Caller, ticketId: string, body: object) => by.post(`/api/v1/tickets/${ticketId}/rating`, body);

  async function solved(day = "2026-11-02", by = shop.user): Promise<string> {
    const id = await fault(by, shop.siteId, `${day}T08:00:00Z`);
    await serve(shop.engineer, id, { acknowledgedAt: `${day}T08:10:00Z`, resolvedAt: `${day}T09:00:00Z` });
    return id;
  }

  const newsOf = (ticketId: string) =>
    world.db.asTenant(shop.provider.tenantId, (tx) =>
      tx.many(
        EventRow,
        sql`select ${eventColumns} from platform.event
          where tenant_id = ${tx.tenantId} and type = 'quality.rating_given' and data->>'ticketId' = ${ticketId} order by id`,
      ),
    );

  it("is the word of those who asked and of their contact, each once, about who solved it", async () => {
    const id = await solved();
    const given = await rate(shop.user, id, { overall: 5, technical: 4, comment: "  Nhanh lắm! " });
    assert.equal(given.status, 201, JSON.stringify(given.body));
    const { raterKind, engineerId, comment, attitude, version } = given.body;
    assert.deepEqual(
      { raterKind, engineerId, comment, attitude, version },
      { raterKind: "user", engineerId: shop.engineer.actor.id, comment: "Nhanh lắm!", attitude: null, version: 1 },
    );
    assert.equal(given.headers.etag, '"1"');
    const second = await rate(shop.contact, id, { overall: 3, crisisAwareness: 2 });
    assert.deepEqual([second.status, second.body.raterKind], [201, "contact"]);
    const { body: own } = await shop.contact.get(`/api/v1/tickets/${id}/rating`);
    assert.deepEqual(own.items, [second.body]);
    const { body: all } = await shop.engineer.get(`/api/v1/tickets/${id}/rating`);
    assert.deepEqual(all.items, [given.body, second.body]);
    const [news] = await newsOf(id);
    assert.deepEqual(
      [news?.subjectKind, news?.subjectId, news?.customerId, news?.siteId, news?.audience],
      ["rating", given.body.id, shop.customerId, shop.siteId, [shop.user.actor.id]],
    );
    assert.deepEqual([news?.data.overall, JSON.stringify(news?.data).includes("Nhanh")], [5, false]);
  });

  it("waits until the ticket is solved, and says so", async () => {
    const id = await fault(shop.user, shop.siteId, "2026-11-02T08:00:00Z");
    const early = await rate(shop.user, id, { overall: 5 });
    assert.deepEqual([early.status, early.body.code, early.body.state], [409, "wrong_state", "assigned"]);
    assert.deepEqual(early.body.possibleFrom, ["resolved", "closed"]);
    await serve(shop.engineer, id, { acknowledgedAt: "2026-11-02T08:10:00Z", resolvedAt: "2026-11-02T08:20:00Z" });
    await shop.user.post(`/api/v1/tickets/${id}/close`);
    assert.equal((await rate(shop.user, id, { overall: 5 })).status, 201);
    const dropped = await fault(shop.user, shop.siteId, "2026-11-02T08:00:00Z");
    await shop.user.post(`/api/v1/tickets/${dropped}/cancel`, { reason: "It was unplugged." });
    assert.equal((await rate(shop.user, dropped, { overall: 1 })).status, 409);
  });

  it("can be taken back and given anew for 14 days, and its earlier figures stay in the event log", async () => {
    const id = await solved();
    setClock("2026-11-03T08:00:00Z");
    const first = await rate(shop.user, id, { overall: 2, attitude: 1 });
    assert.deepEqual([(await rate(shop.user, id, { overall: 2, attitude: 1 })).body], [first.body], "a second click");
    setClock("2026-11-17T08:00:00Z");
    const changed = await rate(shop.user, id, { overall: 4 });
    assert.equal(changed.status, 200);
    assert.deepEqual(
      [changed.body.id, changed.body.version, changed.body.overall, changed.body.attitude, changed.body.createdAt],
      [first.body.id, 2, 4, null, first.body.createdAt],
    );
    setClock("2026-11-17T08:00:01Z");
    const late = await rate(shop.user, id, { overall: 1 });
    assert.deepEqual([late.status, late.body.code], [409, "rating_final"]);
    const { body: own } = await shop.user.get(`/api/v1/tickets/${id}/rating`);
    assert.deepEqual(own.items, [changed.body]);
    const news = await newsOf(id);
    assert.deepEqual(
      news.map(({ subjectVersion, data }) => [subjectVersion, data.overall, data.replaced]),
      [
        [1, 2, null],
        [2, 4, { overall: 2, technical: null, attitude: 1, crisisAwareness: null }],
      ],
    );
  });

  it("is open again for whoever had it solved anew, and then is about who did that", async () => {
    const id = await solved();
    await rate(shop.user, id, { overall: 1 });
    setClock("2026-11-10T08:00:00Z");
    assert.equal((await shop.user.post(`/api/v1/tickets/${id}/reopen`, { reason: "Dead again." })).status, 200);
    assert.equal((await rate(shop.user, id, { overall: 1 })).status, 409);
    await shop.owner.post(`/api/v1/tickets/${id}/assign`, { assigneeId: shop.second.actor.id });
    await serve(shop.second, id, { acknowledgedAt: "2026-11-10T09:00:00Z", resolvedAt: "2026-12-10T09:00:00Z" });
    const again = await rate(shop.user, id, { overall: 5 });
    assert.deepEqual([again.status, again.body.engineerId], [200, shop.second.actor.id]);
  });

  it("is never given by staff, nor by someone who only happens to see it", async () => {
    const id = await solved();
    for (const staff of [shop.engineer, shop.owner]) {
      const refused = await rate(staff, id, { overall: 5 });
      assert.deepEqual([refused.status, refused.body.code], [403, "right_missing"]);
    }
    const colleague = await shop.person("Colleague", [
      { customerId: shop.customerId, role: "user", siteId: shop.siteId },
    ]);
    assert.equal((await rate(colleague, id, { overall: 5 })).status, 404);
    const left = await solved("2026-11-02", shop.contact);
    await world.db.asTenant(shop.provider.tenantId, (tx) =>
      tx.run(sql`update helpdesk.ticket set requester_id = ${shop.user.actor.id}, opened_by_kind = 'person',
        opened_by_id = ${colleague.actor.id} where tenant_id = ${tx.tenantId} and id = ${left}`),
    );
    const onlooker = await rate(colleague, left, { overall: 5 });
    assert.deepEqual([onlooker.status, onlooker.body.code], [403, "not_concerned"]);
  });

  it("is refused to an engineer who comes back as a customer with the same login", async () => {
    const id = await solved();
    const loginId = randomUUID();
    await world.db.asGlobal(async (tx) => {
      await tx.run(sql`insert into auth.login (id, name, email, created_at, updated_at)
        values (${loginId}, 'Anna', 'anna@example.com', '2026-01-01', '2026-01-01')`);
      for (const [kind, actor] of [
        ["person", shop.user.actor],
        ["staff", shop.engineer.actor],
      ] as const) {
        await tx.run(sql`insert into identity.membership
          (tenant_id, subject_id, kind, login_id, display_name, roles, locale, created_at)
          values (${shop.provider.tenantId}, ${actor.id}, ${kind}, ${loginId}, 'Anna', '{}', 'en', '2026-01-01')
          on conflict (tenant_id, subject_id) do update set login_id = excluded.login_id`);
      }
    });
    const refused = await rate(shop.user, id, { overall: 5 });
    assert.deepEqual([refused.status, refused.body.code], [403, "staff_cannot_rate"]);
    await world.db.asGlobal((tx) => tx.run(sql`delete from identity.membership where login_id = ${loginId}`));
    assert.equal((await rate(shop.user, id, { overall: 5 })).status, 201);
  });

  it("refuses what is no rating", async () => {
    const id = await solved();
    for (const bad of [
      {},
      { overall: 0 },
      { overall: 6 },
      { overall: 4.5 },
      { overall: "5" },
      { overall: 5, stars: 5 },
    ]) {
      assert.equal((await rate(shop.user, id, bad)).status, 400, JSON.stringify(bad));
    }
    const { status } = await shop.user.get("/api/v1/tickets/nonsense/rating");
    assert.equal(status, 400);
  });

  it("is one, however many arrive at once", async () => {
    const id = await solved();
    const answers = await Promise.all([1, 2, 3, 4, 5].map((overall) => rate(shop.user, id, { overall })));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 200, 200, 200, 201]);
    const { body } = await shop.engineer.get(`/api/v1/tickets/${id}/rating`);
    assert.deepEqual(
      body.items.map((rating: { version: number }) => rating.version),
      [5],
    );
  });

  it("is given by a visitor too, with nothing but the link of the report", async () => {
    const { body: device } = await shop.owner.post("/api/v1/devices", {
      siteId: shop.siteId,
      name: "Till",
      type: "till",
    });
    const app = await createApp({
      config: readConfig([], {}),
      db: world.db,
      logger: false,
      knownPermissions: new Set(permissions),
      authenticators: [visitorAuthenticator(world.db)],
    });
    visitorRoutes(app);
    qualityRoutes(app);
    setClock("2026-11-02T08:00:00Z");
    const report = await app.inject({
      method: "POST",
      url: `/api/v1/device-codes/${device.code}/reports`,
      payload: { subject: "No power" },
    });
    assert.equal(report.statusCode, 201, report.body);
    const { ticketId, token } = report.json();
    const asVisitor = (method: "GET" | "POST", url: string, payload?: object) =>
      app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });
    await serve(shop.engineer, ticketId, {
      acknowledgedAt: "2026-11-02T08:10:00Z",
      resolvedAt: "2026-11-02T09:00:00Z",
    });
    await asVisitor("GET", `/api/v1/visitor-reports/${token}`);
    const { body: none } = await shop.engineer.get(`/api/v1/tickets/${ticketId}/rating`);
    assert.deepEqual(none.items, [], "opening the link is no answer");
    const given = await asVisitor("POST", `/api/v1/tickets/${ticketId}/rating`, { overall: 4, attitude: 5 });
    assert.deepEqual([given.statusCode, given.json().raterKind], [201, "visitor"]);
    const own = await asVisitor("GET", `/api/v1/tickets/${ticketId}/rating`);
    assert.deepEqual(own.json().items, [given.json()]);
    const others = await asVisitor("POST", `/api/v1/tickets/${await solved()}/rating`, { overall: 1 });
    assert.equal(others.statusCode, 404);
    await app.close();
  });
});
