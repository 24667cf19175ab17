import type { Static } from "typebox";
import { Type } from "typebox";

/**
 * A mail server for sending. `secure` is TLS from the first byte (port 465); otherwise STARTTLS is used when offered, and
 * demanded where there is a password, unless `requireTls` is false (a relay inside the operator's own network).
 */
export const SmtpGateway = Type.Object(
  {
    host: Type.String({ pattern: "^[A-Za-z0-9.:_-]{1,253}$" }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    secure: Type.Boolean(),
    requireTls: Type.Optional(Type.Boolean()),
    user: Type.Optional(Type.String({ minLength: 1, maxLength: 254 })),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    from: Type.String({
      maxLength: 320,
      pattern: "^[^\\u0000-\\u001f\\u007f]*@[^\\u0000-\\u001f\\u007f]+$",
      description: "`Name <address>` or a bare address",
    }),
  },
  { additionalProperties: false },
);
export type SmtpGateway = Static<typeof SmtpGateway>;

const headerValue = Type.String({ maxLength: 2048, pattern: "^[\\t\\x20-\\x7e]*$" });

/**
 * Any SMS service with an HTTP interface. `{{to}}` and `{{text}}` may stand in the URL (percent-encoded there), in
 * string values of `json`, and in values of `form`. Without `success` any 2xx counts; with it, the JSON answer must
 * also hold `equals` at the dotted `path` (`"code"`, `"data.0.status"`).
 */
export const SmsGateway = Type.Object(
  {
    method: Type.Union([Type.Literal("GET"), Type.Literal("POST"), Type.Literal("PUT")]),
    url: Type.String({ pattern: "^https?://[^\\s\\u0000-\\u001f]+$", maxLength: 2048 }),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$" }), headerValue, {
        additionalProperties: false,
      }),
    ),
    json: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    form: Type.Optional(Type.Record(Type.String(), Type.String())),
    success: Type.Optional(
      Type.Object(
        {
          path: Type.String({ minLength: 1, maxLength: 200 }),
          equals: Type.Union([Type.String(), Type.Number(), Type.Boolean()]),
        },
        { additionalProperties: false },
      ),
    ),
    maxSegments: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description: "Default 3" })),
  },
  { additionalProperties: false },
);
export type SmsGateway = Static<typeof SmsGateway>;

/** Who we are to push services (RFC 8292). `subject` is a `mailto:` or `https:` address at which the operator is reached. */
export type VapidIdentity = { subject: string; publicKey: string; privateKey: string };

/**
 * The ways out that an installation or a provider has.
 *
 * Addresses entered by tenants must not reach into the operator's network: destinations and gateways are refused when
 * they resolve to loopback, private, link-local or metadata addresses, and must be https.
 * `allowPrivateDestinations` lifts that for destinations (self-hosted with its own chat or ntfy; tests),
 * `allowPrivateGateways` for SMTP and SMS (true where the operator, not a tenant, configured them).
 */
export type Gateways = {
  smtp?: SmtpGateway;
  sms?: SmsGateway;
  vapid?: VapidIdentity;
  allowPrivateDestinations?: boolean;
  allowPrivateGateways?: boolean;
};
