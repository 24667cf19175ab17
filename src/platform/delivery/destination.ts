import type { Static } from "typebox";
import { Type } from "typebox";

const url = (description: string) =>
  Type.String({ pattern: "^https?://[^\\s\\u0000-\\u001f]+$", maxLength: 1024, description });

const webhookUrl = url("The address that the chat service gave out. It is a secret: whoever has it can write there.");
const signingSecret = Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: "^[\\x21-\\x7e]+$" }));

/** One browser's push subscription (`PushSubscription.toJSON()`): P-256 point and 16 byte secret, base64url (RFC 8291). */
export const WebPushDestination = Type.Object(
  {
    channel: Type.Literal("web_push"),
    endpoint: url("The capability URL of the push service"),
    keys: Type.Object(
      {
        p256dh: Type.String({ pattern: "^B[A-Za-z0-9_-]{86}=?$" }),
        auth: Type.String({ pattern: "^[A-Za-z0-9_-]{22}(==)?$" }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** One mailbox. Local part may be UTF-8 (RFC 6531); no display name, no list. */
export const EmailDestination = Type.Object(
  {
    channel: Type.Literal("email"),
    to: Type.String({
      maxLength: 254,
      pattern: '^[^\\s\\u0000-\\u001f\\u007f<>,;:"()@]+@[^\\s\\u0000-\\u001f\\u007f<>,;:"()@]+$',
    }),
  },
  { additionalProperties: false },
);

/** One phone number as the provider's SMS gateway wants it: with or without `+`, digits only. */
export const SmsDestination = Type.Object(
  { channel: Type.Literal("sms"), to: Type.String({ pattern: "^\\+?[0-9]{5,20}$" }) },
  { additionalProperties: false },
);

export const WecomDestination = Type.Object(
  { channel: Type.Literal("wecom"), webhookUrl },
  { additionalProperties: false },
);

export const DingtalkDestination = Type.Object(
  { channel: Type.Literal("dingtalk"), webhookUrl, secret: signingSecret },
  { additionalProperties: false },
);

/** Feishu and Lark: same protocol, different host. */
export const FeishuDestination = Type.Object(
  { channel: Type.Literal("feishu"), webhookUrl, secret: signingSecret },
  { additionalProperties: false },
);

export const SlackDestination = Type.Object(
  { channel: Type.Literal("slack"), webhookUrl },
  { additionalProperties: false },
);

export const TeamsDestination = Type.Object(
  { channel: Type.Literal("teams"), webhookUrl },
  { additionalProperties: false },
);

/** `server` is the root of an ntfy server: JSON is published there, not at the topic. */
export const NtfyDestination = Type.Object(
  {
    channel: Type.Literal("ntfy"),
    server: url("For example https://ntfy.sh"),
    topic: Type.String({ pattern: "^[-_A-Za-z0-9]{1,64}$" }),
    token: Type.Optional(Type.String({ pattern: "^[\\x21-\\x7e]{1,200}$" })),
  },
  { additionalProperties: false },
);

/** Where one message can go. Settings pages and the API show and take exactly this. */
export const Destination = Type.Union([
  WebPushDestination,
  EmailDestination,
  SmsDestination,
  WecomDestination,
  DingtalkDestination,
  FeishuDestination,
  SlackDestination,
  TeamsDestination,
  NtfyDestination,
]);
export type Destination = Static<typeof Destination>;
export type Channel = Destination["channel"];
export type DestinationOf<C extends Channel> = Extract<Destination, { channel: C }>;

export const Urgency = Type.Union([Type.Literal("normal"), Type.Literal("critical")]);
export const MessageLanguage = Type.Union([
  Type.Literal("en"),
  Type.Literal("zh-Hans"),
  Type.Literal("zh-Hant"),
  Type.Literal("vi"),
]);
export type MessageLanguage = Static<typeof MessageLanguage>;

/**
 * One message, already in the reader's language.
 *
 * - `id` names this sending: the same id is the same e-mail (Message-ID), so a retry is not a second mail. A reminder
 *   needs a new id, or mail programs drop it as a duplicate.
 * - `tag` is the collapse key: what is waiting under the same tag is replaced, and mails with one tag form a thread.
 * - `acknowledgeUrl` takes a bare POST; only channels with a button that can send one use it (push, ntfy). It never
 *   appears as a link, because mail scanners follow links.
 */
export const Message = Type.Object({
  id: Type.String({ pattern: "^[A-Za-z0-9_-]{8,64}$" }),
  title: Type.String({ minLength: 1, maxLength: 500 }),
  body: Type.String({ maxLength: 20_000 }),
  url: url("The page that opens"),
  urgency: Urgency,
  tag: Type.String({ minLength: 1, maxLength: 200 }),
  language: MessageLanguage,
  acknowledgeUrl: Type.Optional(url("Takes a POST without a body")),
});
export type Message = Static<typeof Message>;

/**
 * What became of one attempt. `detail` is for the operator and holds no secret.
 *
 * - `gone`: the destination no longer exists; remove or flag it.
 * - `try_later`: the same attempt may succeed later, not before `retryAfterSeconds` if given.
 * - `refused`: trying again changes nothing until someone changes a setting.
 */
export type Delivery =
  | { outcome: "delivered_to_service"; id?: string }
  | { outcome: "gone"; detail: string }
  | { outcome: "try_later"; detail: string; retryAfterSeconds?: number }
  | { outcome: "refused"; detail: string };
