import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type CallWorld, made, type Shop, startCallWorld } from "../../../test/call-world.ts";
import type { Caller } from "../../../test/module-world.ts";
import { type ChatRobots, startChatRobots } from "../../../test/peers/chat-robots.ts";
import { type NtfyPeer, startNtfy } from "../../../test/peers/ntfy.ts";
import { type SmsGatewayPeer, smsAccount, startSmsGateway } from "../../../test/peers/sms-gateway.ts";
import { type SmtpInbox, startSmtpInbox } from "../../../test/peers/smtp-inbox.ts";
import { setClock } from "../../platform/clock.ts";
import { closeDelivery } from "../../platform/delivery/index.ts";

let world: CallWorld;
let inbox: SmtpInbox;
let robots: ChatRobots;
let sms: SmsGatewayPeer;
let ntfy: NtfyPeer;

before(async () => {
  setClock("2026-11-23T10:00:00Z");
  inbox = await startSmtpInbox();
  robots = await startChatRobots();
  sms = await startSmsGateway();
  ntfy = await startNtfy();
  world = await startCallWorld({
    smtp: { host: inbox.host, port: inbox.port, secure: false, requireTls: false, from: "Fix It <desk@fixit.example>" },
    sms: {
      method: "POST",
      url: `${sms.origin}/v2/send`,
      json: { apikey: smsAccount.apiKey, mobile: "{{to}}", text: "{{text}}" },
      success: { path: "code", equals: 0 },
    },
  });
});
after(async () => {
  await world.end();
  closeDelivery();
  await Promise.all([inbox.close(), robots.close(), sms.close(), ntfy.close()]);
});

function addPoint(caller: Caller, destination: Record<string, unknown>) {
  return made(caller.post("/api/v1/contact-points", { label: "Mine", destination }));
}

async function shopWith(destination: Record<string, unknown>, settings?: { locale: string }): Promise<Shop> {
  const shop = await world.shop(settings);
  await addPoint(shop.engineer, destination);
  return shop;
}

async function callOf(shop: Shop, ticketId: string) {
  const { body } = await shop.owner.get(`/api/v1/calls?ticketId=${ticketId}`);
  return body.items.filter((call: { channel: string }) => call.channel !== "in_app").at(-1);
}

describe("calls by mail", () => {
  test("arrive in the receiver's language, with the link, and mail programs keep one ticket's together", async () => {
    const shop = await shopWith({ channel: "email", to: "ada@example.com" }, { locale: "zh-Hans" });
    const fault = await shop.fault({ subject: "收银机坏了" });
    await world.work();
    const mail = inbox.received.at(-1);
    assert.deepEqual(mail?.to, ["ada@example.com"]);
    assert.equal(mail.headers.get("subject"), `P1 ${fault.number}：收银机坏了`);
    assert.match(mail.text, /此工单由您负责。/);
    assert.match(mail.text, new RegExp(`https://desk.example.com/desk/${fault.id}`));
    assert.doesNotMatch(mail.raw, /acknowledgements/, "a scanner that follows links must not take the ticket");
    await world.later(5);
    assert.notEqual(inbox.received.at(-1)?.headers.get("message-id"), mail.headers.get("message-id"));
    assert.equal(inbox.received.at(-1)?.headers.get("in-reply-to"), mail.headers.get("in-reply-to"));
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });

  test("wait while the mail server is down, and arrive once when it is back", async () => {
    const shop = await shopWith({ channel: "email", to: "late@example.com" });
    inbox.answerWith({ stage: "from", code: 451, text: "4.3.2 System not accepting network messages" });
    const fault = await shop.fault();
    await world.work();
    assert.match((await callOf(shop, fault.id)).lastError, /451/);
    const [point] = (await shop.engineer.get("/api/v1/contact-points")).body.items;
    assert.match(point.lastError, /451/);
    for (let minutes = 0; minutes < 8; minutes++) await world.later(1);
    inbox.answerWith(undefined);
    await world.later(2);
    const mails = inbox.received.filter((mail) => mail.to.includes("late@example.com"));
    assert.equal(mails.length, 2, "the round that waited, once, and the next");
    assert.equal((await callOf(shop, fault.id)).state, "sent");
    const [healed] = (await shop.engineer.get("/api/v1/contact-points")).body.items;
    assert.equal(healed.failingSince, null);
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });

  test("to a mailbox that does not exist fail, switch it off, and leave the other ways open", async () => {
    const shop = await shopWith({ channel: "email", to: "gone@example.com" });
    await addPoint(shop.engineer, { channel: "sms", to: "+4915112345678" });
    inbox.answerWith({ stage: "recipient", code: 550, text: "5.1.1 No such user" }, 1);
    const fault = await shop.fault();
    await world.work();
    const { items } = (await shop.owner.get(`/api/v1/calls?ticketId=${fault.id}`)).body;
    assert.deepEqual(items.map((call: { channel: string; state: string }) => `${call.channel} ${call.state}`).sort(), [
      "email failed",
      "in_app sent",
      "sms sent",
    ]);
    const [point] = (await shop.engineer.get("/api/v1/contact-points")).body.items;
    assert.equal(point.active, false);
    const renewed = await shop.engineer.patch(`/api/v1/contact-points/${point.id}`, { active: true });
    assert.equal(renewed.body.lastError, null);
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });
});

describe("calls to a chat robot", () => {
  test("that is called too often are tried again later, not lost", async () => {
    const shop = await shopWith({ channel: "wecom", webhookUrl: robots.urlOf("wecom") });
    robots.answerWith("wecom", { status: 200, body: { errcode: 45009, errmsg: "api freq out of limit" } }, 1);
    const fault = await shop.fault();
    await world.work();
    assert.equal((await callOf(shop, fault.id)).state, "queued");
    await world.later(2);
    assert.equal((await callOf(shop, fault.id)).state, "sent");
    assert.match(JSON.stringify(robots.received.at(-1)), new RegExp(fault.number));
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });

  test("that refuses them fail at once and say why, without the robot's address", async () => {
    const shop = await shopWith({ channel: "wecom", webhookUrl: robots.urlOf("wecom") });
    robots.answerWith("wecom", { status: 200, body: { errcode: 93000, errmsg: "invalid webhook url" } }, 1);
    const fault = await shop.fault();
    await world.work();
    const call = await callOf(shop, fault.id);
    assert.equal(call.state, "failed");
    assert.match(call.lastError, /93000/);
    assert.doesNotMatch(JSON.stringify(call), /633a31f6/);
    await shop.engineer.post(`/api/v1/tickets/${fault.id}/acknowledge`);
  });
});

test("an SMS fits a phone, and a phone's ntfy app gets a button that takes the ticket", async () => {
  const shop = await shopWith({ channel: "sms", to: "+84901234567" });
  await addPoint(shop.engineer, { channel: "ntfy", server: ntfy.origin, topic: "ada-calls" });
  const fault = await shop.fault();
  await world.work();
  assert.equal(sms.received.at(-1)?.to, "+84901234567");
  assert.match(sms.received.at(-1)?.text ?? "", new RegExp(fault.number));
  const published = ntfy.received.at(-1) as { priority: number; actions: { action: string; url: string }[] };
  assert.equal(published.priority, 5);
  const button = published.actions.find((action) => action.action === "http");
  const path = new URL(button?.url ?? "").pathname;
  assert.equal((await world.app.inject({ method: "POST", url: path })).statusCode, 200);
  assert.equal((await shop.engineer.get(`/api/v1/tickets/${fault.id}`)).body.state, "acknowledged");
});

describe("send me a test", () => {
  test("really sends one and answers what became of it", async () => {
    const shop = await world.shop();
    const point = await addPoint(shop.engineer, { channel: "slack", webhookUrl: robots.urlOf("slack") });
    const sent = await shop.engineer.post(`/api/v1/contact-points/${point.id}/test`);
    assert.deepEqual(sent.body, { state: "sent", outcome: "delivered_to_service", detail: null });
    assert.equal(robots.received.at(-1)?.service, "slack");
    robots.answerWith("slack", { status: 404, body: "no_service" }, 1);
    const failed = await shop.engineer.post(`/api/v1/contact-points/${point.id}/test`);
    assert.equal(failed.status, 200);
    assert.equal(failed.body.state, "failed");
    const [shown] = (await shop.engineer.get("/api/v1/contact-points")).body.items;
    assert.equal(shown.lastError, failed.body.detail);
  });

  test("is a colleague's business only for who keeps the channels", async () => {
    const shop = await world.shop();
    const colleague = await shop.provider.staff("engineer", "Ben");
    const dispatcher = await shop.provider.staff("dispatcher", "Dora");
    const point = await addPoint(shop.engineer, { channel: "slack", webhookUrl: robots.urlOf("slack") });
    assert.equal((await colleague.post(`/api/v1/contact-points/${point.id}/test`)).status, 404);
    assert.equal((await dispatcher.get(`/api/v1/contact-points/${point.id}`)).status, 200);
    assert.equal((await dispatcher.post(`/api/v1/contact-points/${point.id}/test`)).status, 403);
    assert.equal((await shop.owner.post(`/api/v1/contact-points/${point.id}/test`)).body.state, "sent");
  });
});

describe("a provider's own gateway", () => {
  test("is used before the installation's, keeps its password to itself, and can be taken back", async () => {
    const shop = await shopWith({ channel: "email", to: "own@example.com" });
    const own = await startSmtpInbox({ login: { user: "mailer", password: "s3cret-words" } });
    const settings = {
      host: own.host,
      port: own.port,
      secure: false,
      requireTls: false,
      user: "mailer",
      password: "s3cret-words",
      from: "desk@own.example",
    };
    const { body: none } = await shop.owner.get("/api/v1/gateways/smtp");
    assert.deepEqual([none.source, none.settings], ["installation", null]);
    const saved = await shop.owner.put("/api/v1/gateways/smtp", { settings });
    assert.equal(saved.status, 200, JSON.stringify(saved.body));
    assert.equal(saved.body.settings.password, "********");
    const tried = await shop.owner.post("/api/v1/gateways/smtp/test", { to: "boss@example.com" });
    assert.equal(tried.body.state, "sent", tried.body.detail);
    const fault = await shop.fault();
    await world.work();
    assert.deepEqual(
      own.received.map((mail) => mail.to[0]),
      ["boss@example.com", "own@example.com"],
    );
    const kept = await shop.owner.put("/api/v1/gateways/smtp", {
      settings: { ...saved.body.settings, from: "help@own.example" },
    });
    assert.equal(kept.status, 200, JSON.stringify(kept.body));
    assert.equal((await shop.owner.post("/api/v1/gateways/smtp/test", { to: "boss@example.com" })).body.state, "sent");
    const stolen = await shop.owner.put("/api/v1/gateways/smtp", {
      settings: { ...saved.body.settings, host: "evil.example" },
    });
    assert.equal(stolen.body.code, "secret_needed");
    await shop.owner.post(`/api/v1/tickets/${fault.id}/cancel`, { reason: "test" });
    assert.equal((await shop.owner.delete("/api/v1/gateways/smtp")).status, 204);
    assert.equal((await shop.owner.get("/api/v1/gateways/smtp")).body.source, "installation");
    closeDelivery();
    await own.close();
  });

  test("for SMS shows neither key nor path, and takes back what it showed", async () => {
    const shop = await world.shop();
    const settings = {
      method: "POST",
      url: `${sms.origin}/v2/send`,
      headers: { "X-Key": "abcdef123456" },
      json: { apikey: smsAccount.apiKey, mobile: "{{to}}", text: "{{text}}" },
      success: { path: "code", equals: 0 },
    };
    const { body: shown } = await shop.owner.put("/api/v1/gateways/sms", { settings });
    assert.deepEqual(shown.settings.json, { apikey: "********", mobile: "{{to}}", text: "{{text}}" });
    assert.doesNotMatch(JSON.stringify(shown), /v2|abcdef|key-51b0/);
    const again = await shop.owner.put("/api/v1/gateways/sms", { settings: { ...shown.settings, maxSegments: 2 } });
    assert.equal(again.status, 200, JSON.stringify(again.body));
    const tried = await shop.owner.post("/api/v1/gateways/sms/test", { to: "+8613800138000" });
    assert.equal(tried.body.state, "sent", tried.body.detail);
    const wrongKind = await shop.owner.put("/api/v1/gateways/smtp", { settings });
    assert.equal(wrongKind.body.code, "gateway_settings");
  });
});
