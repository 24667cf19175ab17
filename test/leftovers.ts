import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Ends the processes that this run's tests started and did not stop: those that inherited the run's mark in their
 * environment, and those that work inside the run's folders, as PostgreSQL does, which inherits nothing.
 * @returns the command lines of the ended processes; none where the system has no /proc
 */
export async function endLeftovers(mark: string, folders: readonly string[]): Promise<string[]> {
  const ended: string[] = [];
  // Twice, because what was just being started the first time would escape.
  for (let round = 0; round < 2; round++) {
    for (const pid of processNumbers()) {
      if (pid === process.pid || !belongsTo(pid, mark, folders)) continue;
      const name = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
      try {
        process.kill(pid, "SIGKILL");
        if (name) ended.push(`${pid} ${name.slice(0, 120)}`);
      } catch {
        // It ended by itself.
      }
    }
    await wait(round === 0 ? 50 : 0);
  }
  return ended;
}

function processNumbers(): number[] {
  try {
    return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

function belongsTo(pid: number, mark: string, folders: readonly string[]): boolean {
  if (read(`/proc/${pid}/environ`).includes(mark)) return true;
  try {
    const workingIn = readlinkSync(`/proc/${pid}/cwd`);
    return folders.some((folder) => workingIn.startsWith(`${folder}/`));
  } catch {
    return false;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
