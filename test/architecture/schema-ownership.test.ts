import assert from "node:assert/strict";
import { test } from "node:test";
import { projectRoot, withTemporaryProject } from "./project-files.ts";
import { checkSchemaOwnership } from "./schema-ownership.ts";

test("each module reads its own and lower schemas, and writes its own", () => {
  const { violations, templates } = checkSchemaOwnership(projectRoot);
  assert.deepEqual(violations, []);
  assert.ok(templates > 0, "no SQL was found");
});

/** In what is planted, `$(x)` stands for an interpolation. */
const check = async (path: string, planted: string) => {
  const text = planted.replace(/\$\((\w+)\)/g, "$${$1}");
  return (await withTemporaryProject({ [path]: `// 工單\n${text}\n` }, checkSchemaOwnership)).violations;
};

const tickets = "src/modules/helpdesk/tickets.sql.ts";

const sound: [string, string, string][] = [
  [
    "own and lower schemas, with pieces spliced in",
    tickets,
    `const lock = sql\`for update\`; const seen = sql\`and exists (select from customers.site s where s.id = $(1))\`;
    export const find = (columns, order) => sql\`select $(columns) from helpdesk.ticket t where t.id = $(1) $(seen) $(order) $(lock)\`;
    export const open = sql\`insert into helpdesk.ticket (tenant_id) values $(rows) returning id\`;`,
  ],
  [
    "a common table expression that another piece defines",
    tickets,
    "const due = sql`due as (select id from helpdesk.clock)`; export const next = sql`with $(due) select id from due`; export const all = sql`select 1 from due`;",
  ],
  [
    "the platform's own",
    "src/platform/events.ts",
    "export const add = sql`insert into platform.event (id) values ($(1))`;",
  ],
  [
    "a test that looks into a table",
    "src/modules/identity/invite.test.ts",
    'client.query("select 1 from helpdesk.ticket where id = $1");',
  ],
  [
    "prose",
    "src/modules/identity/invite.ts",
    'export const help = "select a role from the list"; export const t = "Update it.";',
  ],
];

for (const [what, path, text] of sound) {
  test(`allowed: ${what}`, async () => assert.deepEqual(await check(path, text), []));
}

const planted: [string, string, string, string][] = [
  [
    "a read to the right",
    tickets,
    "export const x = sql`select 1 from finance.invoice where id = $(1)`;",
    `${tickets}:2 reads finance.invoice, which stands to its right`,
  ],
  [
    "a read to the right in a piece",
    tickets,
    "export const x = sql`left join finance.invoice i on i.id = $(1)`;",
    `${tickets}:2 reads finance.invoice, which stands to its right`,
  ],
  [
    "a read to the right in a piece that parses nowhere",
    tickets,
    "export const x = sql`select $(1) $(2) from finance.invoice join $(3) on )`;",
    `${tickets}:2 reads finance.invoice, which stands to its right`,
  ],
  [
    "a write to the left",
    tickets,
    "export const x = sql`update customers.site set name = $(1) where id = $(2)`;",
    `${tickets}:2 writes customers.site, which belongs to customers`,
  ],
  [
    "a delete to the left inside a common table expression",
    tickets,
    "export const x = sql`with gone as (delete from customers.site returning id) select id from gone`;",
    `${tickets}:2 writes customers.site, which belongs to customers`,
  ],
  [
    "an event written past the platform",
    tickets,
    "export const x = sql`insert into platform.event (id) values ($(1))`;",
    `${tickets}:2 writes platform.event, which belongs to platform`,
  ],
  [
    "a platform that reads a module",
    "src/platform/events.ts",
    "export const x = sql`select 1 from identity.staff where id = $(1)`;",
    "src/platform/events.ts:2 reads identity.staff, which stands to its right",
  ],
  [
    "a table without its schema",
    tickets,
    "export const x = sql`select 1 from ticket where id = $(1)`;",
    `${tickets}:2 names ticket without its schema`,
  ],
  [
    "a schema that nobody owns",
    tickets,
    "export const x = sql`select 1 from stuff.thing`;",
    `${tickets}:2 names stuff.thing, a schema that nobody owns`,
  ],
  [
    "a template in a use case",
    "src/modules/helpdesk/open-ticket.ts",
    "export const x = sql`select 1 from helpdesk.ticket`;",
    "src/modules/helpdesk/open-ticket.ts:2 holds SQL; it belongs into a *.sql.ts",
  ],
  [
    "a string in a use case",
    "src/modules/helpdesk/open-ticket.ts",
    'client.query("delete from helpdesk.ticket where id = $1");',
    "src/modules/helpdesk/open-ticket.ts:2 holds SQL; it belongs into a *.sql.ts",
  ],
  [
    "a plain template in a use case",
    "src/modules/helpdesk/open-ticket.ts",
    "client.query(`select 1 from helpdesk.ticket where id = $(id)`);",
    "src/modules/helpdesk/open-ticket.ts:2 holds SQL; it belongs into a *.sql.ts",
  ],
  [
    "a string beside the templates",
    tickets,
    'client.query("delete from helpdesk.ticket where id = $1");',
    `${tickets}:2 holds SQL outside of sql\`…\``,
  ],
];

for (const [what, path, text, expected] of planted) {
  test(`caught: ${what}`, async () => assert.deepEqual(await check(path, text), [expected]));
}
