import { fitLines, utf8Bytes } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { judgeRobotAnswer } from "./robot-answer.ts";
import { sendRequest } from "./send-request.ts";

const MAX_TEXT_BYTES = 2048;

/** Writes to a WeCom group robot (developer.work.weixin.qq.com path/91770): 20 messages a minute. */
export async function deliverWecom(
  destination: DestinationOf<"wecom">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const sent = await sendRequest({
    service: "WeCom",
    url: destination.webhookUrl,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wecomBody(message)),
    allowPrivate: gateways.allowPrivateDestinations ?? false,
    signal,
  });
  if ("failure" in sent) return sent.failure;
  return judgeRobotAnswer(
    // 45009 too many a minute, 45033 too many at once, -1 busy.
    { service: "WeCom", code: ["errcode"], message: ["errmsg"], later: { 45009: 60, 45033: 5, [-1]: 5 } },
    sent.answer,
  );
}

/** Text, not markdown: only text can mention everyone, which breaks a muted group's silence, and nothing typed by a reporter becomes markup. */
function wecomBody(message: Message): object {
  const content = fitLines(message, MAX_TEXT_BYTES, utf8Bytes);
  const mention = message.urgency === "critical" ? { mentioned_list: ["@all"] } : {};
  return { msgtype: "text", text: { content, ...mention } };
}
