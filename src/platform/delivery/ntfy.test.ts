import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { exampleMessage } from "../../../test/peers/example-message.ts";
import type { NtfyPeer } from "../../../test/peers/ntfy.ts";
import { startNtfy } from "../../../test/peers/ntfy.ts";
import type { Message } from "./index.ts";
import { closeDelivery, deliver } from "./index.ts";

const token = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2";
const topic = "mainstay-8Gh2kQ";
const acknowledgeUrl = "https://desk.example.com/api/v1/notifications/1/acknowledge?key=k";
let peer: NtfyPeer;

before(async () => {
  peer = await startNtfy({ token });
});
beforeEach(() => {
  peer.received.length = 0;
  peer.answerWith(undefined);
});
after(async () => {
  closeDelivery();
  await peer.close();
});

const send = (message: Partial<Message> = {}, other: { token?: string; topic?: string } = {}) =>
  deliver({ channel: "ntfy", server: peer.origin, topic, token, ...other }, exampleMessage(message), {
    allowPrivateDestinations: true,
  });

test("a critical message comes with the highest priority and a button that acknowledges", async () => {
  const delivery = await send({ acknowledgeUrl });
  assert.equal(delivery.outcome, "delivered_to_service");
  assert.ok("id" in delivery && delivery.id);
  const [message] = peer.received;
  assert.equal(message?.priority, 5);
  assert.equal(message.click, "https://desk.example.com/tickets/01948f3e");
  assert.deepEqual(message.actions, [
    { action: "http", label: "确认", url: acknowledgeUrl, method: "POST", clear: true },
    { action: "view", label: "打开", url: "https://desk.example.com/tickets/01948f3e" },
  ]);
});

test("a normal message has the normal priority; the longest fits", async () => {
  const longest = { urgency: "normal" as const, title: "门".repeat(500), body: '"收银机"\n'.repeat(3000) };
  assert.equal((await send(longest)).outcome, "delivered_to_service");
  assert.equal(peer.received[0]?.priority, 3);
});

test("a wrong token is refused, and neither it nor the topic stands in the detail", async () => {
  peer.answerWith({ status: 401, body: { code: 40101, http: 401, error: `unauthorized: tk_wrong on ${topic}` } }, 1);
  const delivery = await send({}, { token: "tk_wrong" });
  assert.deepEqual(delivery, { outcome: "refused", detail: "ntfy answered 401: unauthorized: [secret] on [secret]" });
  assert.equal((await send({}, { token: "tk_wrong" })).outcome, "refused");
});

test("a server that has had enough for now is tried later", async () => {
  const limit = { code: 42901, http: 429, error: "limit reached: too many requests, please be nice" };
  peer.answerWith({ status: 429, body: limit }, 1);
  assert.deepEqual(await send(), { outcome: "try_later", detail: `ntfy answered 429: ${limit.error}` });
  assert.equal((await send()).outcome, "delivered_to_service");
});

test("a server that is not ntfy is refused", async () => {
  peer.answerWith({ status: 200, body: "<html>hello</html>" });
  assert.equal((await send()).outcome, "refused");
});
