import type { SavedView } from "../../src/modules/helpdesk/api.ts";
import { type DeskSearch, readDeskSearch } from "./desk-search.ts";
import type { TicketQuery } from "./tickets.ts";

export const builtInViews = {
  open: { state: ["open"], sort: "due" },
  mine: { state: ["open"], assigneeId: "me", sort: "due" },
  unassigned: { state: ["open"], assigneeId: "none", sort: "due" },
  overdue: { state: ["open"], overdue: true, sort: "due" },
  paused: { state: ["paused"], sort: "newest" },
  resolved: { state: ["resolved"], sort: "newest" },
  all: { sort: "newest" },
} as const satisfies Record<string, TicketQuery>;

export type BuiltInView = keyof typeof builtInViews;
export const builtInKeys: readonly BuiltInView[] = [
  "open",
  "mine",
  "unassigned",
  "overdue",
  "paused",
  "resolved",
  "all",
];

export function isBuiltIn(view: string | undefined): view is BuiltInView {
  return view !== undefined && Object.hasOwn(builtInViews, view);
}

/** What the address asks for: a view, and what was narrowed or widened on top of it. */
export function queryOf({ view, ...narrowed }: DeskSearch, saved: readonly SavedView[]): TicketQuery {
  const named = saved.find(({ id }) => id === view);
  const base: TicketQuery = named ? readDeskSearch(named.query) : builtInViews[isBuiltIn(view) ? view : "open"];
  return { ...base, ...narrowed };
}
