import { cutText, utf8Bytes } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { labels } from "./labels.ts";
import { jsonObject, judgeStatus, sendRequest } from "./send-request.ts";

// Above 4096 bytes ntfy turns a message into an attachment, and the phone shows none of it.
const MAX_MESSAGE_BYTES = 3000;

/** Publishes to an ntfy topic (docs.ntfy.sh/publish, publish as JSON). */
export async function deliverNtfy(
  destination: DestinationOf<"ntfy">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const sent = await sendRequest({
    service: "ntfy",
    url: destination.server,
    headers: {
      "Content-Type": "application/json",
      ...(destination.token ? { Authorization: `Bearer ${destination.token}` } : {}),
    },
    body: JSON.stringify(ntfyBody(destination.topic, message)),
    allowPrivate: gateways.allowPrivateDestinations ?? false,
    signal,
  });
  if ("failure" in sent) return sent.failure;
  const { answer } = sent;
  const body = jsonObject(answer.text);
  if (answer.status !== 200) {
    return judgeStatus("ntfy", answer, typeof body?.error === "string" ? body.error : answer.text);
  }
  if (typeof body?.id !== "string") return { outcome: "refused", detail: "The server's answer is not ntfy's." };
  return { outcome: "delivered_to_service", id: body.id };
}

/**
 * Priority 5 rings through a phone's silence where its owner allows that for ntfy. No `sequence_id`: it would change
 * the old notification quietly, and a reminder must ring again.
 */
function ntfyBody(topic: string, message: Message): object {
  const words = labels[message.language];
  const acknowledge = message.acknowledgeUrl
    ? [{ action: "http", label: words.acknowledge, url: message.acknowledgeUrl, method: "POST", clear: true }]
    : [];
  return {
    topic,
    title: cutText(message.title, 250, utf8Bytes),
    message: cutText(message.body || message.title, MAX_MESSAGE_BYTES, utf8Bytes),
    priority: message.urgency === "critical" ? 5 : 3,
    ...(message.urgency === "critical" ? { tags: ["rotating_light"] } : {}),
    click: message.url,
    actions: [...acknowledge, { action: "view", label: words.open, url: message.url }],
  };
}
