import { createHash } from "node:crypto";
import webPush from "web-push";
import { cutText, jsonBytes, utf8Bytes } from "./cut-text.ts";
import type { Delivery, DestinationOf, Message } from "./destination.ts";
import type { Gateways } from "./gateways.ts";
import { judgeStatus, sendRequest } from "./send-request.ts";
import { vapidAuthorization } from "./vapid-token.ts";

// 4096 bytes that every push service takes (RFC 8030 §7.2) less header, key, padding delimiter and tag (RFC 8188 §2).
const MAX_PAYLOAD_BYTES = 3993;
// A call that repeats until acknowledged must not ring tomorrow from a phone that was off today.
const TTL_SECONDS = { critical: 3600, normal: 86_400 };

/** Sends through a push service: RFC 8030, encrypted by RFC 8291, signed by RFC 8292. */
export async function deliverWebPush(
  destination: DestinationOf<"web_push">,
  message: Message,
  gateways: Gateways,
  signal?: AbortSignal,
): Promise<Delivery> {
  const { vapid } = gateways;
  if (!vapid) return { outcome: "refused", detail: "Web push is not set up: there are no VAPID keys." };
  if (!URL.canParse(destination.endpoint))
    return { outcome: "refused", detail: "Push service: the address is not a URL." };
  let encrypted: Buffer;
  let authorization: string;
  try {
    const { p256dh, auth } = destination.keys;
    encrypted = webPush.encrypt(p256dh, auth, pushPayload(message), "aes128gcm").cipherText;
    authorization = vapidAuthorization(new URL(destination.endpoint).origin, vapid);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown error";
    return { outcome: "refused", detail: `Push service: the message cannot be encrypted or signed (${reason}).` };
  }
  const sent = await sendRequest({
    service: "Push service",
    url: destination.endpoint,
    headers: {
      "Content-Type": "application/octet-stream",
      "Content-Encoding": "aes128gcm",
      Authorization: authorization,
      TTL: String(TTL_SECONDS[message.urgency]),
      Urgency: message.urgency === "critical" ? "high" : "normal",
      Topic: pushTopic(message.tag),
    },
    body: encrypted,
    allowPrivate: gateways.allowPrivateDestinations ?? false,
    signal,
  });
  if ("failure" in sent) return sent.failure;
  const { status } = sent.answer;
  if (status === 404 || status === 410) {
    return { outcome: "gone", detail: `The push service answered ${status}: the subscription has ended.` };
  }
  return judgeStatus("The push service", sent.answer);
}

/** A topic may have 32 characters of base64url (RFC 8030 §5.4), a tag anything: so the tag's hash. */
function pushTopic(tag: string): string {
  return createHash("sha256").update(tag).digest("base64url").slice(0, 32);
}

/** What the service worker gets: the message as JSON, its body cut so that the whole fits. */
function pushPayload(message: Message): string {
  const parts = { ...message, title: cutText(message.title, 400, utf8Bytes), body: "" };
  const room = MAX_PAYLOAD_BYTES - Buffer.byteLength(JSON.stringify(parts));
  return JSON.stringify({ ...parts, body: cutText(message.body, room, jsonBytes) });
}
