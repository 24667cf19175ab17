import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { checkRowSecurity } from "./row-security.ts";

let database: TestDatabase;
let client: pg.Client;

before(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
});

after(async () => {
  await client.end();
  await database.drop();
});

test("without its tenant, the app sees nothing of any tenant table and gets nothing in", async () => {
  const { violations, tables } = await checkRowSecurity(client);
  assert.deepEqual(violations, []);
  assert.ok(tables > 10, `only ${tables} tables were tried`);
});

const planted: [string, string, string[]][] = [
  [
    "a table without row-level security",
    "alter table planted.note disable row level security",
    [
      "planted.note: with no tenant set, SELECT touches 1 rows",
      "planted.note: with no tenant set, UPDATE touches 1 rows",
      "planted.note: with no tenant set, DELETE touches 1 rows",
      "planted.note: with no tenant set, INSERT is let in",
      "planted.note: with another tenant set, SELECT touches 1 rows",
      "planted.note: with another tenant set, UPDATE touches 1 rows",
      "planted.note: with another tenant set, DELETE touches 1 rows",
      "planted.note: with another tenant set, INSERT is let in",
    ],
  ],
  [
    "a policy that trusts who has no tenant",
    "create policy open on planted.note for select using (nullif(current_setting('app.tenant', true), '') is null)",
    ["planted.note: with no tenant set, SELECT touches 1 rows"],
  ],
  [
    "a policy that checks reads only",
    "alter policy tenant on planted.note with check (true)",
    ["planted.note: with no tenant set, INSERT is let in", "planted.note: with another tenant set, INSERT is let in"],
  ],
  [
    "a table that nobody can use",
    "drop policy tenant on planted.note",
    ["planted.note: with its own tenant set, SELECT touches 0 rows"],
  ],
  ["a sweep that may write", "grant insert on planted.note to mainstay_sweep", ["planted.note: the sweep may INSERT"]],
];

for (const [what, change, expected] of planted) {
  test(`caught: ${what}`, async () => {
    const own = await createTestDatabase();
    const owner = new pg.Client(own.connection);
    await owner.connect();
    try {
      await owner.query(`
        create schema planted;
        grant usage on schema planted to mainstay_app, mainstay_sweep;
        create table planted.note (tenant_id uuid not null, id uuid not null default uuidv7(), state text not null
          check (state in ('new', 'read')), due date not null, tags text[] not null, primary key (tenant_id, id));
        comment on table planted.note is 'tenant: planted';
        select platform.seal_off('planted.note');
        ${change}`);
      const { violations } = await checkRowSecurity(owner);
      assert.deepEqual(
        violations.filter((violation) => violation.startsWith("planted.")),
        expected,
      );
    } finally {
      await owner.end();
      await own.drop();
    }
  });
}
