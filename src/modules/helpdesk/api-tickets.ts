import { type Static, type TSchema, Type } from "typebox";
import { orNull } from "../../platform/fields.ts";
import { Page, pageQuery } from "../../platform/page.ts";

const closed = { additionalProperties: false } as const;
const id = () => Type.String({ format: "uuid" });
const instant = () => Type.String({ description: "RFC 3339, UTC" });
const line = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: "\\S" });

export const ticketKinds = [
  "incident",
  "service_request",
  "problem",
  "change",
  "complaint",
  "question",
  "maintenance",
] as const;
export const TicketKind = Type.Enum([...ticketKinds]);
export const ticketStates = [
  "new",
  "assigned",
  "acknowledged",
  "on_the_way",
  "on_site",
  "paused",
  "resolved",
  "closed",
  "cancelled",
] as const;
export const TicketState = Type.Enum([...ticketStates]);
export const levels = ["low", "medium", "high"] as const;
export const Level = Type.Enum([...levels]);
export const priorities = ["p1", "p2", "p3", "p4"] as const;
export const Priority = Type.Enum([...priorities]);
export const channels = ["portal", "qr", "email", "api", "alert", "phone"] as const;
export const Channel = Type.Enum([...channels]);
export const ClockTarget = Type.Enum(["response", "restore", "resolve"]);

export const OpenTicket = Type.Object(
  {
    kind: Type.Optional(TicketKind),
    subject: line(300),
    description: Type.Optional(Type.String({ maxLength: 50_000 })),
    siteId: id(),
    requesterId: Type.Optional(orNull(id())),
    deviceId: Type.Optional(orNull(id())),
    serviceId: Type.Optional(orNull(id())),
    impact: Type.Optional(Level),
    urgency: Type.Optional(Level),
    channel: Type.Optional(Type.Enum(["portal", "api", "phone"])),
    tags: Type.Optional(Type.Array(line(50), { maxItems: 20 })),
    confidential: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type OpenTicket = Static<typeof OpenTicket>;

export const Clock = Type.Object({
  target: ClockTarget,
  state: Type.Enum(["running", "paused", "met", "breached", "ended"]),
  targetMinutes: Type.Integer(),
  dueAt: orNull(instant()),
  metAt: orNull(instant()),
  breachedAt: orNull(instant()),
  elapsedSeconds: Type.Integer({ description: "working time counted so far" }),
  remainingSeconds: Type.Integer({ description: "working time left; negative once overdue" }),
  asOf: instant(),
  workingUntil: orNull(Type.String({ description: "end of the working span asOf lies in; null while closed" })),
  timeZone: orNull(Type.String()),
});
export type Clock = Static<typeof Clock>;

export const TicketListItem = Type.Object({
  id: id(),
  number: Type.String(),
  kind: TicketKind,
  subject: Type.String(),
  state: TicketState,
  priority: Priority,
  channel: Channel,
  customerId: id(),
  customerName: Type.String(),
  siteId: id(),
  siteName: Type.String(),
  requesterId: orNull(id()),
  requesterName: orNull(Type.String()),
  assigneeId: orNull(id()),
  assigneeName: orNull(Type.String()),
  deviceId: orNull(id()),
  tier: Type.Enum(["vip", "standard", "basic"]),
  tags: Type.Array(Type.String()),
  openedAt: instant(),
  updatedAt: instant(),
  resolvedAt: orNull(instant()),
  nextDueAt: orNull(instant()),
  nextDueTarget: orNull(ClockTarget),
  overdue: Type.Boolean(),
  unansweredSince: orNull(Type.String({ description: "since when everyone was rung and nobody has taken it" })),
  version: Type.Integer(),
});
export type TicketListItem = Static<typeof TicketListItem>;

export const Ticket = Type.Object({
  ...TicketListItem.properties,
  description: Type.String(),
  pauseReason: orNull(Type.String()),
  pausedUntil: orNull(instant()),
  impact: Level,
  urgency: Level,
  deviceName: orNull(Type.String()),
  serviceId: Type.Null(),
  visitorId: orNull(id()),
  confidential: Type.Boolean(),
  assignedAt: orNull(instant()),
  acknowledgedAt: orNull(instant()),
  departedAt: orNull(instant()),
  arrivedAt: orNull(instant()),
  restoredAt: orNull(instant()),
  closedAt: orNull(instant()),
  cancelledAt: orNull(instant()),
  resolution: orNull(Type.String()),
  cause: orNull(Type.String()),
  reopenedTimes: Type.Integer(),
  clocks: Type.Array(Clock),
});
export type Ticket = Static<typeof Ticket>;

const many = <T extends TSchema>(schema: T) => Type.Optional(Type.Array(schema, { maxItems: 20 }));
export const TicketFilter = Type.Object(
  {
    state: many(Type.Union([TicketState, Type.Literal("open")])),
    kind: many(TicketKind),
    customerId: Type.Optional(id()),
    siteId: Type.Optional(id()),
    deviceId: Type.Optional(id()),
    assigneeId: Type.Optional(Type.Union([id(), Type.Literal("none"), Type.Literal("me")])),
    requesterId: Type.Optional(id()),
    priority: many(Priority),
    tag: Type.Optional(Type.String({ maxLength: 50 })),
    overdue: Type.Optional(Type.Boolean()),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    sort: Type.Optional(Type.Enum(["newest", "due"])),
    ...pageQuery,
  },
  closed,
);
export type TicketFilter = Static<typeof TicketFilter>;
export const TicketList = Page(TicketListItem);

export const TicketCounts = Type.Object({
  open: Type.Integer(),
  unassigned: Type.Integer(),
  mine: Type.Integer(),
  overdue: Type.Integer(),
  unanswered: Type.Integer(),
});

export const EditTicket = Type.Object(
  {
    subject: Type.Optional(line(300)),
    description: Type.Optional(Type.String({ maxLength: 50_000 })),
    kind: Type.Optional(TicketKind),
    impact: Type.Optional(Level),
    urgency: Type.Optional(Level),
    priority: Type.Optional(Priority),
    deviceId: Type.Optional(orNull(id())),
    requesterId: Type.Optional(orNull(id())),
    tags: Type.Optional(Type.Array(line(50), { maxItems: 20 })),
    confidential: Type.Optional(Type.Boolean()),
  },
  { ...closed, minProperties: 1 },
);
export type EditTicket = Static<typeof EditTicket>;

const note = Type.Optional(Type.String({ maxLength: 10_000 }));
export const pauseReasons = [
  "waiting_for_user",
  "waiting_for_supplier",
  "agreed_appointment",
  "planned_maintenance",
  "other",
] as const;

/** The bodies of the verbs, by verb. */
export const verbBodies = {
  assign: Type.Object({ assigneeId: orNull(id()) }, closed),
  acknowledge: Type.Object({}, closed),
  depart: Type.Object({}, closed),
  arrive: Type.Object(
    {
      position: Type.Optional(
        Type.Object(
          {
            latitude: Type.Number({ minimum: -90, maximum: 90 }),
            longitude: Type.Number({ minimum: -180, maximum: 180 }),
            accuracyMeters: Type.Optional(Type.Number({ minimum: 0 })),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  restore: Type.Object({ note }, closed),
  pause: Type.Object(
    { reason: Type.Enum([...pauseReasons]), until: Type.Optional(orNull(Type.String({ format: "date-time" }))), note },
    closed,
  ),
  resume: Type.Object({}, closed),
  resolve: Type.Object(
    { resolution: line(10_000), cause: Type.Optional(orNull(Type.String({ maxLength: 200 }))) },
    closed,
  ),
  reopen: Type.Object({ reason: line(2000) }, closed),
  close: Type.Object({}, closed),
  cancel: Type.Object({ reason: line(2000) }, closed),
} as const;
export type Verb = keyof typeof verbBodies;
export type VerbBody<V extends Verb> = Static<(typeof verbBodies)[V]>;

export const Say = Type.Object(
  { text: line(50_000), attachmentIds: Type.Optional(Type.Array(id(), { maxItems: 20 })) },
  closed,
);
export type Say = Static<typeof Say>;

export const LogWork = Type.Object(
  {
    minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
    kind: Type.Enum(["remote", "on_site", "travel"]),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
);
export type LogWork = Static<typeof LogWork>;
export const WorkEntry = Type.Object({
  id: id(),
  ticketId: id(),
  staffId: id(),
  minutes: Type.Integer(),
  kind: Type.Enum(["remote", "on_site", "travel"]),
  note: orNull(Type.String()),
  workedAt: instant(),
});

export const JournalEntry = Type.Object({
  id: id(),
  ticketId: id(),
  at: instant(),
  kind: Type.String(),
  internal: Type.Boolean(),
  actorKind: Type.Enum(["staff", "person", "visitor", "system"]),
  actorId: id(),
  actorName: orNull(Type.String()),
  text: orNull(Type.String()),
  data: Type.Record(Type.String(), Type.Unknown()),
});
export type JournalEntry = Static<typeof JournalEntry>;
export const Journal = Page(JournalEntry);

export const Attachment = Type.Object({
  id: id(),
  ticketId: id(),
  name: Type.String(),
  mediaType: Type.String(),
  bytes: Type.Integer(),
  internal: Type.Boolean(),
  actorKind: Type.Enum(["staff", "person", "visitor", "system"]),
  actorId: id(),
  createdAt: instant(),
});
export type Attachment = Static<typeof Attachment>;

export const BulkChange = Type.Object(
  {
    ids: Type.Array(id(), { minItems: 1, maxItems: 100, uniqueItems: true }),
    verb: Type.Enum(["assign", "close", "cancel", "edit"]),
    body: Type.Record(Type.String(), Type.Unknown()),
  },
  closed,
);
export type BulkChange = Static<typeof BulkChange>;
export const BulkResult = Type.Object({
  results: Type.Array(
    Type.Object({ id: id(), ok: Type.Boolean(), code: orNull(Type.String()), detail: orNull(Type.String()) }),
  ),
});
