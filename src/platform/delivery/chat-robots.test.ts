import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { ChatRobots, ChatService } from "../../../test/peers/chat-robots.ts";
import { startChatRobots } from "../../../test/peers/chat-robots.ts";
import { exampleMessage } from "../../../test/peers/example-message.ts";
import { at } from "../../../test/peers/http-peer.ts";
import { setClock } from "../clock.ts";
import type { Delivery, Destination, Message } from "./index.ts";
import { closeDelivery, deliver } from "./index.ts";

const secret = "SEC0f5c1d7e9b3a";
const services: ChatService[] = ["wecom", "dingtalk", "feishu", "slack", "teams"];
let robots: ChatRobots;

before(() => setClock("2026-11-22T12:00:00Z"));
beforeEach(async () => {
  robots = await startChatRobots({ dingtalk: { secret, keyword: "INC" }, feishu: { secret, keyword: "INC" } });
});
afterEach(async () => {
  closeDelivery();
  await robots.close();
});
after(() => setClock(undefined));

function send(channel: ChatService, different: Partial<Message> = {}, other: { url?: string; secret?: string } = {}) {
  const signed = channel === "dingtalk" || channel === "feishu" ? { secret: other.secret ?? secret } : {};
  const destination: Destination = { channel, webhookUrl: other.url ?? robots.urlOf(channel), ...signed };
  return deliver(destination, exampleMessage(different), { allowPrivateDestinations: true });
}

const detailOf = (delivery: Delivery) => ("detail" in delivery ? delivery.detail : "");

for (const service of services) {
  test(`${service} takes the message, with its title, text and link`, async () => {
    assert.deepEqual(await send(service), { outcome: "delivered_to_service" });
    assert.equal(robots.received.length, 1);
    const shown = JSON.stringify(robots.received[0]?.body);
    for (const part of ["INC-1042", "收银机按下电源没有反应", "https://desk.example.com/tickets/01948f3e"]) {
      assert.ok(shown.includes(part), part);
    }
  });

  test(`${service} takes the longest message there can be, cut to its limit`, async () => {
    const longest = { title: `INC ${"字".repeat(496)}`, body: '"🧑‍🔧"\n'.repeat(2000) };
    assert.deepEqual(await send(service, longest), { outcome: "delivered_to_service" });
    assert.ok(JSON.stringify(robots.received[0]?.body).includes("…"));
    const oneByteLetters = { title: "INC", body: "x".repeat(20_000) };
    assert.deepEqual(await send(service, oneByteLetters), { outcome: "delivered_to_service" });
  });

  test(`${service} takes a message without a body`, async () => {
    assert.deepEqual(await send(service, { body: "", urgency: "normal" }), { outcome: "delivered_to_service" });
  });

  test(`${service} refuses a webhook that is not its own, and the detail does not give the address away`, async () => {
    const url = new URL(robots.urlOf(service));
    const wrong = "0000-wrong-webhook-key";
    if (url.search)
      for (const name of ["key", "access_token", "sig"])
        url.searchParams.has(name) && url.searchParams.set(name, wrong);
    else url.pathname = url.pathname.replace(/[^/]+$/, wrong);
    const delivery = await send(service, {}, { url: url.href });
    assert.equal(delivery.outcome, "refused");
    assert.match(detailOf(delivery), /93000|300001|19001|no_service|DirectApiAuthorizationRequired/);
    assert.doesNotMatch(detailOf(delivery), /0000-wrong|http|127\.0\.0\.1/);
  });

  test(`${service} that is down for a moment gets the message later, once`, async () => {
    robots.answerWith(service, { status: 503, headers: { "Retry-After": "9" } }, 1);
    const first = await send(service);
    assert.equal(first.outcome === "try_later" && first.retryAfterSeconds, 9);
    assert.deepEqual(robots.received, []);
    assert.equal((await send(service)).outcome, "delivered_to_service");
    assert.equal(robots.received.length, 1);
  });

  // Teams' own answer is an empty 202, and a workflow may answer anything: there is nothing to tell it by.
  if (service === "teams") continue;
  test(`an answer of 200 from someone who is not ${service} is not a delivery`, async () => {
    robots.answerWith(service, { status: 200, body: "<html>Please sign in to the Wi-Fi</html>" });
    assert.equal((await send(service)).outcome, "try_later");
  });
}

test("only a critical message calls everyone", async () => {
  for (const service of services) {
    await send(service, { urgency: "normal" });
    await send(service, { urgency: "critical" });
  }
  const called = robots.received.map(({ body }) =>
    /@all|"isAtAll":true|"user_id":"all"|<!channel>|Attention/.test(JSON.stringify(body)),
  );
  assert.deepEqual(
    called,
    services.flatMap(() => [false, true]),
  );
});

test("what a reporter types stays text: no mention, no hidden link, no markup", async () => {
  const body =
    'INC <!channel> <at user_id="all"></at> <@all> [pay here](https://evil.example) <https://evil.example|desk>';
  for (const service of services) await send(service, { title: body, body, urgency: "normal" });
  assert.equal(robots.received.length, services.length);
  const bodyOf = (service: ChatService) => robots.received.find((message) => message.service === service)?.body;
  assert.equal(at(bodyOf("wecom"), "msgtype"), "text");
  assert.equal(at(bodyOf("wecom"), "text.mentioned_list"), undefined);
  assert.equal(at(bodyOf("dingtalk"), "at.isAtAll"), false);
  assert.equal(at(bodyOf("feishu"), "content.post.zh_cn.content.0.0.tag"), "text");
  assert.equal(at(bodyOf("slack"), "blocks.0.text.type"), "plain_text");
  assert.equal(at(bodyOf("slack"), "blocks.1.text.type"), "plain_text");
  assert.match(String(at(bodyOf("slack"), "text")), /^INC &lt;!channel&gt;/);
  assert.equal(at(bodyOf("teams"), "attachments.0.content.body.0.type"), "RichTextBlock");
});

test("WeCom takes twenty messages a minute; the next is tried after a minute and passes", async () => {
  for (let round = 0; round < 20; round += 1) assert.equal((await send("wecom")).outcome, "delivered_to_service");
  const tooMany = await send("wecom");
  assert.equal(tooMany.outcome === "try_later" && tooMany.retryAfterSeconds, 60);
  setClock("2026-11-22T12:01:01Z");
  assert.equal((await send("wecom")).outcome, "delivered_to_service");
  setClock("2026-11-22T12:00:00Z");
});

test("rate limits are tried later, after the time that each service documents", async () => {
  const limits = [
    ["dingtalk", { status: 200, body: { errcode: 130101, errmsg: "send too fast, exceed 20 times per minute" } }, 600],
    ["dingtalk", { status: 200, body: { errcode: -1, errmsg: "系统繁忙" } }, 5],
    ["feishu", { status: 200, body: { code: 11232, msg: "frequency limited" } }, 60],
    [
      "feishu",
      {
        status: 400,
        headers: { "x-ogw-ratelimit-reset": "52" },
        body: { code: 99991400, msg: "request trigger frequency limit" },
      },
      52,
    ],
    ["slack", { status: 429, headers: { "Retry-After": "30" }, body: "rate_limited" }, 30],
    ["teams", { status: 429, headers: { "Retry-After": "12" } }, 12],
  ] as const;
  for (const [service, answer, seconds] of limits) {
    robots.answerWith(service, answer, 1);
    const delivery = await send(service);
    assert.equal(delivery.outcome === "try_later" && delivery.retryAfterSeconds, seconds, JSON.stringify(answer));
  }
});

test("a wrong signing secret is refused by DingTalk and Feishu", async () => {
  assert.match(detailOf(await send("dingtalk", {}, { secret: "SECwrong" })), /310000: sign not match/);
  assert.match(detailOf(await send("feishu", {}, { secret: "SECwrong" })), /19021: sign match fail/);
  assert.deepEqual(robots.received, []);
});

test("a clock that is more than an hour wrong is refused by DingTalk and Feishu", async () => {
  const strict = await startChatRobots({ dingtalk: { secret }, feishu: { secret } });
  for (const service of ["dingtalk", "feishu"] as const) {
    const webhookUrl = new URL(strict.urlOf(service));
    // The robot looks at its clock when the request arrives, we when we sign: move it in between.
    const sending = send(service, {}, { url: webhookUrl.href });
    setClock("2026-11-22T13:00:01Z");
    assert.equal((await sending).outcome, "refused");
    setClock("2026-11-22T12:00:00Z");
  }
  await strict.close();
});

test("a robot that wants a keyword refuses a message without it", async () => {
  const without = { title: "Till is broken", body: "no power" };
  assert.match(detailOf(await send("dingtalk", without)), /310000: keywords not in content/);
  assert.match(detailOf(await send("feishu", without)), /19024: Key Words Not Found/);
});

test("Slack's refusals are refusals", async () => {
  for (const [status, body] of [
    [400, "invalid_payload"],
    [403, "action_prohibited"],
    [404, "no_service"],
    [410, "channel_is_archived"],
    [200, "no_team"],
  ] as const) {
    robots.answerWith("slack", { status, body }, 1);
    const delivery = await send("slack");
    assert.equal(delivery.outcome, "refused");
    assert.ok(detailOf(delivery).includes(body));
  }
});

test("Teams: a switched-off workflow is refused; an old connector's failure inside a 200 is heard", async () => {
  const off = { error: { code: "WorkflowTriggerIsNotEnabled", message: "Could not execute workflow" } };
  robots.answerWith("teams", { status: 400, body: off }, 1);
  assert.match(detailOf(await send("teams")), /400: WorkflowTriggerIsNotEnabled/);
  const failed = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error";
  robots.answerWith("teams", { status: 200, body: `${failed} 429 with ContextId tcid=0` }, 1);
  assert.equal((await send("teams")).outcome, "try_later");
  robots.answerWith("teams", { status: 200, body: `${failed} 400 with ContextId tcid=0` }, 1);
  assert.equal((await send("teams")).outcome, "refused");
});
