import { timingSafeEqual } from "node:crypto";
import { Type } from "typebox";
import type { Database } from "./db.ts";
import type { App } from "./http.ts";
import { isMigrated } from "./migrate.ts";
import { Refusal } from "./refusal.ts";
import { sql } from "./sql.ts";

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `GET /livez` (the process answers), `GET /readyz` (it can serve), `GET /metrics` (Prometheus text, behind a token). */
export function addHealth(app: App): void {
  const requests = new Map<string, { count: number; sum: number; buckets: number[] }>();
  app.addHook("onResponse", async (request, reply) => {
    const labels = `method="${request.method}",route="${request.routeOptions.url ?? "none"}",status="${reply.statusCode}"`;
    const known = requests.get(labels) ?? { count: 0, sum: 0, buckets: secondsBuckets.map(() => 0) };
    const seconds = reply.elapsedTime / 1000;
    known.count += 1;
    known.sum += seconds;
    known.buckets = known.buckets.map((count, index) => count + (seconds <= (secondsBuckets[index] ?? 0) ? 1 : 0));
    requests.set(labels, known);
  });

  app.get("/livez", { logLevel: "silent" }, async () => ({ status: "alive" }));
  app.get("/readyz", { logLevel: "silent" }, async () => {
    const migrated = await isMigrated((text) => app.db.pool.query(text)).catch(() => undefined);
    if (migrated === undefined) throw new Refusal("unavailable", "database_down", "The database does not answer.");
    if (!migrated) throw new Refusal("unavailable", "not_migrated", "The database awaits its migrations.");
    return { status: "ready" };
  });
  app.get("/metrics", { logLevel: "silent" }, async (request, reply) => {
    const { metricsToken } = app.settings;
    if (!metricsToken || !sameText(request.headers.authorization ?? "", `Bearer ${metricsToken}`)) {
      throw new Refusal("not_found", "no_such_route", "There is nothing at this address.");
    }
    reply.type("text/plain; version=0.0.4; charset=utf-8");
    return [...requestLines(requests), ...processLines(), ...(await backlogLines(app.db))].join("\n").concat("\n");
  });
}

function requestLines(requests: ReadonlyMap<string, { count: number; sum: number; buckets: number[] }>): string[] {
  const lines = ["# TYPE mainstay_http_request_seconds histogram"];
  for (const [labels, { count, sum, buckets }] of requests) {
    buckets.forEach((n, index) => {
      lines.push(`mainstay_http_request_seconds_bucket{${labels},le="${secondsBuckets[index]}"} ${n}`);
    });
    lines.push(`mainstay_http_request_seconds_bucket{${labels},le="+Inf"} ${count}`);
    lines.push(`mainstay_http_request_seconds_sum{${labels}} ${sum}`);
    lines.push(`mainstay_http_request_seconds_count{${labels}} ${count}`);
  }
  return lines;
}

function processLines(): string[] {
  const { rss, heapUsed } = process.memoryUsage();
  return [
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${rss}`,
    "# TYPE mainstay_heap_used_bytes gauge",
    `mainstay_heap_used_bytes ${heapUsed}`,
    "# TYPE process_cpu_seconds_total counter",
    `process_cpu_seconds_total ${process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6}`,
    "# TYPE mainstay_uptime_seconds gauge",
    `mainstay_uptime_seconds ${process.uptime()}`,
  ];
}

const Backlog = Type.Object({ ready: Type.Integer(), dead: Type.Integer() });

/** Jobs that are ready to run, and those that failed for good. */
export function jobBacklog(db: Database) {
  return db.asGlobal((tx) =>
    tx.one(
      Backlog,
      sql`select count(*) filter (where attempts < max_attempts and run_at <= clock_timestamp())::int as ready,
          count(*) filter (where attempts >= max_attempts and locked_at is null)::int as dead
        from graphile_worker._private_jobs`,
    ),
  );
}

async function backlogLines(db: Database): Promise<string[]> {
  const jobs = await jobBacklog(db);
  const [events] = await db.sweep(
    Type.Object({ undelivered: Type.Integer(), dead: Type.Integer() }),
    sql`/* sweep: events waiting and dead */
      select count(*) filter (where dead_at is null)::int as undelivered, count(*) filter (where dead_at is not null)::int as dead
      from platform.event where delivered_at is null`,
  );
  return [
    "# TYPE mainstay_jobs gauge",
    `mainstay_jobs{state="ready"} ${jobs.ready}`,
    `mainstay_jobs{state="dead"} ${jobs.dead}`,
    "# TYPE mainstay_events gauge",
    `mainstay_events{state="undelivered"} ${events?.undelivered ?? 0}`,
    `mainstay_events{state="dead"} ${events?.dead ?? 0}`,
  ];
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
