import { cutText, utf16Units } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { labels } from "./labels.ts";
import { jsonObject, judgeStatus, sendRequest, tryLater } from "./send-request.ts";

const MAX_HEADER = 150;
const MAX_SECTION = 3000;

/** Writes through a Slack incoming webhook (docs.slack.dev): one a second, short bursts allowed. */
export async function deliverSlack(
  destination: DestinationOf<"slack">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const sent = await sendRequest({
    service: "Slack",
    url: destination.webhookUrl,
    headers: { "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify(slackBody(message)),
    allowPrivate: gateways.allowPrivateDestinations ?? false,
    signal,
  });
  if ("failure" in sent) return sent.failure;
  const { answer } = sent;
  const text = answer.text.trim();
  if (answer.status !== 200) return judgeStatus("Slack", answer, text);
  if (text === "ok" || jsonObject(text)?.ok === true) return { outcome: "delivered_to_service" };
  if (/^[a-z_]{1,60}$/.test(text)) return { outcome: "refused", detail: `Slack answered: ${text}` };
  return tryLater("Slack answered something that is not Slack's.", answer.headers);
}

/** Slack's three control characters (docs.slack.dev, formatting message text). */
function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Blocks whose user-made parts are plain_text, so that nobody outside can mention the channel or hide a link. */
function slackBody(message: Message): object {
  const title = cutText(message.title, MAX_HEADER, utf16Units);
  const body = cutText(message.body, MAX_SECTION, utf16Units);
  const mention = message.urgency === "critical" ? "<!channel> " : "";
  const link = `${mention}<${escapeMrkdwn(message.url).replaceAll("|", "%7C")}|${labels[message.language].open}>`;
  return {
    // What the phone's notification shows; blocks take over in the channel.
    text: `${mention}${escapeMrkdwn(title)}`,
    blocks: [
      { type: "header", text: { type: "plain_text", text: title, emoji: false } },
      ...(body ? [{ type: "section", text: { type: "plain_text", text: body, emoji: false } }] : []),
      { type: "section", text: { type: "mrkdwn", text: link } },
    ],
  };
}
