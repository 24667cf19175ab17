import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { exampleMessage } from "../../../test/peers/example-message.ts";
import type { SmsGatewayPeer } from "../../../test/peers/sms-gateway.ts";
import { smsAccount, startSmsGateway } from "../../../test/peers/sms-gateway.ts";
import type { Message, SmsGateway } from "./index.ts";
import { closeDelivery, deliver } from "./index.ts";
import { smsSegments } from "./sms-length.ts";

let peer: SmsGatewayPeer;

before(async () => {
  peer = await startSmsGateway();
});
beforeEach(() => {
  peer.received.length = 0;
  peer.answerWith(undefined);
});
after(async () => {
  closeDelivery();
  await peer.close();
});

const gateways = (different: Partial<SmsGateway> = {}): Record<"form" | "json" | "query", SmsGateway> => ({
  form: {
    method: "POST",
    url: `${peer.origin}/2010-04-01/Accounts/${smsAccount.user}/Messages.json`,
    headers: { Authorization: `Basic ${Buffer.from(`${smsAccount.user}:${smsAccount.password}`).toString("base64")}` },
    form: { To: "{{to}}", From: "+15005550006", Body: "{{text}}" },
    ...different,
  },
  json: {
    method: "POST",
    url: `${peer.origin}/v2/send`,
    json: { apikey: smsAccount.apiKey, mobile: "{{to}}", text: "【服务台】{{text}}" },
    success: { path: "code", equals: 0 },
    ...different,
  },
  query: {
    method: "GET",
    url: `${peer.origin}/http/send?key=${smsAccount.apiKey}&to={{to}}&text={{text}}`,
    ...different,
  },
});

const send = (sms: SmsGateway, message: Partial<Message> = {}, to = "+8613800138000") =>
  deliver({ channel: "sms", to }, exampleMessage(message), { sms, allowPrivateGateways: true });

for (const manner of ["form", "json", "query"] as const) {
  test(`a gateway that takes a ${manner} gets number and text`, async () => {
    assert.deepEqual(await send(gateways()[manner]), { outcome: "delivered_to_service" });
    assert.equal(peer.received[0]?.to, "+8613800138000");
    assert.match(peer.received[0]?.text ?? "", /INC-1042 · 收银机无法开机\n.*\n.*\nhttps:\/\/desk\.example\.com/s);
  });

  test(`no text can break out of a ${manner}`, async () => {
    const title = '","apikey":"x"}&To=+1900&text=a#\\ %0d%0a {{to}}';
    assert.deepEqual(await send(gateways()[manner], { title }), { outcome: "delivered_to_service" });
    assert.equal(peer.received.length, 1);
    assert.equal(peer.received[0]?.to, "+8613800138000");
    assert.ok(peer.received[0]?.text.includes(title));
  });

  test(`a busy gateway that takes a ${manner} is tried later`, async () => {
    peer.answerWith({ status: 429, headers: { "Retry-After": "3" } }, 1);
    const busy = await send(gateways()[manner]);
    assert.equal(busy.outcome === "try_later" && busy.retryAfterSeconds, 3);
    assert.equal((await send(gateways()[manner])).outcome, "delivered_to_service");
  });
}

test("bad credentials are refused, and no key stands in the detail even if the gateway repeats it", async () => {
  const wrong = [
    gateways({ headers: { Authorization: "Basic wrong-login-data" } }).form,
    gateways({ json: { apikey: "wrong-json-key", mobile: "{{to}}", text: "{{text}}" } }).json,
    gateways({ url: `${peer.origin}/http/send?key=wrong-url-key&to={{to}}&text={{text}}` }).query,
  ];
  for (const sms of wrong) {
    const delivery = await send(sms);
    assert.equal(delivery.outcome, "refused");
    assert.ok("detail" in delivery && !/wrong-/.test(delivery.detail), JSON.stringify(delivery));
  }
  assert.deepEqual(peer.received, []);
});

test("a gateway that answers 200 and a failure is refused, with its reason", async () => {
  const delivery = await send(gateways().json, {}, "1234567890123456");
  assert.equal(delivery.outcome, "refused");
  assert.ok("detail" in delivery && delivery.detail.includes("code is 2") && delivery.detail.includes("格式错误"));
});

test("settings cannot replace the headers that frame a request", async () => {
  const headers = { Host: "other.example", "Content-Length": "1", "Transfer-Encoding": "chunked" };
  assert.equal((await send(gateways({ headers }).json)).outcome, "delivered_to_service");
});

test("a long text is cut to the segments that the provider pays for; the link stays whole", async () => {
  const long = { body: "电源没有反应。".repeat(200) };
  await send(gateways({ maxSegments: 2 }).form, long);
  await send(gateways().form, { title: "Till is broken", body: "No power. ".repeat(200), language: "en" });
  const [chinese, english] = peer.received.map(({ text }) => text);
  assert.equal(smsSegments(chinese ?? ""), 2);
  assert.equal(smsSegments(english ?? ""), 3);
  assert.match(chinese ?? "", /…\nhttps:\/\/desk\.example\.com\/tickets\/01948f3e$/);
  assert.match(english ?? "", /\.\.\.\nhttps:\/\/desk\.example\.com\/tickets\/01948f3e$/);
});

test("segments are counted as networks bill them (3GPP TS 23.038)", () => {
  assert.equal(smsSegments("a".repeat(160)), 1);
  assert.equal(smsSegments("a".repeat(161)), 2);
  assert.equal(smsSegments("€".repeat(80)), 1);
  assert.equal(smsSegments("€".repeat(81)), 2);
  assert.equal(smsSegments("门".repeat(70)), 1);
  assert.equal(smsSegments("门".repeat(71)), 2);
  assert.equal(smsSegments("門".repeat(135)), 3);
});

test("a gateway inside the operator's network is refused unless the operator allows it", async () => {
  const message = exampleMessage();
  const guarded = await deliver({ channel: "sms", to: "13800138000" }, message, { sms: gateways().json });
  assert.equal(guarded.outcome, "refused");
  const absent = await deliver({ channel: "sms", to: "13800138000" }, message, {});
  assert.deepEqual(absent, { outcome: "refused", detail: "No SMS gateway is set up." });
});
