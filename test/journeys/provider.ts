import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Stage } from "./stage.ts";

export const password = "correct horse battery staple";

/** A provider of its own, made through the public interface as an owner would make it. */
export interface Provider {
  readonly api: Api;
  /** The owner's own session, for a window. */
  readonly cookie: string;
  readonly ownerId: string;
  readonly email: string;
  staff(name: string, roles: string[]): Promise<Login>;
  customer(name: string): Promise<string>;
  site(customerId: string, name: string, engineers?: readonly Login[]): Promise<string>;
  device(siteId: string, name: string, type?: string): Promise<{ id: string; code: string }>;
  contact(name: string, customerId: string): Promise<Login>;
  ticket(siteId: string, subject: string, more?: Record<string, unknown>): Promise<Ticket>;
}

export interface Login {
  id: string;
  name: string;
  email: string;
  cookie: string;
  /** The interface with this login's rights. */
  api: Api;
}

export interface Ticket {
  id: string;
  number: string;
  state: string;
  assigneeId: string | null;
  priority: string;
}

type Body = ReturnType<typeof JSON.parse>;

export interface Api {
  get(path: string): Promise<Body>;
  post(path: string, body?: unknown): Promise<Body>;
  put(path: string, body: unknown): Promise<Body>;
  patch(path: string, body: unknown, version?: number): Promise<Body>;
}

/** @param cookie whose session asks */
function apiOf(url: string, cookie: string): Api {
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  return {
    get: (path) => ask("GET", path),
    post: (path, body = {}) => ask("POST", path, body),
    put: (path, body) => ask("PUT", path, body),
    patch: (path, body, version) =>
      ask("PATCH", path, body, version === undefined ? {} : { "if-match": `"${version}"` }),
  };
}

/** Signs in as a page would. */
export async function signInFor(url: string, login: { email: string; password: string }) {
  const { cookie } = await enter(url, "/session", login);
  return { cookie, api: apiOf(url, cookie) };
}

/** Sends without a session. @returns the answer and the cookie that it set */
async function enter(url: string, path: string, body: unknown): Promise<{ body: Body; cookie: string }> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0] ?? "")
    .find((each) => each.includes("mainstay.session"));
  assert.ok(cookie, "no session began");
  return { body: JSON.parse(text), cookie };
}

/** A provider whose customers are promised an answer within the hour, at every hour: a journey is the same by night. */
export async function makeProvider(
  { url }: Stage,
  { name = "Fix It", owner = "An Owner", locale = "en" } = {},
): Promise<Provider> {
  const email = `${randomUUID().slice(0, 8)}@example.com`;
  const place = { locale, timeZone: "Asia/Ho_Chi_Minh", currency: "VND" };
  const { body: me, cookie } = await enter(url, "/providers", {
    providerName: name,
    ...place,
    ownerName: owner,
    ownerEmail: email,
    password,
  });
  const api = apiOf(url, cookie);
  const allDay = [["00:00", "24:00"]];
  const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, allDay]));
  const calendar = await api.post("/calendars", {
    name: "Every hour of the week",
    timeZone: "Asia/Ho_Chi_Minh",
    weekly,
  });
  const minutes = { response: 60, restore: 240, resolve: 480 };
  const policy = await api.post("/sla-policies", {
    name: "Round the clock",
    calendarId: calendar.id,
    targets: ["p1", "p2", "p3", "p4"].flatMap((priority) =>
      Object.entries(minutes).map(([target, targetMinutes]) => ({ tier: "standard", priority, target, targetMinutes })),
    ),
  });

  async function join(link: string): Promise<{ cookie: string; api: Api }> {
    const { pathname } = new URL(link);
    const joined = await enter(url, `/invitations/${pathname.split("/").at(-1)}/accept`, { password });
    return { cookie: joined.cookie, api: apiOf(url, joined.cookie) };
  }

  return {
    api,
    cookie,
    ownerId: me.id,
    email,
    async staff(memberName, roles) {
      const address = `${randomUUID().slice(0, 8)}@example.com`;
      const member = await api.post("/members", { name: memberName, email: address, roles });
      return { id: member.id, name: memberName, email: address, ...(await join(member.invitation.link)) };
    },
    async customer(customerName) {
      const customer = { name: customerName, deployment: "saas", lifecycle: "active", calendarId: calendar.id };
      const { id } = await api.post("/customers", customer);
      await api.post("/agreements", { customerId: id, policyId: policy.id, startsOn: "2020-01-01" });
      return id;
    },
    async site(customerId, siteName, engineers = []) {
      const address = "12 Hàng Bạc, Hà Nội";
      const site = {
        customerId,
        name: siteName,
        address,
        latitude: 21.0338,
        longitude: 105.852,
        phone: "+84 24 3825 0001",
      };
      const { id } = await api.post("/sites", site);
      await api.put(`/sites/${id}/named-engineers`, { memberIds: engineers.map((each) => each.id) });
      return id;
    },
    async device(siteId, deviceName, type = "till") {
      return api.post("/devices", { siteId, name: deviceName, type, manufacturer: "NCR", model: "Voyix 7" });
    },
    async contact(personName, customerId) {
      const address = `${randomUUID().slice(0, 8)}@example.com`;
      const person = await api.post("/people", {
        name: personName,
        email: address,
        affiliations: [{ customerId, role: "contact" }],
      });
      const { link } = await api.post(`/people/${person.id}/invite`);
      return { id: person.id, name: personName, email: address, ...(await join(link)) };
    },
    ticket: (siteId, subject, more = {}) => api.post("/tickets", { siteId, subject, ...more }),
  };
}
