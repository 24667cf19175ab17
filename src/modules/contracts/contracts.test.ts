import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { eventOf } from "../../../test/module-events.ts";
import { type Caller, type Provider, startWorld, type World } from "../../../test/module-world.ts";
import { calendarRoutes, calendarsReactions } from "../calendars/index.ts";
import { customersRoutes } from "../customers/index.ts";
import { contractRoutes, contractsReactions, findPromise } from "./index.ts";

const target = (tier: string, priority: string, name: string, targetMinutes: number) => ({
  tier,
  priority,
  target: name,
  targetMinutes,
});

describe("SLA policies and agreements", () => {
  let world: World;
  let provider: Provider;
  let owner: Caller;
  const ids: Record<string, string> = {};

  const made = async (url: string, body: object): Promise<string> => {
    const answer = await owner.post(`/api/v1/${url}`, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body.id;
  };
  const calendar = (name: string) =>
    made("calendars", { name, timeZone: "UTC", weekly: { mon: [["09:00", "17:00"]] } });

  before(async () => {
    world = await startWorld(calendarRoutes, customersRoutes, contractRoutes);
    provider = await world.provider();
    owner = await provider.staff("owner");
    ids.customer = await made("customers", { name: "Shops", deployment: "saas" });
    ids.other = await made("customers", { name: "Mill", deployment: "on_premise" });
    ids.site = await made("sites", { customerId: ids.customer, name: "Shop 1" });
    ids.gold = await made("sla-policies", {
      name: "Gold",
      targets: [
        target("standard", "p1", "response", 30),
        target("standard", "p1", "resolve", 480),
        target("vip", "p1", "response", 10),
      ],
    });
    ids.silver = await made("sla-policies", { name: "Silver", targets: [target("standard", "p1", "response", 60)] });
  });
  after(() => world.end());

  const promised = (on: string, tier: "vip" | "standard" | "basic" = "standard", siteId = ids.site ?? "") =>
    world.db.asTenant(provider.tenantId, (tx) => findPromise(tx, { siteId, on, tier, priority: "p1" }));

  it("keeps targets in order, replaces them whole, and refuses nonsense", async () => {
    const url = `/api/v1/sla-policies/${ids.gold}`;
    const { body } = await owner.get(url);
    assert.deepEqual(body.targets, [
      target("vip", "p1", "response", 10),
      target("standard", "p1", "response", 30),
      target("standard", "p1", "resolve", 480),
    ]);
    assert.deepEqual(body.pausingReasons, ["waiting_for_user", "agreed_appointment"]);
    const changed = await owner.patch(url, { closeAfterDays: 5, pausingReasons: [] }, { "if-match": '"1"' });
    assert.deepEqual(
      [changed.body.closeAfterDays, changed.body.pausingReasons, changed.body.targets],
      [5, [], body.targets],
    );
    for (const [bad, status, code] of [
      [{ targets: [target("standard", "p1", "response", 0)] }, 400, "invalid_request"],
      [{ targets: [target("gold", "p1", "response", 5)] }, 400, "invalid_request"],
      [{ targets: [target("vip", "p1", "response", 5), target("vip", "p1", "response", 6)] }, 422, "target_twice"],
      [{ pausingReasons: ["lunch"] }, 400, "invalid_request"],
      [{ calendarId: ids.customer }, 404, "calendar_unknown"],
      [{ reopenWithinDays: 366 }, 400, "invalid_request"],
    ] as const) {
      const answer = await owner.patch(url, bad);
      assert.deepEqual([answer.status, answer.body.code], [status, code]);
    }
    assert.equal((await owner.patch(url, { name: "x" }, { "if-match": '"1"' })).status, 412);
  });

  it("promises by the agreement in force on the day, tier by tier", async () => {
    assert.equal(await promised("2026-06-01"), undefined, "nothing is promised yet");
    await made("agreements", {
      customerId: ids.customer,
      policyId: ids.gold,
      startsOn: "2026-01-01",
      endsOn: "2026-06-30",
    });
    await made("agreements", { customerId: ids.customer, policyId: ids.silver, startsOn: "2026-07-01" });
    const june = await promised("2026-06-30", "vip");
    assert.deepEqual(june?.minutes, { response: 10, resolve: 480 }, "what vip does not list is the standard tier's");
    assert.deepEqual((await promised("2026-07-01", "basic"))?.minutes, { response: 60 });
    assert.equal(await promised("2025-12-31"), undefined);
  });

  it("counts on the policy's calendar, else the site's, else the customer's", async () => {
    const calendars = [await calendar("site"), await calendar("policy"), await calendar("customer")];
    const chosen = async () => (await promised("2026-08-01"))?.calendarId;
    assert.equal(await chosen(), null);
    await owner.patch(`/api/v1/customers/${ids.customer}`, { calendarId: calendars[2] });
    assert.equal(await chosen(), calendars[2]);
    await owner.patch(`/api/v1/sites/${ids.site}`, { calendarId: calendars[0] });
    assert.equal(await chosen(), calendars[0]);
    await owner.patch(`/api/v1/sla-policies/${ids.silver}`, { calendarId: calendars[1] });
    assert.equal(await chosen(), calendars[1]);
    assert.equal((await promised("2026-08-01"))?.calendarVersion, 1);
  });

  it("refuses a second promise for the same days, and keeps the first", async () => {
    for (const [startsOn, endsOn] of [
      ["2026-06-30", "2026-06-30"],
      ["2025-01-01", null],
      ["2030-01-01", "2030-02-01"],
    ]) {
      const answer = await owner.post("/api/v1/agreements", {
        customerId: ids.customer,
        policyId: ids.gold,
        startsOn,
        endsOn,
      });
      assert.deepEqual([answer.status, answer.body.code], [409, "agreements_overlap"]);
    }
    for (const startsOn of ["0000-01-01", "2026-13-01", "infinity"]) {
      const answer = await owner.post("/api/v1/agreements", { customerId: ids.other, policyId: ids.gold, startsOn });
      assert.deepEqual([answer.status, answer.body.code], [400, "invalid_request"]);
    }
    const backwards = { customerId: ids.other, policyId: ids.gold, startsOn: "2026-02-02", endsOn: "2026-02-01" };
    assert.equal((await owner.post("/api/v1/agreements", backwards)).body.code, "ends_before_start");
    const before = await owner.post("/api/v1/agreements", {
      customerId: ids.customer,
      policyId: ids.gold,
      startsOn: "2025-01-01",
      endsOn: "2025-12-31",
    });
    assert.equal(before.status, 201);
  });

  it("lets one of many simultaneous agreements through", async () => {
    const customerId = await made("customers", { name: "Rush", deployment: "saas" });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        owner.post("/api/v1/agreements", { customerId, policyId: ids.gold, startsOn: `2026-01-0${index + 1}` }),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it("ends an agreement and follows it with another", async () => {
    const { body } = await owner.get(`/api/v1/agreements?customerId=${ids.customer}&on=2026-09-01`);
    assert.deepEqual(
      body.items.map((item: { policyName: string }) => item.policyName),
      ["Silver"],
    );
    const url = `/api/v1/agreements/${body.items[0].id}`;
    assert.equal((await owner.patch(url, { endsOn: "2026-06-01" })).body.code, "ends_before_start");
    const ended = await owner.patch(url, { endsOn: "2026-12-31" }, { "if-match": '"1"' });
    assert.deepEqual([ended.status, ended.body.endsOn, ended.body.version], [200, "2026-12-31", 2]);
    await made("agreements", { customerId: ids.customer, policyId: ids.gold, startsOn: "2027-01-01" });
    assert.equal((await owner.patch(url, { endsOn: null })).body.code, "agreements_overlap");
    const { body: all } = await owner.get(`/api/v1/agreements?customerId=${ids.customer}&limit=3`);
    assert.deepEqual(
      all.items.map((item: { startsOn: string }) => item.startsOn),
      ["2027-01-01", "2026-07-01", "2026-01-01"],
    );
    const { body: rest } = await owner.get(`/api/v1/agreements?customerId=${ids.customer}&limit=3&after=${all.next}`);
    assert.deepEqual(
      rest.items.map((item: { startsOn: string }) => item.startsOn),
      ["2025-01-01"],
    );
  });

  it("falls back to the default policy, of which there is one at most", async () => {
    const siteId = await made("sites", { customerId: ids.other, name: "Hall" });
    const bronze = await made("sla-policies", { name: "Bronze", isDefault: true, targets: [] });
    assert.equal((await promised("2026-08-01", "standard", siteId))?.policyId, bronze);
    await owner.patch(`/api/v1/sla-policies/${ids.gold}`, { isDefault: true });
    assert.equal((await promised("2026-08-01", "standard", siteId))?.policyId, ids.gold);
    assert.equal((await promised("2026-08-01", "standard", siteId))?.agreementId, null);
    assert.equal((await owner.get(`/api/v1/sla-policies/${bronze}`)).body.isDefault, false);
    const archived = await owner.patch(`/api/v1/sla-policies/${ids.gold}`, { archived: true });
    assert.deepEqual([archived.status, archived.body.code], [409, "default_in_use"]);
    await owner.patch(`/api/v1/sla-policies/${bronze}`, { archived: true });
    const late = await owner.post("/api/v1/agreements", {
      customerId: ids.other,
      policyId: bronze,
      startsOn: "2026-01-01",
    });
    assert.deepEqual([late.status, late.body.code], [409, "policy_archived"]);
  });

  it("shows a contact the own agreements and their policies, and nobody else's", async () => {
    const person = await made("people", { name: "Mai", affiliations: [{ customerId: ids.customer, role: "contact" }] });
    const contact = provider.person(person, "contact");
    const stranger = provider.person(ids.site ?? "", "contact");
    const { body: theirs } = await owner.get(`/api/v1/agreements?customerId=${ids.customer}&limit=1`);
    const agreement = `/api/v1/agreements/${theirs.items[0].id}`;
    const policy = `/api/v1/sla-policies/${ids.silver}`;
    assert.deepEqual([(await contact.get(agreement)).status, (await contact.get(policy)).status], [200, 200]);
    assert.equal((await contact.get("/api/v1/agreements")).body.items.length, 4);
    assert.deepEqual((await stranger.get("/api/v1/sla-policies")).body.items, []);
    assert.equal((await contact.patch(policy, { name: "cheaper" })).status, 403);
    assert.equal((await contact.patch(agreement, { endsOn: null })).status, 403);
    const foreign = await (await world.provider()).staff("owner");
    for (const outsider of [stranger, foreign]) {
      for (const answer of [
        await outsider.get(agreement),
        await outsider.get(policy),
        await outsider.patch(agreement, { endsOn: null }),
        await outsider.patch(policy, { name: "x" }),
      ]) {
        assert.equal(answer.status, 404);
        assert.doesNotMatch(JSON.stringify(answer.body), /Silver|Shops/);
      }
    }
    const foreignPolicy = (await foreign.post("/api/v1/sla-policies", { name: "F", targets: [] })).body.id;
    for (const body of [
      { customerId: ids.customer, policyId: foreignPolicy },
      { customerId: ids.customer, policyId: ids.gold },
    ]) {
      const sender = body.policyId === foreignPolicy ? owner : foreign;
      assert.equal((await sender.post("/api/v1/agreements", { ...body, startsOn: "2040-01-01" })).status, 404);
    }
  });

  it("gives a new provider one default policy on its office hours, once", async () => {
    const fresh = await world.provider({ locale: "vi", timeZone: "Asia/Ho_Chi_Minh" });
    const type = "identity.provider_created";
    for (let round = 0; round < 2; round++) {
      for (const reactions of [calendarsReactions, contractsReactions]) {
        await world.db.asTenant(fresh.tenantId, async (tx) => reactions[type]?.(tx, eventOf(type, fresh.tenantId)));
      }
    }
    const chief = await fresh.staff("owner");
    const { body } = await chief.get("/api/v1/sla-policies");
    assert.equal(body.items.length, 1);
    const [policy] = body.items;
    assert.deepEqual([policy.name, policy.isDefault, policy.targets.length], ["Tiêu chuẩn", true, 36]);
    const { body: hours } = await chief.get(`/api/v1/calendars/${policy.calendarId}`);
    assert.deepEqual([hours.name, hours.country], ["Giờ hành chính", "VN"]);
  });
});
