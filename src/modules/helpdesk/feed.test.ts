import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startTicketWorld } from "../../../test/ticket-world.ts";
import { setClock } from "../../platform/clock.ts";
import { icalendar } from "./icalendar.ts";

let served: Awaited<ReturnType<typeof startTicketWorld>>;

before(async () => {
  served = await startTicketWorld();
});

after(async () => {
  setClock(undefined);
  await served.world.end();
});

test("an engineer's work is read at its secret address, until it is renewed or revoked", async () => {
  const { world, engineer, second, owner, open } = served;
  const mine = await open(owner, { subject: "Máy in; kẹt, giấy" });
  const { status, body } = await engineer.post("/api/v1/calendar-feed");
  assert.equal(status, 201);
  const path = new URL(body.url).pathname;
  const feed = await world.stranger.get(path);
  assert.deepEqual([feed.status, feed.headers["content-type"]], [200, "text/calendar; charset=utf-8"]);
  const unfolded = String(feed.body).replaceAll("\r\n ", "");
  assert.match(unfolded, new RegExp(`SUMMARY:${mine.number} Máy in\\\\; kẹt\\\\, giấy`));
  assert.match(unfolded, new RegExp(`UID:${mine.id}@`));
  for (const line of String(feed.body).split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
  const others = await second.post("/api/v1/calendar-feed");
  assert.doesNotMatch(String((await world.stranger.get(new URL(others.body.url).pathname)).body), /VEVENT/);
  await engineer.post("/api/v1/calendar-feed");
  assert.equal((await world.stranger.get(path)).status, 404);
  await second.delete("/api/v1/calendar-feed");
  assert.equal((await world.stranger.get(new URL(others.body.url).pathname)).status, 404);
  assert.equal((await world.stranger.get("/calendars/guess.ics")).status, 404);
});

test("an event lasts from the assignment until it is due, an hour when nothing is promised", () => {
  const ticket = {
    id: "01890000-0000-7000-8000-000000000000",
    number: "INC-1",
    subject: "Dark",
    state: "assigned",
    priority: "p1",
    siteName: "One",
    address: "",
    customerName: "Shop",
    startsAt: "2026-11-02T02:00:00.000Z",
    dueAt: null,
    updatedAt: "2026-11-02T02:00:00.000Z",
    version: 1,
  };
  const page = { name: "Work", publicUrl: "https://desk.example.com", host: "desk.example.com" };
  assert.match(icalendar([ticket], page), /DTSTART:20261102T020000Z\r\nDTEND:20261102T030000Z/);
  assert.match(icalendar([{ ...ticket, dueAt: "2026-11-02T06:00:00.000Z" }], page), /DTEND:20261102T060000Z/);
});
