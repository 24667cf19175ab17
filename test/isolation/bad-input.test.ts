import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Answer, brief } from "./ask.ts";
import { type BadBody, brokenBodies, extremeBodies, wrongBodies } from "./bad-bodies.ts";
import type { Caller } from "./callers.ts";
import { parameterKinds } from "./kinds.ts";
import { nameOf, type Route } from "./route-table.ts";
import { addressOf, type IsolationWorld, startIsolationWorld, validRequest } from "./world.ts";

let world: IsolationWorld;

before(async () => {
  world = await startIsolationWorld();
});
after(() => world?.end());

/** Somebody who may use an address and sees something that it can name: the owner, else whoever comes first. */
function userOf(route: Route): Caller {
  const isAnyone = ["public", "signed_in"].includes(route.permission);
  const named = parameterKinds(route).filter(({ kind }) => kind !== "word" && kind !== "secret");
  const bySession = (caller: Caller) => (caller.name === "a owner by session" ? 0 : 1);
  const able = world.callers.filter(
    (caller) =>
      caller.provider === "a" &&
      (isAnyone || caller.permissions.has(route.permission)) &&
      named.every(({ kind }) => world.things.some((thing) => thing.kind === kind && thing.isSeenBy(caller))),
  );
  const [first] = isAnyone ? able.toSorted((a, b) => bySession(a) - bySession(b)) : able;
  return first ?? assert.fail(`nobody uses ${nameOf(route)}`);
}

function ownAddress(route: Route, caller: Caller): string {
  const ids = parameterKinds(route).map(({ kind, name }) => {
    if (kind === "word") return "smtp";
    if (kind === "secret") return name === "code" ? world.a.secrets.code : "x".repeat(43);
    return world.things.find((thing) => thing.kind === kind && thing.isSeenBy(caller))?.id ?? assert.fail(kind);
  });
  return addressOf(route, ids);
}

/** A clear no: 4xx, a problem document with a code. Nothing else is one. */
function isClearNo({ status, type, json }: Answer): boolean {
  return (
    status >= 400 && status < 500 && type.startsWith("application/problem+json") && /^[a-z][a-z0-9_]+$/.test(json?.code)
  );
}

async function send(route: Route, caller: Caller, { raw, headers }: BadBody): Promise<Answer> {
  const { query } = validRequest(world, route, caller);
  const url = ownAddress(route, caller) + query;
  return caller.ask({ method: route.method, url, raw, ...(headers ? { headers } : {}) });
}

const told = ({ status, text }: Answer) => `${status} ${text.slice(0, 250)}`;

describe("what nobody should send", () => {
  test("to every address that takes a body: whatever is wrong with it is refused, by name, and nothing is written", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    for (const route of world.routes) {
      if (!route.body || route.method === "GET") continue;
      const caller = userOf(route);
      const { body: right } = validRequest(world, route, caller, true);
      for (const bad of [...wrongBodies(route.body, right), ...brokenBodies(route.body, right)]) {
        tried++;
        const answer = await send(route, caller, bad);
        if (!isClearNo(answer)) faults.push(`${nameOf(route)}: ${bad.what}: ${told(answer)}`);
        if (answer.text.length > 20_000) faults.push(`${nameOf(route)}: ${bad.what}: ${answer.text.length} letters`);
      }
    }
    context.diagnostic(`${tried} bodies`);
    assert.deepEqual(brief(faults), []);
    assert.deepEqual(await world.changes(), []);
  });

  test("addresses that are no ids, for who has the right and who has not: not there, or malformed", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    const someone = world.a.thing("ticket of the desk").id;
    const strange = [
      "x",
      "%00",
      "%ff",
      "..%2F..%2Fetc%2Fpasswd",
      `urn:uuid:${someone}`,
      `%7B${someone}%7D`,
      "-".repeat(36),
      "null",
      `${someone}%0A`,
      "x".repeat(150),
      "x".repeat(900),
      "%E2%98%83",
      "'%20or%201=1",
      "*",
      "[object%20Object]",
    ];
    for (const route of world.routes.filter(({ params }) => params.length > 0)) {
      for (const name of ["a owner", "a user", "a finance", "a visitor", "stranger"]) {
        const caller = world.callers.find((each) => each.name === name) ?? assert.fail();
        const { body, query } = validRequest(world, route, caller);
        for (const [index] of route.params.entries()) {
          for (const text of strange) {
            tried++;
            const ids = route.params.map((_, at) => (at === index ? "STRANGE" : someone));
            const url = addressOf(route, ids).replace("STRANGE", text) + query;
            const answer = await caller.ask({ method: route.method, url, ...(body === undefined ? {} : { body }) });
            if (!isClearNo(answer)) faults.push(`${name}: ${route.method} ${url}: ${told(answer)}`);
          }
        }
      }
    }
    context.diagnostic(`${tried} addresses`);
    assert.deepEqual(brief(faults), []);
    assert.deepEqual(await world.changes(), []);
  });

  test("to every list: limits, cursors and parameters that are none", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    for (const route of world.routes.filter(
      ({ method, url }) => method === "GET" && !/stream|docs|openapi/.test(url),
    )) {
      const caller = userOf(route);
      const names = Object.keys(route.query?.properties ?? {});
      const { query } = validRequest(world, route, caller);
      const bad = [["unheardOf", "1"], ["constructor", "x"], ...names.flatMap((name) => badParameters(route, name))];
      for (const [name = "", value = ""] of bad) {
        tried++;
        const parameters = new URLSearchParams(query);
        parameters.set(name, value);
        const answer = await caller.ask({ method: "GET", url: `${ownAddress(route, caller)}?${parameters}` });
        // A code that holds NUL is no code, and finds nothing.
        if (name === "code" && answer.status === 200 && answer.json.items.length === 0) continue;
        if (!isClearNo(answer)) faults.push(`${nameOf(route)}?${name}=${value.slice(0, 60)}: ${told(answer)}`);
      }
    }
    context.diagnostic(`${tried} parameters`);
    assert.deepEqual(brief(faults), []);
  });

  test("headers of changes: If-Match that is no ETag, an Idempotency-Key that is too long", async () => {
    const faults: string[] = [];
    for (const route of world.routes.filter(({ method }) => method !== "GET")) {
      const caller = userOf(route);
      const { body, query } = validRequest(world, route, caller);
      const url = ownAddress(route, caller) + query;
      const headers: Record<string, string>[] = [];
      if (["PATCH", "PUT"].includes(route.method)) headers.push({ "if-match": "yesterday's" }, { "if-match": '"x"' });
      headers.push({ "idempotency-key": "k".repeat(201) });
      for (const header of headers) {
        const answer = await caller.ask({ method: route.method, url, headers: header, ...(body ? { body } : {}) });
        if (answer.status !== 400 || !isClearNo(answer)) {
          faults.push(`${nameOf(route)}: ${Object.keys(header)}: ${told(answer)}`);
        }
      }
    }
    assert.deepEqual(brief(faults), []);
  });

  test("values at the edge are taken or refused; none is a defect", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    for (const route of world.routes) {
      if (!route.body || route.method === "GET") continue;
      const caller = userOf(route);
      const { body: right } = validRequest(world, route, caller, true);
      for (const bad of extremeBodies(right)) {
        tried++;
        const answer = await send(route, caller, bad);
        if (answer.status >= 500) faults.push(`${nameOf(route)}: ${bad.what}: ${told(answer)}`);
      }
    }
    context.diagnostic(`${tried} bodies`);
    assert.deepEqual(brief(faults), []);
  });

  test("afterwards the product still works, and no defect was logged", async () => {
    assert.equal((await world.product.app.inject("/livez")).statusCode, 200);
    assert.deepEqual(brief(world.product.errors), []);
  });
});

/** Values of one parameter that must be refused. */
function badParameters(route: Route, name: string): [string, string][] {
  const schema = route.query?.properties?.[name];
  const every: string[] = ["a\u0000b"];
  if (name === "limit") every.push("0", "201", "-1", "ten", "1.5", "1e9", "");
  if (name === "after") every.push(...badCursors);
  if (schema?.format === "uuid") every.push("x", "urn:uuid:01930000-0000-7000-8000-000000000001", "none of it");
  if (schema?.type === "boolean") every.push("perhaps");
  if (schema?.enum) every.push("unheard_of");
  return every.map((value) => [name, value]);
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const badCursors = [
  "x",
  "%%%",
  "!".repeat(1999),
  "A".repeat(2001),
  encoded(null),
  encoded(1),
  encoded({}),
  encoded([]),
  encoded("x"),
  encoded(["x", "y"]),
  encoded(["x", "y", "z"]),
  encoded(["2027-03-04T05:06:07Z", "x"]),
  encoded([1, "01930000-0000-7000-8000-000000000001"]),
  encoded(["a\u0000b", "01930000-0000-7000-8000-000000000001"]),
  encoded(["x", "urn:uuid:01930000-0000-7000-8000-000000000001"]),
  encoded({ toString: 1 }),
];
