import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "./cannot-start.ts";
import { ensureCluster, readPassword } from "./create-cluster.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { postgresFiles, systemStateDir } from "./postgres-files.ts";
import { choosePlace, type Place, socketFolder } from "./postgres-place.ts";
import { type PostgresSettings, serverSettings } from "./postgres-settings.ts";
import {
  type PostgresExit,
  type Postmaster,
  type PostmasterOptions,
  startPostmaster,
  stopPostmaster,
} from "./postmaster.ts";

export type { PostgresExit } from "./postmaster.ts";

export interface EmbeddedPostgres {
  /** As superuser; `host` is the folder of the socket, or the loopback address on Windows. */
  readonly connection: { host: string; port: number; user: "postgres"; password?: string };
  /** Of the PostgreSQL that runs now; another one after it was killed and started again. */
  readonly pid: number;
  /** The cluster's own folder, what a backup copies. */
  readonly cluster: string;
  /** "fast" (the default) ends sessions and checkpoints, "immediate" leaves recovery to the next start. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  /** Tells of each end that `stop` did not ask for; PostgreSQL is then started again at once, and retried if it fails. */
  onExit(listener: (exit: PostgresExit) => void): void;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** Added to, or in place of, the settings for a small server. */
  settings?: PostgresSettings;
  /** PostgreSQL's log, line by line. */
  log?: (line: string) => void;
  /** Where root's PostgreSQL lives when the data folder is out of its reach. */
  stateDir?: string;
}

/**
 * Starts the bundled PostgreSQL on a data folder, making the cluster first if there is none. It ends with `stop` or with
 * this process; if this process is killed, the next start on the folder stops the one left behind.
 * @throws CannotStart when the folder is in use, of another version, or out of reach
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const stateDir = options.stateDir ?? systemStateDir;
  const place = choosePlace(options.dataDir, stateDir);
  const lock = lockPlace(place);
  try {
    const native = postgresFiles(place.account, stateDir);
    const isWindows = process.platform === "win32";
    const secret = isWindows ? readPassword(options.dataDir) : undefined;
    const settings = { ...serverSettings(), ...options.settings };
    await ensureCluster(place, native, { passwordFile: secret?.file, durable: settings.fsync !== false });
    const port = isWindows ? await freePort() : 5432;
    const socketDir = isWindows ? undefined : socketFolder(place, port);
    const log = options.log ?? (() => {});
    const start: PostmasterOptions = { place, native, port, socketDir, settings, log };
    const postgres = superviseFrom(await startPostmaster(start), start, lock);
    const password = secret ? { password: secret.password } : {};
    return {
      connection: { host: socketDir ?? "127.0.0.1", port, user: "postgres", ...password },
      cluster: place.cluster,
      get pid() {
        return postgres.pid();
      },
      stop: postgres.stop,
      onExit: postgres.onExit,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockPlace({ home }: Place): FolderLock {
  const lock = lockFolder(home);
  if ("release" in lock) return lock;
  throw new CannotStart(
    `Mainstay (process ${lock.heldBy}) already uses this data folder. Stop it, or choose another with --data.`,
  );
}

/** Keeps PostgreSQL running: started again when it ends unasked, with growing pauses while it keeps ending. */
function superviseFrom(first: Postmaster, options: PostmasterOptions, lock: FolderLock) {
  const listeners: ((exit: PostgresExit) => void)[] = [];
  const stopping = new AbortController();
  let current = first;
  // A process that ends without `stop` still asks PostgreSQL to shut down in good order.
  const onProcessExit = () => current.child.kill("SIGINT");
  process.on("exit", onProcessExit);

  const supervision = (async () => {
    let pause = 100;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const exit = await current.exited;
      if (stopping.signal.aborted) return;
      for (const listener of listeners) listener(exit);
      if (performance.now() - startedAt > 60_000) pause = 100;
      for (let isRunning = false; !isRunning && !stopping.signal.aborted; ) {
        // Not even a failing PostgreSQL keeps a process alive; the process's own work does.
        await wait(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
        if (stopping.signal.aborted) return;
        pause = Math.min(pause * 2, 10_000);
        try {
          current = await startPostmaster(options);
          isRunning = true;
        } catch (error) {
          options.log(
            `PostgreSQL could not be started again: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      }
    }
  })();

  let stopped: Promise<void> | undefined;
  const stop = async (mode: "fast" | "immediate") => {
    stopping.abort();
    await stopPostmaster(current, mode, options);
    await supervision;
    // A start that was under way when `stop` came.
    await stopPostmaster(current, mode, options);
    process.off("exit", onProcessExit);
    lock.release();
  };
  return {
    pid: () => current.pid,
    stop: (mode: "fast" | "immediate" = "fast") => {
      stopped ??= stop(mode);
      return stopped;
    },
    onExit: (listener: (exit: PostgresExit) => void) => {
      listeners.push(listener);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
