import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { migrate, readMigrations } from "../src/platform/migrate.ts";
import { type ClusterConnection, clusterVariable, startTestCluster } from "./test-cluster.ts";

/** Superuser's way into one database; the migrations made the roles to serve with. */
export type TestConnection = ClusterConnection & { database: string };

export interface TestDatabase {
  connection: TestConnection;
  /** Ends every session in it and removes it. */
  drop(): Promise<void>;
}

/** What a database is cloned from: prepared once in a test run, on top of the migrations, by whichever file asks first. */
export interface Template {
  name: string;
  prepare(connection: TestConnection): Promise<void>;
}

/**
 * A database of this test file's own, cloned from a template. Under `npm test` the files share one cluster; a file run
 * alone starts one for itself.
 */
export async function createTestDatabase(template?: Template): Promise<TestDatabase> {
  const cluster = await testCluster();
  const source = await ensureTemplate(cluster, template);
  const database = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(cluster, (client) => clone(client, source, database));
  return {
    connection: { ...cluster, database },
    drop: () => administer(cluster, (client) => client.query(`drop database ${database} with (force)`)),
  };
}

let ownCluster: Promise<ClusterConnection> | undefined;

function testCluster(): Promise<ClusterConnection> {
  const given = process.env[clusterVariable];
  ownCluster ??= given ? Promise.resolve(JSON.parse(given)) : startTestCluster().then(({ connection }) => connection);
  return ownCluster;
}

async function ensureTemplate(cluster: ClusterConnection, template: Template | undefined): Promise<string> {
  if (template === undefined) {
    return prepareOnce(cluster, `template_${await migrationsKey()}`, undefined, (connection) => migrate(connection));
  }
  const source = await ensureTemplate(cluster, undefined);
  return prepareOnce(cluster, `${source}_${shortHash(template.name)}`, source, (connection) =>
    template.prepare(connection),
  );
}

/** Makes a template under another name and renames it, so that it exists only when it is complete. */
async function prepareOnce(
  cluster: ClusterConnection,
  name: string,
  source: string | undefined,
  prepare: (connection: TestConnection) => Promise<void>,
): Promise<string> {
  await administer(cluster, async (client) => {
    await client.query("select pg_advisory_lock(hashtext($1))", [name]);
    const { rows } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rows.length > 0) return;
    const unfinished = `${name}_new`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    if (source) await clone(client, source, unfinished);
    else await client.query(`create database ${unfinished}`);
    await prepare({ ...cluster, database: unfinished });
    await client.query(`alter database ${unfinished} rename to ${name}`);
    // A session in a template would make every clone fail.
    await client.query(`alter database ${name} allow_connections false`);
  });
  return name;
}

/** The copying of files is the quicker way for databases of this size. */
async function clone(client: pg.Client, source: string, database: string): Promise<void> {
  await client.query(`create database ${database} template ${source} strategy file_copy`);
}

async function administer(cluster: ClusterConnection, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ ...cluster, database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function migrationsKey(): Promise<string> {
  const migrations = await readMigrations();
  const runner = readFileSync(join(import.meta.dirname, "../src/platform/migrate.ts"), "utf8");
  return shortHash(JSON.stringify([runner, migrations]));
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
