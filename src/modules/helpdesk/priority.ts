import type { TicketListItem } from "./api.ts";

type Level = "low" | "medium" | "high";
export type Priority = TicketListItem["priority"];

const weight = { low: 1, medium: 2, high: 3 } as const;

/** Priority from impact × urgency (ITIL): high·high p1; their sum one less p2; two less p3; else p4. */
export function priorityOf(impact: Level, urgency: Level): Priority {
  const sum = weight[impact] + weight[urgency];
  return sum === 6 ? "p1" : sum === 5 ? "p2" : sum === 4 ? "p3" : "p4";
}

const prefixes = {
  incident: "INC",
  service_request: "REQ",
  problem: "PRB",
  change: "CHG",
  complaint: "CMP",
  question: "QUE",
  maintenance: "MNT",
} as const satisfies Record<TicketListItem["kind"], string>;

/** The letters before a ticket's human number. */
export function numberPrefix(kind: TicketListItem["kind"]): string {
  return prefixes[kind];
}
