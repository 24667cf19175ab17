import assert from "node:assert/strict";
import { test } from "node:test";
import { redact, secretsOf } from "./redact.ts";

test("what a stranger says is stored without our secrets, links, control characters, and not at length", () => {
  const webhookUrl = "https://hooks.slack.com/services/T0AAAAAAA/B0BBBBBBB/XyzzyXyzzyXyzzyXyzzy";
  const secrets = secretsOf({ channel: "slack", webhookUrl }, {});
  const said = `bad hook ${webhookUrl} XyzzyXyzzyXyzzyXyzzy\r\n\u001b[31msee HTTPS://evil.example/?a=1 ${"y".repeat(900)}`;
  const clean = redact(said, secrets);
  assert.doesNotMatch(clean, /Xyzzy|evil|hooks\.slack|\p{Cc}/u);
  assert.ok(clean.length <= 300);
});

test("secrets are found in every kind of destination and gateway", () => {
  const gateways = {
    smtp: { host: "mx.example.com", port: 465, secure: true, user: "u", password: "smtp-pass", from: "a@example.com" },
    sms: {
      method: "POST" as const,
      url: "https://sms.example.com/v1/account-77777777/send?key=query-key",
      headers: { Authorization: "Basic dHdpbGlv" },
      json: { apikey: "json-key", mobile: "{{to}}" },
    },
    vapid: { subject: "mailto:a@example.com", publicKey: "public", privateKey: "vapid-private" },
  };
  const ntfy = {
    channel: "ntfy" as const,
    server: "https://ntfy.example.com",
    topic: "topic-0815",
    token: "tk_abcdef",
  };
  const said =
    "smtp-pass account-77777777 query-key dHdpbGlv json-key vapid-private topic-0815 tk_abcdef mx.example.com";
  assert.equal(redact(said, secretsOf(ntfy, gateways)), `${"[secret] ".repeat(8)}mx.example.com`);
});
