import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import pg from "pg";
import { CannotStart } from "./cannot-start.ts";
import type { Config } from "./config.ts";
import { type Connection, type Database, openDatabase } from "./db.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrate.ts";

/** The database of an installation, ready to serve: embedded and started with this process, or one of its own. */
export interface Installation {
  db: Database;
  /** Of the role that owns the tables; for migrations, backup and doctor. */
  owner: Connection;
  stop(): Promise<void>;
}

const databaseName = "mainstay";

/**
 * Opens the installation's database and brings it to this version. Without `DATABASE_URL` the embedded PostgreSQL is
 * started on the data folder; with it, `MAINSTAY_OWNER_DATABASE_URL` migrates, or the same address if there is no other.
 * @throws CannotStart with a sentence for the operator
 */
export async function openInstallation(config: Config, log: Log): Promise<Installation> {
  await makeFolder(config.dataDir).catch((error: Error) => {
    throw new CannotStart(`The data folder ${config.dataDir} cannot be made: ${error.message}`);
  });
  if (config.databaseUrl) return openExternal(config, config.databaseUrl, log);
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (line) => log.debug({ line }, "postgres"),
  });
  postgres.onExit((exit) => log.error({ exit }, "PostgreSQL ended unexpectedly; it is being started again"));
  try {
    await createDatabase({ ...postgres.connection, database: "postgres" });
    const owner = { ...postgres.connection, database: databaseName };
    await migrate(owner, (line) => log.info({}, line));
    const app = process.platform === "win32" ? await withPassword(owner) : { ...owner, user: "mainstay_app" };
    const db = open(app, config, log);
    return {
      db,
      owner,
      async stop() {
        await db.end();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Level by level: Node's own recursive way never comes back from file systems that make no folders, such as /proc. */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

async function openExternal(config: Config, databaseUrl: string, log: Log): Promise<Installation> {
  const owner = { connectionString: config.ownerDatabaseUrl ?? databaseUrl };
  try {
    await migrate(owner, (line) => log.info({}, line));
  } catch (error) {
    throw new CannotStart(`The database could not be brought to this version: ${describe(error)}`);
  }
  // One address for both: serve with the rights of mainstay_app all the same.
  if (!config.ownerDatabaseUrl) process.env.MAINSTAY_PG_ROLE = "mainstay_app";
  const db = open({ connectionString: databaseUrl }, config, log);
  return { db, owner, stop: () => db.end() };
}

function open(connection: Connection, config: Config, log: Log): Database {
  return openDatabase(connection, {
    size: config.databaseConnections,
    onError: (error) => log.warn({ err: error }, "a database connection was lost"),
  });
}

async function createDatabase(connection: Connection): Promise<void> {
  await asSuperuser(connection, async (client) => {
    const { rows } = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (rows.length === 0) await client.query(`create database ${databaseName}`);
  });
}

/** Where there are no Unix sockets the role needs a password: a new one for each start, known to nobody else. */
async function withPassword(owner: Connection): Promise<Connection> {
  const password = randomUUID();
  await asSuperuser(owner, (client) => client.query(`alter role mainstay_app password '${password}'`));
  return { ...owner, user: "mainstay_app", password };
}

async function asSuperuser<R>(connection: Connection, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} ${error.cause.message}` : error.message;
}
