import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "./config.ts";
import { installationGateways } from "./installation-gateways.ts";

const secret = "a secret of at least thirty-two characters";
const gatewaysWith = (env: Record<string, string>) =>
  installationGateways(readConfig([], { MAINSTAY_SECRET: secret, ...env }));

describe("the installation's ways out", () => {
  test("are read from one address each", async () => {
    const { smtp, sms, vapid } = await gatewaysWith({
      MAINSTAY_SMTP_URL: "smtps://desk%40fixit.example:pa%2Fss@mail.fixit.example",
      MAINSTAY_MAIL_FROM: "Fix It <desk@fixit.example>",
      MAINSTAY_SMS_URL: "https://sms.example/send",
      MAINSTAY_SMS_HEADERS: '{"Authorization":"Bearer k"}',
      MAINSTAY_SMS_BODY: "to={{to}}&text={{text}}",
    });
    assert.deepEqual(smtp, {
      host: "mail.fixit.example",
      port: 465,
      secure: true,
      user: "desk@fixit.example",
      password: "pa/ss",
      from: "Fix It <desk@fixit.example>",
    });
    assert.deepEqual(sms, {
      method: "POST",
      url: "https://sms.example/send",
      headers: { Authorization: "Bearer k" },
      form: { to: "{{to}}", text: "{{text}}" },
    });
    assert.equal(vapid?.subject, "mailto:desk@fixit.example");
  });

  test("are the same in every process that has the same secret, and absent where nothing is set up", async () => {
    const [first, second] = [await gatewaysWith({}), await gatewaysWith({})];
    assert.deepEqual(first, second);
    assert.equal(first.smtp, undefined);
    assert.equal(first.sms, undefined);
    assert.match(first.vapid?.subject ?? "", /^mailto:/);
  });

  test("that cannot be read keep the server from starting, and it says which", async () => {
    const sms = { MAINSTAY_SMS_URL: "https://sms.example/send" };
    const refused: [Record<string, string>, RegExp][] = [
      [{ ...sms, MAINSTAY_SMS_METHOD: "SHOUT" }, /MAINSTAY_SMS_METHOD/],
      [{ ...sms, MAINSTAY_SMS_HEADERS: "no json" }, /MAINSTAY_SMS/],
      [{ MAINSTAY_SMTP_URL: "smtp://h", MAINSTAY_MAIL_FROM: "nobody" }, /MAINSTAY_MAIL_FROM|MAINSTAY_SMTP/],
    ];
    for (const [env, named] of refused) await assert.rejects(async () => gatewaysWith(env), named);
  });
});
