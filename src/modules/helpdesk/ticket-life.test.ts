import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { clockOf, monday, startTicketWorld } from "../../../test/ticket-world.ts";
import { setClock } from "../../platform/clock.ts";
import { closeResolved, resumeTicket, sweepDueClocks } from "./sweep-clocks.ts";

let served: Awaited<ReturnType<typeof startTicketWorld>>;

before(async () => {
  served = await startTicketWorld();
});

after(async () => {
  setClock(undefined);
  await served.world.end();
});

describe("the fault loop", () => {
  test("a fault is reported, taken, worked on and solved, each step in the journal and the clocks right", async () => {
    const { engineer, user, device, open, step } = served;
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
    const { owner, engineer, open, step } = served;
    const opened = await open(owner);
    const refused = await step(engineer, opened.id, "arrive", {}, 409);
    assert.equal(refused.code, "wrong_state");
    assert.deepEqual(refused.possibleFrom, ["acknowledged", "on_the_way"]);
    assert.equal((await step(engineer, opened.id, "close", {}, 409)).code, "wrong_state");
  });

  test("two engineers acknowledge at once: one takes it, the other is told", async () => {
    const { owner, engineer, second, open } = served;
    const opened = await open(owner);
    const answers = await Promise.all(
      [engineer, second].map((caller) => caller.post(`/api/v1/tickets/${opened.id}/acknowledge`)),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
  });

  test("who asked may cancel only while nobody has begun", async () => {
    const { owner, engineer, user, open, step } = served;
    const opened = await open(user);
    await step(engineer, opened.id, "acknowledge");
    const refused = await step(user, opened.id, "cancel", { reason: "Works again" }, 409);
    assert.deepEqual(refused.possibleFrom, ["new", "assigned"]);
    assert.equal((await step(owner, opened.id, "cancel", { reason: "Works again" })).state, "cancelled");
  });

  test("a second click with the same key is one ticket; the key with another body is refused", async () => {
    const { user, site } = served;
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
    const { owner, open } = served;
    const opened = await open(owner);
    const headers = { "if-match": '"1"' };
    assert.equal((await owner.patch(`/api/v1/tickets/${opened.id}`, { subject: "A" }, headers)).status, 200);
    const stale = await owner.patch(`/api/v1/tickets/${opened.id}`, { subject: "B" }, headers);
    assert.deepEqual([stale.status, stale.body.code], [412, "stale"]);
  });

  test("assigned again, it goes back to assigned; reopened, the time in between does not count", async () => {
    const { owner, engineer, second, open, step } = served;
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
    const { world, owner, engineer, open, step } = served;
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
    const { owner, engineer, open, step } = served;
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
    const { owner, engineer, open, step } = served;
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(owner);
    await step(engineer, opened.id, "acknowledge");
    const paused = await step(engineer, opened.id, "pause", { reason: "other" });
    assert.deepEqual([paused.state, clockOf(paused, "resolve").state], ["paused", "running"]);
  });

  test("a pause with an end resumes by itself, once", async () => {
    const { world, provider, owner, engineer, open, step } = served;
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
    const { world, owner, open } = served;
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
    const { owner, engineer, user, open } = served;
    setClock(`${monday}T02:00:00Z`);
    const opened = await open(user);
    await user.post(`/api/v1/tickets/${opened.id}/replies`, { text: "Hello?" });
    assert.equal(clockOf((await owner.get(`/api/v1/tickets/${opened.id}`)).body, "response").state, "running");
    await engineer.post(`/api/v1/tickets/${opened.id}/replies`, { text: "On it." });
    assert.equal(clockOf((await owner.get(`/api/v1/tickets/${opened.id}`)).body, "response").state, "met");
  });
});
