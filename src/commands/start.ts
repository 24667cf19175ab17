import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import { startDemo } from "../demo/index.ts";
import { CannotStart } from "../platform/cannot-start.ts";
import { type Config, readConfig } from "../platform/config.ts";
import type { Log } from "../platform/log.ts";
import { openInstallation } from "../platform/open-installation.ts";
import { buildProduct } from "../server.ts";

const root = join(import.meta.dirname, "../..");

/** `mainstay start`: web server and worker in one process, until SIGINT or SIGTERM. */
export async function startCommand(args: string[]): Promise<number> {
  const config = readConfig(args, process.env);
  const log = logTo(config);
  const ended = endSignal();
  await refuseTakenPort(config);
  const [installation] = await Promise.all([openInstallation(config, log), buildWeb(log)]);
  const { db } = installation;
  try {
    const product = await buildProduct(config, db, log);
    const work = await product.startWork();
    try {
      await listen(product.app, config);
      process.stdout.write(`Mainstay serves on ${config.publicUrl}\n`);
      const demo = config.demo ? await startDemo({ config, db, log }) : undefined;
      if (demo) process.stdout.write(`${JSON.stringify(demo.credentials)}\n`);
      await ended;
      await demo?.stop();
    } finally {
      await product.app.close();
      await work.stop();
    }
  } finally {
    await installation.stop();
  }
  return 0;
}

/** `mainstay worker`: jobs and events only, beside servers on the same database. */
export async function workerCommand(args: string[]): Promise<number> {
  const config = readConfig(args, process.env);
  if (!config.databaseUrl) {
    throw new CannotStart(
      "A worker of its own needs DATABASE_URL; with the embedded database the server runs the jobs.",
    );
  }
  const log = logTo(config);
  const ended = endSignal();
  const installation = await openInstallation(config, log);
  const product = await buildProduct(config, installation.db, log);
  await product.app.ready();
  const work = await product.startWork();
  process.stdout.write("Mainstay works\n");
  await ended;
  await work.stop();
  await product.app.close();
  await installation.stop();
  return 0;
}

/** Structured lines on standard error; standard output is for people and programs that started us. */
function logTo(config: Config) {
  return pino({ level: config.logLevel, base: null, serializers: { err: describeError } }, pino.destination(2));
}

/** What a log needs of an error. The driver hangs its connection, password included, on some of them. */
function describeError(error: Error & { code?: unknown }): Record<string, unknown> {
  const cause = error.cause instanceof Error ? describeError(error.cause) : error.cause;
  const { name: type, message, code, stack } = error;
  return { type, message, code, stack, ...(cause === undefined ? {} : { cause }) };
}

/**
 * Builds the web app if its sources changed, in a process of its own: what building takes of memory goes with it. One that
 * cannot be built leaves the last one that could, and the API, at work.
 */
async function buildWeb(log: Log): Promise<void> {
  if (process.env.MAINSTAY_TEST_WEB === "off") return;
  const { isWebCurrent } = await import("../../web/build.ts");
  if (await isWebCurrent(root)) return;
  const build = spawn(process.execPath, [join(root, "web/build.ts")], { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(build, "exit");
  if (code !== 0) log.error({ code }, "the web app could not be built");
}

/** Before anything is started for nothing. */
async function refuseTakenPort(config: Config): Promise<void> {
  const probe = createServer();
  const listening = once(probe, "listening");
  probe.listen({ host: config.host, port: config.port });
  await listening.catch((error) => {
    throw cannotListen(error, config);
  });
  probe.close();
  await once(probe, "close");
}

async function listen(app: Awaited<ReturnType<typeof buildProduct>>["app"], config: Config): Promise<void> {
  await app.listen({ host: config.host, port: config.port }).catch((error) => {
    throw cannotListen(error, config);
  });
}

function cannotListen(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new CannotStart(`Port ${port} is taken. Stop what uses it, or choose another with --port.`);
  }
  if (code === "EACCES") return new CannotStart(`Port ${port} needs more rights. Choose one above 1023 with --port.`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new CannotStart(`This machine has no address ${host}. Choose another with --host.`);
  }
  return error;
}

function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        resolve();
        // A second Ctrl-C does not wait.
        process.on(signal, () => process.exit(130));
      });
    }
  });
}
