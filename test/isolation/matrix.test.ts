import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Answer, ask, brief, fileForm } from "./ask.ts";
import { type Caller, words } from "./callers.ts";
import { type Kind, type ParameterKind, parameterKinds, parentOf } from "./kinds.ts";
import type { Thing } from "./provider.ts";
import { nameOf, type Route } from "./route-table.ts";
import { addressOf, type IsolationWorld, silentBody, startIsolationWorld, validRequest } from "./world.ts";

let world: IsolationWorld;
const form = await fileForm("file.txt", "Hello");

before(async () => {
  world = await startIsolationWorld();
});
after(() => world?.end());

/** Whether an address of this kind names something that is either seen or not: no secrets, no words. */
function namesThings(kinds: readonly { kind: ParameterKind }[]): kinds is { name: string; kind: Kind }[] {
  return kinds.length > 0 && kinds.every(({ kind }) => kind !== "secret" && kind !== "word");
}

function askOf(caller: Caller, route: Route, ids: readonly string[]) {
  const { body, query } = validRequest(world, route, caller);
  const url = addressOf(route, ids) + query;
  return caller.ask({ method: route.method, url, ...(route.isUpload ? form : body === undefined ? {} : { body }) });
}

/** What a caller must not find, as the ids of an address: of each kind all of its own provider, some of the other. */
function unseenBy(caller: Caller, kinds: readonly { kind: Kind }[]): string[][] {
  const last = kinds.at(-1)?.kind;
  const all = world.things.filter((thing) => thing.kind === last);
  const unseen = all.filter((thing) => !thing.isSeenBy(caller));
  const isOwn = (thing: Thing) => thing.name.startsWith(`${caller.provider} `);
  const chosen = [...unseen.filter(isOwn), ...unseen.filter((thing) => !isOwn(thing)).slice(0, 2)];
  if (kinds.length === 1) return chosen.map(({ id }) => [id]);
  const [parentKind] = kinds;
  assert.equal(last && parentOf[last], parentKind?.kind, "an address names a thing and what it belongs to");
  const seen = all.find((thing) => thing.isSeenBy(caller));
  const seenParents = world.things.filter((thing) => thing.kind === parentKind?.kind && thing.isSeenBy(caller));
  const other = seenParents.find((parent) => parent.id !== seen?.parentId);
  return [
    ...chosen.map(({ id, parentId = "" }) => [parentId, id]),
    ...(seen && other ? [[other.id, seen.id]] : []),
    ...(seen
      ? chosen
          .slice(0, 2)
          .map(({ parentId = "" }) => [parentId, seen.id])
          .filter(([id]) => id !== seen.parentId)
      : []),
    ...(other ? chosen.slice(-1).map(({ id }) => [other.id, id]) : []),
  ];
}

function isSeen(caller: Caller, id: string | undefined): boolean {
  return world.things.some((thing) => thing.id === id && thing.isSeenBy(caller));
}

describe("every address and every role", () => {
  test("what one may not see is not there, whatever one asks to do with it, and nothing tells it from what never was", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    let addresses = 0;
    for (const route of world.routes) {
      const kinds = parameterKinds(route);
      if (!namesThings(kinds)) continue;
      addresses++;
      for (const caller of world.callers) {
        const hasRight = route.permission === "signed_in" || caller.permissions.has(route.permission);
        const say = (what: string) => faults.push(`${caller.name}: ${nameOf(route)}: ${what}`);
        const neverWas = new Map<string, Answer>();
        for (const ids of unseenBy(caller, kinds)) {
          tried++;
          const parent = kinds.length > 1 && isSeen(caller, ids[0]) ? ids[0] : undefined;
          const never =
            neverWas.get(parent ?? "") ??
            (await askOf(
              caller,
              route,
              kinds.map((_, index) => (index === 0 && parent) || randomUUID()),
            ));
          neverWas.set(parent ?? "", never);
          // Of a thing in something that one sees, one is told about the right alone.
          const expected = caller.kind === "stranger" ? 401 : parent && !hasRight ? 403 : 404;
          if (never.status !== expected) say(`${never.status} for what never was: ${never.text.slice(0, 200)}`);
          if (!never.type.startsWith("application/problem+json")) say(`answers in ${never.type}`);
          const answer = await askOf(caller, route, ids);
          const names = ids.map((id) => world.things.find((thing) => thing.id === id)?.name).join(", ");
          if (answer.status !== expected) say(`${answer.status} for ${names}: ${answer.text.slice(0, 200)}`);
          else if (silentBody(answer) !== silentBody(never))
            say(`${names} is told from what never was: ${answer.text}`);
        }
      }
    }
    context.diagnostic(`${addresses} addresses, ${world.callers.length} callers, ${tried} things that are not theirs`);
    assert.deepEqual(brief(faults), []);
    assert.ok(tried > 4000, `only ${tried} were tried`);
  });

  test("what one may see but has no right to do is forbidden, and what one has the right to read is there", async (context) => {
    const faults: string[] = [];
    let forbidden = 0;
    let found = 0;
    for (const route of world.routes) {
      const kinds = parameterKinds(route);
      if (!namesThings(kinds)) continue;
      const last = kinds.at(-1)?.kind;
      for (const caller of world.callers) {
        const hasRight = route.permission === "signed_in" || caller.permissions.has(route.permission);
        if (hasRight && route.method !== "GET") continue;
        for (const thing of world.things.filter((each) => each.kind === last && each.isSeenBy(caller))) {
          const ids = thing.parentId && kinds.length > 1 ? [thing.parentId, thing.id] : [thing.id];
          const answer = await askOf(caller, route, ids);
          const expected = hasRight && mayRead(route, caller, thing) ? 200 : 403;
          if (expected === 403) forbidden++;
          else found++;
          if (answer.status === expected) continue;
          faults.push(
            `${caller.name}: ${nameOf(route)}: ${answer.status} for ${thing.name}: ${answer.text.slice(0, 200)}`,
          );
        }
      }
    }
    context.diagnostic(`${forbidden} times forbidden, ${found} times found`);
    assert.deepEqual(brief(faults), []);
    assert.ok(forbidden > 500 && found > 500, `${forbidden} were forbidden, ${found} found`);
  });

  test("without a credential nothing is told but what is public, and lists hold what one may see", async (context) => {
    const faults: string[] = [];
    let lists = 0;
    for (const route of world.routes) {
      if (route.url.endsWith("/stream") || parameterKinds(route).some(({ kind }) => kind === "secret")) continue;
      const isOpen = route.permission === "public";
      const kinds = parameterKinds(route);
      for (const caller of world.callers) {
        if (caller.kind === "stranger" && !isOpen) {
          const answer = await askOf(
            caller,
            route,
            kinds.map(() => randomUUID()),
          );
          if (answer.status !== 401) faults.push(`${nameOf(route)}: ${answer.status} for a stranger`);
        }
        if (kinds.some(({ kind }) => kind !== "word") || isOpen) continue;
        const hasRight = route.permission === "signed_in" || caller.permissions.has(route.permission);
        if (caller.kind === "stranger" || (hasRight && route.method !== "GET")) continue;
        const answer = await askOf(
          caller,
          route,
          kinds.map(() => "smtp"),
        );
        lists++;
        if (!hasRight && answer.status !== 403) faults.push(`${caller.name}: ${nameOf(route)}: ${answer.status}`);
        if (answer.status >= 500) faults.push(`${caller.name}: ${nameOf(route)}: ${answer.text}`);
      }
    }
    context.diagnostic(`${lists} lists and new things`);
    assert.deepEqual(brief(faults), []);
  });

  test("what the desk notes for itself is read by the desk and by nobody else", async () => {
    const internal = (text: string) => text.includes(words.internal);
    for (const caller of world.callers.filter(({ provider }) => provider === "a")) {
      for (const ticket of world.a.things.filter((thing) => thing.kind === "ticket" && thing.isSeenBy(caller))) {
        const answers = await Promise.all(
          ["journal", "attachments"].map((part) =>
            caller.ask({ method: "GET", url: `/api/v1/tickets/${ticket.id}/${part}` }),
          ),
        );
        const [journal, files] = answers.map(({ status, text }) => status === 200 && internal(text));
        const isDesk = caller.kind === "staff" && caller.permissions.has("ticket.read");
        assert.deepEqual([journal, files], [isDesk, isDesk], `${caller.name}: ${ticket.name}`);
      }
    }
    const { visitor, code } = world.a.secrets;
    for (const url of [`/api/v1/visitor-reports/${visitor}`, `/api/v1/device-codes/${code}/open-reports`]) {
      const { status, text } = await ask(world.product.app, {}, { method: "GET", url });
      assert.deepEqual([status, internal(text)], [200, false], url);
    }
  });

  test("afterwards nothing of either provider has changed, and no answer told what it must not", async (context) => {
    context.diagnostic(`${world.asked} answers`);
    assert.deepEqual(brief(world.leaks), []);
    assert.deepEqual(await world.changes(), []);
    assert.deepEqual(brief(world.product.errors), []);
  });
});

/** Some things are seen by more people than may read all about them. */
function mayRead(route: Route, caller: Caller, thing: Thing): boolean {
  if (route.url !== "/api/v1/members/:id/quality") return true;
  const right = thing.id === caller.id ? "quality.read_own" : "quality.read";
  return caller.permissions.has(right) || caller.permissions.has("quality.read");
}
