import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { calendarRoutes } from "../src/modules/calendars/index.ts";
import { contractRoutes } from "../src/modules/contracts/index.ts";
import { customersRoutes } from "../src/modules/customers/index.ts";
import { callJobsOf } from "../src/modules/helpdesk/call-jobs.ts";
import type { CallParts } from "../src/modules/helpdesk/call-parts.ts";
import { callReactions } from "../src/modules/helpdesk/call-reactions.ts";
import { addCallRoutes } from "../src/modules/helpdesk/call-routes.ts";
import { ticketRoutes } from "../src/modules/helpdesk/ticket-routes.ts";
import { nowText, setClock } from "../src/platform/clock.ts";
import { type Gateways, generateVapidKeys } from "../src/platform/delivery/index.ts";
import { drainTenant } from "../src/platform/event-runner.ts";
import { collectReactions } from "../src/platform/events.ts";
import { silentLog } from "../src/platform/log.ts";
import { type Caller, type Provider, startWorld, type World } from "./module-world.ts";
import { createSubscription, type PushService, type Subscriber, startPushService } from "./peers/push-service.ts";

/** A provider with a shop, an engineer named for it, and the world outside: what calls are about. */
export interface CallWorld extends World {
  parts: CallParts;
  push: PushService;
  /** Runs the jobs that are due by the product's clock, and those they make, until none is. */
  work(): Promise<number>;
  /** Sets the clock to some minutes later, and works. */
  later(minutes: number): Promise<void>;
  shop(settings?: { timeZone?: string; locale?: string; calendar?: Record<string, unknown> }): Promise<Shop>;
  /** Delivers the news of a provider to the reactions of this module. */
  tellNews(shop: Shop): Promise<void>;
}

export interface Shop {
  provider: Provider;
  owner: Caller;
  engineer: Caller;
  siteId: string;
  customerId: string;
  calendarId: string;
  /** Opens a ticket for the shop: p1 unless said otherwise. */
  fault(more?: Record<string, unknown>): Promise<{ id: string; number: string; state: string; priority: string }>;
}

const day = [["09:00", "18:00"]];
/** Shop hours, closed on weekends. */
export const officeWeek = { mon: day, tue: day, wed: day, thu: day, fri: day };

export async function startCallWorld(more: Partial<Gateways> = {}): Promise<CallWorld> {
  const keys = generateVapidKeys();
  const gateways: Gateways = {
    vapid: { subject: "mailto:ops@example.com", ...keys },
    allowPrivateDestinations: true,
    allowPrivateGateways: true,
    ...more,
  };
  const push = await startPushService({ applicationServerKey: keys.publicKey });
  let parts: CallParts | undefined;
  const world = await startWorld(calendarRoutes, customersRoutes, contractRoutes, ticketRoutes, (app) => {
    parts = { db: app.db, gateways, secret: randomBytes(32), publicUrl: "https://desk.example.com" };
    addCallRoutes(app, parts);
  });
  assert.ok(parts);
  const jobs = new Map(callJobsOf(parts).map((job) => [job.name, job]));

  async function work(): Promise<number> {
    for (let ran = 0; ; ran++) {
      assert.ok(ran < 2000, "the jobs do not end");
      const { rows } = await world.db.pool.query(
        `delete from graphile_worker._private_jobs where id = (
            select job.id from graphile_worker._private_jobs job where job.run_at <= $1 order by job.run_at, job.id limit 1)
          returning payload, (select identifier from graphile_worker._private_tasks where id = task_id) as name`,
        [nowText()],
      );
      if (!rows[0]) return ran;
      await jobs.get(rows[0].name)?.run(rows[0].payload, { number: 1, last: false });
    }
  }

  return {
    ...world,
    parts,
    push,
    work,
    async later(minutes) {
      setClock(Temporal.Instant.from(nowText()).add({ minutes }).toString());
      await work();
    },
    async tellNews({ provider }) {
      await drainTenant(world.db, collectReactions([callReactions]), provider.tenantId, silentLog);
    },
    shop: (settings) => openShop(world, settings),
    async end() {
      setClock(undefined);
      try {
        await world.end();
      } finally {
        await push.close();
      }
    },
  };
}

async function openShop(
  world: World,
  {
    timeZone = "Europe/Berlin",
    locale = "en",
    calendar = { weekly: officeWeek },
  }: Parameters<CallWorld["shop"]>[0] = {},
): Promise<Shop> {
  const provider = await world.provider({ timeZone, locale });
  const owner = await provider.staff("owner");
  const engineer = await provider.staff("engineer", "Ada");
  const hours = await made(owner.post("/api/v1/calendars", { name: "Hours", timeZone, weekly: {}, ...calendar }));
  const customer = await made(
    owner.post("/api/v1/customers", { name: "Corner Shops", deployment: "saas", locale: "en", calendarId: hours.id }),
  );
  const site = await made(
    owner.post("/api/v1/sites", { customerId: customer.id, name: "High Street", timeZone, calendarId: hours.id }),
  );
  await owner.put(`/api/v1/sites/${site.id}/named-engineers`, { memberIds: [engineer.actor.id] });
  return {
    provider,
    owner,
    engineer,
    siteId: site.id,
    customerId: customer.id,
    calendarId: hours.id,
    fault: (more = {}) =>
      made(
        owner.post("/api/v1/tickets", {
          subject: "The till is dead",
          siteId: site.id,
          impact: "high",
          urgency: "high",
          ...more,
        }),
      ),
  };
}

export async function made(answer: Promise<{ status: number; body: ReturnType<typeof JSON.parse> }>) {
  const { status, body } = await answer;
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

/** Subscribes a member of staff's browser. */
export async function subscribe(world: CallWorld, caller: Caller): Promise<Subscriber> {
  const subscriber = createSubscription();
  await made(
    caller.post("/api/v1/push-subscriptions", {
      endpoint: world.push.endpointFor(subscriber),
      keys: subscriber.keys,
      expirationTime: null,
    }),
  );
  return subscriber;
}
