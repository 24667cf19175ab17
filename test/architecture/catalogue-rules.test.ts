import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { checkCatalogue } from "./catalogue-rules.ts";

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

test("the migrated database keeps every rule", async () => {
  const { rows } = await client.query(
    "select count(*)::int as tables from pg_policy join pg_class c on c.oid = polrelid where polname = 'tenant'",
  );
  assert.ok(rows[0].tables > 10, "hardly any tenant table was found");
  assert.deepEqual(await checkCatalogue(client), []);
});

/** Changes the schema, looks, and takes the change back. */
async function plant(change: string): Promise<string[]> {
  await client.query("begin");
  try {
    await client.query(change);
    return await checkCatalogue(client);
  } finally {
    await client.query("rollback");
  }
}

const tenantTable = (name: string, columns: string) => `
  create table helpdesk.${name} (tenant_id uuid not null, id uuid not null default uuidv7(), ${columns});
  comment on table helpdesk.${name} is 'tenant: planted';
  select platform.seal_off('helpdesk.${name}');`;
const helpdesk = "create schema if not exists helpdesk;";
const sound = `${helpdesk} ${tenantTable("thing", "primary key (tenant_id, id)")}`;

test("sound tables pass: by tenant, global, partitioned", async () => {
  const found = await plant(`${sound}
    create table helpdesk.part (tenant_id uuid not null, id uuid not null default uuidv7(), thing_id uuid, latitude double precision,
      primary key (tenant_id, id), foreign key (tenant_id, thing_id) references helpdesk.thing) partition by range (id);
    comment on table helpdesk.part is 'tenant: planted';
    select platform.partition_by_year('helpdesk.part');
    select platform.seal_off('helpdesk.part'), platform.let_sweep_read('helpdesk.part');
    create index on helpdesk.part (tenant_id, thing_id) where thing_id is not null;
    create table helpdesk.everywhere (code text primary key, at timestamptz);
    comment on table helpdesk.everywhere is 'global: planted';`);
  assert.deepEqual(found, await checkCatalogue(client));
});

const planted: [string, string, string][] = [
  ["a table that says nothing", "create table helpdesk.x (id int primary key)", "registered: helpdesk.x"],
  [
    "a table that says something else",
    "create table helpdesk.x (code int primary key); comment on table helpdesk.x is 'tenants: all'",
    "registered: helpdesk.x",
  ],
  ["a schema of no module", "create schema misc", "known-schema: misc"],
  [
    "a table in public",
    "create table public.x (code int primary key); comment on table public.x is 'global: x'",
    "known-schema: public.x",
  ],
  [
    "a tenant_id that may be null",
    "create table helpdesk.x (tenant_id uuid, code int primary key); comment on table helpdesk.x is 'tenant: x'",
    "tenant-id: helpdesk.x",
  ],
  [
    "a table without a key",
    "create table helpdesk.x (at date); comment on table helpdesk.x is 'global: x'",
    "primary-key: helpdesk.x",
  ],
  [
    "a key without the tenant",
    tenantTable("x", "primary key (id)"),
    "tenant-first-in-key: helpdesk.x (PRIMARY KEY (id))",
  ],
  [
    "a key with the tenant last",
    tenantTable("x", "primary key (id, tenant_id)"),
    "tenant-first-in-key: helpdesk.x (PRIMARY KEY (id, tenant_id))",
  ],
  [
    "a unique constraint without the tenant",
    tenantTable("x", "code text unique, primary key (tenant_id, id)"),
    "tenant-first-in-key: helpdesk.x (UNIQUE (code))",
  ],
  [
    "a unique index without the tenant",
    `${tenantTable("x", "code text, primary key (tenant_id, id)")} create unique index x_code on helpdesk.x (lower(code))`,
    "tenant-first-in-unique-index: CREATE UNIQUE INDEX x_code ON helpdesk.x USING btree (lower(code))",
  ],
  [
    "a foreign key without the tenant in front",
    tenantTable(
      "x",
      "thing_id uuid, primary key (tenant_id, id), foreign key (thing_id, tenant_id) references helpdesk.thing (id, tenant_id)",
    ).replace("create", "create unique index on helpdesk.thing (id, tenant_id); create"),
    "foreign-key-with-tenant: helpdesk.x FOREIGN KEY (thing_id, tenant_id) REFERENCES helpdesk.thing(id, tenant_id)",
  ],
  [
    "a foreign key to a global table",
    tenantTable("x", "primary key (tenant_id, id), foreign key (tenant_id) references identity.tenant"),
    "no-foreign-key-between-tenant-and-global: helpdesk.x FOREIGN KEY (tenant_id) REFERENCES identity.tenant(id)",
  ],
  [
    "a foreign key from a global table",
    `create table helpdesk.x (t uuid, i uuid, primary key (t, i), foreign key (t, i) references helpdesk.thing);
      comment on table helpdesk.x is 'global: x'`,
    "no-foreign-key-between-tenant-and-global: helpdesk.x FOREIGN KEY (t, i) REFERENCES helpdesk.thing(tenant_id, id)",
  ],
  [
    "ON DELETE SET NULL",
    `alter table helpdesk.thing add column up uuid, add foreign key (tenant_id, up) references helpdesk.thing on delete set null (up);
      create index on helpdesk.thing (tenant_id, up)`,
    "no-set-null-no-cascade-of-keys: helpdesk.thing FOREIGN KEY (tenant_id, up) REFERENCES helpdesk.thing(tenant_id, id) ON DELETE SET NULL (up)",
  ],
  [
    "ON UPDATE CASCADE",
    `alter table helpdesk.thing add column up uuid, add foreign key (tenant_id, up) references helpdesk.thing on update cascade;
      create index on helpdesk.thing (tenant_id, up)`,
    "no-set-null-no-cascade-of-keys: helpdesk.thing FOREIGN KEY (tenant_id, up) REFERENCES helpdesk.thing(tenant_id, id) ON UPDATE CASCADE",
  ],
  [
    "a foreign key without an index",
    "alter table helpdesk.thing add column up uuid, add foreign key (tenant_id, up) references helpdesk.thing; create index on helpdesk.thing (up)",
    "foreign-key-has-index: helpdesk.thing FOREIGN KEY (tenant_id, up) REFERENCES helpdesk.thing(tenant_id, id)",
  ],
  ["an id without a default", "alter table helpdesk.thing alter id drop default", "id-by-uuidv7: helpdesk.thing.id"],
  [
    "an id by another maker",
    "alter table helpdesk.thing alter id set default gen_random_uuid()",
    "id-by-uuidv7: helpdesk.thing.id",
  ],
  [
    "a time without its zone",
    "alter table helpdesk.thing add column at timestamp",
    "exact-types: helpdesk.thing.at timestamp without time zone",
  ],
  [
    "money in floating point",
    "alter table helpdesk.thing add column price float8",
    "exact-types: helpdesk.thing.price double precision",
  ],
  [
    "money as numeric, in a list",
    "alter table helpdesk.thing add column prices numeric[]",
    "exact-types: helpdesk.thing.prices numeric[]",
  ],
  [
    "a trigger",
    `create function helpdesk.noop() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger watch after insert on helpdesk.thing for each row execute function helpdesk.noop()`,
    "no-trigger: helpdesk.thing watch",
  ],
  ["a rule", "create rule quiet as on delete to helpdesk.thing do instead nothing", "no-trigger: helpdesk.thing quiet"],
  [
    "a materialized view",
    "create materialized view helpdesk.sum as select 1 as n; comment on materialized view helpdesk.sum is 'global: x'",
    "no-materialized-view: helpdesk.sum",
  ],
  [
    "no row-level security",
    "alter table helpdesk.thing disable row level security",
    "row-security-forced: helpdesk.thing",
  ],
  [
    "an owner who stands above it",
    "alter table helpdesk.thing no force row level security",
    "row-security-forced: helpdesk.thing",
  ],
  ["no policy", "drop policy tenant on helpdesk.thing", "tenant-policy: helpdesk.thing"],
  [
    "a policy that lets everything through",
    "create policy wide on helpdesk.thing for select to mainstay_app using (true)",
    "no-wider-policy: helpdesk.thing wide",
  ],
  [
    "a policy that lets everything in",
    "alter policy tenant on helpdesk.thing with check (true)",
    "no-wider-policy: helpdesk.thing tenant",
  ],
  [
    "a sweep that may write by policy",
    "create policy sweep on helpdesk.thing to mainstay_sweep using (true)",
    "sweep-policy-only-reads: helpdesk.thing sweep",
  ],
  [
    "a sweep that may write by grant",
    "grant update on helpdesk.thing to mainstay_sweep",
    "sweep-only-reads: helpdesk.thing UPDATE",
  ],
  [
    "a sweep that may write one column",
    "grant update (id) on helpdesk.thing to mainstay_sweep",
    "sweep-only-reads: helpdesk.thing.id UPDATE",
  ],
  [
    "a partition beside its parent's security",
    "grant select on platform.event_2026 to mainstay_app",
    "partition-not-open: platform.event_2026",
  ],
  [
    "an app that may empty a table",
    "grant truncate on helpdesk.thing to mainstay_app",
    "app-changes-rows-only: helpdesk.thing TRUNCATE",
  ],
  ["a grant to everyone", "grant select on helpdesk.thing to public", "nothing-for-everyone: helpdesk.thing SELECT"],
  [
    "an app that owns a table",
    "alter table helpdesk.thing owner to mainstay_app",
    "serving-roles-own-nothing: mainstay_app table helpdesk.thing",
  ],
  [
    "an app that may make tables",
    "grant create on schema helpdesk to mainstay_app",
    "serving-roles-own-nothing: mainstay_app in helpdesk",
  ],
  ["an app above row-level security", "alter role mainstay_app bypassrls", "serving-roles-are-plain: mainstay_app"],
  [
    "an app that inherits what the sweep may",
    "grant mainstay_sweep to mainstay_app with inherit true",
    "serving-roles-are-plain: mainstay_app is mainstay_sweep",
  ],
  [
    "a function with its owner's rights",
    "create function helpdesk.peek() returns int language sql security definer as 'select 1'",
    "caller's-rights: helpdesk.peek",
  ],
  [
    "a view with its owner's rights",
    "create view helpdesk.peep as select id from helpdesk.thing; comment on view helpdesk.peep is 'tenant: x'",
    "caller's-rights: helpdesk.peep",
  ],
];

for (const [what, change, expected] of planted) {
  test(`caught: ${what}`, async () => {
    const found = await plant(`${sound} ${change}`);
    assert.ok(found.includes(expected), `expected "${expected}" among:\n${found.join("\n")}`);
  });
}
