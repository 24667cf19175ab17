import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "./cannot-start.ts";
import { postgresEnvironment, run } from "./create-cluster.ts";
import type { Place } from "./postgres-place.ts";
import { type PostgresSettings, settingArguments } from "./postgres-settings.ts";
import { isAlive, isPostmasterOf } from "./process-identity.ts";

export interface PostgresExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines it wrote to its log. */
  lastLines: string;
}

/** One running PostgreSQL: the parent process of all its others. */
export interface Postmaster {
  pid: number;
  child: ChildProcess;
  exited: Promise<PostgresExit>;
}

export interface PostmasterOptions {
  place: Place;
  native: string;
  port: number;
  /** Absent on Windows, where it listens on the loopback address. */
  socketDir: string | undefined;
  settings: PostgresSettings;
  log: (line: string) => void;
}

const patience = 20_000;

/** Starts PostgreSQL and waits, however long recovery takes, until it lets clients in. */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  await clearRemains(options);
  for (const deadline = Date.now() + patience; ; ) {
    const { postmaster, failure } = await tryToStart(options);
    if (postmaster) return postmaster;
    // The other processes of a PostgreSQL that was killed notice it within seconds, and hold its memory until then.
    if (!failure.includes("shared memory block") || Date.now() > deadline) throw new Error(failure);
    await wait(100);
  }
}

type Attempt = { postmaster: Postmaster; failure?: never } | { postmaster?: never; failure: string };

async function tryToStart({ place, native, port, socketDir, settings, log }: PostmasterOptions): Promise<Attempt> {
  const address = socketDir
    ? ["-c", "listen_addresses=", "-c", `unix_socket_directories=${socketDir}`]
    : ["-c", "listen_addresses=127.0.0.1"];
  const child = spawn(
    join(native, "bin/postgres"),
    ["-D", place.cluster, "-p", String(port), ...address, ...settingArguments(settings)],
    {
      cwd: place.home,
      env: postgresEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
      // A session of its own: Ctrl-C in the terminal is for Mainstay, which stops PostgreSQL after its own work.
      detached: true,
      windowsHide: true,
      ...place.account,
    },
  );
  const exited = watchExit(child, log);
  let exit: PostgresExit | undefined;
  exited.then((value) => {
    exit = value;
  });
  // PostgreSQL alone must not keep a process alive whose work is done.
  child.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  while (!(child.pid !== undefined && isReady(place.cluster, child.pid))) {
    if (exit) return { failure: `PostgreSQL did not start (${exit.signal ?? exit.code}):\n${exit.lastLines}` };
    await wait(10);
  }
  return { postmaster: { pid: child.pid, child, exited } };
}

/** "fast" rolls open transactions back and writes a checkpoint; "immediate" leaves recovery to the next start. */
export async function stopPostmaster(
  { child, pid, exited }: Postmaster,
  mode: "fast" | "immediate",
  { place, native }: PostmasterOptions,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  if (process.platform === "win32") {
    // Windows has no signals; pg_ctl talks to PostgreSQL through a pipe.
    await run(join(native, "bin/pg_ctl"), ["stop", "-D", place.cluster, "-m", mode], { cwd: place.home });
  } else {
    child.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
  }
  const late = setTimeout(() => isAlive(pid) && child.kill("SIGQUIT"), patience);
  await exited;
  clearTimeout(late);
}

function watchExit(child: ChildProcess, log: (line: string) => void): Promise<PostgresExit> {
  const lastLines: string[] = [];
  let rest = "";
  const note = (line: string) => {
    if (line === "") return;
    lastLines.push(line);
    if (lastLines.length > 30) lastLines.shift();
    log(line);
  };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) note(line);
  });
  return new Promise((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      note(rest);
      rest = "";
      resolve({ code, signal, lastLines: lastLines.join("\n") });
    };
    child.on("error", (error) => {
      note(error.message);
      end(-1, null);
    });
    // "close" comes when the log has been read to its end, but processes that outlive a killed postmaster hold it open.
    child.on("close", end);
    child.on("exit", (code, signal) => setTimeout(end, 200, code, signal));
  });
}

function readPidFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

function isReady(cluster: string, pid: number): boolean {
  const lines = readPidFile(cluster);
  return Number(lines[0]) === pid && lines[7]?.startsWith("ready") === true;
}

/** Makes the way free after a Mainstay or a PostgreSQL that was killed. The caller holds the folder's lock. */
async function clearRemains({ place: { cluster }, port, socketDir, log }: PostmasterOptions): Promise<void> {
  const orphan = Number(readPidFile(cluster)[0]);
  if (isPostmasterOf(orphan, cluster)) {
    log(`stopping PostgreSQL ${orphan}, which a Mainstay that was killed left behind`);
    await stopOrphan(orphan, cluster);
  }
  // One that stopped in good order has removed the file.
  const [old, ...others] = readPidFile(cluster);
  if (old === undefined) return;
  if (isAlive(Number(old)) && process.platform !== "win32") {
    // Its number now belongs to a stranger, or it is dead and not yet collected; PostgreSQL would take either for itself
    // still running. It disregards its own parent, so that number is put there; the rest of the file lets it find
    // processes that still use the memory.
    writeFileSync(join(cluster, "postmaster.pid"), [String(process.pid), ...others].join("\n"));
  }
  if (socketDir === undefined) return;
  const socket = join(socketDir, `.s.PGSQL.${port}`);
  for (let waited = 0; await answers(socket); waited += 50) {
    // One that was killed this very moment answers until it is quite gone.
    if (waited < 3000) await wait(50);
    else {
      throw new CannotStart(
        `A PostgreSQL that cannot be seen from here (another container?) serves ${cluster}. Stop it, or choose another folder with --data.`,
      );
    }
  }
  // The lock beside the socket holds the old number as well.
  for (const file of [socket, `${socket}.lock`]) rmSync(file, { force: true });
}

async function stopOrphan(pid: number, cluster: string): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    try {
      if (isPostmasterOf(pid, cluster)) process.kill(pid, signal);
    } catch {
      // It has just ended.
    }
    for (let waited = 0; waited < patience && isPostmasterOf(pid, cluster); waited += 20) await wait(20);
  }
  if (!isPostmasterOf(pid, cluster)) return;
  throw new CannotStart(`PostgreSQL (process ${pid}) of an earlier Mainstay does not stop. End it, then start again.`);
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.on("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.on("error", () => resolve(false));
  });
}
