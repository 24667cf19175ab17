import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clockOf, monday, startTicketWorld } from "../../../test/ticket-world.ts";
import { setClock } from "../../platform/clock.ts";
import { levels } from "./api.ts";

let served: Awaited<ReturnType<typeof startTicketWorld>>;
const url = "/api/v1/priority-matrix";

before(async () => {
  served = await startTicketWorld();
  setClock(`${monday}T02:00:00Z`);
});

after(async () => {
  setClock(undefined);
  await served.world.end();
});

const usual = {
  high: { high: "p1", medium: "p2", low: "p3" },
  medium: { high: "p2", medium: "p3", low: "p4" },
  low: { high: "p3", medium: "p4", low: "p4" },
};

test("the usual matrix rates tickets until a provider decides otherwise", async () => {
  const { engineer, owner, open } = served;
  const { body, headers } = await engineer.get(url);
  assert.deepEqual([body, headers.etag], [{ matrix: usual, version: 1 }, '"1"']);
  for (const impact of levels) {
    for (const urgency of levels) {
      assert.equal((await open(owner, { impact, urgency })).priority, usual[impact][urgency]);
    }
  }
});

test("a provider's own matrix rates later tickets and those rated anew, and nothing else", async () => {
  const { owner, engineer, user, open, world } = served;
  const earlier = await open(user, { impact: "low", urgency: "high" });
  const matrix = { ...usual, low: { high: "p1", medium: "p3", low: "p4" } };
  assert.equal((await engineer.put(url, { matrix })).status, 403);
  const saved = await owner.put(url, { matrix }, { "if-match": '"1"' });
  assert.deepEqual([saved.status, saved.body, saved.headers.etag], [200, { matrix, version: 2 }, '"2"']);
  assert.deepEqual((await owner.get(url)).body, saved.body);

  const later = await open(user, { impact: "low", urgency: "high" });
  assert.equal(later.priority, "p1");
  assert.equal(clockOf(later, "response").targetMinutes, 30, "the promise is that of the priority");
  assert.equal((await owner.get(`/api/v1/tickets/${earlier.id}`)).body.priority, "p3");
  const renamed = await owner.patch(`/api/v1/tickets/${earlier.id}`, { subject: "Another name" });
  assert.equal(renamed.body.priority, "p3");
  const rated = await owner.patch(`/api/v1/tickets/${earlier.id}`, { urgency: "medium" });
  assert.deepEqual([rated.body.priority, clockOf(rated.body, "response").targetMinutes], ["p3", 90]);
  const again = await owner.patch(`/api/v1/tickets/${earlier.id}`, { urgency: "high" });
  assert.deepEqual([again.body.priority, clockOf(again.body, "response").targetMinutes], ["p1", 30]);
  const fixed = await owner.patch(`/api/v1/tickets/${earlier.id}`, { urgency: "high", priority: "p4" });
  assert.equal(fixed.body.priority, "p4");

  const other = await (await world.provider()).staff("owner");
  assert.deepEqual((await other.get(url)).body, { matrix: usual, version: 1 });
});

test("an older version, a missing cell and an unknown priority are refused, and change nothing", async () => {
  const { owner, contact } = served;
  const present = (await owner.get(url)).body;
  const stale = await owner.put(url, { matrix: usual }, { "if-match": '"1"' });
  assert.deepEqual([stale.status, stale.body.code], [412, "stale"]);
  const { low: _, ...holed } = usual;
  assert.equal((await owner.put(url, { matrix: holed })).status, 400);
  assert.equal((await owner.put(url, { matrix: { ...usual, low: { ...usual.low, low: "p9" } } })).status, 400);
  assert.equal((await contact.put(url, { matrix: usual })).status, 403);
  assert.deepEqual((await owner.get(url)).body, present);
});
