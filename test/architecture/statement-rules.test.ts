import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStatement, type Registration, type StatementContext } from "./statement-rules.ts";

const tables = new Map<string, Registration>([
  ["helpdesk.ticket", "tenant"],
  ["helpdesk.clock", "tenant"],
  ["platform.worker", "global"],
  ["auth.session", "library"],
  ["graphile_worker._private_jobs", "library"],
]);
const inTenant: StatementContext = { role: "app", tenant: true, tables };
const outside: StatementContext = { role: "app", tenant: false, tables };
const sweep: StatementContext = { role: "sweep", tenant: false, tables, sweeps: new Set(["due clocks"]) };

const check = (text: string, context: StatementContext) =>
  checkStatement(text, context).map(({ rule, detail }) => `${rule}: ${detail}`);

const sound: [string, StatementContext, string][] = [
  [
    "a page by key",
    inTenant,
    "select id from helpdesk.ticket where tenant_id = $1 and id < $2 order by id desc limit 50",
  ],
  [
    "an upsert by tenant",
    inTenant,
    "insert into helpdesk.ticket (tenant_id, id) values ($1, $2) on conflict (tenant_id, id) do update set n = excluded.n",
  ],
  [
    "rows made from arrays",
    inTenant,
    "insert into helpdesk.clock (tenant_id, id) select $1, x from unnest($2::uuid[]) as u (x)",
  ],
  ["a global table outside tenants", outside, "update platform.worker set started_at = $1 where id = $2"],
  ["the job library's own", outside, "select * from graphile_worker._private_jobs offset 3"],
  ["the sign-in library's own", outside, "update auth.session set expires_at = now() where token = $1"],
  ["the tenant of a transaction", outside, "set local app.tenant = '01900000-0000-7000-8000-000000000000'"],
  [
    "a sweep over two tables",
    sweep,
    `/* sweep: due clocks */ select c.tenant_id, c.id from helpdesk.clock c
      join helpdesk.ticket t on t.tenant_id = c.tenant_id and t.id = c.ticket_id where c.due_at < $1 limit 100`,
  ],
  ["whatever the owner migrates", { ...inTenant, role: "owner" }, "create table helpdesk.x (id int)"],
];

for (const [what, context, text] of sound) {
  test(`allowed: ${what}`, () => assert.deepEqual(check(text, context), []));
}

const untied = (name: string) =>
  `tenant-filter: ${name}: its tenant_id is tied neither to a parameter nor to another's tenant_id`;

const planted: [string, StatementContext, string, string[]][] = [
  ["what is no SQL", inTenant, "selekt 1", ['parses: syntax error at or near "selekt"']],
  [
    "OFFSET",
    inTenant,
    "select id from helpdesk.ticket where tenant_id = $1 limit 50 offset $2",
    ["no-offset: OFFSET; page by key"],
  ],
  [
    "OFFSET in a subquery",
    inTenant,
    "select 1 from (select id from helpdesk.ticket where tenant_id = $1 offset 1) x",
    ["no-offset: OFFSET; page by key"],
  ],
  [
    "MERGE",
    inTenant,
    "merge into platform.worker w using (select $1::text as id) n on n.id = w.id when matched then do nothing",
    ["no-merge: MERGE"],
  ],
  [
    "a subquery inside VALUES",
    inTenant,
    "insert into helpdesk.ticket (tenant_id, n) values ($1, (select max(n) from helpdesk.ticket where tenant_id = $1))",
    ["no-subquery-in-values: a subquery inside VALUES"],
  ],
  [
    "set_config",
    outside,
    "select set_config('app.tenant', $1, true)",
    ["no-set-config: set_config() does not travel; SET LOCAL does"],
  ],
  [
    "a tenant set for the session",
    outside,
    "set app.tenant = '01900000-0000-7000-8000-000000000000'",
    ["set-local: app.tenant is set beyond its transaction"],
  ],
  [
    "a tenant that moves",
    inTenant,
    "update helpdesk.ticket set tenant_id = $2 where tenant_id = $1",
    ["fixed-tenant: tenant_id is updated"],
  ],
  [
    "a tenant that moves on conflict",
    inTenant,
    `insert into helpdesk.ticket (tenant_id, id) values ($1, $2)
      on conflict (tenant_id, id) do update set tenant_id = excluded.tenant_id`,
    ["fixed-tenant: tenant_id is updated"],
  ],
  [
    "a conflict across tenants",
    inTenant,
    "insert into helpdesk.ticket (tenant_id, id) values ($1, $2) on conflict (id) do nothing",
    ["conflict-target: ON CONFLICT (id) leaves out tenant_id"],
  ],
  [
    "a table without its schema",
    inTenant,
    "select 1 from ticket where tenant_id = $1",
    ["qualified: table ticket is named without its schema"],
  ],
  [
    "a table that nobody registered",
    inTenant,
    "delete from helpdesk.secret where tenant_id = $1",
    ["registered: helpdesk.secret is not registered as tenant or global"],
  ],
  [
    "a tenant's table outside any tenant",
    outside,
    "select 1 from helpdesk.ticket where tenant_id = $1",
    ["inside-tenant: helpdesk.ticket is a tenant's, and the statement ran outside any tenant"],
  ],
  ["a change of the schema", inTenant, "create table helpdesk.x (id int)", ["kind: the app runs no CreateStmt"]],
  ["a truncation", outside, "truncate platform.worker", ["kind: the app runs no TruncateStmt"]],
  [
    "a library's statement that reaches into ours",
    inTenant,
    "select 1 from graphile_worker._private_jobs j join helpdesk.ticket t on t.id::text = j.key",
    [untied("helpdesk.ticket as t")],
  ],
  ["a sweep without a name", sweep, "select id from helpdesk.ticket", ["sweep: does not begin with /* sweep: name */"]],
  [
    "a sweep that is not on the list",
    sweep,
    "/* sweep: everything */ select id from helpdesk.ticket",
    ["sweep: everything is not on the list of sweep-statements.ts"],
  ],
  [
    "a sweep that locks",
    sweep,
    "/* sweep: due clocks */ select id from helpdesk.clock for update skip locked",
    ["sweep: FOR UPDATE"],
  ],
  [
    "a sweep that recurs",
    sweep,
    "/* sweep: due clocks */ with recursive n as (select 1 as i union all select i + 1 from n where i < 9) select i from n",
    ["sweep: WITH RECURSIVE"],
  ],
  [
    "a sweep that rolls up",
    sweep,
    "/* sweep: due clocks */ select tenant_id, count(*) from helpdesk.clock group by rollup (tenant_id)",
    ["sweep: ROLLUP, CUBE or GROUPING SETS"],
  ],
  ["a sweep that writes", sweep, "/* sweep: due clocks */ delete from helpdesk.clock", ["sweep: it writes"]],
  [
    "a sweep that joins across tenants",
    sweep,
    "/* sweep: due clocks */ select 1 from helpdesk.clock c join helpdesk.ticket t on t.id = c.ticket_id",
    [untied("helpdesk.ticket as t")],
  ],
];

for (const [what, context, text, expected] of planted) {
  test(`caught: ${what}`, () => assert.deepEqual(check(text, context).sort(), expected.sort()));
}
