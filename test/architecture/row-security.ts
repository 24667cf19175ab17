import type { ClientBase } from "pg";
import { appRole, sweepRole } from "./catalogue-access-rules.ts";

interface Column {
  name: string;
  type: string;
  category: string;
  required: boolean;
}

interface TenantTable {
  name: string;
  columns: Column[];
  privileges: string[];
}

const tenants = {
  ours: "01900000-0000-7000-8000-00000000000a",
  theirs: "01900000-0000-7000-8000-00000000000b",
};

const rightMissing = "42501";

/**
 * Tries every tenant table as the app does: with no tenant and with another's, its one row is not seen, not changed, not
 * deleted, and no row gets in; with its own tenant, it is seen. Everything happens in a transaction that is taken back.
 * @param client a superuser's connection to a migrated database
 */
export async function checkRowSecurity(client: ClientBase): Promise<{ violations: string[]; tables: number }> {
  const violations: string[] = [];
  const found = await tenantTables(client);
  for (const table of found) {
    await client.query("begin");
    try {
      await plantRow(client, table);
      violations.push(...(await checkTable(client, table)));
    } catch (error) {
      violations.push(`${table.name}: could not be tried: ${error instanceof Error ? error.message : error}`);
    } finally {
      await client.query("rollback");
    }
  }
  return { violations, tables: found.length };
}

async function checkTable(client: ClientBase, table: TenantTable): Promise<string[]> {
  const violations: string[] = [];
  const report = (what: string) => violations.push(`${table.name}: ${what}`);
  await client.query(`set local role ${appRole}`);
  for (const [whose, tenant] of [
    ["no tenant", ""],
    ["another tenant", tenants.theirs],
  ] as const) {
    await client.query(`set local app.tenant = '${tenant}'`);
    for (const { command, privilege } of attempts(table)) {
      const touched = await attempt(client, command);
      if (touched === "refused" && !table.privileges.includes(privilege)) continue;
      if (touched !== 0) report(`with ${whose} set, ${privilege} touches ${touched} rows`);
    }
    if ((await attempt(client, insertOf(table, tenants.ours))) !== "refused")
      report(`with ${whose} set, INSERT is let in`);
  }
  await client.query(`set local app.tenant = '${tenants.ours}'`);
  const own = await attempt(client, `select from ${table.name}`);
  if (own !== 1) report(`with its own tenant set, SELECT touches ${own} rows`);
  const written = await attempt(client, `set local role ${sweepRole}; ${insertOf(table, tenants.ours)}`);
  if (written !== "refused") report("the sweep may INSERT");
  return violations;
}

function attempts({ name }: TenantTable): { command: string; privilege: string }[] {
  return [
    { privilege: "SELECT", command: `select from ${name}` },
    { privilege: "UPDATE", command: `update ${name} set tenant_id = tenant_id` },
    { privilege: "DELETE", command: `delete from ${name}` },
  ];
}

/** Row-level security is asked before any constraint, so an insert that it lets pass fails otherwise or succeeds. */
function insertOf({ name }: TenantTable, tenant: string): string {
  return `insert into ${name} (tenant_id) values ('${tenant}')`;
}

/** @returns how many rows it touched, "refused" for want of a right, or "failed" for any other reason */
async function attempt(client: ClientBase, command: string): Promise<number | "refused" | "failed"> {
  await client.query("savepoint attempt");
  try {
    const result = await client.query(command);
    return (Array.isArray(result) ? result.at(-1) : result).rowCount ?? 0;
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
    return code === rightMissing ? "refused" : "failed";
  } finally {
    await client.query("rollback to savepoint attempt");
  }
}

async function tenantTables(client: ClientBase): Promise<TenantTable[]> {
  const { rows } = await client.query<TenantTable>(
    `select c.oid::regclass::text as name,
      array(select privilege from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
        where has_table_privilege($1, c.oid, privilege)) as privileges,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'category', t.typcategory, 'required', a.attnotnull and not a.atthasdef and a.attidentity = '') order by a.attnum)
        from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition and obj_description(c.oid, 'pg_class') like 'tenant: %'
    order by 1`,
    [appRole],
  );
  return rows;
}

/** One row of our tenant, without regard to what it refers to or may hold. */
async function plantRow(client: ClientBase, table: TenantTable): Promise<void> {
  await client.query("set local session_replication_role = replica");
  const checks = await client.query<{ name: string }>(
    "select quote_ident(conname) as name from pg_constraint where conrelid = $1::regclass and contype = 'c' and conparentid = 0",
    [table.name],
  );
  for (const { name } of checks.rows) await client.query(`alter table ${table.name} drop constraint ${name}`);
  const given = table.columns.filter((column) => column.required);
  const values = given.map((column) => (column.name === "tenant_id" ? `'${tenants.ours}'` : sample(column)));
  await client.query(
    `insert into ${table.name} (${given.map(({ name }) => `"${name}"`).join(", ")}) values (${values.join(", ")})`,
  );
}

function sample({ type, category }: Column): string {
  if (type === "uuid") return "uuidv7()";
  if (type.startsWith("json")) return "'{}'";
  if (type === "bytea") return "''";
  if (category === "A") return "'{}'";
  if (category === "N") return "1";
  if (category === "B") return "true";
  if (category === "D") return "now()";
  if (category === "T") return "'1 hour'";
  if (category === "I") return "'127.0.0.1'";
  if (category === "R") return "'empty'";
  if (category === "E") return `(enum_range(null::${type}))[1]`;
  return "'x'";
}
