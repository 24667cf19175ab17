import { totalmem } from "node:os";

export type PostgresSettings = Readonly<Record<string, string | number | boolean>>;

const megabyte = 1024 * 1024;

/** Settings for a small server. Durability stays as PostgreSQL ships it: fsync, synchronous_commit, full_page_writes on. */
export function serverSettings(memoryBytes: number = availableMemory()): PostgresSettings {
  const memory = Math.floor(memoryBytes / megabyte);
  return {
    shared_buffers: `${Math.min(1024, Math.max(32, Math.floor(memory / 4)))}MB`,
    effective_cache_size: `${Math.max(64, Math.floor(memory / 2))}MB`,
    maintenance_work_mem: `${Math.min(256, Math.max(16, Math.floor(memory / 32)))}MB`,
    max_connections: 100,
    // Compiling a query costs more than running any of ours.
    jit: false,
    random_page_cost: 1.1,
    wal_compression: true,
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    log_checkpoints: false,
    log_timezone: "UTC",
    timezone: "UTC",
    // Crash recovery otherwise opens every file of the cluster one by one.
    ...(process.platform === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
  };
}

/** The memory this process may use: a container's limit where there is one. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

export function settingArguments(settings: PostgresSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [
    "-c",
    `${name}=${value === true ? "on" : value === false ? "off" : value}`,
  ]);
}
