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
import type { Remark, WeekFigures } from "./api.ts";

/** October in Vietnam, which is seven hours ahead of UTC and has no summer time. */
const october = "from=2026-10-01&to=2026-10-31";

describe("an engineer's own page", () => {
  let world: QualityWorld;
  let shop: Served;
  let swift: string;
  let late: string;

  before(async () => {
    world = await startQualityWorld();
    shop = await openServed(world, { timeZone: "Asia/Ho_Chi_Minh" });
    const { engineer, second, user, contact, siteId } = shop;
    // In October's first minute there, still September in UTC: it counts.
    swift = await fault(user, siteId, "2026-09-30T16:00:00Z", { subject: "Swift" });
    await serve(engineer, swift, {
      acknowledgedAt: "2026-09-30T16:30:00Z",
      arrivedAt: "2026-09-30T17:00:00Z",
      resolvedAt: "2026-09-30T17:00:00Z",
    });
    await work(engineer, swift, 30, "on_site");
    await work(engineer, swift, 20, "travel");
    await work(second, swift, 10, "remote");
    await rate(user, swift, {
      overall: 5,
      technical: 5,
      attitude: 4,
      crisisAwareness: 2,
      comment: "Went out of her way.",
    });
    late = await fault(contact, siteId, "2026-10-14T02:00:00Z", { subject: "Late" });
    await serve(engineer, late, { acknowledgedAt: "2026-10-14T05:00:00Z", resolvedAt: "2026-10-15T02:00:00Z" });
    await rate(contact, late, { overall: 2, technical: 4 });
    // September's last minute there, and November's first: neither counts.
    const before = await fault(user, siteId, "2026-09-30T15:00:00Z");
    await serve(engineer, before, { acknowledgedAt: "2026-09-30T15:10:00Z", resolvedAt: "2026-09-30T16:59:59Z" });
    const afterwards = await fault(user, siteId, "2026-10-31T16:00:00Z");
    await serve(engineer, afterwards, { acknowledgedAt: "2026-10-31T17:00:00Z", resolvedAt: "2026-10-31T17:00:00Z" });
    await rate(user, afterwards, { overall: 1 });
    // Still in hand, its response too late within October.
    await fault(user, siteId, "2026-10-20T02:00:00Z");
    setClock("2026-10-20T04:00:00Z");
    await world.sweep();
    // Ben solves one, so that there is a team.
    const bens = await fault(user, siteId, "2026-10-21T02:00:00Z");
    await shop.owner.post(`/api/v1/tickets/${bens}/assign`, { assigneeId: second.actor.id });
    await serve(second, bens, { acknowledgedAt: "2026-10-21T02:10:00Z", resolvedAt: "2026-10-21T03:00:00Z" });
  });
  after(async () => {
    setClock(undefined);
    await world.end();
  });

  const work = async (by: Caller, id: string, minutes: number, kind: string) => {
    assert.equal((await by.post(`/api/v1/tickets/${id}/work`, { minutes, kind })).status, 201);
  };
  const rate = async (by: Caller, id: string, body: object) => {
    assert.equal((await by.post(`/api/v1/tickets/${id}/rating`, body)).status, 201);
  };
  const pageOf = async (by: Caller, id = "me", query = october) => {
    const answer = await by.get(`/api/v1/members/${id}/quality?${query}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };

  it("shows the load: what is in hand, what was solved, visits, minutes, and what is usual", async () => {
    const { load, timeZone, member } = await pageOf(shop.engineer);
    assert.deepEqual(load, {
      open: 1,
      resolved: 2,
      visits: 1,
      minutes: { remote: 0, on_site: 30, travel: 20 },
      typicalResolved: 1.5,
    });
    assert.deepEqual([timeZone, member.name], ["Asia/Ho_Chi_Minh", "Anna"]);
  });

  it("shows the promises kept and broken; one that still runs counts once it is broken", async () => {
    const { promises } = await pageOf(shop.engineer);
    assert.deepEqual(promises, [
      { target: "response", met: 0, breached: 2, attainment: 0 },
      { target: "restore", met: 1, breached: 1, attainment: 0.5 },
      { target: "resolve", met: 1, breached: 1, attainment: 0.5 },
    ]);
  });

  it("shows averages of those who said anything, and the weakest of the three", async () => {
    const { ratings } = await pageOf(shop.engineer);
    assert.deepEqual(ratings, {
      count: 2,
      overall: 3.5,
      technical: 4.5,
      attitude: 4,
      crisisAwareness: 2,
      quality: Math.cbrt(4.5 * 4 * 2),
      weakest: "crisisAwareness",
      csat: 0.5,
    });
  });

  it("shows what was said, newest first, without who said it", async () => {
    const { remarks } = await pageOf(shop.engineer);
    assert.deepEqual(
      remarks.map((each: Remark) => [each.subject, each.overall, each.comment, each.byKind, each.part]),
      [
        ["Late", 2, null, "contact", "solved"],
        ["Swift", 5, "Went out of her way.", "user", "solved"],
      ],
    );
    assert.ok(!JSON.stringify(remarks).includes(shop.user.actor.id));
  });

  it("shows whoever helped what was said of the whole, apart from the own figures", async () => {
    const page = await pageOf(shop.second);
    assert.deepEqual(page.helped, { count: 1, overall: 5 });
    assert.deepEqual(page.ratings.count, 0);
    assert.deepEqual([page.remarks[0].ticketId, page.remarks[0].part], [swift, "helped"]);
    assert.deepEqual(page.load.minutes, { remote: 10, on_site: 0, travel: 0 });
  });

  it("shows every week of the period, the quiet ones too, by the provider's Mondays", async () => {
    const { weeks } = await pageOf(shop.engineer);
    assert.deepEqual(
      weeks.map((week: WeekFigures) => [week.startsOn, week.resolved, week.minutes, week.ratingCount, week.overall]),
      [
        ["2026-09-28", 1, 50, 1, 5],
        ["2026-10-05", 0, 0, 0, null],
        ["2026-10-12", 1, 0, 1, 2],
        ["2026-10-19", 0, 0, 0, null],
        ["2026-10-26", 0, 0, 0, null],
      ],
    );
  });

  it("imputes nothing where nobody said or did anything", async () => {
    const newcomer = await shop.provider.staff("engineer", "Newcomer");
    const page = await pageOf(newcomer, "me", "from=2025-01-01&to=2025-01-31");
    const nobody = { count: 0, overall: null, technical: null, attitude: null, crisisAwareness: null };
    assert.deepEqual(page.ratings, { ...nobody, quality: null, weakest: null, csat: null });
    assert.deepEqual(page.promises[0], { target: "response", met: 0, breached: 0, attainment: null });
    assert.deepEqual([page.load.typicalResolved, page.helped, page.remarks], [null, { count: 0, overall: null }, []]);
  });

  it("takes the last 90 days when none are named, and refuses what is no period", async () => {
    setClock("2026-10-31T18:00:00Z");
    const { from, to } = await pageOf(shop.engineer, "me", "");
    assert.deepEqual([from, to], ["2026-08-04", "2026-11-01"]);
    for (const [query, status, code] of [
      ["from=2026-10-02&to=2026-10-01", 422, "period_backwards"],
      ["from=2025-01-01&to=2026-10-01", 422, "period_too_long"],
      ["from=yesterday", 400, "invalid_request"],
      ["from=2026-02-30", 400, "invalid_request"],
      ["since=2026-10-01", 400, "invalid_request"],
    ] as const) {
      const answer = await shop.engineer.get(`/api/v1/members/me/quality?${query}`);
      assert.deepEqual([answer.status, answer.body.code], [status, code], query);
    }
  });

  it("is for oneself and for those who answer for quality", async () => {
    const own = shop.engineer.actor.id;
    const manager = await shop.provider.staff("service_manager", "Mona");
    const finance = await shop.provider.staff("finance", "Fred");
    const csm = await shop.provider.staff("csm", "Carla");
    const foreign = await (await world.provider()).staff("owner");
    const statusOf = async (by: Caller, id: string) => (await by.get(`/api/v1/members/${id}/quality`)).status;
    assert.equal((await pageOf(manager, own)).load.resolved, 2);
    assert.deepEqual(
      [
        await statusOf(shop.engineer, own),
        await statusOf(shop.second, own),
        await statusOf(csm, own),
        await statusOf(finance, "me"),
        await statusOf(shop.user, own),
        await statusOf(shop.contact, "me"),
        await statusOf(foreign, own),
        await statusOf(manager, shop.siteId),
        await statusOf(world.stranger, own),
        await statusOf(manager, "you"),
      ],
      [200, 403, 200, 403, 404, 404, 404, 404, 401, 400],
    );
  });

  it("stands beside the others' for the manager, with the same figures", async () => {
    const manager = await shop.provider.staff("service_manager", "Max");
    const { body } = await manager.get(`/api/v1/team-quality?${october}`);
    const anna = body.items.find((item: { member: { name: string } }) => item.member.name === "Anna");
    const { load, promises, ratings: own, member } = await pageOf(manager, shop.engineer.actor.id);
    const { typicalResolved: _, ...ownLoad } = load;
    assert.deepEqual(anna, { member, load: ownLoad, promises, ratings: own });
    assert.deepEqual(
      body.items.map((item: { member: { name: string }; load: { resolved: number } }) => [
        item.member.name,
        item.load.resolved,
      ]),
      [
        ["Anna", 2],
        ["Ben", 1],
        ["Newcomer", 0],
      ],
    );
    const ratings = (await manager.get(`/api/v1/service-quality?${october}`)).body.ratings;
    const { byContacts: _contacts, byUsers: _users, ...everyone } = ratings;
    assert.deepEqual(body.team.ratings, everyone);
    assert.ok(everyone.count > 0 && everyone.quality !== null);
    for (const { target, met, breached } of body.team.promises) {
      const kept = body.items.flatMap((item: { promises: { target: string; met: number; breached: number }[] }) =>
        item.promises.filter((each) => each.target === target),
      );
      const sum = (part: "met" | "breached") =>
        kept.reduce((total: number, each: { met: number; breached: number }) => total + each[part], 0);
      assert.deepEqual([met, breached], [sum("met"), sum("breached")], target);
    }
    const foreign = await (await world.provider()).staff("owner");
    const nobody = (await foreign.get(`/api/v1/team-quality?${october}`)).body;
    assert.deepEqual([nobody.items, nobody.team.ratings.count, nobody.team.ratings.quality], [[], 0, null]);
    for (const [by, status] of [
      [shop.engineer, 403],
      [shop.contact, 403],
      [shop.user, 403],
      [world.stranger, 401],
    ] as const) {
      assert.equal((await by.get("/api/v1/team-quality")).status, status);
    }
  });
});
