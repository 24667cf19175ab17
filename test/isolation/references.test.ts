import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Answer, brief } from "./ask.ts";
import { type Caller, words } from "./callers.ts";
import { type Kind, parameterKinds } from "./kinds.ts";
import type { Thing } from "./provider.ts";
import { nameOf, type Route } from "./route-table.ts";
import { idPlaces, withValueAt } from "./sample-value.ts";
import { addressOf, type IsolationWorld, startIsolationWorld, validRequest } from "./world.ts";

let world: IsolationWorld;

before(async () => {
  world = await startIsolationWorld();
});
after(() => world?.end());

/** Those who may use an address at all. */
function usersOf(route: Route): Caller[] {
  return world.callers.filter(
    (caller) =>
      caller.kind !== "stranger" && (route.permission === "signed_in" || caller.permissions.has(route.permission)),
  );
}

/** Of the caller's own provider all that it may not see, of the other provider's some. */
function unseenOf(kind: Kind, caller: Caller): Thing[] {
  const unseen = world.things.filter((thing) => thing.kind === kind && !thing.isSeenBy(caller));
  const isOwn = (thing: Thing) => thing.name.startsWith(`${caller.provider} `);
  return [...unseen.filter(isOwn), ...unseen.filter((thing) => !isOwn(thing)).slice(0, 2)];
}

/** The address with things that the caller may see; undefined when there are none. */
function ownAddress(route: Route, caller: Caller): string | undefined {
  const ids = parameterKinds(route).map(({ kind }) => {
    if (kind === "word") return "smtp";
    return world.things.find((thing) => thing.kind === kind && thing.isSeenBy(caller))?.id;
  });
  return ids.includes(undefined) ? undefined : addressOf(route, ids.map(String));
}

/** A valid body that has the member in which the id stands, and no other that could be left out. */
function bodyWith(way: readonly (string | number)[], route: Route, caller: Caller) {
  const { query, body: least } = validRequest(world, route, caller);
  const { body: full } = validRequest(world, route, caller, true);
  const [member] = way;
  const value = Object.entries(Object(full)).find(([name]) => name === member)?.[1];
  return { query, body: { ...Object(least), [String(member)]: value } };
}

/** A change on many tickets answers for each: nothing may have come of this one. */
function isRefused(route: Route, answer: Answer): boolean {
  if (answer.status >= 400 && answer.status < 500 && answer.type.startsWith("application/problem+json")) return true;
  const results: unknown = route.url === "/api/v1/ticket-changes" ? answer.json?.results : undefined;
  return answer.status === 200 && Array.isArray(results) && results.every((each) => each.code === "ticket_unknown");
}

/** A saved filter is words of its owner's, looked up anew each time: it refers to nothing. */
const isReference = (route: Route, way: readonly (string | number)[]) =>
  !(route.url.startsWith("/api/v1/saved-views") && way[0] === "query");

describe("ids in bodies and filters", () => {
  test("a body that names what its sender may not see is refused, and nothing comes of it", async (context) => {
    const faults: string[] = [];
    const reasons = new Map<string, Set<string>>();
    let tried = 0;
    for (const route of world.routes) {
      if (!route.body || route.method === "GET") continue;
      for (const { way, kind } of idPlaces(route.body, nameOf(route))) {
        if (!isReference(route, way)) continue;
        for (const caller of usersOf(route)) {
          const url = ownAddress(route, caller);
          if (!url) continue;
          const { query, body } = bodyWith(way, route, caller);
          for (const thing of unseenOf(kind, caller)) {
            tried++;
            const sent = withValueAt(body, way, thing.id);
            const answer = await caller.ask({ method: route.method, url: url + query, body: sent });
            const place = `${nameOf(route)} ${way.join(".")}`;
            reasons.set(place, (reasons.get(place) ?? new Set()).add(`${answer.status} ${answer.json?.code}`));
            if (isRefused(route, answer) && answer.json?.code !== "invalid_request") continue;
            faults.push(`${caller.name}: ${place} = ${thing.name}: ${answer.status} ${answer.text.slice(0, 300)}`);
          }
        }
      }
    }
    if (process.env.MAINSTAY_TEST_TELL) for (const [place, why] of reasons) console.log(place, [...why].join(", "));
    context.diagnostic(`${reasons.size} places in bodies, ${tried} ids that are not theirs`);
    assert.deepEqual(brief(faults), []);
    assert.ok(tried > 300, `only ${tried} were tried`);
  });

  test("a filter that names what its sender may not see finds nothing", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    for (const route of world.routes) {
      for (const { way, kind } of route.query ? idPlaces(route.query, nameOf(route)) : []) {
        for (const caller of usersOf(route)) {
          const url = ownAddress(route, caller);
          const [name] = way;
          if (!url) continue;
          for (const thing of unseenOf(kind, caller)) {
            tried++;
            const query = new URLSearchParams(validRequest(world, route, caller).query);
            query.set(String(name), thing.id);
            const answer = await caller.ask({ method: route.method, url: `${url}?${query}` });
            if (answer.status >= 400 && answer.status < 500) continue;
            if (answer.status === 200 && answer.json.items?.length === 0) continue;
            // One may ask by where one belongs or who answers for it; what comes is one's own, as leaks would tell.
            const isAround = ["customer", "site", "device", "member"].includes(thing.kind);
            if (answer.status === 200 && isAround && thing.name.startsWith(`${caller.provider} `)) continue;
            const place = `${nameOf(route)} ?${String(name)}`;
            faults.push(`${caller.name}: ${place} = ${thing.name}: ${answer.status} ${answer.text.slice(0, 300)}`);
          }
        }
      }
    }
    context.diagnostic(`${tried} filters by what is not theirs`);
    assert.deepEqual(brief(faults), []);
    assert.ok(tried > 300, `only ${tried} were tried`);
  });

  test("a search for words that stand only in what one may not see finds nothing", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    for (const route of world.routes.filter(({ query }) => query?.properties?.q)) {
      for (const caller of usersOf(route)) {
        const isFirst = caller.provider === "a";
        const searched = [words.of(isFirst ? "b" : "a")];
        const isOfOne = caller.kind === "visitor" || /contact|^a user$|colleague/.test(caller.name);
        if (isFirst && isOfOne && caller.name !== "a contact of 2") searched.push(words.customer2("a"));
        for (const word of searched) {
          tried++;
          const answer = await caller.ask({ method: "GET", url: `${route.url}?q=${word}` });
          if (answer.status === 200 && answer.json.items.length === 0) continue;
          faults.push(`${caller.name}: ${nameOf(route)} ?q=${word}: ${answer.status} ${answer.text.slice(0, 300)}`);
        }
      }
    }
    context.diagnostic(`${tried} searches`);
    assert.deepEqual(brief(faults), []);
  });

  test("nobody goes on in a provider that is not theirs, whoever they say they are there", async () => {
    for (const caller of world.callers.filter(({ name }) => name.startsWith("a ") && name.endsWith("by session"))) {
      for (const kind of [undefined, "staff", "person"]) {
        const body = { tenantId: world.b.tenantId, ...(kind ? { kind } : {}) };
        const answer = await caller.ask({ method: "POST", url: "/api/v1/session/choose", body });
        assert.equal(answer.status, 404, `${caller.name}: ${answer.text}`);
        const me = await caller.ask({ method: "GET", url: "/api/v1/me" });
        assert.equal(me.json.tenant.id, world.a.tenantId);
      }
    }
  });

  test("an escalation rings no rota of another provider", async () => {
    const owner = world.callers.find(({ name }) => name === "a owner") ?? assert.fail();
    const first = { afterMinutes: 0, kind: "assignee" };
    const second = { afterMinutes: 5, kind: "rota", rotaId: world.b.thing("rota").id };
    const body = { repeatMinutes: 5, waitsForHours: [], steps: [first, second] };
    const answer = await owner.ask({ method: "PUT", url: "/api/v1/escalation", body });
    assert.deepEqual([answer.status, answer.json.code], [422, "step_without_rota"]);
  });

  test("a ticket of one customer takes neither device nor requester of another, whoever asks", async () => {
    const id = (name: string) => world.a.thing(name).id;
    const owner = world.callers.find(({ name }) => name === "a owner") ?? assert.fail();
    const ticket = `/api/v1/tickets/${id("ticket of the desk")}`;
    const opening = { subject: "Mixed up", siteId: id("site 11") };
    for (const mixed of [
      { deviceId: id("device 21") },
      { deviceId: id("device 12") },
      { requesterId: id("user of 2") },
      { requesterId: id("contact of 2") },
    ]) {
      const opened = await owner.ask({ method: "POST", url: "/api/v1/tickets", body: { ...opening, ...mixed } });
      const edited = await owner.ask({ method: "PATCH", url: ticket, body: mixed });
      const many = { ids: [id("ticket of the desk")], verb: "edit", body: mixed };
      const bulk = await owner.ask({ method: "POST", url: "/api/v1/ticket-changes", body: many });
      const bulkCodes = bulk.json.results.map((each: { ok: boolean }) => each.ok);
      assert.deepEqual([opened.status, edited.status, bulkCodes], [404, 404, [false]], JSON.stringify(mixed));
    }
    const place = { customerId: id("customer 1"), role: "user", siteId: id("site 21") };
    const person = { name: "Mixed up", affiliations: [place] };
    assert.equal((await owner.ask({ method: "POST", url: "/api/v1/people", body: person })).status, 404);
  });

  test("afterwards nothing of either provider has changed, and no answer told what it must not", async (context) => {
    context.diagnostic(`${world.asked} answers`);
    assert.deepEqual(brief(world.leaks), []);
    assert.deepEqual(await world.changes(), []);
    assert.deepEqual(brief(world.product.errors), []);
  });
});
