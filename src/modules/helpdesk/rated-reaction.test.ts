import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventOf } from "../../../test/module-events.ts";
import { fault, openServed, type QualityWorld, startQualityWorld } from "../../../test/quality-world.ts";
import { setClock } from "../../platform/clock.ts";
import { ratedReactions } from "./rated-reaction.ts";

let world: QualityWorld;

before(async () => {
  world = await startQualityWorld();
});
after(async () => {
  setClock(undefined);
  await world.end();
});

test("a rating stands in the ticket's journal for everyone who sees it, once, however often it is heard", async () => {
  const shop = await openServed(world);
  const id = await fault(shop.user, shop.siteId, "2026-11-02T08:00:00Z");
  const heard = {
    ...eventOf("quality.rating_given", id, { ticketId: id, overall: 4, technical: 2 }),
    actorKind: "person",
    actorId: shop.user.actor.id,
  };
  for (let times = 0; times < 2; times++) {
    await world.db.asTenant(shop.provider.tenantId, async (tx) => {
      for (const react of Object.values(ratedReactions)) await react(tx, heard);
    });
  }
  const { body } = await shop.user.get(`/api/v1/tickets/${id}/journal`);
  const entries = body.items.filter((entry: { kind: string }) => entry.kind === "rated");
  assert.equal(entries.length, 1);
  const [{ internal, actorName, data, text }] = entries;
  assert.deepEqual(
    { internal, actorName, data, text },
    { internal: false, actorName: "Anh Minh", data: { overall: 4 }, text: null },
  );
});
