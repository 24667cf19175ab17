import assert from "node:assert/strict";
import { test } from "node:test";
import { Value } from "typebox/value";
import { exampleMessage } from "../../../test/peers/example-message.ts";
import { createSubscription } from "../../../test/peers/push-service.ts";
import { Destination, Message, SmsGateway, SmtpGateway } from "./index.ts";

const webhookUrl = "https://open.feishu.cn/open-apis/bot/v2/hook/8a1c4d7e";

test("every kind of destination is taken", () => {
  const { keys } = createSubscription();
  for (const destination of [
    { channel: "web_push", endpoint: "https://fcm.googleapis.com/fcm/send/abc", keys },
    { channel: "email", to: "minh.nguyễn+desk@khách.example" },
    { channel: "sms", to: "+84901234567" },
    { channel: "wecom", webhookUrl },
    { channel: "dingtalk", webhookUrl, secret: "SEC0f" },
    { channel: "feishu", webhookUrl },
    { channel: "slack", webhookUrl },
    { channel: "teams", webhookUrl },
    { channel: "ntfy", server: "https://ntfy.sh", topic: "desk-8Gh2", token: "tk_a" },
  ]) {
    assert.ok(Value.Check(Destination, destination), destination.channel);
    assert.equal(Value.Check(Destination, { ...destination, extra: 1 }), false, destination.channel);
  }
  assert.ok(Value.Check(Message, exampleMessage()));
});

test("what could end a line, a header or an address list is not", () => {
  for (const destination of [
    { channel: "email", to: "a@example.com\r\nBcc: b@example.com" },
    { channel: "email", to: "a@example.com, b@example.com" },
    { channel: "email", to: "Anna <a@example.com>" },
    { channel: "sms", to: "+49 1\r\n" },
    { channel: "wecom", webhookUrl: "https://example.com/\r\nHost: x" },
    { channel: "wecom", webhookUrl: "javascript:alert(1)" },
    { channel: "dingtalk", webhookUrl, secret: "SEC\n" },
    { channel: "ntfy", server: "https://ntfy.sh", topic: "a/b" },
    { channel: "ntfy", server: "https://ntfy.sh", topic: "a", token: "t\r\nX: y" },
    { channel: "web_push", endpoint: "https://example.com", keys: { p256dh: "short", auth: "short" } },
    { channel: "pigeon", to: "roof" },
  ]) {
    assert.equal(Value.Check(Destination, destination), false, JSON.stringify(destination));
  }
});

test("settings of gateways are taken, and hostile ones are not", () => {
  const smtp = { host: "mx.example.com", port: 587, secure: false, from: "Desk <desk@example.com>" };
  assert.ok(Value.Check(SmtpGateway, smtp));
  assert.equal(Value.Check(SmtpGateway, { ...smtp, from: "Desk <desk@example.com>\r\nBcc: x@example.com" }), false);
  assert.equal(Value.Check(SmtpGateway, { ...smtp, host: "mx.example.com\r\n" }), false);
  const sms = {
    method: "POST",
    url: "https://sms.example.com/send",
    headers: { "X-Api-Key": "k" },
    json: { to: "{{to}}" },
  };
  assert.ok(Value.Check(SmsGateway, sms));
  assert.equal(Value.Check(SmsGateway, { ...sms, headers: { "X-Api-Key": "k\r\nHost: x" } }), false);
  assert.equal(Value.Check(SmsGateway, { ...sms, headers: { "X Api:": "k" } }), false);
});
