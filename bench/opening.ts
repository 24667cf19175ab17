import { randomUUID } from "node:crypto";
import pg from "pg";
import { type BenchWorld, load, percentile, post } from "./world.ts";

const connections = 16;
const seconds = 8;

/**
 * Opening tickets over HTTP, against the same rows inserted by bare prepared SQL from as many connections: one
 * transaction each, nothing else. And the memory of the server meanwhile.
 */
export async function* benchOpening(world: BenchWorld) {
  const ticket = { subject: "The till does not print", siteId: world.siteId, impact: "high", urgency: "high" };
  const open = () => post(world, "/api/v1/tickets", ticket);
  await load(world, connections, 2, open, 201);
  const opening = await load(world, connections, seconds, open, 201);
  const memory = await residentMegabytes(world);
  await drained(world);
  const bare = await insertBare(world, false);
  const pipelined = await insertBare(world, true);
  yield {
    bench: "open-ticket",
    perSecond: Math.round(opening.perSecond),
    p50Ms: round(percentile(opening.sorted, 0.5)),
    p99Ms: round(percentile(opening.sorted, 0.99)),
    barePerSecond: Math.round(bare),
    barePipelinedPerSecond: Math.round(pipelined),
    ratio: round(opening.perSecond / bare),
    ratioToPipelined: round(opening.perSecond / pipelined),
    aim: "ratio >= 0.5",
  };
  yield { bench: "memory-under-load", megabytes: memory, aim: "<= 400" };
}

export async function residentMegabytes(world: BenchWorld): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${world.server.process.pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Waits until no job is left, so that the next measurement has the machine to itself. */
async function drained(world: BenchWorld): Promise<void> {
  const client = await world.connect();
  for (;;) {
    const { rows } = await client.query(
      "select count(*)::int as n from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts",
    );
    const events = await client.query("select count(*)::int as n from platform.event where delivered_at is null");
    if (rows[0].n + events.rows[0].n === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await client.end();
}

/** The rows of one ticket that the product opened, again and again with new ids. @returns transactions per second */
async function insertBare(world: BenchWorld, pipeline: boolean): Promise<number> {
  const sample = await world.connect();
  const ticket = (await sample.query("select * from helpdesk.ticket order by id desc limit 1")).rows[0];
  const related = async (table: string, column: string) =>
    (await sample.query(`select * from ${table} where ${column} = $1`, [ticket.id])).rows;
  const tables: [string, Record<string, unknown>[]][] = [
    ["helpdesk.ticket", [ticket]],
    ["helpdesk.clock", await related("helpdesk.clock", "ticket_id")],
    ["helpdesk.journal", await related("helpdesk.journal", "ticket_id")],
    ["helpdesk.notification", await related("helpdesk.notification", "ticket_id")],
    ["helpdesk.call_chain", await related("helpdesk.call_chain", "ticket_id")],
    ["platform.event", (await related("platform.event", "subject_id")).slice(0, 1)],
  ];
  await sample.end();
  const inserts = tables.flatMap(([table, rows]) =>
    rows.map((row) => {
      const columns = Object.keys(row);
      const text = `insert into ${table} (${columns.join(", ")}) values (${columns.map((_, n) => `$${n + 1}`).join(", ")})`;
      return { name: `${table}${columns.length}`, text, columns, row };
    }),
  );
  const job = {
    name: "job",
    text: "insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts) values (1, $1, '2100-01-01', 20)",
  };
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await bareClient(world, pipeline);
      while (performance.now() < until) {
        const id = randomUUID();
        const statements: (string | pg.QueryConfig)[] = ["begin"];
        for (const { name, text, columns, row } of inserts) {
          const values = columns.map((column) => {
            if (column === "id" && "number" in row) return id;
            if (column === "id") return randomUUID();
            if (column === "ticket_id" || column === "subject_id") return id;
            if (column === "number") return id;
            const value = row[column];
            return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date)
              ? JSON.stringify(value)
              : column === "earlier_segments"
                ? "[]"
                : value;
          });
          statements.push({ name, text, values });
        }
        statements.push({ ...job, values: ['{"ticketId":"x"}'] }, "commit");
        if (pipeline) await Promise.all(statements.map((statement) => client.query(statement)));
        else for (const statement of statements) await client.query(statement);
        done++;
      }
      await client.end();
    }),
  );
  const perSecond = (done / (performance.now() - began)) * 1000;
  const cleaner = await world.connect();
  await cleaner.query("delete from graphile_worker._private_jobs where run_at = '2100-01-01'");
  await cleaner.end();
  return perSecond;
}

async function bareClient(world: BenchWorld, pipeline: boolean): Promise<pg.Client> {
  const usual = await world.connect();
  if (!pipeline) return usual;
  const { host, port, user, database } = usual;
  await usual.end();
  const client = new pg.Client({ host, port, user, database, pipeline } as pg.ClientConfig);
  await client.connect();
  return client;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
