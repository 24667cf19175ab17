import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Static } from "typebox";
import type {
  Attachment,
  JournalEntry,
  SavedView,
  SaveView,
  Ticket,
  TicketCounts,
  TicketListItem,
} from "../../src/modules/helpdesk/api.ts";
import { get, type Page, type Query } from "../app/api.ts";

/** What a list of tickets asks for; the same shape is kept in saved views. */
export type TicketQuery = SaveView["query"];
export type TicketPage = Page<TicketListItem>;

export const pageSize = 50;

export const ticketsQuery = (query: TicketQuery) =>
  infiniteQueryOptions({
    queryKey: ["helpdesk", "tickets", query],
    queryFn: ({ pageParam, signal }) =>
      get<TicketPage>("/tickets", { ...asQuery(query), limit: pageSize, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 60_000,
  });

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ["helpdesk", "ticket", id],
    queryFn: ({ signal }) => get<Ticket>(`/tickets/${id}`, {}, signal),
    // Clocks tick on their own until the working day ends; after that the arithmetic is the server's.
    refetchInterval: 5 * 60_000,
  });

export const journalQuery = (id: string) =>
  queryOptions({
    queryKey: ["helpdesk", "ticket", id, "journal"],
    queryFn: ({ signal }) => wholeJournal(id, signal),
  });

export const attachmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ["helpdesk", "ticket", id, "attachments"],
    queryFn: ({ signal }) => get<{ items: Attachment[] }>(`/tickets/${id}/attachments`, {}, signal),
    select: ({ items }) => items,
  });

export const savedViewsQuery = queryOptions({
  queryKey: ["helpdesk", "saved-views"],
  queryFn: ({ signal }) => get<{ items: SavedView[] }>("/saved-views", {}, signal),
  select: ({ items }) => items,
});

export const countsQuery = queryOptions({
  queryKey: ["helpdesk", "counts"],
  queryFn: ({ signal }) => get<Static<typeof TicketCounts>>("/ticket-counts", {}, signal),
  refetchInterval: 60_000,
});

/** A ticket that lives long has several pages of journal; whoever opens it wants all of it. */
async function wholeJournal(id: string, signal: AbortSignal): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  let after: string | null = null;
  do {
    const page: Page<JournalEntry> = await get(`/tickets/${id}/journal`, { after }, signal);
    entries.push(...page.items);
    after = page.next;
  } while (after !== null && entries.length < 5000);
  return entries;
}

function asQuery(query: TicketQuery): Query {
  return { ...query };
}

export const deviceTicketsQuery = (deviceId: string) =>
  queryOptions({
    queryKey: ["helpdesk", "device-tickets", deviceId],
    queryFn: ({ signal }) => get<TicketPage>("/tickets", { deviceId, sort: "newest", limit: 10 }, signal),
  });
