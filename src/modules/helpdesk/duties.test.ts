import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CallWorld, type Shop, startCallWorld } from "../../../test/call-world.ts";
import { setClock } from "../../platform/clock.ts";

const weekday = [["08:00", "17:00"]];
let world: CallWorld;
let shop: Shop;

before(async () => {
  setClock("2026-11-02T02:00:00Z");
  world = await startCallWorld();
  shop = await world.shop();
});

after(async () => {
  setClock(undefined);
  await world.end();
});

async function assigneeAt(instant: string): Promise<string | null> {
  setClock(instant);
  const { id } = await shop.fault();
  return (await shop.owner.get(`/api/v1/tickets/${id}`)).body.assigneeId;
}

test("a named engineer gets the ticket within the own hours, not outside them nor on leave", async () => {
  const engineerId = shop.engineer.actor.id;
  assert.equal(await assigneeAt("2026-11-02T02:00:00Z"), engineerId, "without hours of one's own, at every hour");
  const calendar = await shop.owner.post("/api/v1/calendars", {
    name: "Day shift",
    timeZone: "Asia/Ho_Chi_Minh",
    weekly: { mon: weekday, tue: weekday },
  });
  const hours = { calendarId: calendar.body.id };
  assert.equal((await shop.owner.put(`/api/v1/duties/${engineerId}`, hours)).status, 200);
  assert.equal(await assigneeAt("2026-11-02T02:00:00Z"), engineerId);
  assert.notEqual(await assigneeAt("2026-11-02T12:00:00Z"), engineerId);
  const leave = { ...hours, awayFrom: "2026-11-03T00:00:00Z", awayUntil: "2026-11-04T00:00:00Z" };
  await shop.owner.put(`/api/v1/duties/${engineerId}`, leave);
  assert.notEqual(await assigneeAt("2026-11-03T02:00:00Z"), engineerId);
  const backwards = { ...hours, awayFrom: "2026-11-05T00:00:00Z", awayUntil: "2026-11-04T00:00:00Z" };
  const refused = await shop.owner.put(`/api/v1/duties/${engineerId}`, backwards);
  assert.deepEqual([refused.status, refused.body.code], [422, "leave_backwards"]);
  assert.equal((await shop.engineer.put(`/api/v1/duties/${engineerId}`, hours)).status, 403);
  const { body } = await shop.owner.get("/api/v1/duties");
  assert.equal(
    body.items.find((duty: { staffId: string }) => duty.staffId === engineerId).calendarId,
    hours.calendarId,
  );
});
