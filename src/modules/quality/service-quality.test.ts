import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Caller } from "../../../test/module-world.ts";
import {
  fault,
  openServed,
  type QualityWorld,
  type Served,
  serve,
  startQualityWorld,
} from "../../../test/quality-world.ts";
import { setClock } from "../../platform/clock.ts";
import type { ServiceQuality } from "./api.ts";

const autumn = "from=2026-09-15&to=2026-11-14";

describe("how good the service was", () => {
  let world: QualityWorld;
  let shop: Served;
  let mill: { customerId: string; siteIds: string[] };
  let millContact: Caller;
  let siteContact: Caller;

  before(async () => {
    world = await startQualityWorld();
    shop = await openServed(world, { timeZone: "Asia/Ho_Chi_Minh" });
    const { engineer, owner, user, contact, siteId, otherSiteId, customerId } = shop;
    const rate = async (by: Caller, id: string, body: object) => {
      assert.equal((await by.post(`/api/v1/tickets/${id}/rating`, body)).status, 201);
    };
    // Kept in September; rated by both.
    const swift = await fault(user, siteId, "2026-09-20T02:00:00Z");
    await serve(engineer, swift, { acknowledgedAt: "2026-09-20T02:10:00Z", resolvedAt: "2026-09-20T03:00:00Z" });
    await rate(user, swift, { overall: 5, technical: 5, attitude: 5, crisisAwareness: 4 });
    await rate(contact, swift, { overall: 3 });
    // Opened in October, broken in October, solved in November there, rated then.
    const slow = await fault(contact, otherSiteId, "2026-10-31T02:00:00Z");
    setClock("2026-10-31T16:59:00Z");
    await world.sweep();
    await serve(engineer, slow, { acknowledgedAt: "2026-10-31T16:59:00Z", resolvedAt: "2026-10-31T17:30:00Z" });
    await rate(contact, slow, { overall: 1, technical: 1 });
    // Opened before the period and still open, broken before it.
    await fault(user, siteId, "2026-09-01T02:00:00Z");
    setClock("2026-09-03T02:00:00Z");
    await world.sweep();
    // Opened after the period: open now, and nothing else.
    await fault(user, siteId, "2026-11-20T02:00:00Z");
    // Confidential: the provider's numbers know it, the customer's do not.
    const secret = await fault(owner, siteId, "2026-10-05T02:00:00Z", { confidential: true });
    await serve(engineer, secret, { acknowledgedAt: "2026-10-05T02:10:00Z", resolvedAt: "2026-10-05T03:00:00Z" });
    mill = await shop.customer("钢铁厂", "Hall 1", "Hall 2");
    millContact = await shop.person("Mill contact", [{ customerId: mill.customerId, role: "contact" }]);
    siteContact = await shop.person("Site contact", [
      { customerId, role: "contact", siteId: otherSiteId },
      { customerId: mill.customerId, role: "user", siteId: mill.siteIds[0] ?? "" },
    ]);
    const cancelled = await fault(millContact, mill.siteIds[0] ?? "", "2026-10-10T02:00:00Z");
    await millContact.post(`/api/v1/tickets/${cancelled}/cancel`, { reason: "Never mind." });
    setClock("2026-11-21T02:00:00Z");
  });
  after(async () => {
    setClock(undefined);
    await world.end();
  });

  const reportOf = async (by: Caller, more = "") => {
    const answer = await by.get(`/api/v1/service-quality?${autumn}${more}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body as ServiceQuality;
  };

  it("counts what was opened and solved in the period, and what is open now", async () => {
    const { tickets } = await reportOf(shop.contact);
    assert.deepEqual(tickets, { opened: 2, resolved: 2, open: 2 });
  });

  it("measures attainment over the clocks that ended in the period", async () => {
    const { promises, attainment } = await reportOf(shop.contact);
    assert.deepEqual(promises, [
      { target: "response", met: 1, breached: 1, attainment: 0.5 },
      { target: "restore", met: 1, breached: 1, attainment: 0.5 },
      { target: "resolve", met: 1, breached: 1, attainment: 0.5 },
    ]);
    assert.equal(attainment, 0.5);
  });

  it("tells who pays from who is served", async () => {
    const { ratings } = await reportOf(shop.contact);
    assert.deepEqual(ratings, {
      count: 3,
      overall: 3,
      technical: 3,
      attitude: 5,
      crisisAwareness: 4,
      quality: Math.cbrt(3 * 5 * 4),
      weakest: "technical",
      csat: 1 / 3,
      byContacts: { count: 2, overall: 2, csat: 0 },
      byUsers: { count: 1, overall: 5, csat: 1 },
    });
  });

  it("goes month by month of the provider, and through each site", async () => {
    const { months, sites, moreSites } = await reportOf(shop.contact);
    assert.deepEqual(
      months.map((month) => Object.values(month)),
      [
        ["2026-09", 1, 3, 0, 1, 2, 4],
        ["2026-10", 1, 0, 3, 0, 0, null],
        ["2026-11", 0, 0, 0, null, 1, 1],
      ],
    );
    assert.deepEqual(
      sites.map(({ siteName, open, opened, met, breached, overall }) => [
        siteName,
        open,
        opened,
        met,
        breached,
        overall,
      ]),
      [
        ["Bến Thành", 2, 1, 3, 0, 4],
        ["Chợ Lớn", 0, 1, 0, 3, 1],
      ],
    );
    assert.equal(moreSites, false);
  });

  it("shows staff everything, or one customer, or one site", async () => {
    const { owner, customerId, siteId } = shop;
    assert.deepEqual((await reportOf(owner)).tickets, { opened: 4, resolved: 3, open: 2 });
    assert.deepEqual((await reportOf(owner, `&customerId=${customerId}`)).tickets, { opened: 3, resolved: 3, open: 2 });
    const one = await reportOf(owner, `&customerId=${customerId}&siteId=${siteId}`);
    assert.deepEqual([one.tickets.opened, one.sites.map(({ siteName }) => siteName)], [2, ["Bến Thành"]]);
    assert.equal((await reportOf(owner)).sites.length, 4);
  });

  it("promises nothing about a ticket that was called off", async () => {
    const report = await reportOf(millContact);
    assert.deepEqual([report.tickets.opened, report.attainment, report.ratings.overall], [1, null, null]);
  });

  it("shows the contact of one site that site", async () => {
    const report = await reportOf(siteContact);
    assert.deepEqual([report.tickets.opened, report.sites.map(({ siteName }) => siteName)], [1, ["Chợ Lớn"]]);
    assert.deepEqual((await reportOf(siteContact, `&customerId=${shop.customerId}`)).tickets, report.tickets);
  });

  it("keeps archived sites while they have something to tell", async () => {
    const { owner, otherSiteId } = shop;
    for (const id of [otherSiteId, mill.siteIds[1]]) await owner.patch(`/api/v1/sites/${id}`, { archived: true });
    const names = (await reportOf(owner)).sites.map(({ siteName }) => siteName);
    for (const id of [otherSiteId, mill.siteIds[1]]) await owner.patch(`/api/v1/sites/${id}`, { archived: false });
    assert.deepEqual(names, ["Bến Thành", "Chợ Lớn", "Hall 1"]);
  });

  it("says nothing about what the asker may not see", async () => {
    const foreign = await (await world.provider()).staff("owner");
    const { customerId, siteId, otherSiteId, contact, user, engineer, owner } = shop;
    const csm = await shop.provider.staff("csm", "Carla");
    for (const [by, filter, status, code] of [
      [millContact, `customerId=${customerId}`, 404, "customer_unknown"],
      [millContact, `siteId=${siteId}`, 404, "site_unknown"],
      [contact, `customerId=${customerId}&siteId=${mill.siteIds[0]}`, 404, "site_unknown"],
      [owner, `customerId=${customerId}&siteId=${mill.siteIds[0]}`, 404, "site_unknown"],
      [siteContact, `siteId=${siteId}`, 404, "site_unknown"],
      [siteContact, `siteId=${otherSiteId}`, 200, undefined],
      [siteContact, `siteId=${mill.siteIds[0]}`, 404, "site_unknown"],
      [siteContact, `customerId=${mill.customerId}`, 404, "customer_unknown"],
      [foreign, `customerId=${customerId}`, 404, "customer_unknown"],
      [foreign, `siteId=${siteId}`, 404, "site_unknown"],
      [csm, `siteId=${siteId}`, 200, undefined],
      [engineer, "", 403, "right_missing"],
      [user, "", 403, "right_missing"],
      [world.stranger, "", 401, "sign_in"],
    ] as const) {
      const answer = await by.get(`/api/v1/service-quality?${filter}`);
      assert.deepEqual([answer.status, answer.body.code], [status, code], filter);
    }
    const report = (await foreign.get(`/api/v1/service-quality?${autumn}`)).body;
    assert.deepEqual([report.tickets, report.sites], [{ opened: 0, resolved: 0, open: 0 }, []]);
  });

  it("keeps every rating of a ticket from those who do not see the ticket", async () => {
    const [{ id }] = (await shop.user.get("/api/v1/tickets?state=resolved")).body.items;
    const foreign = await (await world.provider()).staff("owner");
    for (const [by, status] of [
      [shop.user, 200],
      [shop.engineer, 200],
      [millContact, 404],
      [siteContact, 404],
      [foreign, 404],
      [world.stranger, 401],
    ] as const) {
      assert.equal((await by.get(`/api/v1/tickets/${id}/rating`)).status, status);
    }
    for (const by of [millContact, siteContact, foreign]) {
      assert.equal((await by.post(`/api/v1/tickets/${id}/rating`, { overall: 1 })).status, 404);
    }
  });
});
