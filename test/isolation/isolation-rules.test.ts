import assert from "node:assert/strict";
import { test } from "node:test";
import { leaksIn } from "./ask.ts";
import { parameterKinds } from "./kinds.ts";
import type { JsonSchema, Route } from "./route-table.ts";
import { idPlaces, sample } from "./sample-value.ts";

const routeTo = (url: string): Route => ({
  method: "GET",
  url,
  permission: "ticket.read",
  params: [...url.matchAll(/:(\w+)/g)].map(([, name = ""]) => name),
  body: undefined,
  query: undefined,
  isUpload: false,
});
const id = "01930000-0000-7000-8000-000000000001";
const object = (properties: Record<string, JsonSchema>): JsonSchema => ({ type: "object", properties });
const uuid: JsonSchema = { type: "string", format: "uuid" };

test("an address with a parameter that nobody knows stops the matrix", () => {
  assert.deepEqual(parameterKinds(routeTo("/api/v1/tickets/:id/journal")), [{ name: "id", kind: "ticket" }]);
  assert.throws(() => parameterKinds(routeTo("/api/v1/secrets/:id")), /nobody knows what :id names/);
  assert.throws(() => parameterKinds(routeTo("/api/v1/tickets/:id/parts/:partId")), /nobody knows what :partId names/);
});

test("a member with an id that nobody knows stops the matrix, and so does a text that nobody can make up", () => {
  const body = object({ places: { type: "array", items: object({ siteId: { anyOf: [uuid, { type: "null" }] } }) } });
  assert.deepEqual(idPlaces(body, "POST /api/v1/x"), [{ way: ["places", 0, "siteId"], kind: "site" }]);
  assert.throws(
    () => idPlaces(object({ partId: uuid }), "POST /api/v1/x"),
    /nobody knows what the id in "partId" names/,
  );
  const odd = { type: "string", pattern: "^zzz[0-9]{7}$" };
  const sampling = { route: "POST /api/v1/x", idOf: () => id, full: true };
  assert.throws(() => sample(odd, sampling, "odd"), /no text is known for "odd"/);
});

test("a word or an id in an answer is a leak, unless its caller sent it", () => {
  const hidden = { words: ["qxhidden"], ids: new Set([id]) };
  const question = { method: "GET", url: "/api/v1/tickets" } as const;
  const answer = { text: `{"name":"The QXhidden one","id":"${id}"}` };
  assert.deepEqual(leaksIn(answer, question, hidden), ["qxhidden", id]);
  assert.deepEqual(leaksIn(answer, { ...question, body: { q: "qxhidden", id } }, hidden), []);
  assert.deepEqual(leaksIn({ text: "{}" }, question, hidden), []);
});
