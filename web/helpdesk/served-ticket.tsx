import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { JournalEntry, Ticket } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { PersonFace } from "../app/person-chip.tsx";
import { ProgressLine } from "../app/progress-line.tsx";
import { nextClock } from "../app/promise-clock.ts";
import { AskAgain } from "./ask-again.tsx";
import { AttachmentList } from "./attachment-list.tsx";
import { Conversation } from "./conversation.tsx";
import { RateService, type Rating } from "./rate-service.tsx";
import classes from "./served-ticket.module.css";
import { ticketProgress } from "./ticket-progress.ts";

interface ServedTicketProps {
  ticket: Ticket;
  journal: readonly JournalEntry[];
  rated: boolean;
  onChanged(): Promise<unknown>;
}

const withEngineer: readonly Ticket["state"][] = ["assigned", "acknowledged", "on_the_way", "on_site"];

/** A ticket for those who are served: where it stands, who comes, when; what was said; and at the end, how it went. */
export function ServedTicket({ ticket, journal, rated, onChanged }: ServedTicketProps) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const act = useMutation({
    mutationFn: ({ verb, body }: { verb: "replies" | "reopen" | "cancel" | "rating"; body: unknown }) =>
      post<unknown>(`/tickets/${ticket.id}/${verb}`, body),
    onSuccess: onChanged,
  });
  const solved = ticket.state === "resolved" || ticket.state === "closed";
  const running = !solved && ticket.state !== "cancelled";
  const clock = nextClock(ticket.clocks.filter(({ target }) => target !== "response"));
  const headline = ticket.assigneeName || !withEngineer.includes(ticket.state) ? ticket.state : "new";
  return (
    <>
      <p className={classes.number}>
        {ticket.number} · {ticket.siteName}
      </p>
      <h1 className={classes.headline} aria-live="polite">
        {t(`follow.headline.${headline}`, { name: ticket.assigneeName ?? "" })}
      </h1>
      {running && ticket.state !== "paused" && clock?.dueAt && (
        <p className={classes.when}>
          {t(Date.parse(clock.dueAt) < Date.now() ? "follow.late" : "follow.by", { time: format.moment(clock.dueAt) })}
        </p>
      )}
      {ticket.state === "paused" && (
        <p className={classes.when}>
          {t(`pauseReason.${(ticket.pauseReason ?? "other") as "other"}`)}
          {ticket.pausedUntil && ` · ${t("follow.until", { time: format.moment(ticket.pausedUntil) })}`}
        </p>
      )}
      {ticket.assigneeName && running && (
        <div className={classes.engineer}>
          <PersonFace name={ticket.assigneeName} size={64} />
          <div>
            <strong>{ticket.assigneeName}</strong>
            <span>{t("follow.yourEngineer")}</span>
          </div>
        </div>
      )}
      {solved && ticket.resolution && <p className={classes.resolution}>{ticket.resolution}</p>}
      {solved && !rated && (
        <RateService
          busy={act.isPending}
          error={act.error}
          onSubmit={(rating: Rating) => act.mutate({ verb: "rating", body: rating })}
        />
      )}
      {solved && rated && <p className={classes.thanks}>{t("rate.thanks")}</p>}
      <section className={classes.section}>
        <ProgressLine steps={ticketProgress(ticket, rated, t)} direction="column" label={t("follow.progress")} />
      </section>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t("follow.reported")}</h2>
        <p className={classes.subject}>{ticket.subject}</p>
        {ticket.description && ticket.description !== ticket.subject && (
          <p className={classes.description}>{ticket.description}</p>
        )}
        {ticket.deviceName && <p className={classes.device}>{ticket.deviceName}</p>}
        <AttachmentList ticketId={ticket.id} />
      </section>
      <Conversation
        entries={journal.filter((entry) => entry.kind === "reply")}
        mine={(entry) => entry.actorKind !== "staff"}
        busy={act.isPending}
        onSend={(text) => act.mutateAsync({ verb: "replies", body: { text } })}
      />
      <AskAgain
        state={ticket.state}
        busy={act.isPending}
        error={act.error}
        onReopen={(reason) => act.mutate({ verb: "reopen", body: { reason } })}
        onCancel={(reason) => act.mutate({ verb: "cancel", body: { reason } })}
      />
    </>
  );
}
