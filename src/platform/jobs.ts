import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Logger, type Runner, run, type WorkerEvents } from "graphile-worker";
import { type Static, type TSchema, Type } from "typebox";
import { Compile } from "typebox/compile";
import { nowText } from "./clock.ts";
import { type Database, type Tx, workerSlots } from "./db.ts";
import type { Log } from "./log.ts";
import { json, sql } from "./sql.ts";

/** Work that is done later, at least once: its payload is checked, its failure is retried with backoff, then kept as dead. */
export interface Job<T extends TSchema = TSchema> {
  name: string;
  payload: T;
  run: (payload: Static<T>, attempt: { number: number; last: boolean }) => Promise<void>;
}

export function defineJob<T extends TSchema>(name: string, payload: T, run: Job<T>["run"]): Job {
  return { name, payload, run: run as Job["run"] };
}

/**
 * Adds a job in the caller's transaction; a name that no job has fails it. Workers hear of it after the commit, from a
 * connection that holds no locks.
 */
export function enqueue(
  tx: Pick<Tx, "send" | "afterCommit">,
  name: string,
  payload: Record<string, unknown>,
  options: { runAt?: string; maxAttempts?: number } = {},
): void {
  tx.send(sql`
    insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts)
    select (select id from graphile_worker._private_tasks where identifier = ${name}), ${json(payload)}::json,
      ${options.runAt ?? nowText()}::timestamptz, ${options.maxAttempts ?? 20}::int`);
  if (!options.runAt) tx.afterCommit("jobs", () => wakeWorkers?.());
}

let wakeWorkers: (() => void) | undefined;

/** Lets this process tell the workers of all processes that there is work. It sends at most one notification in 4 ms. */
export async function startJobCalls(db: Database, jobNames: readonly string[], log: Log): Promise<{ stop(): void }> {
  await db.asGlobal((tx) =>
    tx.run(sql`insert into graphile_worker._private_tasks (identifier)
      select unnest(${jobNames}::text[]) on conflict do nothing`),
  );
  let due: NodeJS.Timeout | undefined;
  wakeWorkers = () => {
    due ??= setTimeout(() => {
      due = undefined;
      db.pool
        .query(`select pg_notify('jobs:insert', '{"r":${Math.random()},"count":16}')`)
        .catch((error) => log.warn({ err: error }, "workers were not woken; they look by themselves soon"));
    }, 4);
  };
  return {
    stop() {
      clearTimeout(due);
      wakeWorkers = undefined;
    },
  };
}

/**
 * Runs jobs in this process until stopped, and again after the database was away. Jobs that a killed process held are given
 * back within seconds.
 */
export async function startWorker(db: Database, jobs: readonly Job[], log: Log): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  // When the database goes away the library's queue rejects a promise that nobody holds; the worker is started again below.
  const outliveQueue = (reason: unknown) => {
    if (!(reason instanceof Error) || !/local queue/i.test(reason.message)) throw reason;
    log.warn({ err: reason }, "jobs were not given back; they are once the database is there again");
  };
  process.on("unhandledRejection", outliveQueue);
  let present = await launch(db, jobs, log);
  const supervised = (async () => {
    while (!stopped) {
      await present.ended;
      await present.stop();
      while (!stopped) {
        await wait(500);
        const next = await launch(db, jobs, log).catch((error) => {
          log.warn({ err: error }, "the worker cannot start yet; trying again");
        });
        if (!next) continue;
        present = next;
        break;
      }
    }
  })();
  return {
    async stop() {
      stopped = true;
      await present.stop();
      await supervised;
      process.off("unhandledRejection", outliveQueue);
    },
  };
}

/** One run of the job library; it ends by itself when the database goes away. */
async function launch(db: Database, jobs: readonly Job[], log: Log) {
  const events: WorkerEvents = new EventEmitter();
  let poolId: string | undefined;
  events.on("pool:create", ({ workerPool }) => {
    poolId = workerPool.id;
  });
  const runner: Runner = await run({
    pgPool: db.pool,
    events,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === "error") log.error({ meta }, message);
      else if (level === "warning") log.warn({ meta }, message);
    }),
    taskList: Object.fromEntries(jobs.map((job) => [job.name, taskOf(job)])),
    preset: {
      worker: {
        concurrentJobs: workerSlots,
        pollInterval: 1000,
        localQueue: { size: 48, ttl: 30_000, refetchDelay: { durationMs: 15, threshold: 8, maxAbortThreshold: 40 } },
        completeJobBatchDelay: 20,
        failJobBatchDelay: 20,
      },
    },
  });
  const ended = runner.promise.catch((error) => log.warn({ err: error }, "the worker lost the database"));
  if (!poolId) throw new Error("the job library did not tell the name of its pool");
  const life = await holdLife(db, poolId, log).catch(async (error) => {
    await runner.stop().catch(() => {});
    throw error;
  });
  let stopping: Promise<void> | undefined;
  return {
    ended,
    stop() {
      stopping ??= (async () => {
        await runner.stop().catch(() => {});
        await life.stop();
      })();
      return stopping;
    },
  };
}

function taskOf(job: Job) {
  const validator = Compile(job.payload);
  return async (payload: unknown, helpers: { job: { attempts: number; max_attempts: number } }) => {
    if (!validator.Check(payload)) throw new Error(`payload of ${job.name} does not fit: ${JSON.stringify(payload)}`);
    const { attempts, max_attempts } = helpers.job;
    await job.run(payload, { number: attempts, last: attempts >= max_attempts });
  };
}

/**
 * A worker holds an advisory lock named after itself. Whoever can take the lock of a worker that still has jobs knows that
 * it died, and gives its jobs back.
 */
async function holdLife(db: Database, id: string, log: Log): Promise<{ stop(): Promise<void> }> {
  let client = await lockedClient(db, id);
  const look = setInterval(async () => {
    try {
      await client.query("select 1");
    } catch {
      client = await lockedClient(db, id).catch(() => client);
    }
    await releaseDead(db, id).catch((error) => log.warn({ err: error }, "could not look for jobs of dead workers"));
  }, 5000);
  look.unref();
  await releaseDead(db, id);
  return {
    async stop() {
      clearInterval(look);
      await client.end().catch(() => {});
    },
  };
}

async function lockedClient(db: Database, id: string) {
  const client = await db.connect();
  client.on("error", () => {});
  await client.query("select pg_advisory_lock(hashtextextended($1, 0))", [id]);
  return client;
}

async function releaseDead(db: Database, ownId: string): Promise<void> {
  await db.asGlobal(async (tx) => {
    const Holder = Type.Object({ id: Type.String(), dead: Type.Boolean() });
    const holders = await tx.many(
      Holder,
      sql`select locked_by as id, pg_try_advisory_xact_lock(hashtextextended(locked_by, 0)) as dead from (
          select distinct locked_by from graphile_worker._private_jobs
          where locked_by is not null and locked_by <> ${ownId}) as holder`,
    );
    const dead = holders.filter((holder) => holder.dead).map((holder) => holder.id);
    if (dead.length > 0) await tx.run(sql`select graphile_worker.force_unlock_workers(${dead}::text[])`);
  });
}
