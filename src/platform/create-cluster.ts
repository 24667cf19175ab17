import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CannotStart } from "./cannot-start.ts";
import type { Place } from "./postgres-place.ts";

const majorVersion = "18";

/** PostgreSQL's programs see nothing of this process's environment: PGPORT and the like would mislead them. */
export function postgresEnvironment(): Record<string, string> {
  const kept = ["PATH", "SystemRoot", "TEMP", "TMP"];
  const inherited = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(inherited), LC_ALL: "C", TZ: "UTC" };
}

/**
 * Makes the cluster if there is none, and refuses one of another major version. A cluster appears whole or not at all:
 * it is made aside and renamed, so that being killed half-way leaves nothing to repair.
 * @param passwordFile for Windows, where the connection goes over loopback and so needs a password
 * @param durable false spares the final flush to disk; for tests only
 */
export async function ensureCluster(
  place: Place,
  native: string,
  { passwordFile, durable }: { passwordFile: string | undefined; durable: boolean },
): Promise<void> {
  const { home, cluster, account } = place;
  if (existsSync(cluster)) {
    refuseOtherVersion(cluster);
    return;
  }
  for (const name of readdirSync(home)) {
    if (name.startsWith("cluster.new-")) rmSync(join(home, name), { recursive: true, force: true });
  }
  const aside = join(home, `cluster.new-${process.pid}`);
  // With character classes of C.UTF-8 the builtin order stays fast and the same on every machine, while trigram search
  // still recognises Chinese letters.
  const locale = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(process.platform === "linux" ? ["--lc-ctype=C.UTF-8"] : []),
    ...(process.platform === "darwin" ? ["--lc-ctype=en_US.UTF-8"] : []),
  ];
  const access = passwordFile ? ["--auth=scram-sha-256", `--pwfile=${passwordFile}`] : ["--auth=trust"];
  const options = ["-D", aside, "-U", "postgres", ...access, ...locale, "--no-instructions"];
  if (!durable) options.push("--no-sync");
  const { code, words } = await run(join(native, "bin/initdb"), options, { cwd: home, ...account });
  if (code !== 0) {
    rmSync(aside, { recursive: true, force: true });
    throw new Error(`PostgreSQL's cluster could not be made (initdb ended with ${code}):\n${words}`);
  }
  renameSync(aside, cluster);
}

function refuseOtherVersion(cluster: string): void {
  const file = join(cluster, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (found === majorVersion) return;
  throw new CannotStart(
    found === ""
      ? `${cluster} holds no PostgreSQL cluster. Restore it from a backup, or choose another folder with --data.`
      : `The data in ${cluster} is of PostgreSQL ${found}, and this Mainstay brings PostgreSQL ${majorVersion}. Start it with the Mainstay that wrote it, or choose another folder with --data.`,
  );
}

/** The loopback connection's password, made once. */
export function readPassword(dataDir: string): { password: string; file: string } {
  const file = join(dataDir, "secrets/postgres-password");
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  }
  return { password: readFileSync(file, "utf8").trim(), file };
}

/** Runs one of PostgreSQL's programs to its end. */
export function run(
  program: string,
  options: readonly string[],
  { cwd, uid, gid }: { cwd: string; uid?: number; gid?: number },
): Promise<{ code: number; words: string }> {
  const child = spawn(program, options, {
    cwd,
    env: postgresEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      words += text;
    });
  }
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: -1, words: words + error.message }));
    child.on("close", (code) => resolve({ code: code ?? -1, words }));
  });
}
