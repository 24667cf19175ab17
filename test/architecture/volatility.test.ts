import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { checkVolatility } from "./volatility.ts";

let database: TestDatabase;
let client: pg.Client;

before(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
  await client.query(`
    create schema planted;
    create table planted.task (
      tenant_id uuid not null, id uuid not null default uuidv7(), due_at timestamptz, until timestamptz, tries int, name text,
      data jsonb, primary key (tenant_id, id))`);
});

after(async () => {
  await client.end();
  await database.drop();
});

const check = async (text: string) =>
  ((await checkVolatility(client, [text])).get(text) ?? []).map(({ rule, detail }) => `${rule}: ${detail}`);

const row = "tenant_id = $1 and id = $2";

const sound: Record<string, string> = {
  "computed values handed in": `update planted.task set due_at = $3, tries = tries + 1 where ${row} returning due_at`,
  "the present, away from columns": `update planted.task set due_at = now() where ${row} and due_at < now()`,
  "an insert with the present and a made id": "insert into planted.task (tenant_id, due_at) values ($1, now())",
  "an upsert of what was sent": `insert into planted.task (tenant_id, id, tries, due_at) values ($1, $2, 1, now())
    on conflict (tenant_id, id) do update set tries = task.tries + 1, due_at = excluded.due_at where task.tries < 9`,
  "immutable functions over columns": `update planted.task set name = lower(name) || $3, data = data || $4::jsonb
    where ${row} and coalesce(tries, 0) < 9 returning id::text, data ->> 'a'`,
  "reading whatever way": "select now() - due_at, due_at::date, random() from planted.task where tenant_id = $1",
};

for (const [what, text] of Object.entries(sound)) {
  test(`allowed: ${what}`, async () => assert.deepEqual(await check(text), []));
}

const planted: [string, string, string][] = [
  [
    "the present in ON CONFLICT DO UPDATE",
    "insert into planted.task (tenant_id, id) values ($1, $2) on conflict (tenant_id, id) do update set due_at = now()",
    "immutable-on-conflict: now in ON CONFLICT DO UPDATE",
  ],
  [
    "the present in the condition of ON CONFLICT",
    `insert into planted.task (tenant_id, id) values ($1, $2) on conflict (tenant_id, id)
      do update set tries = 0 where task.due_at < current_timestamp`,
    "immutable-on-conflict: current_… in ON CONFLICT … WHERE",
  ],
  [
    "a volatile function in UPDATE",
    `update planted.task set tries = (random() * 6)::int where ${row}`,
    "no-volatile: random in the SET of UPDATE",
  ],
  [
    "a volatile function in the condition of DELETE",
    "delete from planted.task where tenant_id = $1 and due_at < clock_timestamp()",
    "no-volatile: clock_timestamp in the WHERE of DELETE",
  ],
  [
    "an interval added to a column",
    `update planted.task set due_at = due_at + $3::interval where ${row}`,
    "no-stable-over-columns: timestamptz_pl_interval in the SET of UPDATE",
  ],
  [
    "a cast of a column",
    `update planted.task set tries = 0 where ${row} and due_at::date = $3`,
    "no-stable-over-columns: date in the WHERE of UPDATE",
  ],
  [
    "a column turned into json",
    `update planted.task set data = to_jsonb(due_at) where ${row}`,
    "no-stable-over-columns: to_jsonb in the SET of UPDATE",
  ],
  [
    "a column turned into text",
    `update planted.task set name = due_at::text where ${row}`,
    "no-stable-over-columns: timestamptz_out in the SET of UPDATE",
  ],
  [
    "the present inside COALESCE",
    `update planted.task set due_at = coalesce(due_at, now()) where ${row}`,
    "no-mutable-in-case: now in the SET of UPDATE",
  ],
  [
    "a stable function in RETURNING",
    "insert into planted.task (tenant_id) values ($1) returning due_at::text",
    "immutable-returning: timestamptz_out in RETURNING",
  ],
  [
    "a change inside a common table expression",
    `with moved as (update planted.task set until = until + $3::interval where ${row} returning id) select id from moved`,
    "no-stable-over-columns: timestamptz_pl_interval in the SET of UPDATE",
  ],
  [
    "a statement on a table that is not there",
    "delete from planted.gone where id = $1",
    'analysable: relation "planted.gone" does not exist',
  ],
];

for (const [what, text, expected] of planted) {
  test(`caught: ${what}`, async () => assert.deepEqual(await check(text), [expected]));
}
