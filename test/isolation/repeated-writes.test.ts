import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { type Answer, brief } from "./ask.ts";
import type { Caller } from "./callers.ts";
import { parameterKinds } from "./kinds.ts";
import { nameOf, type Route } from "./route-table.ts";
import { addressOf, type IsolationWorld, startIsolationWorld, validRequest } from "./world.ts";

const Operation = Type.Object({
  parameters: Type.Optional(Type.Array(Type.Object({ $ref: Type.Optional(Type.String()) }))),
});
const Document = Type.Object({ paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)) });

let world: IsolationWorld;
let document: Type.Static<typeof Document>;

before(async () => {
  world = await startIsolationWorld();
  document = Parse(Document, world.product.app.swagger());
});
after(() => world?.end());

/** Whether the OpenAPI document says that an address takes this header. */
function takes(header: string, { method, url }: Route): boolean {
  const { parameters = [] } = document.paths[url.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()] ?? {};
  return parameters.some(({ $ref }) => $ref === `#/components/parameters/${header}`);
}

/** Its first step is always the same, which no schema says. */
function fitting({ url }: Route, body: unknown): unknown {
  return url === "/api/v1/escalation" ? { ...Object(body), steps: [{ afterMinutes: 0, kind: "assignee" }] } : body;
}

/** Those of the first provider who have the right and see a thing of each kind that the address names. */
function* requests(route: Route): Generator<(headers: Record<string, string>) => Promise<Answer>> {
  const isUser = (caller: Caller) => route.permission === "signed_in" || caller.permissions.has(route.permission);
  for (const caller of world.callers.filter((each) => each.provider === "a" && isUser(each)).slice(0, 12)) {
    const ids = parameterKinds(route).map(({ kind }) =>
      kind === "word" ? "smtp" : world.things.find((thing) => thing.kind === kind && thing.isSeenBy(caller))?.id,
    );
    if (ids.includes(undefined)) continue;
    const { body, query } = validRequest(world, route, caller);
    const url = addressOf(route, ids.map(String)) + query;
    const content = body === undefined ? {} : { body: fitting(route, body) };
    yield (headers) => caller.ask({ method: route.method, url, headers, ...content });
  }
}

const told = ({ status, text }: Answer) => `${status} ${text.slice(0, 250)}`;

describe("headers of writes, as the OpenAPI document lists them", () => {
  test("a change made from another version than the present one is refused as stale, and changes nothing", async () => {
    const faults: string[] = [];
    const versioned = world.routes.filter((route) => takes("IfMatch", route));
    assert.ok(versioned.length > 15, `only ${versioned.length} addresses take If-Match`);
    for (const route of versioned) {
      const answers: string[] = [];
      for (const ask of requests(route)) {
        const answer = await ask({ "if-match": '"987654"' });
        answers.push(told(answer));
        if (answer.status === 412 && answer.json.code === "stale") answers.length = 0;
        if (answer.status === 412) break;
      }
      faults.push(...answers.slice(-1).map((answer) => `${nameOf(route)}: ${answer}`));
    }
    assert.deepEqual(brief(faults), []);
    assert.deepEqual(await world.changes(), []);
  });

  test("a write repeated under its Idempotency-Key gets its answer again, where that is promised and nowhere else", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    for (const route of world.routes.filter(({ method, permission }) => method !== "GET" && permission !== "public")) {
      for (const ask of requests(route)) {
        const headers = { "idempotency-key": nameOf(route) };
        const first = await ask(headers);
        if (first.status >= 300) continue;
        tried++;
        const second = await ask(headers);
        const isKept = second.headers["idempotent-replayed"] === "true";
        if (isKept !== takes("IdempotencyKey", route)) faults.push(`${nameOf(route)}: kept: ${isKept}`);
        if (isKept && (second.status !== first.status || second.text !== first.text))
          faults.push(`${nameOf(route)}: ${told(first)}, then ${told(second)}`);
        break;
      }
    }
    context.diagnostic(`${tried} writes`);
    assert.ok(tried > 40, `only ${tried} writes were carried out`);
    assert.deepEqual(brief(faults), []);
  });
});
