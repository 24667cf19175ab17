import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clockOf, monday, startTicketWorld } from "../../../test/ticket-world.ts";
import { setClock } from "../../platform/clock.ts";
import { drainTenant } from "../../platform/event-runner.ts";
import { collectReactions } from "../../platform/events.ts";
import { silentLog } from "../../platform/log.ts";
import { ticketJobs } from "./jobs.ts";
import { promiseReactions } from "./revise-promise.ts";

let served: Awaited<ReturnType<typeof startTicketWorld>>;

before(async () => {
  served = await startTicketWorld();
});

after(async () => {
  setClock(undefined);
  await served.world.end();
});

/** What the event runner and the worker do, by hand. */
async function letNewsArrive(): Promise<void> {
  const { world, provider } = served;
  await drainTenant(world.db, collectReactions([promiseReactions]), provider.tenantId, silentLog);
  const job = ticketJobs(world.db).find(({ name }) => name === "helpdesk.revise_promises");
  const { rows } = await world.db.pool.query(
    "delete from graphile_worker._private_jobs where payload::jsonb ? 'policyId' returning payload",
  );
  for (const { payload } of rows) await job?.run(payload, { number: 1, last: false });
}

test("other hours and other targets reach open tickets: what was counted stays, solved ones stay as they are", async () => {
  const { owner, engineer, open, step, site } = served;
  setClock(`${monday}T02:00:00Z`); // 09:00 at the shop
  const running = await open(owner); // p3: resolve 810 minutes
  const solved = await open(owner);
  await step(engineer, solved.id, "acknowledge");
  await step(engineer, solved.id, "resolve", { resolution: "Done" });
  const due = clockOf(running, "resolve").dueAt;

  setClock(`${monday}T04:00:00Z`); // two hours counted
  const { body: place } = await owner.get(`/api/v1/sites/${site.id}`);
  const long = [["07:00", "22:00"]];
  const weekly = { mon: long, tue: long, wed: long, thu: long, fri: long };
  assert.equal((await owner.patch(`/api/v1/calendars/${place.calendarId}`, { weekly })).status, 200);
  await letNewsArrive();
  const { body: sooner } = await owner.get(`/api/v1/tickets/${running.id}`);
  assert.ok(String(clockOf(sooner, "resolve").dueAt) < String(due), "longer hours are due sooner");

  const { body: policies } = await owner.get("/api/v1/sla-policies");
  const gold = policies.items.find((policy: { name: string }) => policy.name === "Gold");
  const { body: whole } = await owner.get(`/api/v1/sla-policies/${gold.id}`);
  const targets = whole.targets.map((target: { targetMinutes: number }) => ({
    ...target,
    targetMinutes: target.targetMinutes * 2,
  }));
  assert.equal((await owner.patch(`/api/v1/sla-policies/${gold.id}`, { targets })).status, 200);
  await letNewsArrive();
  const { body: later } = await owner.get(`/api/v1/tickets/${running.id}`);
  assert.equal(clockOf(later, "resolve").targetMinutes, Number(clockOf(sooner, "resolve").targetMinutes) * 2);
  assert.equal(clockOf(later, "resolve").elapsedSeconds, clockOf(sooner, "resolve").elapsedSeconds);
  const { body: still } = await owner.get(`/api/v1/tickets/${solved.id}`);
  assert.equal(clockOf(still, "resolve").targetMinutes, clockOf(solved, "resolve").targetMinutes);
});

test("reopened, a ticket goes on by the promise in force now, and keeps what it has counted", async () => {
  const { owner, engineer, user, open, step, site, made } = served;
  setClock("2026-11-03T02:00:00Z");
  const opened = await open(user);
  await step(engineer, opened.id, "acknowledge");
  setClock("2026-11-03T03:00:00Z");
  await step(engineer, opened.id, "pause", { reason: "waiting_for_user" });
  setClock("2026-11-03T03:30:07Z");
  await step(engineer, opened.id, "resume");
  setClock("2026-11-03T04:00:00Z");
  const solved = await step(engineer, opened.id, "resolve", { resolution: "Done" });
  assert.equal(clockOf(solved, "resolve").elapsedSeconds, 2 * 3600 - 1807);

  const always = Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
  );
  const calendar = await made(
    owner.post("/api/v1/calendars", { name: "Always", timeZone: "Asia/Ho_Chi_Minh", weekly: always }),
  );
  assert.equal((await owner.patch(`/api/v1/sites/${site.id}`, { calendarId: calendar.id })).status, 200);
  const targets = ["vip", "standard"].flatMap((tier, index) =>
    ["p1", "p2", "p3", "p4"].map((priority) => ({
      tier,
      priority,
      target: "resolve",
      targetMinutes: 600 * (index + 1),
    })),
  );
  const better = await made(owner.post("/api/v1/sla-policies", { name: "Platinum", pausingReasons: [], targets }));
  const { customerId } = opened;
  const { body: agreements } = await owner.get(`/api/v1/agreements?customerId=${customerId}`);
  await owner.patch(`/api/v1/agreements/${agreements.items[0].id}`, { endsOn: "2026-11-02" });
  const agreement = { customerId, policyId: better.id, startsOn: "2026-11-03" };
  await made(owner.post("/api/v1/agreements", agreement));
  const affiliations = [{ customerId, siteId: site.id, role: "user", tier: "vip" }];
  assert.equal((await owner.patch(`/api/v1/people/${user.actor.id}`, { affiliations })).status, 200);
  await letNewsArrive();
  const { body: still } = await owner.get(`/api/v1/tickets/${opened.id}`);
  assert.deepEqual(clockOf(still, "resolve").targetMinutes, clockOf(solved, "resolve").targetMinutes);

  setClock("2026-11-03T06:00:00Z");
  const reopened = await step(user, opened.id, "reopen", { reason: "Broken again" });
  assert.equal(reopened.tier, "vip");
  const { targetMinutes, elapsedSeconds, remainingSeconds, dueAt } = clockOf(reopened, "resolve");
  assert.deepEqual(
    { targetMinutes, elapsedSeconds, remainingSeconds, dueAt },
    {
      targetMinutes: 600,
      elapsedSeconds: 5393,
      remainingSeconds: 600 * 60 - 5393,
      dueAt: "2026-11-03T14:30:07.000Z",
    },
  );
  assert.deepEqual(clockOf(reopened, "response"), {
    ...clockOf(solved, "response"),
    asOf: clockOf(reopened, "response").asOf,
  });
  assert.equal(reopened.nextDueAt, dueAt);
  const { body: journal } = await owner.get(`/api/v1/tickets/${opened.id}/journal`);
  assert.ok(journal.items.some((entry: { kind: string }) => entry.kind === "promise_revised"));
  const { body: theirs } = await user.get(`/api/v1/tickets/${opened.id}/journal`);
  assert.ok(!theirs.items.some((entry: { kind: string }) => entry.kind === "promise_revised"));

  setClock("2026-11-03T16:00:00Z"); // 23:00 at the shop: the new hours count the night
  const { body: late } = await owner.get(`/api/v1/tickets/${opened.id}`);
  assert.equal(clockOf(late, "resolve").elapsedSeconds, 5393 + 10 * 3600);
  assert.equal(clockOf(late, "resolve").state, "breached");
});
