import { randomUUID } from "node:crypto";
import { chmodSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  write(aside, `${process.pid} ${startOf(process.pid) ?? ""}`);
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
    write(aside, "released");
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

/** Undefined for a lock that was released, that its successor has just removed, or that a power cut left empty. */
function readOwner(file: string): Owner | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const [pid, ...started] = text.split(" ");
  return started.length > 0 ? { pid: Number(pid), started: started.join(" ") } : undefined;
}

/** Readable by all, so that a start by another user sees that root's is running. */
function write(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o644);
}
