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
