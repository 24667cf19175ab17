import type { PriorityMatrix, TicketListItem } from "./api.ts";

export type Level = "low" | "medium" | "high";
export type Priority = TicketListItem["priority"];

const weight = { low: 1, medium: 2, high: 3 } as const;

/** The usual priority from impact × urgency (ITIL): high·high p1; their sum one less p2; two less p3; else p4. */
export function priorityOf(impact: Level, urgency: Level): Priority {
  const sum = weight[impact] + weight[urgency];
  return sum === 6 ? "p1" : sum === 5 ? "p2" : sum === 4 ? "p3" : "p4";
}

/** The usual matrix: by impact, then by urgency. A provider may have its own (`priority-matrix.sql.ts`). */
export function usualMatrix(): PriorityMatrix["matrix"] {
  const row = (impact: Level) => ({
    low: priorityOf(impact, "low"),
    medium: priorityOf(impact, "medium"),
    high: priorityOf(impact, "high"),
  });
  return { low: row("low"), medium: row("medium"), high: row("high") };
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
