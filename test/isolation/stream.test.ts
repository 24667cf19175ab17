import assert from "node:assert/strict";
import { after, before, describe, mock, test } from "node:test";
import { drainTenant } from "../../src/platform/event-runner.ts";
import { collectReactions } from "../../src/platform/events.ts";
import { silentLog } from "../../src/platform/log.ts";
import { brief } from "./ask.ts";
import { type Caller, isStaff, makesWith } from "./callers.ts";
import { type Listener, listen, type News, until } from "./listener.ts";
import { type IsolationWorld, startIsolationWorld } from "./world.ts";

let world: IsolationWorld;
let url: string;
const open: Listener[] = [];

before(async () => {
  // The stream's beat and its look at who still may hear are ticked by hand.
  mock.timers.enable({ apis: ["setInterval"] });
  world = await startIsolationWorld();
  url = await world.product.app.listen({ port: 0, host: "127.0.0.1" });
  await deliver();
});
after(async () => {
  for (const listener of open) listener.close();
  await world?.end();
  mock.timers.reset();
});

const beatMs = 15_000;
const checkMs = 60_000;

async function deliver(): Promise<void> {
  for (const { tenantId } of [world.a, world.b]) {
    while ((await drainTenant(world.product.db, collectReactions([]), tenantId, silentLog)) > 0);
  }
}

async function hear(caller: Caller, headers: Record<string, string> = {}): Promise<Listener> {
  const listener = await listen(url, { ...caller.credential, ...headers });
  open.push(listener);
  return listener;
}

/** Delivers what has happened, and waits until everyone has heard what there was for them. */
async function allHeard(listeners: Iterable<Listener>): Promise<void> {
  await deliver();
  const marker = await hear(world.a.caller("owner"));
  await makesWith(world.a.caller("owner"))("PATCH", customer("customer 2"), { lifecycle: "active" });
  await deliver();
  await until("the marker is heard", () => marker.heard.length > 0);
  marker.close();
  const waiting = [...listeners].filter(({ ended }) => !ended);
  const before = new Map(waiting.map((listener) => [listener, listener.beats]));
  mock.timers.tick(beatMs);
  await until("everyone hears the beat", () =>
    waiting.every((listener) => listener.ended || listener.beats > (before.get(listener) ?? 0)),
  );
}

const ticket = (name: string) => `/api/v1/tickets/${world.a.thing(`ticket ${name}`).id}`;
const customer = (name: string) => `/api/v1/customers/${world.a.thing(name).id}`;

interface Happened extends News {
  tenantId: string;
  internal: boolean;
}

/** Every event since, as the database knows it. */
async function eventsAfter(id: string): Promise<Happened[]> {
  const { rows } = await world.product.inspector.query(
    `select id, type, tenant_id as "tenantId", subject_kind as kind, coalesce(data->>'ticketId', subject_id::text) as "about", customer_id is null
        and cardinality(audience) = 0 as internal
      from platform.event where id > $1 order by id`,
    [id],
  );
  return rows.map(({ kind, about, ...row }) => ({ ...row, subject: { kind, id: about, version: 0 } }));
}

async function lastEvent(): Promise<string> {
  const { rows } = await world.product.inspector.query("select max(id::text) as id from platform.event");
  return rows[0].id;
}

/** Of what staff hear with which right; with `staff.read` what is named nowhere here. */
const rights: Readonly<Record<string, string>> = {
  ticket: "ticket.read",
  customer: "customer.read",
  site: "site.read",
  person: "person.read",
  device: "device.read",
  calendar: "calendar.read",
  sla_policy: "sla.read",
  agreement: "sla.read",
  rota: "rota.read",
  escalation: "rota.read",
  contact_point: "channel.read",
  gateway: "channel.read",
  api_key: "provider.write",
};
const staffOnly = new Set(["helpdesk.note_added", "helpdesk.work_logged"]);

/** What may be heard, by who may see what: the same rule as for addresses, told anew. */
function mayHear(caller: Caller, event: Happened): boolean {
  const provider = [world.a, world.b].find(({ letter }) => letter === caller.provider);
  if (event.tenantId !== provider?.tenantId) return false;
  const { kind, id } = event.subject;
  if (isStaff(caller)) return caller.permissions.has(rights[kind] ?? "staff.read");
  if (!["ticket", "rating"].includes(kind) || staffOnly.has(event.type) || event.internal) return false;
  return world.things.some((thing) => thing.id === id && thing.isSeenBy(caller));
}

async function muchHappens(): Promise<void> {
  const engineer = makesWith(world.a.caller("engineer"));
  const owner = makesWith(world.a.caller("owner"));
  const names = ["of the user", "of a colleague", "in confidence", "of the desk", "at site 12", "of customer 2"];
  for (const name of [...names, "of the visitor"]) {
    await engineer("POST", `${ticket(name)}/replies`, { text: "Told to all" });
    await engineer("POST", `${ticket(name)}/notes`, { text: "Told to nobody" });
    await engineer("POST", `${ticket(name)}/work`, { minutes: 1, kind: "remote" });
    await engineer("POST", `${ticket(name)}/pause`, { reason: "other" }, 200);
    await engineer("POST", `${ticket(name)}/resume`, {}, 200);
    await owner("PATCH", ticket(name), { impact: "high" });
  }
  await engineer("PUT", `${ticket("of the user")}/presence`, { doing: "viewing" }, 204);
  await owner("PATCH", customer("customer 1"), { lifecycle: "active" });
  await owner("POST", "/api/v1/api-keys", { name: "Mine", scopes: ["*"] });
  await owner("PATCH", `/api/v1/contact-points/${world.a.thing("contact point of owner").id}`, { label: "Mine" });
  await makesWith(world.b.caller("engineer"))(
    "POST",
    `/api/v1/tickets/${world.b.thing("ticket of the user").id}/replies`,
    {
      text: "Elsewhere",
    },
  );
}

/** A rating and the like need nothing of this: callers who differ in what they may see. */
const listening = [
  "owner",
  "owner by narrow key",
  "auditor",
  "sales",
  "contact",
  "site contact",
  "user",
  "colleague",
  "user at 12",
  "contact of 2",
  "user of 2",
  "of both",
  "visitor",
  "user by session",
];

describe("the stream", () => {
  test("everyone hears what happens to what they may see, and nothing else, not even that it happened", async (context) => {
    const callers = [...listening.map((role) => world.a.caller(role)), world.b.caller("owner"), world.b.caller("user")];
    const start = await lastEvent();
    const listeners = new Map<Caller, Listener>();
    for (const caller of callers) listeners.set(caller, await hear(caller));
    await muchHappens();
    await allHeard(listeners.values());
    const events = await eventsAfter(start);
    const faults: string[] = [];
    for (const [caller, { heard }] of listeners) {
      const may = events.filter((event) => mayHear(caller, event)).map(({ id }) => id);
      const ids = heard.filter(({ type }) => !type.startsWith("helpdesk.presence")).map(({ id }) => id);
      const typeOf = (id: string) => events.find((event) => event.id === id)?.type;
      for (const id of ids) if (!may.includes(id)) faults.push(`${caller.name} heard ${typeOf(id)}`);
      for (const id of may) if (!ids.includes(id)) faults.push(`${caller.name} did not hear ${typeOf(id)}`);
      if (new Set(ids).size !== ids.length) faults.push(`${caller.name} heard something twice`);
      const saysMore = heard.filter(
        (news) => `${Object.keys(news)}` !== "id,type,subject,customerId,siteId,actorId,at",
      );
      for (const { type } of saysMore) faults.push(`${caller.name}: ${type} says more than what to load again`);
      const present = heard.some(({ type }) => type.startsWith("helpdesk.presence"));
      if (present !== (isStaff(caller) && caller.provider === "a" && caller.permissions.has("ticket.read"))) {
        faults.push(`${caller.name}: presence`);
      }
      context.diagnostic(`${caller.name} heard ${ids.length} of ${events.length}`);
    }
    assert.deepEqual(brief(faults), []);
    for (const listener of listeners.values()) listener.close();
  });

  test("whoever comes back hears what was missed, and of that too only what one may see", async () => {
    const start = await lastEvent();
    await muchHappens();
    await deliver();
    const events = await eventsAfter(start);
    const [, last] = events;
    assert.ok(last);
    for (const caller of [...listening.map((role) => world.a.caller(role)), world.b.caller("owner")]) {
      const listener = await hear(caller, { "last-event-id": last.id });
      await allHeard([listener]);
      const everything = await eventsAfter("00000000-0000-0000-0000-000000000000");
      const ids = new Set(listener.heard.map(({ id }) => id));
      const wrong = everything.filter((event) => ids.has(event.id) && !mayHear(caller, event));
      const missing = events.slice(2).filter((event) => mayHear(caller, event) && !ids.has(event.id));
      assert.deepEqual([wrong, missing], [[], []], caller.name);
      listener.close();
    }
  });

  test("a last id that is none, or of a time that never comes, is no defect and tells nothing", async () => {
    const ids = [
      "x",
      "-".repeat(36),
      "e".repeat(36),
      "f".repeat(8),
      `${"f".repeat(8)}-ffff-7fff-8fff-ffffffffffff`,
      "00000000-0000-0000-0000-000000000000",
      "'; select pg_sleep(9) --",
    ];
    for (const id of ids) {
      const listener = await hear(world.b.caller("user"), { "last-event-id": id });
      assert.equal(listener.status, 200, id);
      await allHeard([listener]);
      const foreign = listener.heard.filter(({ subject }) => world.a.things.some((thing) => thing.id === subject.id));
      assert.deepEqual(foreign, []);
      listener.close();
    }
    assert.deepEqual(brief(world.product.errors), []);
  });

  test("nobody hears without a credential", async () => {
    const listener = await listen(url, {});
    assert.equal(listener.status, 401);
    listener.close();
  });

  test("a session that is signed out, a key that is revoked, a person who is archived: the hearing ends", async () => {
    const owner = makesWith(world.a.caller("owner"));
    const session = world.a.caller("user by session");
    const key = world.a.caller("user of 2");
    const person = world.a.caller("colleague");
    const stays = await hear(world.a.caller("contact"));
    const heard = [await hear(session), await hear(key), await hear(person)];
    assert.equal((await session.ask({ method: "DELETE", url: "/api/v1/session" })).status, 204);
    await owner("DELETE", `/api/v1/api-keys/${world.a.thing("key of user of 2").id}`, undefined, 204);
    await owner("PATCH", `/api/v1/people/${person.id}`, { archived: true });
    mock.timers.tick(checkMs);
    await until("they are cut off", () => heard.every(({ ended }) => ended));
    assert.equal(stays.ended, false);
    stays.close();
  });

  test("whoever is no longer contact of a customer hears no more of it", async () => {
    const contact = world.a.caller("contact");
    const listener = await hear(contact);
    const engineer = makesWith(world.a.caller("engineer"));
    await engineer("POST", `${ticket("of the desk")}/replies`, { text: "Heard" });
    await allHeard([listener]);
    assert.equal(listener.heard.length, 1);
    const place = { role: "contact", customerId: world.a.thing("customer 2").id };
    await makesWith(world.a.caller("owner"))("PATCH", `/api/v1/people/${contact.id}`, { affiliations: [place] });
    mock.timers.tick(checkMs);
    await allHeard([listener]);
    await engineer("POST", `${ticket("of the desk")}/replies`, { text: "Not heard" });
    await engineer("POST", `${ticket("of customer 2")}/replies`, { text: "Heard" });
    await allHeard([listener]);
    const tickets = listener.heard.map(({ subject }) => subject.id);
    assert.deepEqual(tickets, [world.a.thing("ticket of the desk").id, world.a.thing("ticket of customer 2").id]);
    listener.close();
  });
});
