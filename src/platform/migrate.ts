import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runMigrations as migrateJobs } from "graphile-worker";
import pg from "pg";
import type { Connection } from "./db.ts";

export const migrationsFolder = join(import.meta.dirname, "../../migrations");

/**
 * Brings a database to this version: roles, the job library's tables, then each migration once, in order, each in a
 * transaction of its own. Forward only: a file that changed after it ran is refused. Safe to run from many processes.
 * @param owner connection of the role that owns the tables
 */
export async function migrate(owner: Connection, log: (line: string) => void = () => {}): Promise<void> {
  const client = new pg.Client({ ...owner, options: "-c timezone=UTC" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('mainstay.migrate'))");
    await refuseOldServer(client);
    await createRoles(client);
    await client.query(`
      create table if not exists public.mainstay_migration (
        name text primary key, checksum text not null, applied_at timestamptz not null)`);
    await client.query("comment on table public.mainstay_migration is 'global: a migration that has run'");
    await client.query("grant select on public.mainstay_migration to mainstay_app");
    const done = await appliedMigrations(client);
    if (done.size === 0 || !(await jobTablesExist(client))) await migrateJobTables(owner, client);
    for (const { name, text, checksum } of await readMigrations()) {
      const known = done.get(name);
      if (known === checksum) continue;
      if (known) throw new Error(`Migration ${name} changed after it ran here. Restore the file, or restore a backup.`);
      await client.query("begin");
      try {
        await client.query(text);
        await client.query("insert into public.mainstay_migration values ($1, $2, now())", [name, checksum]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`Migration ${name} failed; the database is as it was before it.`, { cause: error });
      }
      log(`migrated ${name}`);
    }
    const unknown = [...done.keys()].filter((name) => !knownNames.has(name));
    if (unknown.length > 0) throw new Error(`This database is newer than this program (it has ${unknown.join(", ")}).`);
  } finally {
    await client.end();
  }
}

/** True when every migration of this program has run. */
export async function isMigrated(query: (text: string) => Promise<{ rows: { name: string }[] }>): Promise<boolean> {
  const { rows } = await query("select name from public.mainstay_migration");
  const done = new Set(rows.map((row) => row.name));
  return (await readMigrations()).every(({ name }) => done.has(name));
}

const knownNames = new Set<string>();

export async function readMigrations(): Promise<{ name: string; text: string; checksum: string }[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      knownNames.add(name);
      const text = await readFile(join(migrationsFolder, name), "utf8");
      return { name, text, checksum: createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex") };
    }),
  );
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from public.mainstay_migration",
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
  if (Number(rows[0]?.version) < 180000) throw new Error("Mainstay needs PostgreSQL 18 or newer (DATABASE_URL).");
}

/** Roles belong to the whole cluster; two databases of one cluster share them. */
async function createRoles(client: pg.Client): Promise<void> {
  for (const role of ["mainstay_app", "mainstay_sweep"]) {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
    exception when duplicate_object or unique_violation then null; end $$`);
  }
  // Whoever migrates may also serve with the rights of mainstay_app, when there is one address for both.
  await client.query(`do $$ begin
    if current_user <> 'mainstay_app' and not pg_has_role(current_user, 'mainstay_app', 'set') then
      execute format('grant mainstay_app to %I with inherit false, set true', current_user);
    end if;
  end $$`);
  await client.query(`do $$ begin
    if not exists (select from pg_auth_members where roleid = 'mainstay_sweep'::regrole and member = 'mainstay_app'::regrole)
    then grant mainstay_sweep to mainstay_app with inherit false, set true; end if;
  exception when duplicate_object or unique_violation then null; end $$`);
}

async function jobTablesExist(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("select 1 where to_regclass('graphile_worker.migrations') is not null");
  return rows.length > 0;
}

/** The job library creates its own tables and switches row-level security on without any policy; the app needs both. */
async function migrateJobTables(owner: Connection, client: pg.Client): Promise<void> {
  const pool = new pg.Pool({ ...owner, max: 1 });
  // The library asks for both: an error that is lost here fails its own statement anyway.
  pool.on("error", () => {});
  pool.on("connect", (connected) => connected.on("error", () => {}));
  try {
    await migrateJobs({ pgPool: pool });
  } finally {
    await pool.end();
  }
  await client.query(`
    grant usage on schema graphile_worker to mainstay_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to mainstay_app;
    grant usage on all sequences in schema graphile_worker to mainstay_app;
    grant execute on all functions in schema graphile_worker to mainstay_app`);
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid)`);
  for (const { name } of rows) {
    await client.query(`create policy app on graphile_worker.${name} to mainstay_app using (true)`);
  }
}
