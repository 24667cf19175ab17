import { IconArrowLeft } from "@tabler/icons-react";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { get } from "../app/api.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useLiveTickets } from "./live-tickets.ts";
import classes from "./portal-tickets.module.css";
import { ServedTicket } from "./served-ticket.tsx";
import { journalQuery, ticketQuery } from "./tickets.ts";

/** Whether this caller has said already how it was. */
const ratedQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ["helpdesk", "ticket", ticketId, "rated"],
    queryFn: ({ signal }) => get<{ items: unknown[] }>(`/tickets/${ticketId}/rating`, {}, signal),
    select: ({ items }) => items.length > 0,
  });

export function PortalTicketPage() {
  const { ticketId } = useParams({ from: "/person/portal/tickets/$ticketId" });
  const { t } = useTranslation("helpdesk");
  const client = useQueryClient();
  useLiveTickets();
  const ticket = useQuery(ticketQuery(ticketId));
  const journal = useQuery(journalQuery(ticketId));
  const rated = useQuery(ratedQuery(ticketId));
  return (
    <div className={classes.ticket}>
      <Link to="/portal" className={classes.back}>
        <IconArrowLeft size={18} stroke={1.6} aria-hidden />
        {t("portal.back")}
      </Link>
      {ticket.isPending && <PageLoading />}
      {ticket.isError && !ticket.data && <ProblemNotice error={ticket.error} onRetry={() => void ticket.refetch()} />}
      {ticket.data && (
        <ServedTicket
          ticket={ticket.data}
          journal={journal.data ?? []}
          rated={rated.data ?? false}
          onChanged={() => {
            // A rating is part of the figures on the page before.
            void client.invalidateQueries({ queryKey: ["quality"] });
            return client.invalidateQueries({ queryKey: ["helpdesk"] });
          }}
        />
      )}
    </div>
  );
}
