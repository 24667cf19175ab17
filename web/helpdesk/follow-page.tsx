import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../app/api.ts";
import { useFontsOf } from "../app/fonts.ts";
import { useFormat } from "../app/format.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { PersonFace } from "../app/person-chip.tsx";
import { ApiProblem, Unreachable } from "../app/problem.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { ProgressLine } from "../app/progress-line.tsx";
import { nextClock } from "../app/promise-clock.ts";
import { listen } from "../app/stream.ts";
import { AskAgain } from "./ask-again.tsx";
import { Conversation } from "./conversation.tsx";
import classes from "./follow-page.module.css";
import { RateService, type Rating } from "./rate-service.tsx";
import { ticketProgress } from "./ticket-progress.ts";
import { type OwnReport, ownReportQuery } from "./visitor.ts";
import { VisitorFrame } from "./visitor-frame.tsx";

/** A reporter's own page: where it stands, who comes, when, and at the end how it went. */
export function FollowPage() {
  const { token } = useParams({ from: "/t/$token" });
  const { t } = useTranslation("helpdesk");
  const report = useQuery(ownReportQuery(token));
  useFontsOf(report.data?.provider.locale);
  if (report.isPending) return <PageLoading />;
  if (!report.data) {
    const gone = report.error instanceof ApiProblem && report.error.status === 404;
    return (
      <VisitorFrame provider="Mainstay">
        {gone ? (
          <p>{t("follow.gone")}</p>
        ) : (
          <ProblemNotice error={report.error} onRetry={() => void report.refetch()} />
        )}
      </VisitorFrame>
    );
  }
  return (
    <VisitorFrame provider={report.data.provider.name}>
      {report.error instanceof Unreachable && <p className={classes.old}>{t("follow.lastKnown")}</p>}
      <Report token={token} report={report.data} />
    </VisitorFrame>
  );
}

function Report({ token, report: { ticket, journal } }: { token: string; report: OwnReport }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const client = useQueryClient();
  const [rated, setRated] = useState(() => journal.some((entry) => entry.kind === "rated"));
  useEffect(() => {
    const refresh = () => void client.invalidateQueries(ownReportQuery(token));
    return listen("/api/v1/stream", { onNews: refresh, onConnection: () => {}, onReturn: refresh });
  }, [client, token]);
  const act = useMutation({
    mutationFn: ({ verb, body }: { verb: "replies" | "reopen" | "cancel" | "rating"; body: unknown }) =>
      post<unknown>(`/tickets/${ticket.id}/${verb}`, body),
    onSuccess: () => client.invalidateQueries(ownReportQuery(token)),
  });
  const solved = ticket.state === "resolved" || ticket.state === "closed";
  const running = ["new", "assigned", "acknowledged", "on_the_way", "on_site", "paused"].includes(ticket.state);
  const clock = nextClock(ticket.clocks.filter(({ target }) => target !== "response"));
  const name = ticket.assigneeName ?? "";

  return (
    <>
      <p className={classes.number}>
        {ticket.number} · {ticket.siteName}
      </p>
      <h1 className={classes.headline} aria-live="polite">
        {t(
          `follow.headline.${ticket.assigneeName || !["assigned", "acknowledged", "on_the_way", "on_site"].includes(ticket.state) ? ticket.state : "new"}`,
          { name },
        )}
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
          onSubmit={(rating: Rating) =>
            act.mutate({ verb: "rating", body: rating }, { onSuccess: () => setRated(true) })
          }
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
      <p className={classes.keep}>{t("follow.keepLink")}</p>
    </>
  );
}
