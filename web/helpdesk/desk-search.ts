/** What the desk's address says: which list, which filters. A link to it shows the same to a colleague. */
export interface DeskSearch {
  view?: string;
  q?: string;
  state?: string;
  priority?: string;
  assigneeId?: string;
  customerId?: string;
  siteId?: string;
  kind?: string;
  overdue?: boolean;
  sort?: "newest" | "due";
}

export function readDeskSearch(search: Record<string, unknown>): DeskSearch {
  const read: DeskSearch = {};
  for (const key of ["view", "q", "state", "priority", "assigneeId", "customerId", "siteId", "kind"] as const) {
    const value = search[key];
    if (typeof value === "string" || typeof value === "number") read[key] = String(value);
  }
  if (search.overdue === true) read.overdue = true;
  if (search.sort === "newest" || search.sort === "due") read.sort = search.sort;
  return read;
}
