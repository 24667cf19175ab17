import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Answer, brief, fileForm } from "./ask.ts";
import type { Caller } from "./callers.ts";
import { parameterKinds } from "./kinds.ts";
import { nameOf, type Route } from "./route-table.ts";
import { addressOf, type IsolationWorld, startIsolationWorld, validRequest } from "./world.ts";

let world: IsolationWorld;
const form = await fileForm("file.txt", "Hello");

before(async () => {
  world = await startIsolationWorld();
});
after(() => world?.end());

const callerOf = (name: string) => world.callers.find((caller) => caller.name === name) ?? assert.fail(name);

/** A request that would be carried out, but for where it comes from. */
function send(caller: Caller, route: Route, headers: Record<string, string>): Promise<Answer> {
  const ids = parameterKinds(route).map(({ kind, name }) => {
    if (kind === "word") return "smtp";
    if (kind === "secret") return name === "code" ? world.a.secrets.code : world.a.secrets.visitor;
    const things = world.things.filter((thing) => thing.kind === kind);
    return (things.find((thing) => thing.isSeenBy(caller)) ?? things[0])?.id ?? "";
  });
  const { body, query } = validRequest(world, route, caller);
  const content = route.isUpload ? form : body === undefined ? {} : { body };
  const url = addressOf(route, ids) + query;
  return caller.ask({ method: route.method, url, ...content, headers: { ...form.headers, ...headers } });
}

function headersOf(route: Route, origin: string): Record<string, string> {
  return { "content-type": route.isUpload ? (form.headers["content-type"] ?? "") : "application/json", origin };
}

describe("a page of another site", () => {
  test("writes nothing with the cookies of ours, nor signs anybody in", async (context) => {
    const faults: string[] = [];
    let tried = 0;
    const origins = [
      "https://evil.example",
      "null",
      "http://localhost:9999",
      "https://localhost.evil.example",
      "file://",
    ];
    for (const route of world.routes.filter(({ method }) => method !== "GET")) {
      for (const name of ["a owner by session", "a contact by session", "a user by session", "stranger"]) {
        for (const origin of name === "a owner by session" ? origins : origins.slice(0, 1)) {
          tried++;
          const answer = await send(callerOf(name), route, headersOf(route, origin));
          if (answer.status === 403 && answer.json?.code === "cross_site") continue;
          faults.push(`${name}: ${nameOf(route)} from ${origin}: ${answer.status} ${answer.text.slice(0, 200)}`);
        }
      }
    }
    context.diagnostic(`${tried} writes from elsewhere`);
    assert.deepEqual(brief(faults), []);
    assert.deepEqual(await world.changes(), []);
  });

  test("reads nothing either: no answer allows another site to look at it", async () => {
    const faults: string[] = [];
    for (const route of world.routes.filter(({ method, url }) => method === "GET" && !url.endsWith("/stream"))) {
      const { headers } = await send(callerOf("a owner by session"), route, { origin: "https://evil.example" });
      const allowed = Object.keys(headers).filter((name) => name.startsWith("access-control-"));
      if (allowed.length > 0) faults.push(`${nameOf(route)}: ${allowed}`);
    }
    assert.deepEqual(faults, []);
  });

  test("is no matter for a program with a key, and our own pages write", async () => {
    const route = world.routes.find((each) => nameOf(each) === "POST /api/v1/saved-views") ?? assert.fail();
    const byKey = await send(callerOf("a owner"), route, headersOf(route, "https://tool.example"));
    const { publicUrl } = world.product.app.settings;
    const own = await send(callerOf("a owner by session"), route, headersOf(route, publicUrl));
    assert.deepEqual([byKey.status, own.status], [201, 201], own.text);
  });
});
