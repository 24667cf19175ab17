import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { printSchema } from "../../src/platform/print-schema.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { projectRoot } from "./project-files.ts";

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

/** The first lines in which the file and the database part; none when they agree. */
function compare(written: string, printed: string): string[] {
  if (written === printed) return [];
  const [file, real] = [written.split("\n"), printed.split("\n")];
  const at = real.findIndex((line, index) => line !== file[index]);
  const place = at < 0 ? real.length : at;
  return [`line ${place + 1} of the file: ${file[place] ?? "(end)"}`, `in the database: ${real[place] ?? "(end)"}`];
}

test("db/schema.sql is what the migrations make; else run: npm run mainstay -- schema", async () => {
  const path = join(projectRoot, "db/schema.sql");
  assert.ok(existsSync(path), "db/schema.sql is missing");
  assert.deepEqual(compare(readFileSync(path, "utf8"), await printSchema(client)), []);
});

test("the same schema prints the same, in another database and under other settings", async () => {
  const other = await createTestDatabase();
  const otherClient = new pg.Client({
    ...other.connection,
    options: "-c search_path=platform -c timezone=Asia/Shanghai",
  });
  await otherClient.connect();
  try {
    await otherClient.query("set quote_all_identifiers = on");
    assert.deepEqual(compare(await printSchema(otherClient), await printSchema(client)), []);
  } finally {
    await otherClient.end();
    await other.drop();
  }
});

const changes: [string, string, string][] = [
  ["a column", "alter table platform.seal add column planted_note text", "  planted_note text"],
  ["a default", "alter table platform.seal alter sequence set default 7", "  sequence integer not null default 7"],
  ["a null", "alter table platform.seal alter events drop not null", "  events integer"],
  [
    "a check",
    "alter table platform.seal add constraint enough check (events > 0)",
    "  constraint enough check ((events > 0))",
  ],
  [
    "a key",
    "alter table platform.seal add foreign key (tenant_id, from_id) references platform.event on delete cascade",
    "  constraint seal_tenant_id_from_id_fkey foreign key (tenant_id, from_id) references platform.event(tenant_id, id) on delete cascade",
  ],
  [
    "an index",
    `create unique index seal_by_hash on platform.seal (tenant_id, hash) where events > 0`,
    "create unique index seal_by_hash on platform.seal using btree (tenant_id, hash) where (events > 0);",
  ],
  [
    "a partition",
    "create table platform.part (at date) partition by range (at); create table platform.part_1 partition of platform.part for values from ('2026-01-01') to ('2027-01-01')",
    "create table platform.part_1 partition of platform.part for values from ('2026-01-01') to ('2027-01-01');",
  ],
  [
    "row-level security",
    "create table platform.open (a int); alter table platform.open enable row level security",
    "alter table platform.open enable row level security;",
  ],
  [
    "a policy",
    "create policy late on platform.seal as restrictive for update to mainstay_app using (events > 0) with check (events > 1)",
    "create policy late on platform.seal as restrictive for update to mainstay_app using ((events > 0)) with check ((events > 1));",
  ],
  [
    "a grant",
    "grant truncate on platform.seal to mainstay_sweep",
    "grant truncate on platform.seal to mainstay_sweep;",
  ],
  [
    "a grant on a partition",
    "grant select on platform.event_2026 to mainstay_app",
    "grant select on platform.event_2026 to mainstay_app;",
  ],
  [
    "a grant on a column",
    "grant update (events) on platform.seal to mainstay_sweep",
    "grant update (events) on platform.seal to mainstay_sweep;",
  ],
  [
    "a comment",
    "comment on column platform.seal.events is 'so ''many'''",
    "comment on column platform.seal.events is 'so ''many''';",
  ],
  [
    "a function",
    "create function platform.one() returns int language sql return 1",
    "CREATE OR REPLACE FUNCTION platform.one()",
  ],
  [
    "a type",
    "create type platform.mood as enum ('calm', 'Busy')",
    "create type platform.mood as enum ('calm', 'Busy');",
  ],
  ["a sequence", "create sequence platform.counter", "create sequence platform.counter as bigint increment 1;"],
  [
    "a view",
    "create view platform.peep with (security_invoker=true) as select 1 as n",
    "create view platform.peep with (security_invoker=true) as",
  ],
  [
    "a schema",
    "create schema extra; grant usage on schema extra to mainstay_app",
    "grant usage on schema extra to mainstay_app;",
  ],
];

const linesOf = (text: string) => new Set(text.split("\n").map((line) => line.replace(/,$/, "")));

test("whatever is changed shows", async (context) => {
  const before = await printSchema(client);
  const changed = await createTestDatabase();
  const owner = new pg.Client(changed.connection);
  await owner.connect();
  try {
    for (const [, change] of changes) await owner.query(change);
    const after = await printSchema(owner);
    assert.notDeepEqual(compare(before, after), []);
    for (const [what, , line] of changes) {
      await context.test(`caught: ${what}`, () => {
        assert.ok(linesOf(after).has(line), `expected "${line}"`);
        assert.ok(!linesOf(before).has(line));
      });
    }
  } finally {
    await owner.end();
    await changed.drop();
  }
});
