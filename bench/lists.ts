import { type BenchWorld, get, load, percentile } from "./world.ts";

const sizes = [10_000, 100_000, 1_000_000];
const seconds = 4;
const connections = 4;

/** The newest 50 and the most urgent 50 of tenants with ten thousand, a hundred thousand and a million tickets. */
export async function* benchLists(world: BenchWorld) {
  const keys: string[] = [];
  for (const size of sizes) keys.push(await tenantWith(world, size));
  const client = await world.connect();
  await client.query("vacuum analyze helpdesk.ticket");
  await client.end();
  for (const [name, path] of [
    ["newest-50", "/api/v1/tickets?limit=50"],
    ["most-urgent-50", "/api/v1/tickets?limit=50&sort=due"],
  ] as const) {
    let smallest = 0;
    for (const [index, size] of sizes.entries()) {
      const caller = { ...world, key: keys[index] ?? "" };
      await load(caller, connections, 1, () => get(caller, path), 200);
      const { perSecond, sorted } = await load(caller, connections, seconds, () => get(caller, path), 200);
      const p50 = percentile(sorted, 0.5);
      if (smallest === 0) smallest = p50;
      yield {
        bench: name,
        tickets: size,
        perSecond: Math.round(perSecond),
        p50Ms: round(p50),
        p99Ms: round(percentile(sorted, 0.99)),
        ratio: round(p50 / smallest),
        p99ToP50: round(percentile(sorted, 0.99) / p50),
        aim: "ratio <= 1.2, p99 <= 5 x p50",
      };
    }
  }
}

/** A provider of its own whose tickets are made in the database: one in fifty is open. @returns its owner's key */
async function tenantWith(world: BenchWorld, tickets: number): Promise<string> {
  const answer = await fetch(`${world.server.url}/api/v1/providers`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      providerName: `Lists ${tickets}`,
      locale: "en",
      timeZone: "Asia/Shanghai",
      currency: "CNY",
      ownerName: "Wu",
      ownerEmail: `wu${tickets}@example.com`,
      password: "correct horse battery staple",
    }),
  });
  const me = JSON.parse(await answer.text());
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const made = async (path: string, body: unknown, headers: Record<string, string>) => {
    const reply = await fetch(`${world.server.url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`);
    return JSON.parse(text);
  };
  const { key } = await made("/api-keys", { name: "bench", scopes: ["*"] }, { cookie });
  const bearer = { authorization: `Bearer ${key}` };
  const customer = { name: "Shop", code: "S", deployment: "saas", lifecycle: "active", locale: "en" };
  const { id: customerId } = await made("/customers", customer, bearer);
  const site = { customerId, name: "One", code: "1", timeZone: "Asia/Shanghai" };
  const { id: siteId } = await made("/sites", site, bearer);
  const client = await world.connect();
  // Rows of the bench only: their references are right by construction.
  await client.query("set session_replication_role = replica");
  await client.query(
    `insert into helpdesk.ticket (tenant_id, id, number, kind, subject, description, state, priority, impact, urgency, channel,
       customer_id, site_id, opened_by_kind, opened_by_id, assignee_id, tier, opened_at, next_due_at, next_due_target, updated_at)
     select $1::uuid, uuidv7(make_interval(secs => n - $5::int)), 'INC-' || n, 'incident', 'Fault ' || n, '',
       case when n % 50 = 0 then 'assigned' else 'closed' end, 'p3', 'medium', 'medium', 'portal', $2::uuid, $3::uuid, 'staff',
       $4::uuid, $4::uuid, 'standard', now() + make_interval(secs => n - $5::int),
       case when n % 50 = 0 then now() + make_interval(secs => n % 100000) end, 'resolve', now()
     from generate_series(1, $5::int) as n`,
    [me.tenant.id, customerId, siteId, me.id, tickets],
  );
  await client.end();
  return key;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
