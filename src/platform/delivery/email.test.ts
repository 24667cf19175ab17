import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { exampleMessage } from "../../../test/peers/example-message.ts";
import type { SmtpInbox } from "../../../test/peers/smtp-inbox.ts";
import { startSmtpInbox } from "../../../test/peers/smtp-inbox.ts";
import type { Message, SmtpGateway } from "./index.ts";
import { closeDelivery, deliver } from "./index.ts";

const login = { user: "desk", password: "smtp-secret-4711" };
let inbox: SmtpInbox;

before(async () => {
  inbox = await startSmtpInbox({ login });
});
beforeEach(() => {
  inbox.received.length = 0;
  inbox.answerWith(undefined);
});
afterEach(closeDelivery);
after(() => inbox.close());

const gateway = (different: Partial<SmtpGateway> = {}): SmtpGateway => ({
  host: inbox.host,
  port: inbox.port,
  secure: false,
  requireTls: false,
  ...login,
  from: "服务台 <desk@provider.example>",
  ...different,
});

const send = (message: Partial<Message> = {}, smtp = gateway()) =>
  deliver({ channel: "email", to: "wei.zhang@provider.example" }, exampleMessage(message), {
    smtp,
    allowPrivateGateways: true,
  });

test("the mail arrives as text and HTML, marked as a machine's, with the subject in the reader's script", async () => {
  const body = 'Xin chào <script>alert("1")</script>\n\nMáy tính tiền hỏng & tắt.\n.\nlast line';
  const delivery = await send({ title: "INC-1042 · Máy tính tiền 收銀機 🔌", body, language: "vi" });
  assert.equal(delivery.outcome, "delivered_to_service");
  const [mail] = inbox.received;
  assert.ok(mail);
  assert.deepEqual(mail.to, ["wei.zhang@provider.example"]);
  assert.equal(mail.from, "desk@provider.example");
  assert.equal(mail.user, "desk");
  assert.equal(mail.headers.get("subject"), "INC-1042 · Máy tính tiền 收銀機 🔌");
  assert.match(mail.headers.get("from") ?? "", /^服务台 <desk@provider\.example>$/);
  assert.equal(mail.headers.get("auto-submitted"), "auto-generated");
  assert.equal(mail.headers.get("x-auto-response-suppress"), "All");
  assert.equal(mail.headers.get("x-priority"), "1 (Highest)");
  assert.ok(mail.text.includes(body) && mail.text.includes("https://desk.example.com/tickets/01948f3e"));
  assert.match(mail.html, /<html lang="vi">/);
  assert.match(mail.html, /&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;/);
  assert.match(mail.html, /<a href="https:\/\/desk\.example\.com\/tickets\/01948f3e">Mở<\/a>/);
  assert.doesNotMatch(mail.html, /<script/);
});

test("a retry is the same mail; a reminder is another in the same thread", async () => {
  await send();
  await send();
  await send({ id: "01948f3e-second-sending" });
  const ids = inbox.received.map(({ headers }) => headers.get("message-id"));
  assert.equal(ids[0], "<01948f3e-6f8c-7cc1-9a55-2f1f4f6d8b10@provider.example>");
  assert.equal(ids[1], ids[0]);
  assert.notEqual(ids[2], ids[0]);
  assert.equal(new Set(inbox.received.map(({ headers }) => headers.get("references"))).size, 1);
});

test("one connection serves many mails", async () => {
  const before = inbox.connections();
  for (let round = 0; round < 5; round += 1) await send();
  assert.equal(inbox.connections() - before, 1);
});

test("nobody can add a header, a recipient or an attachment through the text", async () => {
  await send({ title: "Till\r\nBcc: victim@example.com\r\n\r\nbody", body: "x\r\n.\r\nRCPT TO:<victim@example.com>" });
  const [mail] = inbox.received;
  assert.deepEqual(mail?.to, ["wei.zhang@provider.example"]);
  assert.equal(mail.headers.has("bcc"), false);
  assert.equal(inbox.received.length, 1);
});

test("a server that is busy or full gets the mail later, once", async () => {
  for (const reply of [
    { stage: "connect", code: 421, text: "4.3.2 Service not available" },
    { stage: "from", code: 451, text: "4.7.1 Please try again later" },
    { stage: "recipient", code: 450, text: "4.2.0 Greylisted" },
    { stage: "data", code: 452, text: "4.3.1 Insufficient system storage" },
  ] as const) {
    inbox.answerWith(reply);
    const delivery = await send();
    assert.equal(delivery.outcome, "try_later", JSON.stringify([reply, delivery]));
  }
  inbox.answerWith(undefined);
  assert.equal((await send()).outcome, "delivered_to_service");
  assert.equal(inbox.received.length, 1);
});

test("a mailbox that does not exist is gone; a mail that is not wanted is refused", async () => {
  const outcomes = [
    [{ stage: "recipient", code: 550, text: "5.1.1 <wei.zhang@provider.example> User unknown" }, "gone"],
    [{ stage: "recipient", code: 550, text: "No such user" }, "gone"],
    [{ stage: "recipient", code: 550, text: "5.7.1 Relaying denied" }, "refused"],
    [{ stage: "recipient", code: 552, text: "5.2.2 Mailbox full" }, "refused"],
    [{ stage: "from", code: 553, text: "5.7.1 Sender address rejected: not owned by user" }, "refused"],
    [{ stage: "data", code: 554, text: "5.7.1 Message rejected as spam" }, "refused"],
  ] as const;
  for (const [reply, outcome] of outcomes) {
    inbox.answerWith(reply);
    const delivery = await send();
    assert.equal(delivery.outcome, outcome, JSON.stringify([reply, delivery]));
    assert.ok("detail" in delivery && delivery.detail.includes(String(reply.code)));
  }
  assert.deepEqual(inbox.received, []);
});

test("a wrong password is refused and not repeated in the detail", async () => {
  const delivery = await send({}, gateway({ password: "wrong-secret-0815" }));
  assert.equal(delivery.outcome, "refused");
  assert.ok("detail" in delivery && delivery.detail.includes("535") && !delivery.detail.includes("wrong-secret"));
});

test("a server that is down, absent or without a valid certificate delays the mail", async () => {
  const other = await startSmtpInbox();
  const down = gateway({ port: other.port });
  await other.close();
  assert.equal((await send({}, down)).outcome, "try_later");
  assert.equal((await send({}, gateway({ host: "mail.invalid" }))).outcome, "try_later");
  const revived = await startSmtpInbox({ login, port: other.port });
  assert.equal((await send({}, down)).outcome, "delivered_to_service");
  closeDelivery();
  await revived.close();
});

test("a password is not sent in the clear unless the settings allow it", async () => {
  const { requireTls, ...strict } = gateway();
  assert.equal(requireTls, false);
  const delivery = await send({}, strict);
  assert.equal(delivery.outcome, "try_later");
  assert.ok("detail" in delivery && delivery.detail.includes("no encrypted connection"), JSON.stringify(delivery));
  assert.deepEqual(inbox.received, []);
});

test("a certificate that nobody vouches for is not accepted", async () => {
  const secure = await startSmtpInbox({ secure: true });
  const delivery = await send({}, gateway({ port: secure.port, secure: true }));
  assert.equal(delivery.outcome, "try_later");
  assert.deepEqual(secure.received, []);
  closeDelivery();
  await secure.close();
});

test("a mail server inside the operator's network is refused for a tenant", async () => {
  const before = inbox.connections();
  for (const host of ["127.0.0.1", "localhost", "::1"]) {
    const message = exampleMessage();
    const delivery = await deliver({ channel: "email", to: "a@example.com" }, message, { smtp: gateway({ host }) });
    assert.equal(delivery.outcome, "refused", host);
  }
  assert.equal(inbox.connections(), before);
});

test("a sending that its caller stops is tried later", async () => {
  const stopped = await deliver(
    { channel: "email", to: "a@example.com" },
    exampleMessage(),
    { smtp: gateway(), allowPrivateGateways: true },
    { signal: AbortSignal.abort() },
  );
  assert.equal(stopped.outcome, "try_later");
  assert.deepEqual(inbox.received, []);
});
