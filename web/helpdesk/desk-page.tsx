import { useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../app/empty-state.tsx";
import { homeOf, useSession } from "../app/session.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { BulkBar } from "./bulk-bar.tsx";
import classes from "./desk-page.module.css";
import type { DeskSearch } from "./desk-search.ts";
import { queryOf } from "./desk-views.ts";
import { ListHeader } from "./list-header.tsx";
import { useLiveTickets } from "./live-tickets.ts";
import { NewTicket } from "./new-ticket.tsx";
import { TicketList } from "./ticket-list.tsx";
import { TicketPane } from "./ticket-pane.tsx";
import { savedViewsQuery, ticketsQuery } from "./tickets.ts";
import { UnansweredStrip } from "./unanswered-strip.tsx";
import { useSelection } from "./use-selection.ts";
import { ViewList } from "./view-list.tsx";

/** List and ticket side by side; the whole desk works without a mouse. */
export function DeskPage() {
  const session = useSession();
  const { ticketId } = useParams({ strict: false });
  const onPhone = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false });
  // A call's link leads to the desk, for whoever opens it at one; in an engineer's hand it is a job.
  if (ticketId && onPhone && homeOf(session) === "/my-work")
    return <Navigate to="/my-work/$ticketId" params={{ ticketId }} replace />;
  return <Desk ticketId={ticketId} />;
}

function Desk({ ticketId }: { ticketId: string | undefined }) {
  const { t } = useTranslation("helpdesk");
  const navigate = useNavigate();
  const search = useSearch({ from: "/staff/desk" });
  const searchField = useRef<HTMLInputElement>(null);
  const [creating, setCreating] = useState(false);
  useLiveTickets();

  const saved = useQuery(savedViewsQuery).data ?? [];
  const query = useMemo(() => queryOf(search, saved), [search, saved]);
  const list = useInfiniteQuery(ticketsQuery(query));
  const tickets = useMemo(() => {
    const seen = new Map(list.data?.pages.flatMap(({ items }) => items).map((item) => [item.id, item]));
    return [...seen.values()];
  }, [list.data]);
  const selection = useSelection(tickets.map(({ id }) => id));
  // Keys can come faster than pages: where the next step starts from is what was asked for last.
  const wanted = useRef(ticketId);
  const place = useRef(0);
  useEffect(() => {
    wanted.current = ticketId;
  }, [ticketId]);

  const open = useCallback(
    (id: string, replace = false) => {
      wanted.current = id;
      void navigate({ to: "/desk/$ticketId", params: { ticketId: id }, search: true, replace });
    },
    [navigate],
  );
  const narrow = useCallback((next: DeskSearch) => void navigate({ to: ".", search: next, replace: true }), [navigate]);
  const move = (by: 1 | -1) => {
    const index = tickets.findIndex(({ id }) => id === wanted.current);
    // A ticket that left the list (solved, given away) leaves its place: the next one has moved up into it.
    const target = index >= 0 ? index + by : wanted.current ? place.current - (by < 0 ? 1 : 0) : 0;
    place.current = Math.max(0, Math.min(tickets.length - 1, target));
    const ticket = tickets[place.current];
    if (ticket) open(ticket.id, ticketId !== undefined);
  };
  const close = () => void navigate({ to: "/desk", search: true });

  const group = t("keys.desk");
  useShortcuts([
    { keys: "j", label: t("keys.next"), group, run: () => move(1) },
    { keys: "k", label: t("keys.previous"), group, run: () => move(-1) },
    { keys: "/", label: t("keys.search"), group, run: () => searchField.current?.focus() },
    { keys: "x", label: t("keys.select"), group, run: () => wanted.current && selection.toggle(wanted.current) },
    { keys: "c", label: t("keys.create"), group, run: () => setCreating(true) },
    {
      keys: "Escape",
      label: t("keys.leave"),
      group,
      run: () => (selection.ids.length > 0 ? selection.clear() : close()),
    },
  ]);

  return (
    <div className={classes.desk} data-open={ticketId !== undefined || undefined}>
      <aside className={classes.views}>
        <ViewList search={search} saved={saved} />
      </aside>
      <section className={classes.list} aria-label={t("list.label")}>
        <ListHeader
          search={search}
          query={query}
          saved={saved}
          searchField={searchField}
          onNarrow={narrow}
          onCreate={() => setCreating(true)}
        />
        <UnansweredStrip tickets={tickets} onOpen={open} />
        <TicketList
          list={list}
          tickets={tickets}
          query={query}
          activeId={ticketId}
          selection={selection}
          onOpen={open}
          onNarrow={narrow}
        />
        {selection.ids.length > 0 && (
          <BulkBar tickets={tickets.filter(({ id }) => selection.ids.includes(id))} onDone={selection.clear} />
        )}
      </section>
      <section className={classes.pane} aria-label={t("ticket.choose")}>
        {ticketId ? (
          <TicketPane key={ticketId} ticketId={ticketId} onClose={close} />
        ) : (
          <EmptyState title={t("ticket.choose")}>{t("ticket.chooseWhy")}</EmptyState>
        )}
      </section>
      {creating && (
        <NewTicket
          onClose={() => setCreating(false)}
          onCreated={(id) => {
            setCreating(false);
            open(id);
          }}
        />
      )}
    </div>
  );
}
