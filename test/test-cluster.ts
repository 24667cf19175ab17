import { spawn } from "node:child_process";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { fastParent, makeTemporaryFolder } from "./temporary-folder.ts";

/** How to reach a PostgreSQL as superuser. */
export type ClusterConnection = EmbeddedPostgres["connection"];

/** Names the variable by which the test runner hands its cluster to the test files it starts. */
export const clusterVariable = "MAINSTAY_TEST_POSTGRES";

/**
 * A PostgreSQL of its own for this process, which ends with it and leaves nothing behind, however the process ends.
 * Durability is off: what is tested here is not whether data survives a power cut.
 */
export async function startTestCluster(): Promise<EmbeddedPostgres> {
  const folder = makeTemporaryFolder("cluster", fastParent());
  cleanUpAfterThisProcess(folder);
  return startEmbeddedPostgres({
    dataDir: folder,
    settings: {
      fsync: false,
      synchronous_commit: false,
      full_page_writes: false,
      shared_buffers: "128MB",
      max_wal_size: "256MB",
      max_connections: 300,
      autovacuum: false,
    },
  });
}

/**
 * Removes the folder, and first stops the PostgreSQL in it, when this process has ended, be it by SIGKILL: a shell waits
 * for the end of a pipe that only this process holds open.
 */
export function cleanUpAfterThisProcess(folder: string): void {
  if (process.platform === "win32") return;
  const script = `cat >/dev/null
    pid=$(head -n 1 "$1/postgres/cluster/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
    while [ -n "$pid" ] && kill -0 "$pid"; do sleep 0.05; done
    rm -rf "$1"`;
  const watcher = spawn("sh", ["-c", script, "sh", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
    detached: true,
  });
  watcher.unref();
  // The pipe's own handle would keep this process alive; `stdin` is a Socket there, which the type does not say.
  if ("unref" in watcher.stdin && typeof watcher.stdin.unref === "function") watcher.stdin.unref();
}
