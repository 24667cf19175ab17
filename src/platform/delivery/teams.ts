import { cutText, jsonBytes } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { labels } from "./labels.ts";
import { jsonObject, judgeStatus, sendRequest, tryLater } from "./send-request.ts";

// A message in Teams may have 28 KB in all.
const MAX_BODY_BYTES = 12_000;

/** Starts a Teams workflow of the kind "post when a webhook request is received" (Power Automate), with an Adaptive Card. */
export async function deliverTeams(
  destination: DestinationOf<"teams">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const sent = await sendRequest({
    service: "Teams",
    url: destination.webhookUrl,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(teamsBody(message)),
    allowPrivate: gateways.allowPrivateDestinations ?? false,
    signal,
  });
  if ("failure" in sent) return sent.failure;
  const { answer } = sent;
  // Connectors of the old kind answer 200 and put the failure into the text.
  if (answer.status === 200 && answer.text.includes("Webhook message delivery failed")) {
    const code = /HTTP error (\d{3})/.exec(answer.text)?.[1];
    const detail = `Teams did not deliver the message (${code ?? "no code"}).`;
    return code === "429" || code?.startsWith("5") ? tryLater(detail, answer.headers) : { outcome: "refused", detail };
  }
  return judgeStatus("Teams", answer, reasonIn(answer.text));
}

function reasonIn(text: string): string {
  const error = jsonObject(text)?.error;
  if (typeof error !== "object" || error === null) return text;
  return [
    ...("code" in error ? [String(error.code)] : []),
    ...("message" in error ? [String(error.message)] : []),
  ].join(" ");
}

/** A card of RichTextBlocks: a TextBlock would read markdown out of what a reporter typed. */
function teamsBody(message: Message): object {
  const block = (text: string, style: object) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...style }],
  });
  const title = block(cutText(message.title, 400, jsonBytes), {
    weight: "Bolder",
    size: "Medium",
    ...(message.urgency === "critical" ? { color: "Attention" } : {}),
  });
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          lang: message.language,
          fallbackText: cutText(message.title, 400, jsonBytes),
          body: [title, ...(message.body ? [block(cutText(message.body, MAX_BODY_BYTES, jsonBytes), {})] : [])],
          actions: [{ type: "Action.OpenUrl", title: labels[message.language].open, url: message.url }],
        },
      },
    ],
  };
}
