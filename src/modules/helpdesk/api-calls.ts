import { type Static, type TSchema, Type } from "typebox";
import { Destination, SmsGateway, SmtpGateway } from "../../platform/delivery/index.ts";
import { Day, Id, Name, oneOf, orNull } from "../../platform/fields.ts";
import { Page, pageQuery } from "../../platform/page.ts";
import { Priority } from "./api-tickets.ts";

const closed = { additionalProperties: false } as const;
const instant = (description = "RFC 3339, UTC") => Type.String({ description });
const moment = () => Type.String({ format: "date-time" });
const many = <T extends TSchema>(schema: T) => Type.Optional(Type.Array(schema, { maxItems: 20 }));

/** How a call reaches someone: in the app itself, or over a contact point. */
export const CallChannel = oneOf(
  "in_app",
  "web_push",
  "email",
  "sms",
  "wecom",
  "dingtalk",
  "feishu",
  "slack",
  "teams",
  "ntfy",
);
export type CallChannel = Static<typeof CallChannel>;

export const CallState = oneOf("queued", "sent", "delivered", "acknowledged", "failed", "superseded");
export type CallState = Static<typeof CallState>;

/** Why someone is called: responsible, on call, at the desk, by role, because nobody answered; or a promise is due soon. */
export const CallReason = oneOf("assigned", "on_call", "desk", "role", "nobody_answered", "due_soon");
export type CallReason = Static<typeof CallReason>;

export const Notification = Type.Object({
  id: Id,
  ticketId: Id,
  ticketNumber: Type.String(),
  ticketSubject: Type.String(),
  priority: Priority,
  siteName: Type.String(),
  channel: CallChannel,
  reason: CallReason,
  step: Type.Integer({ description: "step of the escalation, the first is 0" }),
  round: Type.Integer({ description: "how often it had rung before" }),
  state: CallState,
  attempts: Type.Integer(),
  createdAt: instant(),
  sentAt: orNull(instant()),
  acknowledgedAt: orNull(instant()),
  lastError: orNull(Type.String()),
});
export type Notification = Static<typeof Notification>;
export const NotificationPage = Page(Notification);

export const NotificationFilter = Type.Object(
  {
    state: many(CallState),
    ticketId: Type.Optional(Id),
    staffId: Type.Optional(Id),
    ...pageQuery,
  },
  closed,
);
export type NotificationFilter = Static<typeof NotificationFilter>;

export const Call = Type.Object({
  id: Id,
  staffId: Id,
  staffName: Type.String(),
  channel: CallChannel,
  label: orNull(Type.String({ description: "of the contact point, if it still exists" })),
  reason: CallReason,
  step: Type.Integer(),
  round: Type.Integer(),
  state: CallState,
  attempts: Type.Integer(),
  lastError: orNull(Type.String()),
  createdAt: instant(),
  sentAt: orNull(instant()),
  acknowledgedAt: orNull(instant()),
});
export type Call = Static<typeof Call>;

/** The calls about one ticket, oldest first, and how it goes on. */
export const Calls = Type.Object({
  items: Type.Array(Call),
  step: Type.Integer(),
  nextAt: orNull(instant("when it rings next; null when nothing more is to come")),
  unansweredSince: orNull(instant("everyone was called and nobody took it")),
});
export type Calls = Static<typeof Calls>;
export const CallsFilter = Type.Object({ ticketId: Id }, closed);

export const ContactPoint = Type.Object({
  id: Id,
  staffId: Id,
  channel: CallChannel,
  label: Type.String(),
  destination: Type.Record(Type.String(), Type.String(), { description: "without its secrets" }),
  active: Type.Boolean(),
  failingSince: orNull(instant()),
  lastError: orNull(Type.String()),
  version: Type.Integer(),
  createdAt: instant(),
});
export type ContactPoint = Static<typeof ContactPoint>;
export const ContactPointList = Type.Object({ items: Type.Array(ContactPoint), next: Type.Null() });
export const ContactPointFilter = Type.Object({ staffId: Type.Optional(Id) }, closed);

export const NewContactPoint = Type.Object(
  { label: Name, destination: Destination, staffId: Type.Optional(Id), active: Type.Optional(Type.Boolean()) },
  closed,
);
export type NewContactPoint = Static<typeof NewContactPoint>;

export const ContactPointChange = Type.Object(
  {
    label: Type.Optional(Name),
    destination: Type.Optional(Destination),
    active: Type.Optional(Type.Boolean()),
  },
  { ...closed, minProperties: 1 },
);
export type ContactPointChange = Static<typeof ContactPointChange>;

export const PushSubscription = Type.Object(
  {
    endpoint: Type.String({ pattern: "^https?://[^\\s\\u0000-\\u001f]+$", maxLength: 1024 }),
    expirationTime: Type.Optional(orNull(Type.Number())),
    keys: Type.Object(
      {
        p256dh: Type.String({ pattern: "^B[A-Za-z0-9_-]{86}=?$" }),
        auth: Type.String({ pattern: "^[A-Za-z0-9_-]{22}(==)?$" }),
      },
      closed,
    ),
    label: Type.Optional(Name),
  },
  closed,
);
export type PushSubscription = Static<typeof PushSubscription>;

export const PushKey = Type.Object({
  publicKey: orNull(Type.String({ description: "applicationServerKey, base64url" })),
});

/** What became of a test that was sent while the caller waited. */
export const TestOutcome = Type.Object({
  state: oneOf("sent", "failed"),
  outcome: oneOf("delivered_to_service", "gone", "try_later", "refused"),
  detail: orNull(Type.String()),
});
export type TestOutcome = Static<typeof TestOutcome>;

export const GatewayKind = oneOf("smtp", "sms");
export type GatewayKind = Static<typeof GatewayKind>;

export const Gateway = Type.Object({
  kind: GatewayKind,
  source: oneOf("provider", "installation", "none"),
  settings: orNull(Type.Record(Type.String(), Type.Unknown(), { description: "secrets stand as ********" })),
  active: Type.Boolean(),
  lastError: orNull(Type.String()),
  version: Type.Integer(),
});
export type Gateway = Static<typeof Gateway>;

export const SaveGateway = Type.Object(
  {
    settings: Type.Union([SmtpGateway, SmsGateway], { description: "what is sent back as ******** keeps its secret" }),
    active: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type SaveGateway = Static<typeof SaveGateway>;
export const GatewayTest = Type.Object({ to: Type.String({ minLength: 3, maxLength: 254 }) }, closed);

export const RotaMember = Type.Object({ id: Id, name: Type.String(), active: Type.Boolean() });
export const OnCall = Type.Object({
  staffId: Id,
  name: Type.String(),
  until: instant(),
  override: Type.Boolean(),
});

export const Rota = Type.Object({
  id: Id,
  name: Type.String(),
  timeZone: Type.String(),
  handoverWeekday: Type.Integer({ description: "1 is Monday" }),
  handoverTime: Type.String(),
  startsOn: Day,
  members: Type.Array(RotaMember),
  onCall: orNull(OnCall),
  archivedAt: orNull(instant()),
  version: Type.Integer(),
  createdAt: instant(),
});
export type Rota = Static<typeof Rota>;
export const RotaList = Type.Object({ items: Type.Array(Rota), next: Type.Null() });

const rotaMembers = {
  name: Name,
  timeZone: Type.String({ minLength: 1, maxLength: 60, description: "IANA name" }),
  handoverWeekday: Type.Integer({ minimum: 1, maximum: 7 }),
  handoverTime: Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" }),
  startsOn: Day,
  memberIds: Type.Array(Id, { maxItems: 100, uniqueItems: true, description: "in the order of their weeks" }),
};
export const NewRota = Type.Object(
  {
    ...rotaMembers,
    handoverWeekday: Type.Optional(rotaMembers.handoverWeekday),
    handoverTime: Type.Optional(rotaMembers.handoverTime),
    startsOn: Type.Optional(rotaMembers.startsOn),
  },
  closed,
);
export type NewRota = Static<typeof NewRota>;
export const RotaChange = Type.Partial(Type.Object(rotaMembers), { ...closed, minProperties: 1 });
export type RotaChange = Static<typeof RotaChange>;

export const NewOverride = Type.Object({ staffId: Id, from: moment(), to: moment() }, closed);
export type NewOverride = Static<typeof NewOverride>;
export const RotaOverride = Type.Object({ id: Id, rotaId: Id, staffId: Id, from: instant(), to: instant() });
export type RotaOverride = Static<typeof RotaOverride>;

export const ShiftFilter = Type.Object({ from: moment(), to: moment() }, closed);
export const Shifts = Type.Object({
  items: Type.Array(
    Type.Object({
      staffId: Id,
      name: Type.String(),
      from: instant(),
      to: instant(),
      override: Type.Boolean(),
      overrideId: orNull(Id),
    }),
  ),
  next: Type.Null(),
});

export const EscalationStep = Type.Object(
  {
    afterMinutes: Type.Integer({ minimum: 0, maximum: 1440, description: "since the first call" }),
    kind: oneOf("assignee", "rota", "role"),
    rotaId: Type.Optional(orNull(Id)),
    role: Type.Optional(orNull(Type.String({ maxLength: 50 }))),
  },
  closed,
);
export type EscalationStep = Static<typeof EscalationStep>;

export const SaveEscalation = Type.Object(
  {
    repeatMinutes: Type.Integer({ minimum: 1, maximum: 1440 }),
    waitsForHours: Type.Array(Priority, {
      uniqueItems: true,
      description: "priorities that ring only in the hours of their promise",
    }),
    steps: Type.Array(EscalationStep, { minItems: 1, maxItems: 20 }),
  },
  closed,
);
export type SaveEscalation = Static<typeof SaveEscalation>;
export const Escalation = Type.Object({
  repeatMinutes: Type.Integer(),
  waitsForHours: Type.Array(Priority),
  steps: Type.Array(
    Type.Object({
      afterMinutes: Type.Integer(),
      kind: oneOf("assignee", "rota", "role"),
      rotaId: orNull(Id),
      role: orNull(Type.String()),
    }),
  ),
  version: Type.Integer(),
});
export type Escalation = Static<typeof Escalation>;

/** What a bare call to an acknowledgement link answers: enough for a button that turns into a word. */
export const Acknowledgement = Type.Object({ ticketNumber: Type.String(), state: CallState });
