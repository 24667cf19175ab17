import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Caller, type Provider, startWorld, type World } from "../../../test/module-world.ts";
import { setClock } from "../../platform/clock.ts";
import { drainTenant } from "../../platform/event-runner.ts";
import { collectReactions } from "../../platform/events.ts";
import { silentLog } from "../../platform/log.ts";
import { sql } from "../../platform/sql.ts";
import { calendarRoutes } from "../calendars/index.ts";
import { contractRoutes } from "../contracts/index.ts";
import { customersRoutes } from "../customers/index.ts";
import { deviceRoutes } from "../devices/index.ts";
import { searchReaction } from "./search-index.sql.ts";
import { closeResolved, resumeTicket, sweepDueClocks } from "./sweep-clocks.ts";
import { ticketRoutes } from "./ticket-routes.ts";
import { viewRoutes } from "./view-routes.ts";

const monday = "2026-11-02";
let world: World;
let provider: Provider;
let owner: Caller;
let engineer: Caller;
let second: Caller;
let contact: Caller;
let user: Caller;
let site: { id: string; customerId: string };
let device: { id: string };

const workingDay = [["09:00", "18:00"]];
const week = { mon: workingDay, tue: workingDay, wed: workingDay, thu: workingDay, fri: workingDay };

async function made(answer: Promise<{ status: number; body: { id: string } }>) {
  const { status, body } = await answer;
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

before(async () => {
  world = await startWorld(calendarRoutes, customersRoutes, contractRoutes, deviceRoutes, ticketRoutes, viewRoutes);
  setClock(`${monday}T08:00:00Z`);
  provider = await world.provider({ timeZone: "Asia/Ho_Chi_Minh" });
  owner = await provider.staff("owner");
  engineer = await provider.staff("engineer", "Nguyễn Văn An");
  second = await provider.staff("engineer", "Trần Thị Bình");
  const calendar = await made(
    owner.post("/api/v1/calendars", { name: "Shop hours", timeZone: "Asia/Ho_Chi_Minh", weekly: week }),
  );
  const customer = await made(
    owner.post("/api/v1/customers", {
      name: "Phở Bắc",
      code: "PHO",
      deployment: "saas",
      lifecycle: "active",
      locale: "vi",
    }),
  );
  site = (await made(
    owner.post("/api/v1/sites", {
      customerId: customer.id,
      name: "Quận 1",
      code: "Q1",
      timeZone: "Asia/Ho_Chi_Minh",
      calendarId: calendar.id,
    }),
  )) as typeof site;
  await owner.put(`/api/v1/sites/${site.id}/named-engineers`, { memberIds: [engineer.actor.id] });
  device = await made(owner.post("/api/v1/devices", { siteId: site.id, name: "Till 1", type: "till" }));
  const policy = await made(
    owner.post("/api/v1/sla-policies", {
      name: "Gold",
      pausingReasons: ["waiting_for_user"],
      targets: ["vip", "standard", "basic"].flatMap((tier) =>
        ["p1", "p2", "p3", "p4"].flatMap((priority, index) =>
          (["response", "restore", "resolve"] as const).map((target, step) => ({
            tier,
            priority,
            target,
            targetMinutes: 30 * (index + 1) * (step * 4 + 1),
          })),
        ),
      ),
    }),
  );
  await made(
    owner.post("/api/v1/agreements", { customerId: customer.id, policyId: policy.id, startsOn: "2026-01-01" }),
  );
  const people = await Promise.all(
    [
      ["Chị Lan", "contact", null],
      ["Anh Minh", "user", site.id],
    ].map(([name, role, siteId]) =>
      made(
        owner.post("/api/v1/people", {
          name,
          locale: "vi",
          affiliations: [{ customerId: customer.id, role, ...(siteId ? { siteId } : {}) }],
        }),
      ),
    ),
  );
  contact = provider.person(people[0]?.id ?? "", "contact");
  user = provider.person(people[1]?.id ?? "", "user");
});

after(async () => {
  setClock(undefined);
  await world.end();
});

async function open(caller: Caller, more: Record<string, unknown> = {}) {
  const { status, body } = await caller.post("/api/v1/tickets", {
    subject: "The till is dead",
    siteId: site.id,
    ...more,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

async function step(caller: Caller, id: string, verb: string, body: unknown = {}, status = 200) {
  const answer = await caller.post(`/api/v1/tickets/${id}/${verb}`, body);
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return answer.body;
}

const clockOf = (ticket: { clocks: { target: string }[] }, target: string) =>
  ticket.clocks.find((clock) => clock.target === target) as unknown as Record<string, unknown>;

describe("the fault loop", () => {
  test("a fault is reported, taken, worked on and solved, each step in the journal and the clocks right", async () => {
    setClock(`${monday}T02:00:00Z`); // 09:00 at the shop
    const opened = await open(user, { deviceId: device.id, impact: "high", urgency: "high" });
    assert.equal(opened.state, "assigned");
    assert.equal(opened.priority, "p1");
    assert.equal(opened.assigneeId, engineer.actor.id);
    assert.equal(opened.requesterId, user.actor.id);
    assert.match(opened.number, /^INC-\d+$/);
    assert.equal(clockOf(opened, "response").dueAt, `${monday}T02:30:00.000Z`);
    setClock(`${monday}T02:10:00Z`);
    const taken = await step(engineer, opened.id, "acknowledge");
    assert.equal(clockOf(taken, "response").state, "met");
    await step(engineer, opened.id, "depart");
    await step(engineer, opened.id, "arrive", { position: { latitude: 10.77, longitude: 106.7 } });
    setClock(`${monday}T03:00:00Z`);
    const restored = await step(engineer, opened.id, "restore", { note: "Runs on the spare." });
    assert.equal(clockOf(restored, "restore").state, "met");
    const solved = await step(engineer, opened.id, "resolve", {
      resolution: "Replaced the supply.",
      cause: "power supply",
    });
    assert.equal(solved.state, "resolved");
    assert.deepEqual(
      solved.clocks.map((clock: { state: string }) => clock.state),
      ["met", "met", "met"],
    );
    await step(user, opened.id, "close");
    const { body } = await user.get(`/api/v1/tickets/${opened.id}/journal`);
    assert.deepEqual(
      body.items.map((entry: { kind: string }) => entry.kind),
      ["opened", "assigned", "acknowledged", "departed", "arrived", "restored", "resolved", "closed"],
    );
  });

  test("an impossible step names the states it is possible from", async () => {
    const opened = await open(owner);
    const refused = await step(engineer, opened.id, "arrive", {}, 409);
    assert.equal(refused.code, "wrong_state");
    assert.deepEqual(refused.possibleFrom, ["acknowledged", "on_the_way"]);
    assert.equal((await step(engineer, opened.id, "close", {}, 409)).code, "wrong_state");
  });

  test("two engineers acknowledge at once: one takes it, the other is told", async () => {
    const opened = await open(owner);
    const answers = await Promise.all(
      [engineer, second].map((caller) => caller.post(`/api/v1/tickets/${opened.id}/acknowledge`)),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
  });

  test("who asked may cancel only while nobody has begun", async () => {
    const opened = await open(user);
    await step(engineer, opened.id, "acknowledge");
    const refused = await step(user, opened.id, "cancel", { reason: "Works again" }, 409);
    assert.deepEqual(refused.possibleFrom, ["new", "assigned"]);
    assert.equal((await step(owner, opened.id, "cancel", { reason: "Works again" })).state, "cancelled");
  });

  test("a second click with the same key is one ticket; the key with another body is refused", async () => {
    const headers = { "idempotency-key": "click-1" };
    const body = { subject: "Once", siteId: site.id };
    const [first, again] = await Promise.all([
      user.post("/api/v1/tickets", body, headers),
      user.post("/api/v1/tickets", body, headers),
    ]);
    assert.deepEqual([first.status, again.status], [201, 201]);
    assert.equal(first.body.id, again.body.id);
    const other = await user.post("/api/v1/tickets", { ...body, subject: "Twice" }, headers);
    assert.deepEqual([other.status, other.body.code], [422, "idempotency_mismatch"]);
  });

  test("a change from an older version is refused", async () => {
    const opened = await open(owner);
    const headers = { "if-match": '"1"' };
    assert.equal((await owner.patch(`/api/v1/tickets/${opened.id}`, { subject: "A" }, headers)).status, 200);
    const stale = await owner.patch(`/api/v1/tickets/${opened.id}`, { subject: "B" }, headers);
    assert.deepEqual([stale.status, stale.body.code], [412, "stale"]);
  });

  test("assigned again, it goes back to assigned; reopened, the time in between does not count", async () => {
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(owner);
    await step(engineer, opened.id, "acknowledge");
    assert.equal((await step(owner, opened.id, "assign", { assigneeId: second.actor.id })).assigneeId, second.actor.id);
    await step(second, opened.id, "acknowledge");
    setClock(`${monday}T03:00:00Z`);
    await step(second, opened.id, "resolve", { resolution: "Done" });
    setClock(`${monday}T05:00:00Z`);
    const reopened = await step(owner, opened.id, "reopen", { reason: "Broken again" });
    assert.equal(reopened.state, "assigned");
    assert.equal(clockOf(reopened, "resolve").state, "running");
    assert.equal(clockOf(reopened, "resolve").elapsedSeconds, 3600);
  });

  test("resolved and left alone, it closes after the policy's days", async () => {
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(owner);
    await step(engineer, opened.id, "acknowledge");
    await step(engineer, opened.id, "resolve", { resolution: "Done" });
    setClock("2026-11-04T02:00:00Z");
    await closeResolved(world.db);
    assert.equal((await owner.get(`/api/v1/tickets/${opened.id}`)).body.state, "resolved");
    setClock("2026-11-06T02:00:00Z");
    await closeResolved(world.db);
    assert.equal((await owner.get(`/api/v1/tickets/${opened.id}`)).body.state, "closed");
  });
});

describe("clocks", () => {
  test("a pause across the weekend stops the clock to the second, and a change of priority forgets nothing", async () => {
    setClock("2026-11-06T10:00:00Z"); // Friday 17:00 at the shop, an hour before closing
    const opened = await open(owner, { impact: "low", urgency: "low" }); // p4: resolve 120 × 9 = 1080 minutes
    await step(engineer, opened.id, "acknowledge");
    setClock("2026-11-06T10:30:00Z");
    const paused = await step(engineer, opened.id, "pause", { reason: "waiting_for_user" });
    assert.equal(clockOf(paused, "resolve").state, "paused");
    assert.equal(clockOf(paused, "resolve").dueAt, null);
    setClock("2026-11-09T04:00:00Z"); // Monday 11:00
    const edited = await owner.patch(`/api/v1/tickets/${opened.id}`, { impact: "high", urgency: "high" });
    assert.equal(clockOf(edited.body, "resolve").state, "paused");
    assert.equal(clockOf(edited.body, "resolve").elapsedSeconds, 1800);
    const resumed = await step(engineer, opened.id, "resume");
    assert.equal(resumed.state, "acknowledged");
    // p1 resolve: 270 minutes, 30 used, 240 left from Monday 11:00 → 15:00 at the shop
    assert.equal(clockOf(resumed, "resolve").dueAt, "2026-11-09T08:00:00.000Z");
    assert.equal(clockOf(resumed, "resolve").remainingSeconds, 240 * 60);
  });

  test("a reason that the policy does not allow pauses the ticket but not its clocks", async () => {
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(owner);
    await step(engineer, opened.id, "acknowledge");
    const paused = await step(engineer, opened.id, "pause", { reason: "other" });
    assert.deepEqual([paused.state, clockOf(paused, "resolve").state], ["paused", "running"]);
  });

  test("a pause with an end resumes by itself, once", async () => {
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(owner);
    await step(engineer, opened.id, "acknowledge");
    await step(engineer, opened.id, "depart");
    await step(engineer, opened.id, "pause", { reason: "waiting_for_user", until: `${monday}T04:00:00Z` });
    const { rows } = await world.db.pool.query(
      `select payload->>'pauseId' as "pauseId", run_at as "runAt" from graphile_worker._private_jobs
        where payload->>'ticketId' = $1 and payload::jsonb ? 'pauseId'`,
      [opened.id],
    );
    assert.equal(rows[0].runAt, `${monday}T04:00:00.000Z`);
    setClock(`${monday}T04:00:00Z`);
    for (let twice = 0; twice < 2; twice++) {
      await resumeTicket(world.db, provider.tenantId, opened.id, rows[0].pauseId);
      const { body } = await owner.get(`/api/v1/tickets/${opened.id}`);
      assert.deepEqual([body.state, clockOf(body, "resolve").elapsedSeconds], ["on_the_way", 0]);
    }
  });

  test("a due clock that nobody met is breached, once, and the ticket stays the most urgent", async () => {
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(owner, { impact: "high", urgency: "high" });
    setClock(`${monday}T02:31:00Z`);
    await sweepDueClocks(world.db);
    await sweepDueClocks(world.db);
    const { body: ticket } = await owner.get(`/api/v1/tickets/${opened.id}`);
    assert.equal(clockOf(ticket, "response").state, "breached");
    assert.equal(ticket.overdue, true);
    const { body: journal } = await owner.get(`/api/v1/tickets/${opened.id}/journal`);
    assert.equal(journal.items.filter((entry: { kind: string }) => entry.kind === "clock_breached").length, 1);
    const { body: urgent } = await owner.get("/api/v1/tickets?sort=due&overdue=true");
    assert.ok(urgent.items.some((item: { id: string }) => item.id === opened.id));
  });

  test("the first reply by staff is the response", async () => {
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(user);
    await user.post(`/api/v1/tickets/${opened.id}/replies`, { text: "Hello?" });
    assert.equal(clockOf((await owner.get(`/api/v1/tickets/${opened.id}`)).body, "response").state, "running");
    await engineer.post(`/api/v1/tickets/${opened.id}/replies`, { text: "On it." });
    assert.equal(clockOf((await owner.get(`/api/v1/tickets/${opened.id}`)).body, "response").state, "met");
  });
});

describe("lists", () => {
  test("pages follow one another without gap or repetition, newest first and by due time", async () => {
    setClock(`${monday}T02:00:00Z`);
    for (let index = 0; index < 7; index++) await open(owner, { subject: `Page ${index}`, tags: ["paged"] });
    for (const sort of ["newest", "due"]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { body }: Awaited<ReturnType<Caller["get"]>> = await owner.get(
          `/api/v1/tickets?tag=paged&limit=3&sort=${sort}${after ? `&after=${after}` : ""}`,
        );
        seen.push(...body.items.map((item: { id: string }) => item.id));
        after = body.next;
      } while (after);
      assert.equal(seen.length, 7);
      assert.equal(new Set(seen).size, 7);
      if (sort === "newest") assert.deepEqual(seen, seen.toSorted().reverse());
    }
  });

  test("words are found in every language, beginnings of words too, and numbers", async () => {
    const written = [
      ["收银机无法打印小票", "打印"],
      ["Máy in hoá đơn bị kẹt giấy", "ket giay"],
      ["Receipt printer jammed", "recei"],
    ] as const;
    const opened = await Promise.all(written.map(([subject]) => open(owner, { subject })));
    await drainTenant(world.db, collectReactions([], [searchReaction]), provider.tenantId, silentLog);
    for (const [index, [, q]] of written.entries()) {
      const { body } = await owner.get(`/api/v1/tickets?q=${encodeURIComponent(q)}`);
      assert.deepEqual(
        body.items.map((item: { id: string }) => item.id),
        [opened[index].id],
        q,
      );
    }
    const { body } = await owner.get(`/api/v1/tickets?q=${opened[0].number.toLowerCase()}`);
    assert.equal(body.items[0].id, opened[0].id);
  });

  test("an unknown parameter is refused", async () => {
    const { status, body } = await owner.get("/api/v1/tickets?assigne=me");
    assert.deepEqual([status, body.code], [400, "invalid_request"]);
  });

  test("a bulk change answers for each ticket", async () => {
    const opened = await open(owner);
    const missing = "01890000-0000-7000-8000-000000000000";
    const { body } = await owner.post("/api/v1/ticket-changes", {
      ids: [opened.id, missing],
      verb: "assign",
      body: { assigneeId: second.actor.id },
    });
    assert.deepEqual(
      body.results.map((result: { code: string }) => result.code),
      [null, "ticket_unknown"],
    );
  });
});

describe("who sees what", () => {
  test("a note stays inside; a user sees own tickets, a contact its customer's but not confidential ones", async () => {
    const own = await open(user);
    const secret = await open(owner, { confidential: true });
    await engineer.post(`/api/v1/tickets/${own.id}/notes`, { text: "Difficult customer" });
    const { body } = await user.get(`/api/v1/tickets/${own.id}/journal`);
    assert.ok(!body.items.some((entry: { kind: string }) => entry.kind === "note"));
    assert.equal((await contact.get(`/api/v1/tickets/${own.id}`)).status, 200);
    for (const caller of [user, contact]) assert.equal((await caller.get(`/api/v1/tickets/${secret.id}`)).status, 404);
    assert.equal((await user.post(`/api/v1/tickets/${own.id}/assign`, { assigneeId: second.actor.id })).status, 403);
    assert.equal((await user.post(`/api/v1/tickets/${secret.id}/assign`, { assigneeId: second.actor.id })).status, 404);
    assert.equal((await world.stranger.get(`/api/v1/tickets/${own.id}`)).status, 401);
    const foreign = await (await world.provider()).staff("owner");
    assert.equal((await foreign.get(`/api/v1/tickets/${own.id}`)).status, 404);
    assert.equal((await foreign.post("/api/v1/tickets", { subject: "x", siteId: site.id })).status, 404);
    assert.deepEqual((await foreign.get("/api/v1/tickets")).body.items, []);
  });

  test("shared views are everyone's to use and their owner's to change", async () => {
    const view = await made(
      engineer.post("/api/v1/saved-views", { name: "Tills", shared: true, query: { q: "till" } }),
    );
    assert.ok((await second.get("/api/v1/saved-views")).body.items.some((each: { id: string }) => each.id === view.id));
    const change = { name: "Mine now", shared: true, query: {} };
    assert.equal((await second.put(`/api/v1/saved-views/${view.id}`, change)).status, 403);
    assert.equal((await owner.put(`/api/v1/saved-views/${view.id}`, change)).status, 200);
  });
});

test("the numbers of a hundred tickets opened at once are all different", async () => {
  setClock(undefined);
  const opened = await Promise.all(Array.from({ length: 100 }, () => open(owner)));
  assert.equal(new Set(opened.map((ticket) => ticket.number)).size, 100);
  const rows = await world.db.asTenant(provider.tenantId, (tx) =>
    tx.run(sql`select from platform.event where tenant_id = ${provider.tenantId} and type = 'helpdesk.ticket_opened'`),
  );
  assert.ok(rows >= 100);
});
