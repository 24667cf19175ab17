import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFontsOf } from "../app/fonts.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ApiProblem, Unreachable } from "../app/problem.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { listen } from "../app/stream.ts";
import classes from "./served-ticket.module.css";
import { ServedTicket } from "./served-ticket.tsx";
import { ownReportQuery } from "./visitor.ts";
import { VisitorFrame } from "./visitor-frame.tsx";

/** A reporter's own page, opened by a link: whoever has it, and nobody else. */
export function FollowPage() {
  const { token } = useParams({ from: "/t/$token" });
  const { t } = useTranslation("helpdesk");
  const client = useQueryClient();
  const report = useQuery(ownReportQuery(token));
  const known = report.data !== undefined;
  useFontsOf(report.data?.provider.locale);
  useEffect(() => {
    // The first answer brought the cookie that the stream needs.
    if (!known) return;
    const refresh = () => void client.invalidateQueries(ownReportQuery(token));
    return listen("/api/v1/stream", { onNews: refresh, onConnection: () => {}, onReturn: refresh });
  }, [client, token, known]);

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
  const { ticket, journal, provider } = report.data;
  return (
    <VisitorFrame provider={provider.name}>
      {report.error instanceof Unreachable && <p className={classes.old}>{t("follow.lastKnown")}</p>}
      <ServedTicket
        ticket={ticket}
        journal={journal}
        rated={journal.some((entry) => entry.kind === "rated" && entry.actorKind === "visitor")}
        onChanged={() => client.invalidateQueries(ownReportQuery(token))}
      />
      <p className={classes.keep}>{t("follow.keepLink")}</p>
    </VisitorFrame>
  );
}
