import { type Static, Type } from "typebox";
import { orNull } from "../../platform/fields.ts";
import { JournalEntry, Level, Priority, Ticket, TicketFilter, TicketState } from "./api-tickets.ts";

const closed = { additionalProperties: false } as const;
const id = () => Type.String({ format: "uuid" });
const instant = () => Type.String({ description: "RFC 3339, UTC" });
const line = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: "\\S" });

export const SavedView = Type.Object({
  id: id(),
  ownerId: id(),
  name: Type.String(),
  shared: Type.Boolean(),
  query: Type.Record(Type.String(), Type.Unknown()),
  version: Type.Integer(),
});
export type SavedView = Static<typeof SavedView>;
export const SaveView = Type.Object(
  { name: line(100), shared: Type.Boolean(), query: Type.Omit(TicketFilter, ["after", "limit"]) },
  closed,
);
export type SaveView = Static<typeof SaveView>;

const MatrixRow = Type.Object({ low: Priority, medium: Priority, high: Priority }, closed);
const Matrix = Type.Object(
  { low: MatrixRow, medium: MatrixRow, high: MatrixRow },
  { ...closed, description: "by impact, then by urgency" },
);
export const SavePriorityMatrix = Type.Object({ matrix: Matrix }, closed);
export type SavePriorityMatrix = Static<typeof SavePriorityMatrix>;
export const PriorityMatrix = Type.Object({ matrix: Matrix, version: Type.Integer() });
export type PriorityMatrix = Static<typeof PriorityMatrix>;

export const Presence = Type.Object({ doing: Type.Enum(["viewing", "replying", "left"]) }, closed);

export const ReportByCode = Type.Object(
  {
    subject: line(300),
    description: Type.Optional(Type.String({ maxLength: 10_000 })),
    urgency: Type.Optional(Level),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    email: Type.Optional(Type.String({ format: "email", maxLength: 300 })),
    phone: Type.Optional(Type.String({ maxLength: 50 })),
    locale: Type.Optional(Type.String({ maxLength: 20 })),
  },
  closed,
);
export type ReportByCode = Static<typeof ReportByCode>;
export const ReportReceipt = Type.Object({
  ticketId: id(),
  number: Type.String(),
  token: orNull(Type.String({ description: "opens the own report at /t/<token>; null for someone signed in" })),
});
export type ReportReceipt = Static<typeof ReportReceipt>;

export const OpenReports = Type.Object({
  items: Type.Array(
    Type.Object({ number: Type.String(), subject: Type.String(), state: TicketState, openedAt: instant() }),
  ),
});

/** What a visitor's link opens. From then on its cookie lets the visitor use the ticket's own addresses. */
export const OwnReport = Type.Object({
  ticket: Ticket,
  journal: Type.Array(JournalEntry),
  provider: Type.Object({ name: Type.String(), locale: Type.String() }),
  visitor: Type.Object({ name: orNull(Type.String()), email: orNull(Type.String()), phone: orNull(Type.String()) }),
});

export const VisitorContact = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    email: Type.Optional(Type.String({ format: "email", maxLength: 300 })),
    phone: Type.Optional(Type.String({ maxLength: 50 })),
  },
  { ...closed, minProperties: 1 },
);
