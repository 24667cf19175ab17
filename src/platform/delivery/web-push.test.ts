import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { exampleMessage } from "../../../test/peers/example-message.ts";
import { decryptPush } from "../../../test/peers/push-crypto.ts";
import type { PushService } from "../../../test/peers/push-service.ts";
import { createSubscription, startPushService } from "../../../test/peers/push-service.ts";
import type { Gateways } from "./index.ts";
import { closeDelivery, deliver, deriveVapidKeys, generateVapidKeys } from "./index.ts";

const keys = generateVapidKeys();
const gateways: Gateways = {
  vapid: { subject: "mailto:ops@example.com", ...keys },
  allowPrivateDestinations: true,
};
let service: PushService;

before(async () => {
  service = await startPushService({ applicationServerKey: keys.publicKey });
});
beforeEach(() => {
  service.received.length = 0;
  service.problems.length = 0;
  service.answerWith(201);
});
after(async () => {
  closeDelivery();
  await service.close();
});

function subscribe() {
  const subscriber = createSubscription();
  const destination = {
    channel: "web_push" as const,
    endpoint: service.endpointFor(subscriber),
    keys: subscriber.keys,
  };
  return { subscriber, destination };
}

test("the test browser decrypts the example of RFC 8291, so it is a judge of its own", () => {
  const body =
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
  const subscriber = {
    keys: {
      p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
      auth: "BTBZMqHH6r4Tts7J_aSIgg",
    },
    privateKey: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  };
  assert.equal(decryptPush(subscriber, Buffer.from(body, "base64url")), "When I grow up, I want to be a watermelon");
});

test("a critical message reaches the phone encrypted, signed, urgent and replacing its forerunner", async () => {
  const { subscriber, destination } = subscribe();
  const message = exampleMessage({ acknowledgeUrl: "https://desk.example.com/api/v1/notifications/1/acknowledge" });
  assert.deepEqual(await deliver(destination, message, gateways), { outcome: "delivered_to_service" });
  const [push] = service.received;
  assert.deepEqual(push?.message, message);
  assert.equal(push.subscriberId, subscriber.id);
  assert.equal(push.urgency, "high");
  assert.equal(push.ttlSeconds, 3600);
  assert.match(push.topic ?? "", /^[\w-]{32}$/);
  assert.equal(push.vapid.sub, "mailto:ops@example.com");
  await deliver(destination, exampleMessage({ id: "another-sending", urgency: "normal" }), gateways);
  assert.equal(service.received[1]?.topic, push.topic);
  assert.equal(service.received[1]?.urgency, "normal");
  assert.deepEqual(service.problems, []);
});

test("a message longer than a push may be is cut so that it fits to the byte", async () => {
  const { destination } = subscribe();
  const long = exampleMessage({
    title: "长".repeat(500),
    body: '\n收银机"坏了"'.repeat(1500),
    url: `https://d.example/${"p".repeat(900)}`,
  });
  assert.equal((await deliver(destination, long, gateways)).outcome, "delivered_to_service");
  const [push] = service.received;
  const size = Buffer.byteLength(push?.text ?? "");
  assert.ok(size <= 3993 && size > 3970, `${size}`);
  // One byte more would not: with one-byte letters the limit is met exactly.
  await deliver(destination, exampleMessage({ body: "x".repeat(5000) }), gateways);
  assert.equal(Buffer.byteLength(service.received[1]?.text ?? ""), 3993);
});

test("a subscription that has ended is gone", async () => {
  const { subscriber, destination } = subscribe();
  service.unsubscribe(subscriber);
  assert.equal((await deliver(destination, exampleMessage(), gateways)).outcome, "gone");
  const unknown = { ...destination, endpoint: `${service.origin}/push/never-was` };
  assert.equal((await deliver(unknown, exampleMessage(), gateways)).outcome, "gone");
});

test("a push service that is busy or broken is tried later, not before it says", async () => {
  const { destination } = subscribe();
  service.answerWith(429, { retryAfter: "17" });
  const busy = await deliver(destination, exampleMessage(), gateways);
  assert.equal(busy.outcome === "try_later" && busy.retryAfterSeconds, 17);
  service.answerWith(503, { times: 1 });
  assert.equal((await deliver(destination, exampleMessage(), gateways)).outcome, "try_later");
  assert.equal((await deliver(destination, exampleMessage(), gateways)).outcome, "delivered_to_service");
  assert.equal(service.received.length, 1);
});

test("a payload that is too large, and another sender's keys, are refused without the endpoint in the detail", async () => {
  const { subscriber, destination } = subscribe();
  service.answerWith(413, { times: 1 });
  assert.equal((await deliver(destination, exampleMessage(), gateways)).outcome, "refused");
  const stranger: Gateways = { ...gateways, vapid: { subject: "mailto:x@example.com", ...deriveVapidKeys("another") } };
  const refused = await deliver(destination, exampleMessage(), stranger);
  assert.equal(refused.outcome, "refused");
  assert.ok("detail" in refused && refused.detail.includes("403") && !refused.detail.includes(subscriber.id));
  assert.match(service.problems.at(-1) ?? "", /another application server/);
});

test("keys that are no point on the curve are refused, and without VAPID keys nothing is sent", async () => {
  const { destination } = subscribe();
  const broken = { ...destination, keys: { ...destination.keys, p256dh: Buffer.alloc(65, 4).toString("base64url") } };
  assert.equal((await deliver(broken, exampleMessage(), gateways)).outcome, "refused");
  assert.equal((await deliver(destination, exampleMessage(), { allowPrivateDestinations: true })).outcome, "refused");
  assert.deepEqual(service.received, []);
});
