import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CallWorld, type Shop, startCallWorld } from "../../../test/call-world.ts";
import type { Caller } from "../../../test/module-world.ts";
import { type SmtpInbox, startSmtpInbox } from "../../../test/peers/smtp-inbox.ts";
import { setClock } from "../../platform/clock.ts";
import { drainTenant } from "../../platform/event-runner.ts";
import { collectReactions, record } from "../../platform/events.ts";
import { silentLog } from "../../platform/log.ts";
import { sql } from "../../platform/sql.ts";
import type { CallParts } from "./call-parts.ts";
import { firstContactPointReactions } from "./first-contact-points.ts";

let inbox: SmtpInbox;
let world: CallWorld;
let shop: Shop;

before(async () => {
  setClock("2026-11-23T10:00:00Z");
  inbox = await startSmtpInbox();
  world = await startCallWorld();
  shop = await world.shop();
});
after(async () => {
  await world.end();
  await inbox.close();
});

const ownGateway = () => ({
  host: inbox.host,
  port: inbox.port,
  secure: false,
  requireTls: false,
  from: "desk@fixit.example",
});
const withMail = (): CallParts => ({ ...world.parts, gateways: { ...world.parts.gateways, smtp: ownGateway() } });
const pointsOf = async (caller: Caller) => (await caller.get("/api/v1/contact-points")).body.items;

let version = 1;
/** What identity tells when somebody accepts an invitation; and what follows from it. */
async function join(caller: Caller, parts: CallParts, type = "identity.invitation_accepted"): Promise<void> {
  const { tenantId } = shop.provider;
  const { actor } = caller;
  await world.db.asTenant(tenantId, async (tx) =>
    record(tx, actor, type, { kind: "member", id: actor.id, version: ++version }),
  );
  await letNewsArrive(parts);
}

async function letNewsArrive(parts: CallParts): Promise<void> {
  const reactions = collectReactions([firstContactPointReactions(parts)]);
  await drainTenant(world.db, reactions, shop.provider.tenantId, silentLog);
}

test("whoever joins is rung by mail out of the box; what they remove or switch off stays so", async () => {
  const [owner, chosen, away] = await Promise.all([
    shop.provider.staff("owner", "Olga"),
    shop.provider.staff("engineer", "Cem"),
    shop.provider.staff("engineer", "Dai"),
  ]);
  await join(owner, withMail(), "identity.member_joined");
  const [point, ...more] = await pointsOf(owner);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [point.channel, point.active, point.label, point.destination],
    ["email", true, "Mail", { to: `${owner.actor.id}@example.com` }],
  );

  assert.equal((await owner.delete(`/api/v1/contact-points/${point.id}`)).status, 204);
  await join(owner, withMail());
  assert.deepEqual(await pointsOf(owner), []);

  const destination = { channel: "email", to: "cem@home.example" };
  const own = await chosen.post("/api/v1/contact-points", { label: "Home", destination, active: false });
  await join(chosen, withMail());
  assert.deepEqual(await pointsOf(chosen), [own.body], "who has chosen already is left alone");

  await join(away, withMail());
  await join(away, withMail());
  assert.equal((await pointsOf(away)).length, 1, "news that comes twice does no harm");
});

test("without a way out for mail nothing is made that fails; the provider's own gateway makes up for it", async () => {
  const [engineer, left] = await Promise.all([
    shop.provider.staff("engineer", "Ben"),
    shop.provider.staff("engineer", "Eva"),
  ]);
  await join(engineer, world.parts);
  await join(left, world.parts);
  assert.deepEqual(await pointsOf(engineer), []);
  const { tenantId } = shop.provider;
  const dismissed = sql`update identity.staff set active = false where tenant_id = ${tenantId} and id = ${left.actor.id}`;
  assert.equal(await world.db.asTenant(tenantId, (tx) => tx.run(dismissed)), 1);
  assert.equal((await shop.owner.put("/api/v1/gateways/smtp", { settings: ownGateway() })).status, 200);
  await letNewsArrive(world.parts);
  assert.equal((await pointsOf(engineer)).length, 1);
  assert.deepEqual(await pointsOf(left), []);
  await shop.owner.put("/api/v1/gateways/smtp", { settings: { ...ownGateway(), from: "helpdesk@fixit.example" } });
  await letNewsArrive(world.parts);
  assert.equal((await pointsOf(engineer)).length, 1);
});

test("a person at a customer who accepts an invitation is not called", async () => {
  const { tenantId } = shop.provider;
  const joined = () =>
    world.db.asTenant(tenantId, (tx) =>
      tx.run(sql`select from helpdesk.first_contact_point where tenant_id = ${tenantId}`),
    );
  const before = await joined();
  assert.ok(before > 0);
  await world.db.asTenant(tenantId, async (tx) => {
    const subject = { kind: "person", id: crypto.randomUUID(), version: 1 };
    record(tx, shop.owner.actor, "identity.invitation_accepted", subject);
  });
  await letNewsArrive(withMail());
  assert.equal(await joined(), before);
});
