import { randomUUID } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOf } from "./process-identity.ts";

export interface FolderLock {
  release(): void;
}

interface Owner {
  pid: number;
  started: string;
}

const lockName = /^owner-(\d+)\.lock$/;

/**
 * Takes a folder for this process, or tells which process has it. A lock dies with its process.
 *
 * Each owner leaves a numbered file behind and the highest number counts. A successor claims the next number, which the
 * file system gives to one claimant only, and the highest file is never removed: so two starts at the same moment
 * cannot both take over from a dead owner, which a single lock file that is deleted and made again would allow.
 */
export function lockFolder(folder: string): FolderLock | { heldBy: number } {
  for (;;) {
    const newest = newestLock(folder);
    const owner = readOwner(join(folder, `owner-${newest}.lock`));
    if (owner && startOf(owner.pid) === owner.started) return { heldBy: owner.pid };
    const mine = newest + 1;
    const file = join(folder, `owner-${mine}.lock`);
    if (!claim(file)) continue;
    if (newestLock(folder) > mine) {
      // What was read above was old: the folder has been taken and taken over since.
      rmSync(file, { force: true });
      continue;
    }
    for (const number of lockNumbers(folder)) {
      if (number < mine) rmSync(join(folder, `owner-${number}.lock`), { force: true });
    }
    return { release: () => markReleased(file) };
  }
}

/** Written aside and linked into place, so that nobody ever reads half of it. */
function claim(file: string): boolean {
  const aside = `${file}.${randomUUID()}`;
  const owner: Owner = { pid: process.pid, started: startOf(process.pid) ?? "" };
  writeFileSync(aside, JSON.stringify(owner), { mode: 0o600 });
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function markReleased(file: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    writeFileSync(aside, "{}", { mode: 0o600 });
    renameSync(aside, file);
  } catch {
    // The folder is gone; so is the lock.
  }
}

function newestLock(folder: string): number {
  return Math.max(0, ...lockNumbers(folder));
}

function lockNumbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const number = lockName.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function readOwner(file: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof value !== "object" || value === null || !("pid" in value) || !("started" in value)) return undefined;
    return typeof value.pid === "number" && typeof value.started === "string"
      ? { pid: value.pid, started: value.started }
      : undefined;
  } catch {
    return undefined;
  }
}
