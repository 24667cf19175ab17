import { instantText } from "../platform/clock.ts";
import type { HistoricTicket, Who } from "./history-rows.ts";
import type { Target } from "./ticket-rules.ts";

export interface Engineer {
  id: string;
  name: string;
}

/** What a ticket begins with. */
export interface Opening
  extends Pick<
    HistoricTicket,
    | "number"
    | "kind"
    | "subject"
    | "description"
    | "priority"
    | "impact"
    | "urgency"
    | "channel"
    | "customerId"
    | "siteId"
    | "deviceId"
    | "requesterId"
    | "visitorId"
    | "tier"
    | "policyId"
    | "calendarId"
  > {
  at: number;
  openedBy: Who;
  assignee: Engineer | undefined;
  minutes: Partial<Record<Target, number>>;
  pausingReasons: readonly string[];
  closeAfterDays: number;
}

/** The row of a ticket that has just been opened. */
export function openedRow(opening: Opening, id: string): HistoricTicket {
  const { at, openedBy, assignee, minutes, pausingReasons, closeAfterDays, ...rest } = opening;
  const openedAt = instantText(at);
  return {
    ...rest,
    id,
    state: assignee ? "assigned" : "new",
    pausedFrom: null,
    pauseReason: null,
    pausedUntil: null,
    openedByKind: openedBy.kind,
    openedById: openedBy.id,
    assigneeId: assignee?.id ?? null,
    tags: [],
    openedAt,
    assignedAt: assignee ? openedAt : null,
    acknowledgedAt: null,
    departedAt: null,
    arrivedAt: null,
    restoredAt: null,
    resolvedAt: null,
    closesAt: null,
    closedAt: null,
    cancelledAt: null,
    resolution: null,
    cause: null,
    reopenedTimes: 0,
    nextDueAt: null,
    nextDueTarget: null,
    version: 1,
    updatedAt: openedAt,
  };
}
