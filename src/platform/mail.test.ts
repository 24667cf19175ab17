import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { SmtpInbox } from "../../test/peers/smtp-inbox.ts";
import { startSmtpInbox } from "../../test/peers/smtp-inbox.ts";
import type { Gateways } from "./delivery/index.ts";
import { closeDelivery } from "./delivery/index.ts";
import { sendMail } from "./mail.ts";

let inbox: SmtpInbox;
let gateways: Gateways;

before(async () => {
  inbox = await startSmtpInbox();
  const smtp = { host: inbox.host, port: inbox.port, secure: false, from: "Mainstay <no-reply@provider.example>" };
  gateways = { smtp, allowPrivateGateways: true };
});
after(async () => {
  closeDelivery();
  await inbox.close();
});

const invitation = {
  to: "minh.nguyễn@khách.example",
  subject: "Lời mời tham gia\r\nBcc: all@example.com",
  text: "Mở liên kết: https://desk.example.com/invite/abc",
  messageId: "<invite-1.0@provider.example>",
};

test("an invitation arrives under the id that its sender gave it", async () => {
  const delivery = await sendMail(gateways, { ...invitation, to: "minh@khach.example", html: "<p>Mở</p>" });
  assert.deepEqual(delivery, { outcome: "delivered_to_service", id: "<invite-1.0@provider.example>" });
  const [mail] = inbox.received;
  assert.equal(mail?.headers.get("message-id"), "<invite-1.0@provider.example>");
  assert.equal(mail.headers.get("subject"), "Lời mời tham gia Bcc: all@example.com");
  assert.equal(mail.headers.has("bcc"), false);
  assert.equal(mail.text.trim(), invitation.text);
  assert.equal(mail.html.trim(), "<p>Mở</p>");
});

test("an address in another script is handed over where the server can", async () => {
  assert.equal((await sendMail(gateways, invitation)).outcome, "delivered_to_service");
});

test("what is no address is refused, and without a mail server nothing is sent", async () => {
  const sent = inbox.received.length;
  for (const to of ["", "a", "a@b, c@d", "<a@b>", "a@b\r\nRCPT TO:<c@d>"]) {
    assert.equal((await sendMail(gateways, { ...invitation, to })).outcome, "refused", to);
  }
  assert.equal((await sendMail({}, invitation)).outcome, "refused");
  assert.equal(inbox.received.length, sent);
});
