import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotStart } from "./cannot-start.ts";
import { type Account, isReachable, makeOpenFolder } from "./postgres-files.ts";

/** Where a data folder's PostgreSQL lives and as whom it runs. */
export interface Place {
  /** Holds the cluster, its socket and the owner's lock. */
  home: string;
  cluster: string;
  /** Absent where PostgreSQL runs as the same user as this process. */
  account: Account | undefined;
}

/** The usual number of the account `nobody`. */
const nobody = 65534;

/**
 * Finds or makes the place of a data folder's cluster: `<data>/postgres`, or under the state folder when this process is
 * root and the unprivileged account could not reach the data folder; `<data>/cluster-location` then says where.
 */
export function choosePlace(dataDir: string, stateDir: string): Place {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && process.platform !== "linux") {
    throw new CannotStart("PostgreSQL does not run as root. Start Mainstay as an ordinary user.");
  }
  try {
    if (!existsSync(dataDir)) {
      mkdirSync(dataDir, { recursive: true });
      // Open to pass through, because root's PostgreSQL is another user; what must be private has a folder of its own.
      chmodSync(dataDir, isRoot ? 0o711 : 0o700);
    }
    const data = realpathSync(dataDir);
    const chosen = isRoot ? homeForRoot(data, stateDir) : (recordedHome(data) ?? join(data, "postgres"));
    if (!existsSync(chosen)) mkdirSync(chosen, { recursive: true, mode: 0o700 });
    const home = realpathSync(chosen);
    const cluster = join(home, "cluster");
    const account = isRoot ? accountFor(cluster) : undefined;
    if (account) chownSync(home, account.uid, account.gid);
    chmodSync(home, 0o700);
    return { home, cluster, account };
  } catch (error) {
    if (!isRefused(error)) throw error;
    throw new CannotStart(
      `The data folder ${dataDir} cannot be written: ${error.message}. Start Mainstay as its owner, or choose another folder with --data.`,
    );
  }
}

/** A cluster that an ordinary user made stays that user's when root starts it. */
function accountFor(cluster: string): Account {
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: nobody, gid: nobody };
}

function homeForRoot(data: string, stateDir: string): string {
  const recorded = recordedHome(data);
  if (recorded) return recorded;
  const usual = join(data, "postgres");
  if (isReachable(data, accountFor(join(usual, "cluster")))) return usual;
  if (existsSync(join(usual, "cluster"))) {
    throw new CannotStart(
      `PostgreSQL's user cannot reach ${usual}. Let others pass through the folders above it (chmod o+x).`,
    );
  }
  const home = join(stateDir, `data-${shortHash(data)}`);
  makeOpenFolder(stateDir);
  writeFileSync(join(data, "cluster-location"), `${home}\n`);
  return home;
}

function recordedHome(data: string): string | undefined {
  const file = join(data, "cluster-location");
  return existsSync(file) ? readFileSync(file, "utf8").trim() || undefined : undefined;
}

/**
 * The folder of the socket: in the cluster's home, or a short private one elsewhere when that path is too long for the
 * operating system.
 */
export function socketFolder({ home, account }: Place, port: number): string {
  const limit = process.platform === "darwin" ? 103 : 107;
  const fits = (folder: string) => Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) <= limit;
  const usual = join(home, "run");
  const owner = account?.uid ?? process.getuid?.() ?? 0;
  const name = `mainstay-${shortHash(`${home} ${owner}`)}`;
  const runtime = account ? undefined : process.env.XDG_RUNTIME_DIR;
  for (const folder of [usual, ...(runtime ? [join(runtime, name)] : []), join(tmpdir(), name), join("/tmp", name)]) {
    if (fits(folder) && makePrivate(folder, account, owner)) return folder;
  }
  // Someone else sits on the name in the shared folder.
  const unique = mkdtempSync(join("/tmp", "mainstay-"));
  makePrivate(unique, account, owner);
  return unique;
}

function makePrivate(folder: string, account: Account | undefined, owner: number): boolean {
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { mode: 0o700 });
      if (account) chownSync(folder, account.uid, account.gid);
    }
    const entry = lstatSync(folder);
    if (!entry.isDirectory() || entry.uid !== owner) return false;
    chmodSync(folder, 0o700);
    return account === undefined || isReachable(realpathSync(join(folder, "..")), account);
  } catch {
    return false;
  }
}

export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function isRefused(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && /^(EACCES|EPERM|EROFS|ENOTDIR|ENOSPC)$/.test(String(error.code));
}
