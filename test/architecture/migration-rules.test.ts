import assert from "node:assert/strict";
import { test } from "node:test";
import { checkMigrations } from "./migration-rules.ts";
import { listFiles, projectRoot, withTemporaryProject } from "./project-files.ts";

test("the migrations stand in order, and a cluster takes each step", () => {
  assert.ok(listFiles(projectRoot, ["migrations/*.sql"]).length > 0, "no migration was found");
  assert.deepEqual(checkMigrations(projectRoot), []);
});

const first = {
  "migrations/0001_platform.sql": "create schema platform; create table platform.worker (id text primary key);",
};
const check = (files: Record<string, string>) => withTemporaryProject({ ...first, ...files }, checkMigrations);

test("a column, then its constraint, is sound", async () => {
  const sql = `alter table platform.worker add column tries int not null default 0;
    alter table platform.worker add constraint few check (tries < 9);`;
  assert.deepEqual(await check({ "migrations/0002_helpdesk_worker_tries.sql": sql }), []);
});

const planted: [string, Record<string, string>, string][] = [
  [
    "a column with its check",
    { "migrations/0002_platform.sql": "alter table platform.worker add column tries int check (tries < 9);" },
    "migrations/0002_platform.sql: column platform.worker.tries is added together with its constraint",
  ],
  [
    "a column with its foreign key",
    { "migrations/0002_platform.sql": "alter table platform.worker add column up text references platform.worker;" },
    "migrations/0002_platform.sql: column platform.worker.up is added together with its constraint",
  ],
  [
    "a column and a constraint in one statement",
    {
      "migrations/0002_platform.sql": "alter table platform.worker add column a int, add constraint few check (a < 9);",
    },
    "migrations/0002_platform.sql: a constraint of platform.worker is added together with something else",
  ],
  [
    "a transaction of its own",
    { "migrations/0002_platform.sql": "commit;" },
    "migrations/0002_platform.sql: begins or ends a transaction; it runs in one",
  ],
  [
    "a number twice",
    { "migrations/0001_quality.sql": "select 1;" },
    "migrations/0001_quality.sql: its number is taken",
  ],
  [
    "a module that is not there",
    { "migrations/0002_zebra.sql": "select 1;" },
    "migrations/0002_zebra.sql: zebra is no module",
  ],
  [
    "another name",
    { "migrations/later.sql": "select 1;" },
    "migrations/later.sql: is not named like 0007_helpdesk_sla.sql",
  ],
  [
    "what is no SQL",
    { "migrations/0002_platform.sql": "creat" },
    'migrations/0002_platform.sql: syntax error at or near "creat"',
  ],
];

for (const [what, files, expected] of planted) {
  test(`caught: ${what}`, async () => {
    const found = await check(files);
    assert.ok(found.includes(expected), `expected "${expected}" among:\n${found.join("\n")}`);
  });
}
