import { createHmac } from "node:crypto";
import { now } from "../clock.ts";
import { fitLines, jsonBytes } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { judgeRobotAnswer } from "./robot-answer.ts";
import { sendRequest } from "./send-request.ts";

// The whole request may have 20,000 bytes; nobody reads more than this in a chat.
const MAX_TEXT_BYTES = 8000;

/** Writes to a DingTalk custom robot (open.dingtalk.com, custom-robots-send-group-messages): 20 a minute, else ten minutes' silence. */
export async function deliverDingtalk(
  destination: DestinationOf<"dingtalk">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const sent = await sendRequest({
    service: "DingTalk",
    url: signedUrl(destination.webhookUrl, destination.secret, now().epochMilliseconds),
    headers: { "Content-Type": "application/json;charset=utf-8" },
    body: JSON.stringify({
      msgtype: "text",
      text: { content: fitLines(message, MAX_TEXT_BYTES, jsonBytes) },
      at: { isAtAll: message.urgency === "critical" },
    }),
    allowPrivate: gateways.allowPrivateDestinations ?? false,
    signal,
  });
  if ("failure" in sent) return sent.failure;
  return judgeRobotAnswer(
    // 130101 and 410100 sent too fast, -1 busy.
    { service: "DingTalk", code: ["errcode"], message: ["errmsg"], later: { 130101: 600, 410100: 600, [-1]: 5 } },
    sent.answer,
  );
}

/** `sign` = base64(HMAC-SHA256(key secret, text "timestamp\nsecret")); the timestamp in milliseconds may be an hour off. */
function dingtalkSign(timestamp: number, secret: string): string {
  return createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
}

function signedUrl(webhookUrl: string, secret: string | undefined, timestamp: number): string {
  if (!secret || !URL.canParse(webhookUrl)) return webhookUrl;
  const url = new URL(webhookUrl);
  url.searchParams.set("timestamp", String(timestamp));
  url.searchParams.set("sign", dingtalkSign(timestamp, secret));
  return url.href;
}
