import { IconBellRinging, IconBellX } from "@tabler/icons-react";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Static } from "typebox";
import type { Calls, Ticket } from "../../src/modules/helpdesk/api.ts";
import { get } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { useMay } from "../app/session.ts";
import classes from "./calls-notice.module.css";

const callsQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ["helpdesk", "ticket", ticketId, "calls"],
    queryFn: ({ signal }) => get<Static<typeof Calls>>("/calls", { ticketId }, signal),
    refetchInterval: 30_000,
  });

/** While nobody has taken it: whose phone rings, who is next, and, in red, that nobody answers. */
export function CallsNotice({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const may = useMay("rota.read");
  const waiting = ticket.state === "new" || ticket.state === "assigned";
  const { data } = useQuery({ ...callsQuery(ticket.id), enabled: may && waiting });
  if (!waiting || !data) return null;
  const { items, nextAt, unansweredSince } = data;
  const last =
    items.findLast(({ state }) => state === "sent" || state === "delivered" || state === "queued") ?? items.at(-1);
  if (!last && !unansweredSince) return null;
  return (
    <p
      className={classes.root}
      data-alarm={unansweredSince !== null || undefined}
      role={unansweredSince ? "alert" : "status"}
    >
      {unansweredSince ? (
        <IconBellX size={16} stroke={1.8} aria-hidden />
      ) : (
        <IconBellRinging size={16} stroke={1.6} aria-hidden />
      )}
      <span>
        {unansweredSince && <strong>{t("calls.nobody", { time: format.moment(unansweredSince) })} </strong>}
        {last &&
          t(last.state === "failed" ? "calls.failed" : "calls.ringing", {
            name: last.staffName,
            channel: t(`callChannel.${last.channel}`),
            time: format.moment(last.sentAt ?? last.createdAt),
          })}
        {nextAt && ` · ${t("calls.next", { time: format.moment(nextAt) })}`}
      </span>
    </p>
  );
}
