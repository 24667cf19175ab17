import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Caller } from "../../../test/module-world.ts";
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

/** Gives the shop other hours on weekdays, and lets the news reach its tickets. */
async function changeHours(hours: [string, string][]): Promise<void> {
  const { owner, site, world, provider } = served;
  const { body: place } = await owner.get(`/api/v1/sites/${site.id}`);
  const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, hours]));
  assert.equal((await owner.patch(`/api/v1/calendars/${place.calendarId}`, { weekly })).status, 200);
  await drainTenant(world.db, collectReactions([promiseReactions]), provider.tenantId, silentLog);
  const job = ticketJobs(world.db).find(({ name }) => name === "helpdesk.revise_promises");
  const { rows } = await world.db.pool.query(
    "delete from graphile_worker._private_jobs where payload::jsonb ? 'policyId' returning payload",
  );
  for (const { payload } of rows) await job?.run(payload, { number: 1, last: false });
}

async function resolveClock(caller: Caller, id: string) {
  return clockOf((await caller.get(`/api/v1/tickets/${id}`)).body, "resolve");
}

/** An instant of that Monday by the shop's clock. */
const at = (time: string) =>
  setClock(Temporal.ZonedDateTime.from(`${monday}T${time}[Asia/Ho_Chi_Minh]`).toInstant().toString());

test("hours that change under a running clock count from then on; what the old ones counted stays, pauses and all", async () => {
  const { owner, engineer, open, step } = served;
  at("09:00:00");
  const { id } = await open(owner); // p3: resolve 810 minutes
  await step(engineer, id, "acknowledge");
  at("10:00:00");
  await step(engineer, id, "pause", { reason: "waiting_for_user" });
  at("10:30:11");
  await step(engineer, id, "resume");

  at("12:00:00");
  await changeHours([["13:00", "15:00"]]);
  const counted = 3 * 3600 - 1811;
  const changed = await resolveClock(owner, id);
  assert.equal(changed.elapsedSeconds, counted);
  assert.equal(changed.remainingSeconds, 810 * 60 - counted);
  // 39,611 s are left: two hours on each of five days, and 3,611 s of the next Monday.
  assert.equal(changed.dueAt, "2026-11-09T07:00:11.000Z");

  at("14:30:00");
  await step(engineer, id, "pause", { reason: "waiting_for_user" });
  at("14:45:00");
  await changeHours([["08:00", "20:00"]]);
  at("16:00:00");
  await changeHours([["00:00", "24:00"]]);
  assert.equal((await resolveClock(owner, id)).elapsedSeconds, counted + 5400);
  at("17:00:00");
  await step(engineer, id, "resume");
  at("17:30:05");
  const solved = await step(engineer, id, "resolve", { resolution: "Done" });
  assert.equal(clockOf(solved, "resolve").elapsedSeconds, counted + 5400 + 1805);

  at("18:00:00");
  await changeHours([["09:00", "10:00"]]);
  assert.equal((await resolveClock(owner, id)).elapsedSeconds, counted + 5400 + 1805);
  at("20:00:00");
  const reopened = await step(owner, id, "reopen", { reason: "Again" });
  assert.equal(clockOf(reopened, "resolve").elapsedSeconds, counted + 5400 + 1805);
});

test("a calendar that a clock has left keeps for it the hours that it had; another name changes nothing", async () => {
  const { owner, open, site, made } = served;
  at("09:00:00");
  await changeHours([["09:00", "18:00"]]);
  const { id } = await open(owner);
  at("11:00:00");
  const { body: place } = await owner.get(`/api/v1/sites/${site.id}`);
  const other = await made(
    owner.post("/api/v1/calendars", {
      name: "Mornings",
      timeZone: "Asia/Ho_Chi_Minh",
      weekly: { mon: [["08:00", "12:00"]] },
    }),
  );
  await owner.patch(`/api/v1/sites/${site.id}`, { calendarId: other.id });
  await changeHours([["08:00", "12:00"]]);
  await owner.patch(`/api/v1/calendars/${place.calendarId}`, { weekly: { mon: [["10:30", "10:45"]] } });
  at("13:00:00");
  const { elapsedSeconds, dueAt } = await resolveClock(owner, id);
  assert.equal(elapsedSeconds, 3 * 3600);
  await owner.patch(`/api/v1/calendars/${other.id}`, { name: "Before noon" });
  await changeHours([["08:00", "12:00"]]);
  assert.deepEqual(await resolveClock(owner, id).then((clock) => clock.dueAt), dueAt);
});
