import { createHash } from "node:crypto";
import { cutText, utf8Bytes, utf16Units } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { labels } from "./labels.ts";
import { sendSmtp } from "./smtp.ts";

const MAX_SUBJECT = 200;
const MAX_BODY_BYTES = 20_000;

/** Sends the message as a mail: plain text with an HTML twin. */
export async function deliverEmail(
  destination: DestinationOf<"email">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const domain = domainOf(gateways.smtp?.from ?? "");
  const body = cutText(message.body, MAX_BODY_BYTES, utf8Bytes);
  const mail = {
    to: destination.to,
    subject: cutText(message.title, MAX_SUBJECT, utf16Units),
    text: `${message.title}\n\n${body ? `${body}\n\n` : ""}${message.url}\n`,
    html: htmlOf({ ...message, body }),
    messageId: `<${message.id}@${domain}>`,
    // Nothing was ever sent with this id; it only ties the mails about one thing together.
    thread: `<${createHash("sha256").update(message.tag).digest("hex").slice(0, 32)}.thread@${domain}>`,
    urgent: message.urgency === "critical",
  };
  return sendSmtp(gateways, mail, signal);
}

/** The domain of a `Name <address>` or a bare address. */
export function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1]?.toLowerCase() ?? "localhost";
}

/** Text as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function htmlOf(message: Message): string {
  const paragraphs = message.body.split(/\n{2,}/).filter(Boolean);
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll("\n", "<br>")}</p>`).join("\n");
  const url = escapeHtml(message.url);
  return `<!doctype html>
<html lang="${message.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(message.title)}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;margin:24px;max-width:640px">
<h1 style="font-size:20px">${escapeHtml(message.title)}</h1>
${body}
<p><a href="${url}">${labels[message.language].open}</a></p>
<p style="font-size:13px">${url}</p>
</body>
</html>
`;
}
