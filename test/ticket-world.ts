import assert from "node:assert/strict";
import { calendarRoutes } from "../src/modules/calendars/index.ts";
import { contractRoutes } from "../src/modules/contracts/index.ts";
import { customersRoutes } from "../src/modules/customers/index.ts";
import { deviceRoutes } from "../src/modules/devices/index.ts";
import { feedRoutes, ticketRoutes, viewRoutes } from "../src/modules/helpdesk/index.ts";
import { setClock } from "../src/platform/clock.ts";
import { type Caller, startWorld } from "./module-world.ts";

/** A Monday in Hồ Chí Minh City, where a shop with its own hours has a promise and a named engineer. */
export const monday = "2026-11-02";

const workingDay = [["09:00", "18:00"]];
const week = { mon: workingDay, tue: workingDay, wed: workingDay, thu: workingDay, fri: workingDay };

async function made(answer: Promise<{ status: number; body: { id: string } }>) {
  const { status, body } = await answer;
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

export async function startTicketWorld() {
  const world = await startWorld(
    calendarRoutes,
    customersRoutes,
    contractRoutes,
    deviceRoutes,
    ticketRoutes,
    viewRoutes,
    feedRoutes,
  );
  setClock(`${monday}T08:00:00Z`);
  const provider = await world.provider({ timeZone: "Asia/Ho_Chi_Minh" });
  const owner = await provider.staff("owner");
  const engineer = await provider.staff("engineer", "Nguyễn Văn An");
  const second = await provider.staff("engineer", "Trần Thị Bình");
  const calendar = await made(
    owner.post("/api/v1/calendars", { name: "Shop hours", timeZone: "Asia/Ho_Chi_Minh", weekly: week }),
  );
  const customer = await made(
    owner.post("/api/v1/customers", {
      name: "Phở Bắc",
      code: "PHO",
      deployment: "saas",
      lifecycle: "active",
      locale: "vi",
    }),
  );
  const site = await made(
    owner.post("/api/v1/sites", {
      customerId: customer.id,
      name: "Quận 1",
      code: "Q1",
      timeZone: "Asia/Ho_Chi_Minh",
      calendarId: calendar.id,
    }),
  );
  await owner.put(`/api/v1/sites/${site.id}/named-engineers`, { memberIds: [engineer.actor.id] });
  const device = await made(owner.post("/api/v1/devices", { siteId: site.id, name: "Till 1", type: "till" }));
  const policy = await made(
    owner.post("/api/v1/sla-policies", {
      name: "Gold",
      pausingReasons: ["waiting_for_user"],
      targets: ["vip", "standard", "basic"].flatMap((tier) =>
        ["p1", "p2", "p3", "p4"].flatMap((priority, index) =>
          (["response", "restore", "resolve"] as const).map((target, step) => ({
            tier,
            priority,
            target,
            targetMinutes: 30 * (index + 1) * (step * 4 + 1),
          })),
        ),
      ),
    }),
  );
  await made(
    owner.post("/api/v1/agreements", { customerId: customer.id, policyId: policy.id, startsOn: "2026-01-01" }),
  );
  const people = await Promise.all(
    [
      ["Chị Lan", "contact", null],
      ["Anh Minh", "user", site.id],
    ].map(([name, role, siteId]) =>
      made(
        owner.post("/api/v1/people", {
          name,
          locale: "vi",
          affiliations: [{ customerId: customer.id, role, ...(siteId ? { siteId } : {}) }],
        }),
      ),
    ),
  );
  const contact = provider.person(people[0]?.id ?? "", "contact");
  const user = provider.person(people[1]?.id ?? "", "user");

  async function open(caller: Caller, more: Record<string, unknown> = {}) {
    const fault = { subject: "The till is dead", siteId: site.id, ...more };
    const { status, body } = await caller.post("/api/v1/tickets", fault);
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  }

  async function step(caller: Caller, id: string, verb: string, body: unknown = {}, status = 200) {
    const answer = await caller.post(`/api/v1/tickets/${id}/${verb}`, body);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    return answer.body;
  }

  return { world, provider, owner, engineer, second, contact, user, site, device, open, step, made };
}

export const clockOf = (ticket: { clocks: { target: string }[] }, target: string) =>
  ticket.clocks.find((clock) => clock.target === target) as unknown as Record<string, unknown>;
