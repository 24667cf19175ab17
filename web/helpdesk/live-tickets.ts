import { type InfiniteData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Ticket, TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { get } from "../app/api.ts";
import { ApiProblem } from "../app/problem.ts";
import { onNews } from "../app/stream.ts";
import { countsQuery, pageSize, type TicketPage, type TicketQuery, ticketsQuery } from "./tickets.ts";

type TicketPages = InfiniteData<TicketPage, string | null>;

/** News come in bursts (a bulk change, a storm of alerts): a moment's wait turns a hundred questions into one. */
const gatherMilliseconds = 250;
const tooManyToFollow = 25;

/** Keeps what is on the screen true while others work: open tickets, and the lists without losing one's place in them. */
export function useLiveTickets(): void {
  const client = useQueryClient();
  useEffect(() => {
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onNews((news) => {
      if (news.subject.kind !== "ticket" || news.type.startsWith("helpdesk.presence")) return;
      changed.add(news.subject.id);
      timer ??= setTimeout(() => {
        timer = undefined;
        const ids = [...changed];
        changed.clear();
        void refresh(client, ids);
      }, gatherMilliseconds);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client]);
}

async function refresh(client: QueryClient, ids: readonly string[]): Promise<void> {
  void client.invalidateQueries({ queryKey: countsQuery.queryKey });
  void client.invalidateQueries({ queryKey: ["quality"] });
  if (ids.length > tooManyToFollow) return client.invalidateQueries({ queryKey: ["helpdesk"] });
  for (const id of ids) void client.invalidateQueries({ queryKey: ["helpdesk", "ticket", id] });
  const lists = client.getQueryCache().findAll({ queryKey: ["helpdesk", "tickets"] });
  for (const list of lists) {
    if (!list.isActive()) void client.invalidateQueries({ queryKey: list.queryKey, refetchType: "none" });
  }
  const active = lists.filter((list) => list.isActive());
  await Promise.all(active.map(({ queryKey }) => refreshList(client, queryOf(queryKey), ids)));
}

function queryOf(key: readonly unknown[]): TicketQuery {
  const query = key[2];
  return typeof query === "object" && query !== null ? query : {};
}

/**
 * A list that is not scrolled is simply asked for again. A long one keeps its rows: the first page is asked for, and of the
 * rows below only those that changed.
 */
async function refreshList(client: QueryClient, query: TicketQuery, ids: readonly string[]): Promise<void> {
  const { queryKey } = ticketsQuery(query);
  const before = client.getQueryData<TicketPages>(queryKey);
  if (!before || before.pages.length < 2) return client.invalidateQueries({ queryKey });
  try {
    const first = await get<TicketPage>("/tickets", { ...query, limit: pageSize });
    const onFirst = new Set(first.items.map(({ id }) => id));
    const below = before.pages.flatMap(({ items }) => items).filter(({ id }) => !onFirst.has(id));
    const changed = await Promise.all(below.filter(({ id }) => ids.includes(id)).map(({ id }) => findTicket(id)));
    const fresh = new Map(changed.flatMap((ticket) => (ticket ? [[ticket.id, ticket]] : [])));
    const kept = below.flatMap((row) => {
      const now = ids.includes(row.id) ? fresh.get(row.id) : row;
      return now && belongs(now, query) ? [now] : [];
    });
    const next = before.pages.at(-1)?.next ?? null;
    client.setQueryData<TicketPages>(queryKey, {
      pages: first.next === null ? [first] : [{ items: [...first.items, ...kept], next }],
      pageParams: [null],
    });
  } catch {
    // When the connection returns, the stream has everything asked for again.
  }
}

/** Whether a ticket that changed still belongs to the list; what cannot be told here is left to the next full load. */
function belongs(ticket: TicketListItem, query: TicketQuery): boolean {
  const isOpen = !["resolved", "closed", "cancelled"].includes(ticket.state);
  const state =
    query.state === undefined || query.state.includes(ticket.state) || (isOpen && query.state.includes("open"));
  const due = query.sort !== "due" || isOpen;
  const priority = query.priority === undefined || query.priority.includes(ticket.priority);
  const assignee =
    query.assigneeId === undefined ||
    query.assigneeId === "me" ||
    (query.assigneeId === "none" ? ticket.assigneeId === null : ticket.assigneeId === query.assigneeId);
  return state && due && priority && assignee && (!query.overdue || ticket.overdue);
}

async function findTicket(id: string): Promise<TicketListItem | undefined> {
  try {
    return await get<Ticket>(`/tickets/${id}`);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}

/** Shows a change at once in every list and page that has the ticket; the answer or the next news corrects it. */
export function patchTicket(client: QueryClient, id: string, change: Partial<Ticket>): void {
  client.setQueryData<Ticket>(["helpdesk", "ticket", id], (ticket) => (ticket ? { ...ticket, ...change } : ticket));
  client.setQueriesData<TicketPages>({ queryKey: ["helpdesk", "tickets"] }, (data) =>
    data?.pages
      ? {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (item.id === id ? { ...item, ...listFields(change) } : item)),
          })),
        }
      : data,
  );
}

function listFields({
  clocks: _clocks,
  description: _description,
  ...change
}: Partial<Ticket>): Partial<TicketListItem> {
  return change;
}
