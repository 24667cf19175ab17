import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Caller } from "../../../test/module-world.ts";
import { monday, startTicketWorld } from "../../../test/ticket-world.ts";
import { setClock } from "../../platform/clock.ts";
import { drainTenant } from "../../platform/event-runner.ts";
import { collectReactions } from "../../platform/events.ts";
import { silentLog } from "../../platform/log.ts";
import { sql } from "../../platform/sql.ts";
import { searchReaction } from "./search-index.sql.ts";

let served: Awaited<ReturnType<typeof startTicketWorld>>;

before(async () => {
  served = await startTicketWorld();
});

after(async () => {
  setClock(undefined);
  await served.world.end();
});

describe("lists", () => {
  test("pages follow one another without gap or repetition, newest first and by due time", async () => {
    const { owner, open } = served;
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
    const { world, provider, owner, open } = served;
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
    const { owner } = served;
    const { status, body } = await owner.get("/api/v1/tickets?assigne=me");
    assert.deepEqual([status, body.code], [400, "invalid_request"]);
  });

  test("a bulk change answers for each ticket", async () => {
    const { owner, second, open } = served;
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
    const { world, owner, engineer, second, contact, user, site, open } = served;
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
    const { owner, engineer, second, made } = served;
    const view = await made(
      engineer.post("/api/v1/saved-views", { name: "Tills", shared: true, query: { q: "till" } }),
    );
    assert.ok((await second.get("/api/v1/saved-views")).body.items.some((each: { id: string }) => each.id === view.id));
    const change = { name: "Mine now", shared: true, query: {} };
    assert.equal((await second.put(`/api/v1/saved-views/${view.id}`, change)).status, 403);
    const changed = await owner.put(`/api/v1/saved-views/${view.id}`, change, { "if-match": '"1"' });
    assert.deepEqual([changed.status, changed.headers.etag], [200, '"2"']);
    const late = await owner.put(`/api/v1/saved-views/${view.id}`, change, { "if-match": '"1"' });
    assert.deepEqual([late.status, late.body.code, late.body.presentVersion], [412, "stale", 2]);
  });
});

test("the numbers of a hundred tickets opened at once are all different", async () => {
  const { world, provider, owner, open } = served;
  setClock(undefined);
  const opened = await Promise.all(Array.from({ length: 100 }, () => open(owner)));
  assert.equal(new Set(opened.map((ticket) => ticket.number)).size, 100);
  const rows = await world.db.asTenant(provider.tenantId, (tx) =>
    tx.run(sql`select from platform.event where tenant_id = ${provider.tenantId} and type = 'helpdesk.ticket_opened'`),
  );
  assert.ok(rows >= 100);
});
