import { Button } from "@mantine/core";
import { IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { DueMark } from "../app/due-mark.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useMay } from "../app/session.ts";
import { StateMark } from "../app/state-mark.tsx";
import { useLiveTickets } from "./live-tickets.ts";
import classes from "./portal-tickets.module.css";
import { countsQuery, ticketsQuery } from "./tickets.ts";

const ReportFault = lazy(() =>
  import("./report-fault.tsx").then(({ ReportFault: component }) => ({ default: component })),
);

/** The customer's own affairs: what is open, live, by site; what was just solved. */
export function PortalTickets({ figures }: { figures?: ReactNode }) {
  const { t } = useTranslation("helpdesk");
  const navigate = useNavigate();
  const mayOpen = useMay("ticket.open");
  const [reporting, setReporting] = useState(false);
  useLiveTickets();
  const open = useInfiniteQuery(ticketsQuery({ state: ["open"], sort: "due" }));
  const solved = useInfiniteQuery(ticketsQuery({ state: ["resolved"], sort: "newest" }));
  const { data: counts } = useQuery(countsQuery);
  const openTickets = open.data?.pages.flatMap(({ items }) => items) ?? [];
  const solvedTickets = solved.data?.pages[0]?.items.slice(0, 8) ?? [];
  const bySite = Map.groupBy(openTickets, ({ siteId }) => siteId);

  return (
    <>
      <header className={classes.head}>
        <div>
          <h1>{t("portal.title")}</h1>
          {counts && <p>{t("portal.lead", { count: counts.open })}</p>}
        </div>
        {mayOpen && (
          <Button size="lg" leftSection={<IconPlus size={20} stroke={1.8} />} onClick={() => setReporting(true)}>
            {t("portal.report")}
          </Button>
        )}
      </header>
      {figures}
      {open.isPending && <PageLoading />}
      {open.isError && <ProblemNotice error={open.error} onRetry={() => void open.refetch()} />}
      {open.data && openTickets.length === 0 && (
        <EmptyState title={t("portal.allWell")}>{t("portal.allWellWhy")}</EmptyState>
      )}
      {[...bySite].map(([siteId, tickets]) => (
        <section key={siteId} className={classes.site}>
          <h2>{tickets[0]?.siteName}</h2>
          <ul>
            {tickets.map((ticket) => (
              <Row key={ticket.id} ticket={ticket} />
            ))}
          </ul>
        </section>
      ))}
      {open.hasNextPage && (
        <Button variant="default" mt={16} loading={open.isFetchingNextPage} onClick={() => void open.fetchNextPage()}>
          {t("portal.more")}
        </Button>
      )}
      {solvedTickets.length > 0 && (
        <section className={classes.site}>
          <h2>{t("portal.solved")}</h2>
          <ul>
            {solvedTickets.map((ticket) => (
              <Row key={ticket.id} ticket={ticket} />
            ))}
          </ul>
        </section>
      )}
      {reporting && (
        <Suspense>
          <ReportFault
            onClose={() => setReporting(false)}
            onReported={(ticketId) => void navigate({ to: "/portal/tickets/$ticketId", params: { ticketId } })}
          />
        </Suspense>
      )}
    </>
  );
}

function Row({ ticket }: { ticket: TicketListItem }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const solved = ticket.state === "resolved";
  return (
    <li>
      <Link to="/portal/tickets/$ticketId" params={{ ticketId: ticket.id }} className={classes.row}>
        <span className={classes.what}>
          <span className={classes.subject}>{ticket.subject}</span>
          <span className={classes.sub}>
            {ticket.number} · {format.ago(ticket.openedAt)}
          </span>
        </span>
        <span className={classes.state}>
          <StateMark state={ticket.state} />
          {ticket.assigneeName && <span className={classes.sub}>{ticket.assigneeName}</span>}
        </span>
        <span className={classes.due}>
          {solved ? (
            <span className={classes.rate}>{t("portal.rate")}</span>
          ) : (
            ticket.nextDueAt && (
              <DueMark dueAt={ticket.nextDueAt} target={ticket.nextDueTarget} overdue={ticket.overdue} />
            )
          )}
        </span>
        <IconChevronRight size={18} stroke={1.6} aria-hidden className={classes.chevron} />
      </Link>
    </li>
  );
}
