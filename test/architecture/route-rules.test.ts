import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Type } from "typebox";
import { readConfig } from "../../src/platform/config.ts";
import { type Database, openDatabase } from "../../src/platform/db.ts";
import { type App, createApp } from "../../src/platform/http.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { checkRoutes, collectRoutes } from "./route-rules.ts";

let database: TestDatabase;
let db: Database;

before(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.connection);
});

after(async () => {
  await db.end();
  await database.drop();
});

const answer = { response: { 200: Type.Object({ id: Type.String() }) } };

/** An app with one planted route, made ready as the server makes it. */
async function build(plant: (app: App) => void): Promise<App> {
  const app = await createApp({
    config: readConfig([], {}),
    db,
    authenticators: [],
    knownPermissions: new Set(["ticket.open"]),
    logger: false,
  });
  plant(app);
  await app.ready();
  return app;
}

test("a route that names no permission keeps the app from starting", async () => {
  const planted = build((app) => {
    app.get("/api/v1/planted", { schema: answer }, async () => ({ id: "1" }));
  });
  await assert.rejects(planted, /GET \/api\/v1\/planted names no permission/);
});

test("a route that names an unknown permission keeps the app from starting", async () => {
  const planted = build((app) => {
    app.get("/api/v1/planted", { config: { permission: "ticket.opn" }, schema: answer }, async () => ({ id: "1" }));
  });
  await assert.rejects(planted, /unknown permission "ticket\.opn"/);
});

test("a route inside a plugin is no exception", async () => {
  const planted = build((app) => {
    app.register(
      async (inner) => {
        inner.get("/planted", { schema: answer }, async () => ({ id: "1" }));
      },
      { prefix: "/api/v1" },
    );
  });
  await assert.rejects(planted, /GET \/api\/v1\/planted names no permission/);
});

async function check(plant: (app: App) => void): Promise<string[]> {
  const { app, routes } = await collectRoutes(() => build(plant));
  try {
    return checkRoutes(routes, app.swagger().paths ?? {});
  } finally {
    await app.close();
  }
}

const config = { permission: "ticket.open" };

test("a route with permission and schema stands in the OpenAPI document", async () => {
  const found = await check((app) => {
    app.get(
      "/api/v1/planted/:id",
      { config, schema: { ...answer, params: Type.Object({ id: Type.String() }) } },
      async () => ({ id: "1" }),
    );
    app.delete("/api/v1/planted/:id", { config, schema: { response: { 204: Type.Null() } } }, async () => null);
    app.get("/livez", async () => "alive");
  });
  assert.deepEqual(found, []);
});

test("caught: a route whose answer has no schema", async () => {
  const found = await check((app) => {
    app.post("/api/v1/planted", { config }, async () => ({ id: "1" }));
  });
  assert.deepEqual(found, ["POST /api/v1/planted has no schema for its answer"]);
});

test("caught: a route that has a schema for its failures only", async () => {
  const found = await check((app) => {
    app.post("/api/v1/planted", { config, schema: { response: { 404: Type.Null() } } }, async () => null);
  });
  assert.deepEqual(found, ["POST /api/v1/planted has no schema for its answer"]);
});

test("caught: a route that hides from the OpenAPI document", async () => {
  const found = await check((app) => {
    app.get("/api/v1/planted", { config, schema: { ...answer, hide: true } }, async () => ({ id: "1" }));
  });
  assert.deepEqual(found, ["GET /api/v1/planted is not in the OpenAPI document"]);
});
