import { chmodSync, existsSync, mkdtempSync, realpathSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isReachable } from "../src/platform/postgres-files.ts";

/** Names the variable by which the test runner says where temporary data goes, so that it can clear up afterwards. */
export const memoryVariable = "MAINSTAY_TEST_MEMORY";

const gigabyte = 1024 ** 3;
const unprivileged = { uid: 65534, gid: 65534 };

/** Makes a folder for this test process that root's PostgreSQL, being another user, can pass through. */
export function makeTemporaryFolder(name: string, parent: string = temporaryParent()): string {
  const folder = mkdtempSync(join(parent, `mainstay-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/** The temporary folder, unless it is one of root's own that PostgreSQL could not reach. */
export function temporaryParent(): string {
  const usual = realpathSync(tmpdir());
  return process.getuid?.() === 0 && !isReachable(usual, unprivileged) ? "/tmp" : usual;
}

/** In memory where there is room: cloning a database there takes 20 ms, on a disk ten times that and more. */
export function fastParent(): string {
  const given = process.env[memoryVariable];
  if (given) return given;
  const memory = "/dev/shm";
  if (process.platform !== "linux" || !existsSync(memory)) return temporaryParent();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= 2 * gigabyte ? memory : temporaryParent();
}
