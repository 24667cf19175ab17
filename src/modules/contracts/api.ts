import { type Static, Type } from "typebox";
import { Day, Id, Name, oneOf, orNull } from "../../platform/fields.ts";
import { Page, pageQuery } from "../../platform/page.ts";

export const Tier = oneOf("vip", "standard", "basic");
export type Tier = Static<typeof Tier>;
export const Priority = oneOf("p1", "p2", "p3", "p4");
export type Priority = Static<typeof Priority>;
export const Target = oneOf("response", "restore", "resolve");
export type Target = Static<typeof Target>;

/** Why work on a ticket can stand still. A policy lists those that stop its clocks. */
export const PauseReason = oneOf(
  "waiting_for_user",
  "waiting_for_supplier",
  "agreed_appointment",
  "planned_maintenance",
  "other",
);
export type PauseReason = Static<typeof PauseReason>;

/** Minutes of working time promised for one tier, priority and target. */
export const SlaTarget = Type.Object(
  {
    tier: Tier,
    priority: Priority,
    target: Target,
    targetMinutes: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
);
export type SlaTarget = Static<typeof SlaTarget>;

export const SlaPolicy = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  /** Counts for sites without a calendar of their own. */
  calendarId: orNull(Id),
  /** The policy of customers without an agreement; at most one policy is. */
  isDefault: Type.Boolean(),
  pausingReasons: Type.Array(PauseReason),
  /** How long a resolved or closed ticket can be reopened. */
  reopenWithinDays: Type.Integer(),
  /** When a resolved ticket closes by itself. */
  closeAfterDays: Type.Integer(),
  /** A tier without a target takes the standard tier's; without that, nothing is promised. */
  targets: Type.Array(SlaTarget),
  createdAt: Type.String(),
  archivedAt: orNull(Type.String()),
});
export type SlaPolicy = Static<typeof SlaPolicy>;

const policyFields = {
  name: Name,
  calendarId: orNull(Id),
  isDefault: Type.Boolean(),
  pausingReasons: Type.Array(PauseReason, { uniqueItems: true, maxItems: 5 }),
  reopenWithinDays: Type.Integer({ minimum: 0, maximum: 365 }),
  closeAfterDays: Type.Integer({ minimum: 0, maximum: 365 }),
  targets: Type.Array(SlaTarget, { maxItems: 36 }),
};

export const NewSlaPolicy = Type.Object(
  {
    name: Name,
    targets: policyFields.targets,
    calendarId: Type.Optional(policyFields.calendarId),
    isDefault: Type.Optional(policyFields.isDefault),
    pausingReasons: Type.Optional(policyFields.pausingReasons),
    reopenWithinDays: Type.Optional(policyFields.reopenWithinDays),
    closeAfterDays: Type.Optional(policyFields.closeAfterDays),
  },
  { additionalProperties: false },
);
export type NewSlaPolicy = Static<typeof NewSlaPolicy>;

/** Members that are sent replace the old ones whole. Tickets that are open follow the change. */
export const SlaPolicyChange = Type.Partial(Type.Object({ ...policyFields, archived: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
});
export type SlaPolicyChange = Static<typeof SlaPolicyChange>;

export const SlaPolicyFilter = Type.Object(
  { ...pageQuery, archived: Type.Boolean({ default: false }), q: Type.Optional(Type.String({ maxLength: 100 })) },
  { additionalProperties: false },
);
export type SlaPolicyFilter = Static<typeof SlaPolicyFilter>;
export const SlaPolicyPage = Page(SlaPolicy);
export type SlaPolicyPage = Static<typeof SlaPolicyPage>;

/** Which policy a customer has, from a day to a day (included; null: until further notice), in the site's time zone. */
export const Agreement = Type.Object({
  id: Id,
  version: Type.Integer(),
  customerId: Id,
  customerName: Type.String(),
  policyId: Id,
  policyName: Type.String(),
  startsOn: Day,
  endsOn: orNull(Day),
  createdAt: Type.String(),
});
export type Agreement = Static<typeof Agreement>;

export const NewAgreement = Type.Object(
  { customerId: Id, policyId: Id, startsOn: Day, endsOn: Type.Optional(orNull(Day)) },
  { additionalProperties: false },
);
export type NewAgreement = Static<typeof NewAgreement>;

export const AgreementChange = Type.Object({ endsOn: orNull(Day) }, { additionalProperties: false });
export type AgreementChange = Static<typeof AgreementChange>;

export const AgreementFilter = Type.Object(
  {
    ...pageQuery,
    customerId: Type.Optional(Id),
    policyId: Type.Optional(Id),
    on: Type.Optional(Type.String({ ...Day, description: "in force on this day" })),
  },
  { additionalProperties: false },
);
export type AgreementFilter = Static<typeof AgreementFilter>;
export const AgreementPage = Page(Agreement);
export type AgreementPage = Static<typeof AgreementPage>;
