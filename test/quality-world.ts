import assert from "node:assert/strict";
import { calendarRoutes } from "../src/modules/calendars/index.ts";
import { contractRoutes } from "../src/modules/contracts/index.ts";
import { customersRoutes } from "../src/modules/customers/index.ts";
import { deviceRoutes } from "../src/modules/devices/index.ts";
import { ticketRoutes, ticketSweeps } from "../src/modules/helpdesk/index.ts";
import { qualityRoutes } from "../src/modules/quality/index.ts";
import { setClock } from "../src/platform/clock.ts";
import { type Caller, type Provider, startWorld, type World } from "./module-world.ts";

/** A provider with two engineers, and a customer with two sites whose faults can be reported, solved and rated. */
export interface Served {
  provider: Provider;
  owner: Caller;
  /** Named for both sites. */
  engineer: Caller;
  second: Caller;
  customerId: string;
  siteId: string;
  otherSiteId: string;
  contact: Caller;
  /** Of `siteId`. */
  user: Caller;
  person(name: string, affiliations: { customerId: string; role: string; siteId?: string }[]): Promise<Caller>;
  customer(name: string, ...siteNames: string[]): Promise<{ customerId: string; siteIds: string[] }>;
}

export interface Stages {
  /** Left out: it stays new or assigned. */
  acknowledgedAt?: string;
  arrivedAt?: string;
  resolvedAt?: string;
}

/** Promised for every ticket, around the clock, in minutes. */
export const promised = { response: 60, restore: 240, resolve: 480 } as const;

export interface QualityWorld extends World {
  /** Marks the promises whose time has passed, as the workers do. */
  sweep(): Promise<void>;
}

export async function startQualityWorld(): Promise<QualityWorld> {
  const world = await startWorld(
    calendarRoutes,
    customersRoutes,
    contractRoutes,
    deviceRoutes,
    ticketRoutes,
    qualityRoutes,
  );
  return {
    ...world,
    async sweep() {
      await ticketSweeps(world.db)
        .find(({ name }) => name === "helpdesk.due_clocks")
        ?.run();
    },
  };
}

export async function openServed(world: World, settings: { timeZone?: string } = {}): Promise<Served> {
  const provider = await world.provider({ timeZone: "UTC", ...settings });
  const owner = await provider.staff("owner", "Olive");
  const engineer = await provider.staff("engineer", "Anna");
  const second = await provider.staff("engineer", "Ben");
  const policy = await made(owner, "sla-policies", {
    name: "Same for all",
    pausingReasons: [],
    targets: ["p1", "p2", "p3", "p4"].flatMap((priority) =>
      Object.entries(promised).map(([target, targetMinutes]) => ({
        tier: "standard",
        priority,
        target,
        targetMinutes,
      })),
    ),
  });

  async function customer(name: string, ...siteNames: string[]) {
    const { id: customerId } = await made(owner, "customers", { name, deployment: "saas" });
    await made(owner, "agreements", { customerId, policyId: policy.id, startsOn: "2025-01-01" });
    await owner.put(`/api/v1/customers/${customerId}/named-engineers`, { memberIds: [engineer.actor.id] });
    const siteIds: string[] = [];
    for (const siteName of siteNames) siteIds.push((await made(owner, "sites", { customerId, name: siteName })).id);
    return { customerId, siteIds };
  }

  async function person(name: string, affiliations: { customerId: string; role: string; siteId?: string }[]) {
    const { id } = await made(owner, "people", { name, affiliations });
    return provider.person(id, ...new Set(affiliations.map(({ role }) => role)));
  }

  const { customerId, siteIds } = await customer("Phở Bắc", "Bến Thành", "Chợ Lớn");
  const [siteId = "", otherSiteId = ""] = siteIds;
  return {
    provider,
    owner,
    engineer,
    second,
    customerId,
    siteId,
    otherSiteId,
    contact: await person("Chị Lan", [{ customerId, role: "contact" }]),
    user: await person("Anh Minh", [{ customerId, role: "user", siteId }]),
    person,
    customer,
  };
}

export async function made(caller: Caller, what: string, body: object): Promise<{ id: string }> {
  const answer = await caller.post(`/api/v1/${what}`, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

/** A fault of a site, reported by someone at some time. */
export async function fault(by: Caller, siteId: string, openedAt: string, more: object = {}): Promise<string> {
  setClock(openedAt);
  return (await made(by, "tickets", { siteId, subject: "The till is dead", ...more })).id;
}

/** Takes a fault as far as the stages say. */
export async function serve(engineer: Caller, ticketId: string, stages: Stages): Promise<void> {
  const { acknowledgedAt, arrivedAt, resolvedAt } = stages;
  const steps = [
    ["acknowledge", acknowledgedAt, {}],
    ["arrive", arrivedAt, {}],
    ["resolve", resolvedAt, { resolution: "A new fuse." }],
  ] as const;
  for (const [verb, at, body] of steps) {
    if (at === undefined) continue;
    setClock(at);
    const answer = await engineer.post(`/api/v1/tickets/${ticketId}/${verb}`, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }
}
