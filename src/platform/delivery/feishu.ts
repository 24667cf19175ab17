import { createHmac } from "node:crypto";
import { now } from "../clock.ts";
import { cutText, jsonBytes } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { labels } from "./labels.ts";
import { judgeRobotAnswer } from "./robot-answer.ts";
import { sendRequest } from "./send-request.ts";

// The whole request may have 20 KB.
const MAX_BODY_BYTES = 8000;

/** Writes to a Feishu or Lark custom bot (open.feishu.cn, add-custom-bot): 100 a minute, 5 a second. */
export async function deliverFeishu(
  destination: DestinationOf<"feishu">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const timestamp = Math.floor(now().epochMilliseconds / 1000);
  const { secret } = destination;
  const signature = secret ? { timestamp: String(timestamp), sign: feishuSign(timestamp, secret) } : {};
  const sent = await sendRequest({
    service: "Feishu",
    url: destination.webhookUrl,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...signature, ...feishuPost(message) }),
    allowPrivate: gateways.allowPrivateDestinations ?? false,
    signal,
  });
  if ("failure" in sent) return sent.failure;
  return judgeRobotAnswer(
    // 11232 and 99991400 sent too fast; old bots answer StatusCode instead of code.
    {
      service: "Feishu",
      code: ["code", "StatusCode"],
      message: ["msg", "StatusMessage"],
      later: { 11232: 60, 99991400: 60 },
    },
    sent.answer,
  );
}

/** `sign` = base64(HMAC-SHA256(key "timestamp\nsecret", empty text)); the timestamp in seconds may be an hour off. */
function feishuSign(timestamp: number, secret: string): string {
  return createHmac("sha256", `${timestamp}\n${secret}`).digest("base64");
}

/** A post, whose parts are plain by construction: in Feishu's text messages a reporter could write `<at user_id="all">`. */
function feishuPost(message: Message): object {
  const lines: object[][] = [];
  if (message.body) lines.push([{ tag: "text", text: cutText(message.body, MAX_BODY_BYTES, jsonBytes) }]);
  const mention = message.urgency === "critical" ? [{ tag: "at", user_id: "all" }] : [];
  lines.push([{ tag: "a", text: labels[message.language].open, href: message.url }, ...mention]);
  // The reader's client shows its own language or else the one there is; one language is enough.
  return {
    msg_type: "post",
    content: { post: { zh_cn: { title: cutText(message.title, 400, jsonBytes), content: lines } } },
  };
}
