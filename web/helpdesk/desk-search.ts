import type { TicketQuery } from "./tickets.ts";

/** What the desk's address says: which view, and what was narrowed on top of it. A link to it shows a colleague the same. */
export interface DeskSearch extends TicketQuery {
  view?: string;
}

const states = [
  "open",
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
const priorities = ["p1", "p2", "p3", "p4"] as const;
const kinds = ["incident", "service_request", "problem", "change", "complaint", "question", "maintenance"] as const;
export const filterStates = states.slice(1);
export const filterPriorities = priorities;
export const filterKinds = kinds;

export function readDeskSearch(search: Record<string, unknown>): DeskSearch {
  const read: DeskSearch = {};
  for (const key of ["view", "q", "assigneeId", "customerId", "siteId", "deviceId", "requesterId", "tag"] as const) {
    const value = search[key];
    if (typeof value === "string" || typeof value === "number") read[key] = String(value);
  }
  const state = chosen(states, search.state);
  const priority = chosen(priorities, search.priority);
  const kind = chosen(kinds, search.kind);
  if (state) read.state = state;
  if (priority) read.priority = priority;
  if (kind) read.kind = kind;
  if (search.overdue === true) read.overdue = true;
  if (search.sort === "newest" || search.sort === "due") read.sort = search.sort;
  return read;
}

function chosen<T extends string>(known: readonly T[], value: unknown): T[] | undefined {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  const valid = known.filter((each) => given.includes(each));
  return valid.length > 0 ? valid : undefined;
}
