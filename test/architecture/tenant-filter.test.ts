import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStatement, type Registration } from "./statement-rules.ts";

const tables = new Map<string, Registration>([
  ["helpdesk.ticket", "tenant"],
  ["helpdesk.clock", "tenant"],
  ["customers.site", "tenant"],
  ["platform.worker", "global"],
]);

const run = (text: string) => checkStatement(text, { role: "app", tenant: true, tables }).map(({ detail }) => detail);

const untied = (name: string) => `${name}: its tenant_id is tied neither to a parameter nor to another's tenant_id`;

const sound: Record<string, string> = {
  "a filter by parameter": "select id from helpdesk.ticket where tenant_id = $1 and id = $2",
  "a parameter on the left, with a cast": "select id from helpdesk.ticket t where $1::uuid = t.tenant_id",
  "a row comparison": "select 1 from helpdesk.ticket t where (t.tenant_id, t.id) = ($1, $2)",
  "a join that equates": `select 1 from helpdesk.ticket t join customers.site s on s.tenant_id = t.tenant_id and s.id = t.site_id
    where t.tenant_id = $1`,
  "a join by using":
    "select 1 from helpdesk.ticket t join helpdesk.clock c using (tenant_id, id) where t.tenant_id = $1",
  "a chain of joins": `select 1 from helpdesk.clock c left join helpdesk.ticket t on t.tenant_id = c.tenant_id
    left join customers.site s on s.tenant_id = t.tenant_id where c.tenant_id = $1`,
  "an exists": `select 1 from helpdesk.ticket t where t.tenant_id = $1
    and exists (select from helpdesk.clock c where c.tenant_id = t.tenant_id and c.ticket_id = t.id)`,
  "a lateral subquery": `select 1 from helpdesk.ticket t left join lateral (
    select min(c.due_at) as due from helpdesk.clock c where c.tenant_id = t.tenant_id) c on true where t.tenant_id = $1`,
  "a scalar subquery in the select list": `select (select count(*) from helpdesk.clock c where c.tenant_id = $1)
    from customers.site where tenant_id = $1`,
  "a common table expression": `with mine as (select tenant_id, id from helpdesk.ticket where tenant_id = $1)
    select 1 from helpdesk.clock c join mine m on m.tenant_id = c.tenant_id and m.id = c.ticket_id`,
  "a change of rows picked in a common table expression": `with due as (
      select tenant_id, id from helpdesk.clock where tenant_id = $1 limit 10 for update skip locked)
    update helpdesk.clock c set state = $2 from due where c.tenant_id = due.tenant_id and c.id = due.id returning c.id`,
  "rows moved by a data-modifying expression": `with gone as (
      delete from helpdesk.clock where tenant_id = $1 returning tenant_id, ticket_id)
    insert into helpdesk.ticket (tenant_id, id) select gone.tenant_id, gone.ticket_id from gone`,
  "a recursive tree": `with recursive below as (
      select s.tenant_id, s.id from customers.site s where s.tenant_id = $1 and s.id = $2
      union all select s.tenant_id, s.id from customers.site s join below b on b.tenant_id = s.tenant_id and b.id = s.parent_id)
    select id from below`,
  "an insert": "insert into helpdesk.ticket (tenant_id, subject) values ($1, $2), ($1, $3)",
  "an insert of an array": "insert into helpdesk.clock (tenant_id, id) select $1, unnest($2::uuid[])",
  "a union": `select id from helpdesk.ticket where tenant_id = $1 union all select id from helpdesk.clock where tenant_id = $1`,
  "a subquery with column names": `select 1 from (select tenant_id, id from helpdesk.ticket where tenant_id = $1) as t (owner, id)
    join helpdesk.clock c on c.tenant_id = t.owner`,
  "a table of all tenants": "select id from platform.worker where id = $1",
};

for (const [what, text] of Object.entries(sound)) {
  test(`allowed: ${what}`, () => assert.deepEqual(run(text), []));
}

const planted: [string, string, string | string[]][] = [
  ["no filter", "select id from helpdesk.ticket", untied("helpdesk.ticket")],
  ["a filter by a constant", "select 1 from helpdesk.ticket where tenant_id = '0190'", untied("helpdesk.ticket")],
  [
    "a filter by the setting",
    "select 1 from helpdesk.ticket where tenant_id = current_setting('app.tenant')::uuid",
    untied("helpdesk.ticket"),
  ],
  ["a filter inside OR", "select 1 from helpdesk.ticket where tenant_id = $1 or id = $2", untied("helpdesk.ticket")],
  ["several tenants", "select 1 from helpdesk.ticket where tenant_id = any($1)", untied("helpdesk.ticket")],
  [
    "a join by id alone",
    "select 1 from helpdesk.ticket t join customers.site s on s.id = t.site_id where t.tenant_id = $1",
    untied("customers.site as s"),
  ],
  [
    "an outer join that filters the wrong side",
    "select 1 from helpdesk.ticket t left join customers.site s on t.tenant_id = $1 and s.tenant_id = $1",
    untied("helpdesk.ticket as t"),
  ],
  [
    "two tables tied only to each other",
    "select 1 from helpdesk.ticket t join customers.site s on s.tenant_id = t.tenant_id",
    [untied("helpdesk.ticket as t"), untied("customers.site as s")],
  ],
  [
    "an exists by id alone",
    "select 1 from helpdesk.ticket t where t.tenant_id = $1 and exists (select from helpdesk.clock c where c.ticket_id = t.id)",
    untied("helpdesk.clock as c"),
  ],
  [
    "an IN by id alone",
    "select 1 from helpdesk.ticket t where t.tenant_id = $1 and t.site_id in (select id from customers.site)",
    untied("customers.site"),
  ],
  [
    "a scalar subquery in the select list",
    "select (select count(*) from helpdesk.clock) from helpdesk.ticket where tenant_id = $1",
    untied("helpdesk.clock"),
  ],
  [
    "a subquery in a function's argument",
    "select 1 from unnest(array(select id from helpdesk.ticket)) as u(id)",
    untied("helpdesk.ticket"),
  ],
  [
    "a common table expression",
    "with all_of_them as (select id from helpdesk.ticket) select id from all_of_them where $1::uuid is not null",
    untied("helpdesk.ticket"),
  ],
  [
    "a join to a common table expression by id alone",
    "with mine as (select id from helpdesk.ticket where tenant_id = $1) select 1 from helpdesk.clock c join mine m on m.id = c.ticket_id",
    untied("helpdesk.clock as c"),
  ],
  [
    "one arm of a union",
    "select id from helpdesk.ticket where tenant_id = $1 union all select id from helpdesk.clock",
    untied("helpdesk.clock"),
  ],
  ["an update", "update helpdesk.ticket set state = $1 where id = $2", untied("helpdesk.ticket")],
  [
    "an update from another table",
    "update helpdesk.ticket t set state = $1 from helpdesk.clock c where t.tenant_id = $2 and c.ticket_id = t.id",
    untied("helpdesk.clock as c"),
  ],
  ["a delete", "delete from helpdesk.ticket where id = $1", untied("helpdesk.ticket")],
  [
    "a delete inside a common table expression",
    "with gone as (delete from helpdesk.clock where id = $1 returning id) select id from gone",
    untied("helpdesk.clock"),
  ],
  [
    "an insert without the tenant",
    "insert into helpdesk.ticket (id) values ($1)",
    "insert into helpdesk.ticket does not name tenant_id among its columns",
  ],
  [
    "an insert with the setting as tenant",
    "insert into helpdesk.ticket (tenant_id) values ($1), (current_setting('app.tenant')::uuid)",
    "insert into helpdesk.ticket takes its tenant_id from something else than a parameter",
  ],
  [
    "an insert that copies the wrong column",
    "insert into helpdesk.ticket (tenant_id, id) select id, tenant_id from helpdesk.clock where tenant_id = $1",
    "insert into helpdesk.ticket takes its tenant_id from something else than a parameter",
  ],
  [
    "a subquery in RETURNING",
    "delete from helpdesk.ticket where tenant_id = $1 returning (select count(*) from helpdesk.clock)",
    untied("helpdesk.clock"),
  ],
  [
    "a subquery in ON CONFLICT",
    `insert into helpdesk.ticket (tenant_id, id) values ($1, $2) on conflict (tenant_id, id)
      do update set subject = excluded.subject where exists (select from helpdesk.clock)`,
    untied("helpdesk.clock"),
  ],
];

for (const [what, text, expected] of planted) {
  test(`caught: ${what}`, () => assert.deepEqual(run(text), [expected].flat()));
}
