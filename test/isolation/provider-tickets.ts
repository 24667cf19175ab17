import assert from "node:assert/strict";
import { createLogin, hashNewPassword, joinLogin, permissionsOf } from "../../src/modules/identity/index.ts";
import { ask, fileForm } from "./ask.ts";
import { type Caller, callerWith, isContactAt, isStaff, makesWith, password, signIn, words } from "./callers.ts";
import type { Making } from "./provider.ts";
import { wordsAt } from "./provider-customers.ts";

const tickets: readonly { name: string; site: number; requester?: string; confidential?: true }[] = [
  { name: "of the user", site: 11, requester: "user" },
  { name: "of a colleague", site: 11, requester: "colleague" },
  { name: "in confidence", site: 11, requester: "colleague", confidential: true },
  { name: "of the desk", site: 11 },
  { name: "at site 12", site: 12, requester: "user at 12" },
  { name: "of customer 2", site: 21, requester: "user of 2" },
  { name: "that is solved", site: 11, requester: "user" },
];

/** Tickets of everyone, with talk, work and files, some of it for the staff's eyes only; one is solved and rated. */
export async function addTickets(making: Making): Promise<void> {
  const { add, does, provider, word, works } = making;
  await addVisitor(making);
  for (const { name, site, requester, confidential = false } of tickets) {
    const text = wordsAt(making, site);
    const requesterId = requester ? provider.thing(requester).id : null;
    const { id } = await does("POST", "/api/v1/tickets", {
      subject: `Ticket ${text}`,
      description: `Described ${text}`,
      siteId: provider.thing(`site ${site}`).id,
      deviceId: provider.thing(`device ${site}`).id,
      requesterId,
      confidential,
      tags: [text],
    });
    const sees = (each: Caller) =>
      isStaff(each) || each.id === requesterId || (!confidential && isContactAt(each, site));
    add("ticket", `ticket ${name}`, id, sees);
    await fill(making, name, id, text, sees);
  }
  const solved = `/api/v1/tickets/${provider.thing("ticket that is solved").id}`;
  await works("POST", `${solved}/resolve`, { resolution: `Solved ${word}` }, 200);
  const rates = makesWith(provider.caller("user"));
  await rates("POST", `${solved}/rating`, { overall: 4, comment: `Rated ${word}` });
}

async function addVisitor(making: Making): Promise<void> {
  const { add, product, provider, word } = making;
  const url = `/api/v1/device-codes/${provider.secrets.code}/reports`;
  const body = { subject: `Report ${word}`, name: `Visitor ${word}` };
  const report = await ask(product.app, {}, { method: "POST", url, body });
  assert.equal(report.status, 201, report.text);
  const { token, ticketId } = report.json;
  const opened = await ask(product.app, {}, { method: "GET", url: `/api/v1/visitor-reports/${token}` });
  provider.secrets.visitor = token;
  provider.callers.push(
    callerWith(product, {
      name: `${provider.letter} visitor`,
      provider: provider.letter,
      kind: "visitor",
      id: opened.json.ticket.visitorId,
      permissions: permissionsOf(["visitor"]),
      credential: { authorization: `Bearer ${token}` },
    }),
  );
  const sees = (each: Caller) => isStaff(each) || each.kind === "visitor" || isContactAt(each, 11);
  add("ticket", "ticket of the visitor", ticketId, sees);
  await fill(making, "of the visitor", ticketId, word, sees);
}

async function fill(making: Making, name: string, id: string, text: string, sees: (caller: Caller) => boolean) {
  const { add, engineer, works } = making;
  const at = `/api/v1/tickets/${id}`;
  await works("POST", `${at}/acknowledge`, {}, 200);
  await works("POST", `${at}/replies`, { text: `Reply ${text}` });
  await works("POST", `${at}/notes`, { text: `Note ${words.internal} ${text}` });
  await works("POST", `${at}/work`, { minutes: 5, kind: "remote", note: `Work ${words.internal}` });
  for (const internal of [false, true]) {
    const secret = internal ? words.internal : "";
    const form = await fileForm(`file ${text} ${secret}.txt`, `Content ${text} ${secret}`, { internal: `${internal}` });
    const answer = await engineer.ask({ method: "POST", url: `${at}/attachments`, ...form });
    assert.equal(answer.status, 201, answer.text);
    add("attachment", `${internal ? "internal " : ""}file ${name}`, answer.json.id, internal ? isStaff : sees, id);
  }
}

/** Who is on call, where they are rung, and how they look at the desk. */
export async function addDesk(making: Making): Promise<void> {
  const { add, does, engineer, owner, word } = making;
  const rota = { name: `Rota ${word}`, timeZone: "Europe/Berlin", memberIds: [engineer.id] };
  const { id } = await does("POST", "/api/v1/rotas", rota);
  add("rota", "rota", id, isStaff);
  const shift = { staffId: owner.id, from: "2027-03-04T00:00:00Z", to: "2027-03-05T00:00:00Z" };
  const override = await does("POST", `/api/v1/rotas/${id}/overrides`, shift);
  add("override", "override", override.id, isStaff, id);
  for (const each of [engineer, owner]) {
    const role = each === owner ? "owner" : "engineer";
    const point = await makesWith(each)("POST", "/api/v1/contact-points", {
      label: `Phone ${word}`,
      destination: { channel: "email", to: `phone-of-${role}-${word}@example.com` },
    });
    const reads = (who: Caller) => who.permissions.has("channel.read") || who.permissions.has("channel.write");
    add(
      "contact_point",
      `contact point of ${role}`,
      point.id,
      (who) => isStaff(who) && (who.id === each.id || reads(who)),
    );
  }
  const calls = await engineer.ask({ method: "GET", url: "/api/v1/notifications" });
  add("notification", "notification", calls.json.items[0].id, (who) => who.id === engineer.id);
  for (const shared of [false, true]) {
    const view = await making.works("POST", "/api/v1/saved-views", { name: `View ${word}`, shared, query: {} });
    const sees = (who: Caller) => isStaff(who) && (shared || who.id === engineer.id);
    add("saved_view", `${shared ? "shared" : "own"} view`, view.id, sees);
  }
}

/** Logins of some, with a session and a passkey each: they ask by session as well as by key. */
export async function addLogins(making: Making): Promise<void> {
  const { add, ownerLogin, product, provider, word } = making;
  for (const role of ["owner", "engineer", "contact", "user"]) {
    const who = provider.caller(role);
    const email = `${role}-${word}@example.com`;
    const loginId = role === "owner" ? ownerLogin : await join(making, who.id, email);
    const credential = await signIn(product, email);
    provider.callers.push(callerWith(product, { ...who, name: `${who.name} by session`, credential }));
    const { rows: sessions } = await product.inspector.query("select id from auth.session where login_id = $1", [
      loginId,
    ]);
    const { rows: passkeys } = await product.inspector.query(
      `insert into auth.passkey (id, login_id, name, public_key, credential_id, counter, device_type, backed_up, created_at)
        values (gen_random_uuid(), $1, $2, 'key', gen_random_uuid()::text, 0, 'singleDevice', false, now()) returning id`,
      [loginId, `Passkey ${word}`],
    );
    add("session", `session of ${role}`, sessions[0].id, (each) => each.id === who.id);
    add("passkey", `passkey of ${role}`, passkeys[0].id, (each) => each.id === who.id);
  }
}

async function join({ product, provider }: Making, subjectId: string, email: string): Promise<string> {
  const passwordHash = await hashNewPassword(password, []);
  return product.db.asTenant(provider.tenantId, async (tx) => {
    const login = await createLogin(tx, { name: "Somebody", email, passwordHash });
    await joinLogin(tx, subjectId, login);
    return login;
  });
}
