import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "../platform/cannot-start.ts";
import type { Config } from "../platform/config.ts";
import { readPassword } from "../platform/create-cluster.ts";
import { type Connection, openDatabase } from "../platform/db.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../platform/embedded-postgres.ts";
import type { Installation } from "../platform/open-installation.ts";
import { systemStateDir } from "../platform/postgres-files.ts";
import { choosePlace } from "../platform/postgres-place.ts";
import { isPostmasterOf } from "../platform/process-identity.ts";

export interface JoinedInstallation extends Installation {
  /** Whether a server was running already, which goes on. */
  isRunning: boolean;
}

const databaseName = "mainstay";

/**
 * The database of an installation for a command beside it: through the socket of the server that runs, or started for as
 * long as the command lasts. It is left as it is: nothing is migrated.
 * @throws CannotStart when there is no installation
 */
export async function joinInstallation(config: Config): Promise<JoinedInstallation> {
  if (config.databaseUrl) {
    const owner = { connectionString: config.ownerDatabaseUrl ?? config.databaseUrl };
    // One address for both: with the rights of mainstay_app all the same.
    if (!config.ownerDatabaseUrl) process.env.MAINSTAY_PG_ROLE = "mainstay_app";
    const db = openDatabase({ connectionString: config.databaseUrl }, { size: 2 });
    return { db, owner, isRunning: true, stop: () => db.end() };
  }
  const running = runningPostgres(config.dataDir);
  if (running) return joined(running, undefined);
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir });
  return joined(postgres.connection, postgres);
}

function joined(connection: Connection, started: EmbeddedPostgres | undefined): JoinedInstallation {
  const owner = { ...connection, database: databaseName };
  const isWindows = process.platform === "win32";
  // There the role's password is known to the running server only.
  if (isWindows) process.env.MAINSTAY_PG_ROLE = "mainstay_app";
  const db = openDatabase(isWindows ? owner : { ...owner, user: "mainstay_app" }, { size: 2 });
  return {
    db,
    owner,
    isRunning: started === undefined,
    async stop() {
      await db.end();
      await started?.stop();
    },
  };
}

/** How to reach the PostgreSQL that serves a data folder now; undefined when none does. */
function runningPostgres(dataDir: string): Connection | undefined {
  const known = existsSync(join(dataDir, "postgres")) || existsSync(join(dataDir, "cluster-location"));
  if (!known)
    throw new CannotStart(
      `There is no installation in ${dataDir} yet. Start Mainstay once, or name another with --data.`,
    );
  const { cluster } = choosePlace(dataDir, systemStateDir);
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  // Number of the process, data folder, start, port, folder of the socket, address.
  const [pid, , , port, socketFolder, address] = readFileSync(file, "utf8").split("\n");
  if (!isPostmasterOf(Number(pid), cluster)) return undefined;
  const password = process.platform === "win32" ? { password: readPassword(dataDir).password } : {};
  return { host: socketFolder || address || "127.0.0.1", port: Number(port), user: "postgres", ...password };
}
