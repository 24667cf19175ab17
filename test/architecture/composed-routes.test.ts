import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import Fastify from "fastify";
import { readConfig } from "../../src/platform/config.ts";
import { openDatabase } from "../../src/platform/db.ts";
import { buildProduct } from "../../src/server.ts";
import { createTestDatabase } from "../database.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";
import { checkRoutes, collectRoutes } from "./route-rules.ts";

test("each address of the whole product names its right, its answer, and stands in the OpenAPI document", async () => {
  const database = await createTestDatabase();
  const db = openDatabase(database.connection);
  const folder = makeTemporaryFolder("routes");
  try {
    const config = readConfig(["--data", folder], {});
    const { app, routes } = await collectRoutes(async () => {
      const product = await buildProduct(config, db, Fastify({ logger: { level: "silent" } }).log);
      await product.app.ready();
      return product.app;
    });
    try {
      assert.ok(routes.length > 50, `only ${routes.length} routes were seen`);
      assert.deepEqual(checkRoutes(routes, app.swagger().paths ?? {}), []);
    } finally {
      await app.close();
    }
  } finally {
    await db.end();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
