import { rm } from "node:fs/promises";
import pg from "pg";
import { freePort, type RunningServer, startServer } from "../test/running-server.ts";
import { makeTemporaryFolder } from "../test/temporary-folder.ts";
import { openRawClient, rawRequest } from "./raw-client.ts";

/** A server of its own on a disk, with honest settings, one provider, one site with its engineer. */
export interface BenchWorld {
  server: RunningServer;
  port: number;
  key: string;
  siteId: string;
  tenantId: string;
  startMilliseconds: number;
  ask(method: string, path: string, body?: unknown): Promise<ReturnType<typeof JSON.parse>>;
  connect(): Promise<pg.Client>;
  stop(): Promise<void>;
}

export async function startBenchWorld(): Promise<BenchWorld> {
  const dataDir = makeTemporaryFolder("bench", process.env.TMPDIR ?? "/tmp");
  const port = await freePort();
  const env = {
    MAINSTAY_ALLOW_PRIVATE_DESTINATIONS: "true",
    MAINSTAY_RATE_LIMIT: "100000000",
    MAINSTAY_TEST_WEB: "off",
  };
  const first = await startServer({ dataDir, port, env });
  await first.kill("SIGTERM");
  const began = performance.now();
  const server = await startServer({ dataDir, port, env });
  const startMilliseconds = performance.now() - began;

  let key = "";
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    const json: ReturnType<typeof JSON.parse> = await answer.json().catch(() => ({}));
    return Object.assign(json, { cookies: answer.headers.getSetCookie() });
  };
  const me = await ask("POST", "/setup", {
    providerName: "Bench",
    locale: "en",
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    ownerName: "Li",
    ownerEmail: "li@example.com",
    password: "correct horse battery staple",
  });
  const cookie = me.cookies.map((each: string) => each.split(";")[0]).join("; ");
  key = (await ask("POST", "/api-keys", { name: "bench", scopes: ["*"] }, { cookie })).key;
  const customer = await ask("POST", "/customers", {
    name: "Shop",
    code: "S",
    deployment: "saas",
    lifecycle: "active",
    locale: "en",
  });
  const site = await ask("POST", "/sites", {
    customerId: customer.id,
    name: "One",
    code: "1",
    timeZone: "Asia/Shanghai",
  });
  await ask("PUT", `/sites/${site.id}/named-engineers`, { memberIds: [me.id] });
  await waitForDefaults(ask, customer.id);
  return {
    server,
    port,
    key,
    siteId: site.id,
    tenantId: me.tenant.id,
    startMilliseconds,
    ask,
    async connect() {
      const client = new pg.Client({ host: `${dataDir}/postgres/run`, user: "postgres", database: "mainstay" });
      await client.connect();
      return client;
    },
    async stop() {
      await server.kill("SIGTERM");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The defaults of a new provider are put in place by reactions; the promise is one of them. */
async function waitForDefaults(ask: BenchWorld["ask"], customerId: string): Promise<void> {
  for (;;) {
    const [policy] = (await ask("GET", "/sla-policies")).items;
    if (policy) {
      await ask("POST", "/agreements", { customerId, policyId: policy.id, startsOn: "2020-01-01" });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Sends the same kind of request over so many connections for so long. @returns requests per second and latencies in ms */
export async function load(
  world: Pick<BenchWorld, "port" | "key">,
  connections: number,
  seconds: number,
  request: () => Buffer,
  expected: number,
): Promise<{ perSecond: number; sorted: number[] }> {
  const until = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await openRawClient(world.port);
      while (performance.now() < until) {
        const sent = performance.now();
        const { status, body } = await client.send(request());
        if (status !== expected) throw new Error(`${status}: ${body}`);
        latencies.push(performance.now() - sent);
      }
      client.close();
    }),
  );
  const perSecond = (latencies.length / (performance.now() - began)) * 1000;
  return { perSecond, sorted: latencies.sort((a, b) => a - b) };
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function get(world: Pick<BenchWorld, "key">, path: string): Buffer {
  return rawRequest("GET", path, { authorization: `Bearer ${world.key}` });
}

export function post(world: Pick<BenchWorld, "key">, path: string, body: unknown): Buffer {
  return rawRequest("POST", path, { authorization: `Bearer ${world.key}` }, body);
}
