import assert from "node:assert/strict";
import { describe, it } from "node:test";
import pg from "pg";
import { createTestDatabase, type Template, type TestConnection } from "./database.ts";

describe("a test database", () => {
  it("has the migrations, and nothing of what another one was told", async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(first.connection, "create table only_here (word text)");
    assert.deepEqual(await query(second.connection, "select to_regclass('only_here') as found"), [{ found: null }]);
    const [row] = await query(second.connection, "select count(*) > 0 as migrated from mainstay_migration");
    assert.deepEqual(row, { migrated: true });
    await Promise.all([first.drop(), second.drop()]);
  });

  it("can begin with what a template of one's own holds, prepared once", async () => {
    let prepared = 0;
    const template: Template = {
      name: "a shop",
      async prepare(connection) {
        prepared++;
        await query(connection, "create table shop as select 'Till 1' as device");
      },
    };
    const databases = await Promise.all([createTestDatabase(template), createTestDatabase(template)]);
    for (const { connection, drop } of databases) {
      assert.deepEqual(await query(connection, "select device from shop"), [{ device: "Till 1" }]);
      await drop();
    }
    assert.equal(prepared, 1);
  });

  it("drops even while someone is connected", async () => {
    const { connection, drop } = await createTestDatabase();
    const client = new pg.Client(connection);
    const ended = new Promise((resolve) => client.on("error", resolve));
    await client.connect();
    await drop();
    await ended;
  });
});

async function query(connection: TestConnection, text: string): Promise<unknown[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
