import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const cli = join(import.meta.dirname, "../src/cli.ts");

/** A server process of its own, started as an operator starts it. */
export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it wrote on standard output so far. */
  output(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Starts `mainstay start` on a data folder and waits until it is ready. */
export async function startServer(options: {
  dataDir: string;
  port: number;
  args?: string[];
  env?: Record<string, string>;
}): Promise<RunningServer> {
  const args = [cli, "start", "--data", options.dataDir, "--port", String(options.port), ...(options.args ?? [])];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, MAINSTAY_LOG_LEVEL: "warn", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  child.stderr.on("data", (data) => {
    errors = (errors + data).slice(-8000);
  });
  const url = `http://127.0.0.1:${options.port}`;
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) assert.fail(`the server ended: ${errors}`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) {
      return {
        url,
        process: child,
        output: () => output,
        kill: (signal) => end(child, signal),
      };
    }
    await wait(100);
  }
  child.kill("SIGKILL");
  return assert.fail(`the server did not become ready in a minute: ${errors}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

/** The process id of the embedded PostgreSQL of a data folder. */
export function postgresPid(cluster: string): number {
  return Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0]);
}
