import type { Writable } from "node:stream";
import pg from "pg";
import type { Static, TSchema } from "typebox";
import { parserOf } from "./column-types.ts";
import { Refusal } from "./refusal.ts";
import { checkRows } from "./row-check.ts";
import { compile, type SqlText } from "./sql.ts";
import { recordStatement } from "./statement-log.ts";

/** Statements on one connection. Rows are what their declared schema says, column names included. */
export interface Queries {
  many<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T>[]>;
  /** One row or none. Two are a defect. */
  maybe<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T> | undefined>;
  /** Exactly one row. Anything else is a defect. */
  one<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T>>;
  /** Runs a statement; answers how many rows it touched. */
  run(statement: SqlText): Promise<number>;
}

/** A transaction inside one tenant. Row-level security is set to it; every statement filters by it all the same. */
export interface Tx extends Queries {
  readonly tenantId: string;
  /** A write whose answer nobody waits for: it is on its way at once, and its failure fails the commit. */
  send(statement: SqlText): void;
  /** The same for a write whose rows are wanted, but only after the commit. */
  sendFor<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T>[]>;
  /** Runs `work` after the commit has succeeded, once for each distinct key. */
  afterCommit(key: string, work: () => void): void;
  /** Runs `work` so that its failure undoes its own writes only. */
  savepoint<R>(work: () => Promise<R>): Promise<R>;
}

export interface Connection {
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  password?: string;
  connectionString?: string;
}

export interface Database {
  /** Runs `work` in a transaction of that tenant, as role `mainstay_app`. */
  asTenant<R>(tenantId: string, work: (tx: Tx) => Promise<R>): Promise<R>;
  /** The same on connections of their own, for a step that a transaction needs while it is under way. */
  asTenantAside<R>(tenantId: string, work: (tx: Tx) => Promise<R>): Promise<R>;
  /** Runs statements on global tables, in one transaction. */
  asGlobal<R>(work: (tx: Queries & Pick<Tx, "send" | "afterCommit">) => Promise<R>): Promise<R>;
  /** One named cross-tenant read, as role `mainstay_sweep`. The statement begins with a comment that names it. */
  sweep<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T>[]>;
  /** The pool of role `mainstay_app`, for libraries that bring their own statements. */
  readonly pool: pg.Pool;
  /** A connection of its own, for LISTEN or COPY. The caller ends it. */
  connect(): Promise<pg.Client>;
  end(): Promise<void>;
}

/** As many jobs as a worker runs at once; its library wants a connection for each. */
export const workerSlots = 24;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function openDatabase(
  connection: Connection,
  options: { size?: number; onError?: (error: Error) => void } = {},
) {
  const size = options.size ?? 16;
  const config = (extra: pg.PoolConfig = {}): pg.PoolConfig => ({ ...clientConfig(connection), max: size, ...extra });
  const pipelined = new pg.Pool(config({ pipeline: true } as pg.PoolConfig));
  const pool = new pg.Pool(config({ max: Math.max(workerSlots, size) }));
  for (const each of [pipelined, pool]) {
    each.on("error", (error) => {
      if (!each.ending) options.onError?.(error);
    });
    // A connection that is lost while it is in use fails its statements; its event is no news then, and no crash.
    each.on("connect", (client) => client.on("error", () => {}));
  }

  const database: Database = {
    asTenant: (tenantId, work) => transaction(pipelined, beginIn(tenantId), tenantId, work),
    asTenantAside: (tenantId, work) => transaction(pool, beginIn(tenantId), tenantId, work),
    asGlobal: (work) => transaction(pipelined, "begin", "", work),
    sweep: (row, statement) =>
      transaction(pipelined, "begin read only; set local role mainstay_sweep", "", (tx) => tx.many(row, statement)),
    pool,
    async connect() {
      const client = new pg.Client(clientConfig(connection));
      client.on("error", () => {});
      await client.connect();
      return client;
    },
    async end() {
      await Promise.all([pipelined.end(), pool.end()]);
    },
  };
  return database;
}

function beginIn(tenantId: string): string {
  if (!uuid.test(tenantId)) throw new Error(`not a tenant id: ${tenantId}`);
  return `begin; set local app.tenant = '${tenantId}'`;
}

async function transaction<R>(
  pool: pg.Pool,
  begin: string,
  tenantId: string,
  work: (tx: Tx) => Promise<R>,
): Promise<R> {
  const client = await pool.connect().catch(refuseWhileDown);
  const tx = new PipelinedTransaction(client, tenantId);
  holdWrites(client);
  const begun = client.query(begin);
  begun.catch(() => {});
  let broken: Error | undefined;
  try {
    const result = await work(tx);
    const committed = client.query("commit");
    committed.catch(() => {});
    await begun;
    await tx.sendsSettled();
    if ((await committed).command !== "COMMIT") throw new Error("the transaction had failed and was rolled back");
    tx.committed();
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    const cause = (await tx.firstFailure()) ?? error;
    if (isConnectionLoss(cause)) broken = cause;
    return refuseWhileDown(cause);
  } finally {
    client.release(broken);
  }
}

class PipelinedTransaction implements Tx {
  readonly tenantId: string;
  readonly #client: pg.PoolClient;
  readonly #sends: Promise<unknown>[] = [];
  readonly #afterCommit = new Map<string, () => void>();

  constructor(client: pg.PoolClient, tenantId: string) {
    this.#client = client;
    this.tenantId = tenantId;
  }

  async many<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T>[]> {
    const { rows } = await this.#query(statement);
    if (checkingRows) checkRows(row, rows, compile(statement).text);
    return rows;
  }

  async maybe<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T> | undefined> {
    const rows = await this.many(row, statement);
    if (rows.length > 1) throw new Error(`expected at most one row, got ${rows.length}: ${compile(statement).text}`);
    return rows[0];
  }

  async one<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T>> {
    const rows = await this.many(row, statement);
    const [first] = rows;
    if (rows.length !== 1 || first === undefined) {
      throw new Error(`expected one row, got ${rows.length}: ${compile(statement).text}`);
    }
    return first;
  }

  async run(statement: SqlText): Promise<number> {
    return (await this.#query(statement)).rowCount ?? 0;
  }

  send(statement: SqlText): void {
    this.#expect(this.#query(statement));
  }

  sendFor<T extends TSchema>(row: T, statement: SqlText): Promise<Static<T>[]> {
    return this.#expect(this.many(row, statement));
  }

  #expect<R>(sent: Promise<R>): Promise<R> {
    sent.catch(() => {});
    this.#sends.push(sent);
    return sent;
  }

  afterCommit(key: string, work: () => void): void {
    this.#afterCommit.set(key, work);
  }

  async savepoint<R>(work: () => Promise<R>): Promise<R> {
    await this.sendsSettled();
    const sentBefore = this.#sends.length;
    const begun = this.#client.query("savepoint step");
    begun.catch(() => {});
    try {
      const result = await work();
      await this.sendsSettled();
      await this.#client.query("release savepoint step");
      return result;
    } catch (error) {
      await this.#client.query("rollback to savepoint step");
      this.#sends.length = sentBefore;
      throw error;
    }
  }

  async sendsSettled(): Promise<void> {
    await Promise.all(this.#sends);
  }

  /** When a transaction fails, the first statement that failed is the cause; those after it only say "aborted". */
  async firstFailure(): Promise<unknown> {
    const outcomes = await Promise.allSettled(this.#sends);
    const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    return failures.find((reason) => sqlState(reason) !== "25P02");
  }

  committed(): void {
    for (const work of this.#afterCommit.values()) work();
  }

  #query(statement: SqlText): Promise<pg.QueryResult> {
    const compiled = compile(statement);
    if (recordStatement) recordStatement(compiled.text, this.tenantId);
    holdWrites(this.#client);
    return this.#client.query(compiled);
  }
}

const held = new WeakSet<Writable>();

/** Statements that are sent in one go leave in one packet instead of one each. */
function holdWrites(client: pg.PoolClient): void {
  const { stream } = (client as pg.PoolClient & { connection: { stream: Writable } }).connection;
  if (held.has(stream)) return;
  held.add(stream);
  stream.cork();
  process.nextTick(() => {
    held.delete(stream);
    stream.uncork();
  });
}

const checkingRows = process.env.MAINSTAY_CHECK_ROWS === "1";

/** The SQLSTATE of a database error, by which errors are told apart. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

export const uniqueViolation = "23505";
export const foreignKeyViolation = "23503";

const lossCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "57P01",
  "57P02",
  "57P03",
  "08006",
  "08003",
]);

function isConnectionLoss(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return (
    lossCodes.has(sqlState(error) ?? "") || /Connection terminated|connection error|not queryable/.test(error.message)
  );
}

/** What a failed statement means to whoever asked: a refusal when the database is away, else the error itself. Always throws. */
export function refuseWhileDown(error: unknown): never {
  if (!isConnectionLoss(error)) throw error;
  throw new Refusal("unavailable", "database_down", "The database is restarting. Try again in a few seconds.", {
    cause: error.message,
  });
}

function clientConfig(connection: Connection): pg.ClientConfig {
  return {
    ...connection,
    types: { getTypeParser: parserOf } as pg.CustomTypesConfig,
    application_name: "mainstay",
    options: [
      "-c timezone=UTC",
      "-c datestyle=ISO",
      "-c statement_timeout=30000",
      "-c idle_in_transaction_session_timeout=30000",
      "-c transaction_timeout=60000",
      "-c citus.propagate_set_commands=local",
      ...(process.env.MAINSTAY_PG_ROLE ? [`-c role=${process.env.MAINSTAY_PG_ROLE}`] : []),
    ].join(" "),
  };
}
