import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import pg from "pg";
import { fastParent, makeTemporaryFolder } from "../../test/temporary-folder.ts";
import { CannotStart } from "./cannot-start.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { startOf } from "./process-identity.ts";

/** Durable, as in service: what these tests kill must come back. */
const settings = { shared_buffers: "16MB", max_connections: 20 };

describe("the embedded PostgreSQL", () => {
  const folder = makeTemporaryFolder("embedded", fastParent());
  const dataDir = join(folder, "data");
  const running = new Set<EmbeddedPostgres>();
  after(async () => {
    for (const postgres of running) await postgres.stop("immediate");
    await rm(folder, { recursive: true, force: true });
  });

  async function start(log: (line: string) => void = () => {}): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDir, settings, log });
    running.add(postgres);
    return postgres;
  }

  it("makes its cluster at the first start, with an order and character classes that do not depend on the machine", async () => {
    const postgres = await start();
    const [row] = await query(
      postgres,
      `select datlocprovider as provider, datcollate as collate, datctype as ctype, current_setting('data_checksums') as checksums,
         current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
         current_setting('listen_addresses') as addresses
       from pg_database where datname = 'postgres'`,
    );
    assert.deepEqual(row, {
      provider: "b",
      collate: "C",
      ctype: "C.UTF-8",
      checksums: "on",
      fsync: "on",
      commit: "on",
      addresses: "",
    });
    await query(postgres, "create table kept (word text)");
    await stop(postgres);
    assert.equal(startOf(postgres.pid), undefined);
  });

  it("refuses a second start on the same data in one sentence, and hands over after a stop", async () => {
    const first = await start();
    await assert.rejects(start(), (error) => {
      assert.ok(error instanceof CannotStart);
      assert.equal(
        error.message,
        `Mainstay (process ${process.pid}) already uses this data folder. Stop it, or choose another with --data.`,
      );
      return true;
    });
    await stop(first);
    const second = await start();
    assert.deepEqual(await query(second, "select count(*)::int as rows from kept"), [{ rows: 0 }]);
    await stop(second);
  });

  it("gives the folder to one of several starts at the same moment", async () => {
    const starts = await Promise.all(Array.from({ length: 4 }, () => startInProcess(dataDir)));
    const winners = starts.filter(({ pid }) => pid !== undefined);
    const refusals = starts.filter(({ refusal }) => refusal?.includes("already uses this data folder"));
    assert.deepEqual([winners.length, refusals.length], [1, 3], JSON.stringify(starts.map(({ refusal }) => refusal)));
    for (const { kill } of starts) await kill();
  });

  it("starts again by itself when it is killed, with everything that was committed", async () => {
    const postgres = await start();
    const killed = postgres.pid;
    await query(postgres, "insert into kept values ('before')");
    const exit = new Promise((resolve) => postgres.onExit(({ signal }) => resolve(signal)));
    process.kill(killed, "SIGKILL");
    assert.equal(await exit, "SIGKILL");
    await eventually(() => query(postgres, "insert into kept values ('after')"));
    assert.notEqual(postgres.pid, killed);
    assert.deepEqual(await query(postgres, "select word from kept order by word desc"), [
      { word: "before" },
      { word: "after" },
    ]);
    await stop(postgres);
  });

  it("takes over from a Mainstay that was killed and left its PostgreSQL behind", async () => {
    const { pid: orphan, kill } = await startInProcess(dataDir);
    await kill();
    assert.ok(orphan && startOf(orphan));
    const log: string[] = [];
    const postgres = await start((line) => log.push(line));
    assert.equal(startOf(orphan), undefined);
    assert.match(log[0] ?? "", new RegExp(`stopping PostgreSQL ${orphan}`));
    await stop(postgres);
  });

  it("starts at once after it and its Mainstay were killed together", async () => {
    const { pid, kill } = await startInProcess(dataDir);
    assert.ok(pid);
    process.kill(pid, "SIGKILL");
    await kill();
    const postgres = await start();
    assert.deepEqual(await query(postgres, "select count(*)::int as rows from kept"), [{ rows: 2 }]);
    await stop(postgres);
  });

  it("is not misled by a stranger who got the number of a PostgreSQL that was killed", async () => {
    const { pid: orphan, kill } = await startInProcess(dataDir);
    await kill();
    assert.ok(orphan);
    process.kill(orphan, "SIGKILL");
    const stranger = spawn("sleep", ["60"], process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {});
    try {
      const pidFile = join(dataDir, "postgres/cluster/postmaster.pid");
      const lines = readFileSync(pidFile, "utf8").split("\n");
      writeFileSync(pidFile, [String(stranger.pid), ...lines.slice(1)].join("\n"));
      const postgres = await start();
      assert.deepEqual(await query(postgres, "select count(*)::int as rows from kept"), [{ rows: 2 }]);
      await stop(postgres);
      assert.equal(stranger.exitCode, null);
    } finally {
      stranger.kill();
    }
  });

  it("leaves no half cluster behind when it cannot make one", async () => {
    const blocked = join(folder, "blocked");
    mkdirSync(join(blocked, "postgres/cluster.new-1/base"), { recursive: true });
    const postgres = await startEmbeddedPostgres({ dataDir: blocked, settings });
    running.add(postgres);
    assert.deepEqual(
      readdirSync(join(blocked, "postgres")).filter((name) => name.startsWith("cluster")),
      ["cluster"],
    );
    await stop(postgres);
  });

  it("refuses data of another PostgreSQL version and leaves it alone", async () => {
    const old = join(folder, "old");
    cpSync(join(dataDir, "postgres/cluster"), join(old, "postgres/cluster"), { recursive: true });
    writeFileSync(join(old, "postgres/cluster/PG_VERSION"), "17\n");
    await assert.rejects(
      startEmbeddedPostgres({ dataDir: old, settings }),
      /is of PostgreSQL 17, and this Mainstay brings PostgreSQL 18/,
    );
    assert.equal(existsSync(join(old, "postgres/cluster/postmaster.pid")), false);
  });

  it("finds a shorter folder for its socket when the data folder's path is too long for one", async () => {
    const long = join(folder, "long".repeat(30));
    const postgres = await startEmbeddedPostgres({ dataDir: long, settings });
    running.add(postgres);
    assert.ok(Buffer.byteLength(`${postgres.connection.host}/.s.PGSQL.5432`) <= 107);
    assert.deepEqual(await query(postgres, "select 1 as one"), [{ one: 1 }]);
    await stop(postgres);
    await rm(postgres.connection.host, { recursive: true, force: true });
  });

  it("works in a closed folder too, where root's PostgreSQL, being another user, has to live elsewhere", async () => {
    const closed = join(folder, "closed");
    mkdirSync(join(closed, "data"), { recursive: true });
    chmodSync(closed, 0o700);
    const isRoot = process.getuid?.() === 0;
    const home = isRoot ? join(folder, "state") : join(closed, "data");
    for (let round = 1; round <= 2; round++) {
      const options = { dataDir: join(closed, "data"), stateDir: join(folder, "state"), settings };
      const postgres = await startEmbeddedPostgres(options);
      running.add(postgres);
      assert.ok(postgres.cluster.startsWith(home), postgres.cluster);
      await query(postgres, round === 1 ? "create table kept (word text)" : "select from kept");
      await stop(postgres);
    }
    assert.equal(existsSync(join(closed, "data/cluster-location")), isRoot);
  });

  async function stop(postgres: EmbeddedPostgres): Promise<void> {
    await postgres.stop();
    running.delete(postgres);
  }
});

async function query(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client({ ...postgres.connection, database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query(text);
    return rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts PostgreSQL on the folder, keeps it, and can be killed. */
async function startInProcess(dataDir: string) {
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))};
    const settings = ${JSON.stringify(settings)};
    try {
      const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings });
      console.log(JSON.stringify({ pid: postgres.pid }));
    } catch (error) {
      console.log(JSON.stringify({ refusal: error.message }));
    }
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  const answer: { pid?: number; refusal?: string } = JSON.parse(line);
  const exited = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  return { ...answer, kill };
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
