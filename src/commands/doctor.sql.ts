import type pg from "pg";
import { Type } from "typebox";
import type { Tx } from "../platform/db.ts";
import { compile, type SqlText, sql } from "../platform/sql.ts";

/** On the connection of the role that owns the tables, which sees the catalogue whole. */
async function ask<R extends pg.QueryResultRow>(owner: pg.Client, statement: SqlText): Promise<R[]> {
  return (await owner.query<R>(compile(statement))).rows;
}

export async function versionOf(owner: pg.Client): Promise<{ number: number; text: string }> {
  const [row] = await ask<{ number: number; text: string }>(
    owner,
    sql`select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  );
  if (!row) throw new Error("the database does not tell its version");
  return row;
}

/** Checksums of the migrations that have run, by name. */
export async function migrationsOf(owner: pg.Client): Promise<Map<string, string>> {
  const rows = await ask<{ name: string; checksum: string }>(
    owner,
    sql`select name, checksum from public.mainstay_migration order by name`,
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

export function rolesOf(owner: pg.Client): Promise<{ name: string; isPowerful: boolean; owned: number }[]> {
  return ask(
    owner,
    sql`select role.rolname as name, role.rolsuper or role.rolbypassrls as "isPowerful",
        (select count(*)::int from pg_catalog.pg_class where pg_class.relowner = role.oid) as owned
      from pg_catalog.pg_roles role where role.rolname in ('mainstay_app', 'mainstay_sweep')`,
  );
}

/** Tables of tenants, by their comment, that do not force row-level security or have no policy. */
export async function looseTables(owner: pg.Client): Promise<{ loose: string[]; sealed: number }> {
  const rows = await ask<{ name: string; sealed: boolean }>(
    owner,
    sql`select pg_namespace.nspname || '.' || pg_class.relname as name,
        pg_class.relrowsecurity and pg_class.relforcerowsecurity and exists (
          select from pg_catalog.pg_policy where pg_policy.polrelid = pg_class.oid) as sealed
      from pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = pg_class.relnamespace
      where pg_class.relkind in ('r', 'p') and not pg_class.relispartition
        and obj_description(pg_class.oid, 'pg_class') like 'tenant: %'`,
  );
  const loose = rows.filter(({ sealed }) => !sealed).map(({ name }) => name);
  return { loose, sealed: rows.length - loose.length };
}

/** Epoch milliseconds. */
export async function clockOf(owner: pg.Client): Promise<number> {
  const [row] = await ask<{ at: number }>(
    owner,
    sql`select extract(epoch from clock_timestamp())::double precision * 1000 as at`,
  );
  return row?.at ?? 0;
}

export async function countDeadJobs(owner: pg.Client): Promise<number> {
  const [row] = await ask<{ count: number }>(
    owner,
    sql`select count(*)::int as count from graphile_worker._private_jobs as job
      where job.attempts >= job.max_attempts and job.locked_at is null`,
  );
  return row?.count ?? 0;
}

export async function countDeadEvents(tx: Tx): Promise<number> {
  const row = await tx.one(
    Type.Object({ count: Type.Integer() }),
    sql`select count(*)::int as count from platform.event
      where event.tenant_id = ${tx.tenantId} and event.dead_at is not null`,
  );
  return row.count;
}

/** The contents that a tenant's attachments need, in hexadecimal. */
export async function attachmentHashes(tx: Tx): Promise<string[]> {
  const rows = await tx.many(
    Type.Object({ sha256: Type.String() }),
    sql`select distinct encode(attachment.sha256, 'hex') as sha256 from helpdesk.attachment
      where attachment.tenant_id = ${tx.tenantId}`,
  );
  return rows.map(({ sha256 }) => sha256);
}
