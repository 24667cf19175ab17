import type { ClockRow, PauseRow, State } from "./ticket-rules.ts";

/** Who did something. */
export interface Who {
  kind: "staff" | "person" | "visitor" | "system";
  id: string;
}

/** Nobody in particular: the product itself. */
export const theSystem: Who = { kind: "system", id: "00000000-0000-0000-0000-000000000000" };

/** Rows as the tables hold them; instants are RFC 3339, UTC. */
export interface HistoricTicket {
  id: string;
  number: string;
  kind: string;
  subject: string;
  description: string;
  state: State;
  pausedFrom: string | null;
  pauseReason: string | null;
  pausedUntil: string | null;
  priority: string;
  impact: string;
  urgency: string;
  channel: string;
  customerId: string;
  siteId: string;
  deviceId: string | null;
  requesterId: string | null;
  visitorId: string | null;
  openedByKind: string;
  openedById: string;
  assigneeId: string | null;
  tier: string;
  policyId: string | null;
  calendarId: string | null;
  tags: string[];
  openedAt: string;
  assignedAt: string | null;
  acknowledgedAt: string | null;
  departedAt: string | null;
  arrivedAt: string | null;
  restoredAt: string | null;
  resolvedAt: string | null;
  closesAt: string | null;
  closedAt: string | null;
  cancelledAt: string | null;
  resolution: string | null;
  cause: string | null;
  reopenedTimes: number;
  nextDueAt: string | null;
  nextDueTarget: string | null;
  version: number;
  updatedAt: string;
}

export interface HistoricClock extends ClockRow {
  ticketId: string;
}

export interface HistoricPause extends PauseRow {
  ticketId: string;
}

export interface HistoricEntry {
  id: string;
  ticketId: string;
  at: string;
  kind: string;
  internal: boolean;
  actorKind: string;
  actorId: string;
  text: string | null;
  data: Record<string, unknown>;
}

export interface HistoricEvent {
  id: string;
  type: string;
  subjectKind: string;
  subjectId: string;
  subjectVersion: number;
  data: Record<string, unknown>;
  actorKind: string;
  actorId: string;
  customerId: string | null;
  siteId: string | null;
  audience: string[];
  recordedAt: string;
  deliveredAt: string;
}

export interface HistoricWork {
  id: string;
  ticketId: string;
  staffId: string;
  minutes: number;
  kind: "remote" | "on_site" | "travel";
  note: string | null;
  workedAt: string;
}

export interface HistoricCall {
  id: string;
  ticketId: string;
  staffId: string;
  reason: string;
  state: "sent" | "acknowledged" | "superseded";
  createdAt: string;
  acknowledgedAt: string | null;
  chainId: string;
  round: number;
  version: number;
}

/** How far the ringing about a ticket came. */
export interface HistoricChain {
  ticketId: string;
  id: string;
  assigneeId: string | null;
  beganAt: string;
  /** How often it has rung, how far up the escalation, and when last. */
  turn: number;
  step: number;
  rungAt: string | null;
  endedAt: string | null;
  /** When the last of the escalation had been rung in vain. */
  unansweredSince: string | null;
}

export interface HistoricRating {
  id: string;
  ticketId: string;
  customerId: string;
  siteId: string;
  engineerId: string | null;
  raterKind: "contact" | "user" | "visitor";
  personId: string | null;
  visitorId: string | null;
  overall: number;
  technical: number | null;
  attitude: number | null;
  crisisAwareness: number | null;
  comment: string | null;
  ratedAt: string;
}
