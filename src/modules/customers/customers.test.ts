import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Caller, type Provider, startWorld, type World } from "../../../test/module-world.ts";
import { sql } from "../../platform/sql.ts";
import { calendarRoutes } from "../calendars/index.ts";
import { customersRoutes } from "./index.ts";

describe("customers, sites and people", () => {
  let world: World;
  let provider: Provider;
  let owner: Caller;
  let shopId: string;
  let millId: string;

  before(async () => {
    world = await startWorld(calendarRoutes, customersRoutes);
    provider = await world.provider({ timeZone: "Asia/Shanghai" });
    owner = await provider.staff("owner", "Olive Owner");
    shopId = (await owner.post("/api/v1/customers", { name: "Hòa Phát Shops", deployment: "saas" })).body.id;
    millId = (await owner.post("/api/v1/customers", { name: "钢铁厂", deployment: "on_premise" })).body.id;
  });
  after(() => world.end());

  const newSite = async (customerId: string, name: string) =>
    (await owner.post("/api/v1/sites", { customerId, name })).body;

  it("makes codes from names, and never the same twice", async () => {
    const codes = [];
    for (let round = 0; round < 3; round++) {
      const { body } = await owner.post("/api/v1/customers", { name: "Đà Nẵng Trà!", deployment: "hybrid" });
      codes.push(body.code);
    }
    assert.deepEqual(codes, ["DA-NANG-TRA", "DA-NANG-TRA-2", "DA-NANG-TRA-3"]);
    const { body: chinese } = await owner.get(`/api/v1/customers/${millId}`);
    assert.equal(chinese.code, "钢铁厂");
    const taken = await owner.post("/api/v1/customers", { name: "X", code: "DA-NANG-TRA", deployment: "saas" });
    assert.deepEqual([taken.status, taken.body.code], [409, "code_taken"]);
    const renamed = await owner.patch(`/api/v1/customers/${millId}`, { code: "DA-NANG-TRA" });
    assert.deepEqual([renamed.status, renamed.body.code], [409, "code_taken"]);
  });

  it("knows a customer's managers, calendar, domains and languages", async () => {
    const csm = await provider.staff("csm", "Carla");
    const calendar = await owner.post("/api/v1/calendars", {
      name: "Week",
      timeZone: "Asia/Shanghai",
      weekly: { mon: [["09:00", "18:00"]] },
    });
    const change = {
      csmId: csm.actor.id,
      tamId: owner.actor.id,
      calendarId: calendar.body.id,
      emailDomains: ["Shops.Example", "shops.example", "shops.vn"],
      lifecycle: "active",
    };
    const { status, body } = await owner.patch(`/api/v1/customers/${shopId}`, change);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(
      [body.csmName, body.tamName, body.locale, body.emailDomains, body.version],
      ["Carla", "Olive Owner", "en", ["shops.example", "shops.vn"], 2],
    );
    const stranger = await (await world.provider()).staff("csm");
    for (const [bad, code] of [
      [{ csmId: stranger.actor.id }, "member_unknown"],
      [{ calendarId: shopId }, "calendar_unknown"],
    ]) {
      const answer = await owner.patch(`/api/v1/customers/${shopId}`, bad);
      assert.deepEqual([answer.status, answer.body.code], [404, code]);
    }
    await owner.patch(`/api/v1/calendars/${calendar.body.id}`, { archived: true });
    const kept = await owner.patch(`/api/v1/customers/${shopId}`, { ...change, lifecycle: "renewal" });
    assert.equal(kept.status, 200, "an archived calendar stays where it is used");
    assert.equal((await owner.patch(`/api/v1/customers/${millId}`, { calendarId: calendar.body.id })).status, 404);
  });

  it("keeps a site's position, zone and ways in, and refuses what cannot be", async () => {
    const site = {
      customerId: shopId,
      name: "Shop 1",
      address: "上海市南京路1号",
      latitude: 31.23,
      longitude: 121.47,
      timeZone: "Asia/Shanghai",
      phone: "+86 21 5555 0000",
      accessNotes: "Alarm code 1234",
    };
    const { status, body } = await owner.post("/api/v1/sites", site);
    assert.equal(status, 201, JSON.stringify(body));
    assert.deepEqual({ ...body, ...site }, body);
    assert.equal(body.customerName, "Hòa Phát Shops");
    for (const [bad, status, code] of [
      [{ latitude: 91 }, 400, "invalid_request"],
      [{ longitude: null }, 422, "half_position"],
      [{ timeZone: "+08:00" }, 422, "time_zone_unknown"],
      [{ timeZone: "Asia/Nowhere" }, 422, "time_zone_unknown"],
      [{ name: "  " }, 400, "invalid_request"],
      [{ phone: "call me" }, 400, "invalid_request"],
    ] as const) {
      const answer = await owner.patch(`/api/v1/sites/${body.id}`, bad);
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(bad));
    }
    const moved = await owner.patch(`/api/v1/sites/${body.id}`, { latitude: null, longitude: null });
    assert.deepEqual([moved.body.latitude, moved.body.longitude, moved.body.version], [null, null, 2]);
  });

  it("asks a site's own engineers first, then those of all sites, each once and only while they work here", async () => {
    const site = await newSite(shopId, "Named");
    const [anna, ben, cem] = [
      await provider.staff("engineer", "Anna"),
      await provider.staff("engineer", "Ben"),
      await provider.staff("engineer", "Cem"),
    ];
    await owner.put(`/api/v1/customers/${shopId}/named-engineers`, { memberIds: [anna.actor.id, ben.actor.id] });
    const { body } = await owner.put(`/api/v1/sites/${site.id}/named-engineers`, {
      memberIds: [cem.actor.id, ben.actor.id],
    });
    const shown = body.namedEngineers.map((each: { name: string; scope: string }) => [each.name, each.scope]);
    assert.deepEqual(shown, [
      ["Cem", "site"],
      ["Ben", "site"],
      ["Anna", "customer"],
    ]);
    const { body: customer } = await owner.get(`/api/v1/customers/${shopId}`);
    assert.deepEqual(
      customer.namedEngineers.map((each: { name: string }) => each.name),
      ["Anna", "Ben"],
    );
    await world.db.asTenant(provider.tenantId, (tx) =>
      tx.run(sql`update identity.staff set active = false where tenant_id = ${tx.tenantId} and id = ${anna.actor.id}`),
    );
    const { body: without } = await owner.get(`/api/v1/sites/${site.id}`);
    assert.deepEqual(
      without.namedEngineers.map((each: { name: string }) => each.name),
      ["Cem", "Ben"],
    );
    const foreign = await (await world.provider()).staff("engineer");
    const refused = await owner.put(`/api/v1/sites/${site.id}/named-engineers`, { memberIds: [foreign.actor.id] });
    assert.deepEqual([refused.status, refused.body.code], [404, "member_unknown"]);
    const stale = await owner.put(`/api/v1/sites/${site.id}/named-engineers`, { memberIds: [] }, { "if-match": '"1"' });
    assert.equal(stale.status, 412);
  });

  it("lets one person belong to several customers, as contact here and user there", async () => {
    const site = await newSite(millId, "Hall 1");
    const { status, body } = await owner.post("/api/v1/people", {
      name: "Mai",
      email: "Mai@Example.com",
      affiliations: [
        { customerId: shopId, role: "contact" },
        { customerId: millId, role: "user", siteId: site.id, tier: "vip" },
      ],
    });
    assert.equal(status, 201, JSON.stringify(body));
    assert.deepEqual(
      body.affiliations.map((each: { customerName: string; role: string; siteName: string; tier: string }) => [
        each.customerName,
        each.role,
        each.siteName,
        each.tier,
      ]),
      [
        ["Hòa Phát Shops", "contact", null, "standard"],
        ["钢铁厂", "user", "Hall 1", "vip"],
      ],
    );
    assert.deepEqual([body.email, body.login], ["mai@example.com", "none"]);
    const again = await owner.post("/api/v1/people", {
      name: "M",
      email: "MAI@example.com",
      affiliations: [{ customerId: shopId, role: "contact" }],
    });
    assert.deepEqual([again.status, again.body.code], [409, "email_taken"]);
    for (const [affiliations, status, code] of [
      [[{ customerId: shopId, role: "user" }], 422, "user_without_site"],
      [[{ customerId: shopId, role: "user", siteId: site.id }], 404, "site_unknown"],
      [[{ customerId: site.id, role: "contact" }], 404, "customer_unknown"],
      [
        [
          { customerId: shopId, role: "contact" },
          { customerId: shopId, role: "contact", siteId: null },
        ],
        422,
        "affiliation_twice",
      ],
      [[], 400, "invalid_request"],
    ] as const) {
      const answer = await owner.patch(`/api/v1/people/${body.id}`, { affiliations });
      assert.deepEqual([answer.status, answer.body.code], [status, code]);
    }
    const changed = await owner.patch(`/api/v1/people/${body.id}`, {
      affiliations: [{ customerId: millId, role: "contact", siteId: site.id }],
    });
    assert.equal(changed.body.affiliations.length, 1);
    assert.equal(changed.body.version, 2);
    await owner.patch(`/api/v1/people/${body.id}`, { archived: true });
    const successor = await owner.post("/api/v1/people", {
      name: "Mai's successor",
      email: "mai@example.com",
      affiliations: [{ customerId: shopId, role: "contact" }],
    });
    assert.equal(successor.status, 201, "an archived person's address is free again");
    assert.equal((await owner.patch(`/api/v1/people/${body.id}`, { archived: false })).body.code, "email_taken");
  });

  it("finds by name, code, address and mail, by customer, site and lifecycle, page by page", async () => {
    const alone = await world.provider();
    const chief = await alone.staff("owner");
    const customer = (await chief.post("/api/v1/customers", { name: "Solo", deployment: "saas", lifecycle: "pilot" }))
      .body;
    await chief.post("/api/v1/customers", { name: "Other", deployment: "saas" });
    for (const name of ["门店二", "alpha", "Beta", "门店一"]) {
      await chief.post("/api/v1/sites", { customerId: customer.id, name, address: `${name} street` });
    }
    const names = async (url: string) => {
      const { body } = await chief.get(`/api/v1/${url}`);
      return body.items.map((item: { name: string }) => item.name);
    };
    assert.deepEqual(await names("customers?lifecycle=pilot"), ["Solo"]);
    assert.deepEqual(await names("customers?q=THER"), ["Other"]);
    assert.deepEqual(await names(`sites?customerId=${customer.id}&q=${encodeURIComponent("门店")}`), [
      "门店一",
      "门店二",
    ]);
    assert.deepEqual(await names("sites?q=beta%20STREET"), ["Beta"]);
    const walked = [];
    for (let after = ""; ; ) {
      const { body } = await chief.get(`/api/v1/sites?limit=3${after}`);
      walked.push(...body.items.map((item: { name: string }) => item.name));
      if (!body.next) break;
      after = `&after=${body.next}`;
    }
    assert.deepEqual(walked, ["alpha", "Beta", "门店一", "门店二"]);
    await chief.patch(`/api/v1/customers/${customer.id}`, { archived: true });
    assert.deepEqual([await names("customers"), await names("sites")], [["Other"], []]);
    assert.equal((await names("sites?archived=true")).length, 4);
    const refused = await chief.post("/api/v1/sites", { customerId: customer.id, name: "Late" });
    assert.deepEqual([refused.status, refused.body.code], [409, "customer_archived"]);
    assert.equal((await chief.get("/api/v1/people?role=boss")).status, 400);
    for (const key of [["a", "b"], ["a"], {}, ["a", "00000000-0000-7000-8000-000000000001", 1]]) {
      const forged = Buffer.from(JSON.stringify(key)).toString("base64url");
      for (const noun of ["customers", "sites", "people"]) {
        const { status, body } = await chief.get(`/api/v1/${noun}?after=${forged}`);
        assert.deepEqual([status, body.code], [400, "cursor"], JSON.stringify(key));
      }
    }
  });

  it("gives two changes from the same version to one of them only", async () => {
    const { body } = await owner.post("/api/v1/customers", { name: "Race", deployment: "saas" });
    const url = `/api/v1/customers/${body.id}`;
    const change = (name: string) => owner.patch(url, { name }, { "if-match": '"1"' });
    const answers = await Promise.all([change("A"), change("B"), change("C")]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
  });
});
