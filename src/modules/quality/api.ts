import { type Static, Type } from "typebox";
import { Day, Id, oneOf, orNull } from "../../platform/fields.ts";

const closed = { additionalProperties: false } as const;
const instant = () => Type.String({ description: "RFC 3339, UTC" });
const Score = Type.Integer({ minimum: 1, maximum: 5 });
const Average = orNull(Type.Number({ description: "null when nobody said anything" }));

export const RaterKind = oneOf("contact", "user", "visitor");
export type RaterKind = Static<typeof RaterKind>;
export const Aspect = oneOf("technical", "attitude", "crisisAwareness");
export type Aspect = Static<typeof Aspect>;

/** A second one by the same person within 14 days, or after the ticket was solved anew, takes the first one's place. */
export const GiveRating = Type.Object(
  {
    overall: Score,
    technical: Type.Optional(orNull(Score)),
    attitude: Type.Optional(orNull(Score)),
    crisisAwareness: Type.Optional(orNull(Score)),
    comment: Type.Optional(orNull(Type.String({ maxLength: 5000 }))),
  },
  closed,
);
export type GiveRating = Static<typeof GiveRating>;

export const Rating = Type.Object({
  id: Id,
  ticketId: Id,
  overall: Score,
  technical: orNull(Score),
  attitude: orNull(Score),
  crisisAwareness: orNull(Score),
  comment: orNull(Type.String()),
  raterKind: RaterKind,
  /** Who had the ticket when it was resolved. */
  engineerId: orNull(Id),
  createdAt: instant(),
  /** When the present answer was given: later than `createdAt` if it took an earlier one's place. */
  ratedAt: instant(),
  version: Type.Integer(),
});
export type Rating = Static<typeof Rating>;

/** Staff see all ratings of a ticket, everyone else the own one. */
export const RatingList = Type.Object({ items: Type.Array(Rating), next: Type.Null() });

/** Days of the provider's time zone, both included; the last 90 when left out. */
export const PeriodQuery = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, closed);
export type PeriodQuery = Static<typeof PeriodQuery>;

const period = { from: Day, to: Day, timeZone: Type.String(), asOf: instant() };

/** Clocks that ended in the period: kept, or broken in it, whether or not they still run. */
export const PromiseFigures = Type.Object({
  target: oneOf("response", "restore", "resolve"),
  met: Type.Integer(),
  breached: Type.Integer(),
  attainment: orNull(Type.Number({ description: "met ÷ (met + breached); null when none ended" })),
});
export type PromiseFigures = Static<typeof PromiseFigures>;

export const RatingFigures = Type.Object({
  count: Type.Integer(),
  overall: Average,
  technical: Average,
  attitude: Average,
  crisisAwareness: Average,
  /** Geometric mean of technical strength, attitude and crisis awareness; null while one of them is missing. */
  quality: Average,
  /** The lowest of the three, if they differ. */
  weakest: orNull(Aspect),
  csat: orNull(Type.Number({ description: "share of answers that are 4 or 5" })),
});
export type RatingFigures = Static<typeof RatingFigures>;

const Group = Type.Object({ count: Type.Integer(), overall: Average, csat: RatingFigures.properties.csat });

const Load = Type.Object({
  /** Tickets in hand now. */
  open: Type.Integer(),
  resolved: Type.Integer(),
  /** Tickets at whose site one arrived. */
  visits: Type.Integer(),
  minutes: Type.Object({ remote: Type.Integer(), on_site: Type.Integer(), travel: Type.Integer() }),
});

export const MemberFigures = Type.Object({
  member: Type.Object({ id: Id, name: Type.String(), active: Type.Boolean() }),
  load: Load,
  promises: Type.Array(PromiseFigures),
  ratings: RatingFigures,
});
export type MemberFigures = Static<typeof MemberFigures>;

export const Remark = Type.Object({
  ticketId: Id,
  number: Type.String(),
  subject: Type.String(),
  at: instant(),
  overall: Score,
  technical: orNull(Score),
  attitude: orNull(Score),
  crisisAwareness: orNull(Score),
  comment: orNull(Type.String()),
  byKind: RaterKind,
  /** Whether one solved the ticket oneself or worked on it for the one who did. */
  part: oneOf("solved", "helped"),
});
export type Remark = Static<typeof Remark>;

export const WeekFigures = Type.Object({
  /** A Monday, also when the period begins later in that week. */
  startsOn: Day,
  resolved: Type.Integer(),
  minutes: Type.Integer(),
  ratingCount: Type.Integer(),
  overall: Average,
});
export type WeekFigures = Static<typeof WeekFigures>;

export const MemberQuality = Type.Object({
  ...period,
  ...MemberFigures.properties,
  load: Type.Object({
    ...Load.properties,
    typicalResolved: orNull(Type.Number({ description: "median over all who resolved anything in the period" })),
  }),
  /** Of tickets that others solved and this member worked on. */
  helped: Type.Object({ count: Type.Integer(), overall: Average }),
  weeks: Type.Array(WeekFigures),
  /** The newest 50. */
  remarks: Type.Array(Remark),
});
export type MemberQuality = Static<typeof MemberQuality>;

/** Engineers, and whoever else did an engineer's work in the period; by name, at most 500. */
export const TeamQuality = Type.Object({
  ...period,
  /** Every rating of the period, whoever solved the ticket; promises as the engineers below kept them. */
  team: Type.Object({ ratings: RatingFigures, promises: Type.Array(PromiseFigures) }),
  items: Type.Array(MemberFigures),
  next: Type.Null(),
});
export type TeamQuality = Static<typeof TeamQuality>;

export const ServiceQualityQuery = Type.Object(
  { ...PeriodQuery.properties, customerId: Type.Optional(Id), siteId: Type.Optional(Id) },
  closed,
);
export type ServiceQualityQuery = Static<typeof ServiceQualityQuery>;

export const ServiceQuality = Type.Object({
  ...period,
  tickets: Type.Object({ opened: Type.Integer(), resolved: Type.Integer(), open: Type.Integer() }),
  promises: Type.Array(PromiseFigures),
  attainment: PromiseFigures.properties.attainment,
  ratings: Type.Object({
    ...RatingFigures.properties,
    /** Who pays and who is served are told apart. Visitors are users who did not sign in. */
    byContacts: Group,
    byUsers: Group,
  }),
  months: Type.Array(
    Type.Object({
      month: Type.String({ description: "YYYY-MM" }),
      opened: Type.Integer(),
      promisesMet: Type.Integer(),
      promisesBreached: Type.Integer(),
      attainment: PromiseFigures.properties.attainment,
      ratingCount: Type.Integer(),
      overall: Average,
    }),
  ),
  sites: Type.Array(
    Type.Object({
      siteId: Id,
      siteName: Type.String(),
      customerId: Id,
      open: Type.Integer(),
      opened: Type.Integer(),
      met: Type.Integer(),
      breached: Type.Integer(),
      attainment: PromiseFigures.properties.attainment,
      ratingCount: Type.Integer(),
      overall: Average,
    }),
  ),
  /** Whether there are more than the 500 sites listed; all are in the totals. */
  moreSites: Type.Boolean(),
});
export type ServiceQuality = Static<typeof ServiceQuality>;
