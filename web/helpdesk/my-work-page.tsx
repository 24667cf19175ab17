import { Button } from "@mantine/core";
import { IconBellRinging, IconChevronRight } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { TicketListItem, Verb } from "../../src/modules/helpdesk/api.ts";
import { DueMark } from "../app/due-mark.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useKeptSteps } from "../app/outbox.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { PriorityMark } from "../app/priority-mark.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { StateMark } from "../app/state-mark.tsx";
import { tellProblem } from "../app/undo-toast.tsx";
import { findPosition, useFieldStep, withKeptSteps } from "./job-steps.ts";
import { useLiveTickets } from "./live-tickets.ts";
import classes from "./my-work-page.module.css";
import { usePush } from "./push.ts";
import { isOpen } from "./ticket-steps.ts";
import { ticketsQuery } from "./tickets.ts";

const myWork = ticketsQuery({ state: ["open"], assigneeId: "me", sort: "due" });

/** What is nearest to done comes first; what still rings stands above everything. */
const rank: Readonly<Partial<Record<TicketListItem["state"], number>>> = {
  on_site: 0,
  on_the_way: 1,
  acknowledged: 2,
  paused: 4,
};

export function MyWorkPage() {
  const { t } = useTranslation("helpdesk");
  useLiveTickets();
  const list = useInfiniteQuery(myWork);
  const steps = useKeptSteps();
  const { ringing, next, later } = useMemo(() => {
    const sent = list.data?.pages.flatMap(({ items }) => items) ?? [];
    const jobs = sent.map((job) => withKeptSteps(job, steps)).filter(({ state }) => isOpen(state));
    const taken = jobs.filter(({ state }) => state !== "assigned" && state !== "new");
    const sorted = taken.toSorted((a, b) => (rank[a.state] ?? 3) - (rank[b.state] ?? 3));
    return {
      ringing: jobs.filter(({ state }) => state === "assigned" || state === "new"),
      next: sorted[0],
      later: sorted.slice(1),
    };
  }, [list.data, steps]);

  if (list.isPending) return <PageLoading />;
  if (!list.data) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  const nothing = ringing.length === 0 && !next;
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{t("field.title")}</h1>
      <PushNotice />
      {nothing && <EmptyState title={t("field.nothing")}>{t("field.nothingWhy")}</EmptyState>}
      {ringing.length > 0 && (
        <section aria-label={t("field.ringing")}>
          <h2 className={classes.heading} data-ringing>
            {t("field.ringing")}
          </h2>
          {ringing.map((job) => (
            <Job key={job.id} job={job} />
          ))}
        </section>
      )}
      {next && (
        <section aria-label={t("field.next")}>
          <h2 className={classes.heading}>{t("field.next")}</h2>
          <Job job={next} />
        </section>
      )}
      {later.length > 0 && (
        <section aria-label={t("field.later")}>
          <h2 className={classes.heading}>{t("field.later")}</h2>
          <ul className={classes.list}>
            {later.map((job) => (
              <li key={job.id}>
                <Link to="/my-work/$ticketId" params={{ ticketId: job.id }} className={classes.row}>
                  <span className={classes.rowText}>
                    <span className={classes.rowSubject}>{job.subject}</span>
                    <span className={classes.place}>
                      <StateMark state={job.state} compact /> {job.siteName}
                    </span>
                  </span>
                  {job.nextDueAt && <DueMark dueAt={job.nextDueAt} target={job.nextDueTarget} overdue={job.overdue} />}
                  <IconChevronRight size={18} stroke={1.6} aria-hidden className={classes.chevron} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Steps that one tap can take; solving needs words. */
const quickSteps: Readonly<Partial<Record<TicketListItem["state"], Verb>>> = {
  new: "acknowledge",
  assigned: "acknowledge",
  acknowledged: "depart",
  on_the_way: "arrive",
  paused: "resume",
};

/** One job with the one thing to do about it. */
function Job({ job }: { job: TicketListItem }) {
  const { t: word } = useTranslation("app");
  const { take, busy } = useFieldStep();
  const step = quickSteps[job.state];
  const go = async (verb: Verb) => {
    const position = verb === "arrive" ? await findPosition() : undefined;
    await take(job, verb, position ? { position } : {});
  };
  return (
    <article className={classes.job}>
      <Link to="/my-work/$ticketId" params={{ ticketId: job.id }} className={classes.jobLink}>
        <span className={classes.jobTop}>
          <PriorityMark priority={job.priority} />
          <StateMark state={job.state} />
          {job.nextDueAt && <DueMark dueAt={job.nextDueAt} target={job.nextDueTarget} overdue={job.overdue} />}
        </span>
        <span className={classes.subject}>{job.subject}</span>
        <span className={classes.place}>
          {job.siteName} · {job.customerName}
        </span>
      </Link>
      {step ? (
        <Button size="xl" fullWidth loading={busy} onClick={() => void go(step)}>
          {word(`verb.${step}`)}
        </Button>
      ) : (
        <Button
          size="xl"
          fullWidth
          renderRoot={(props) => <Link {...props} to="/my-work/$ticketId" params={{ ticketId: job.id }} />}
        >
          {word("verb.resolve")}
        </Button>
      )}
    </article>
  );
}

/** A phone that does not ring is the most expensive fault of all: said until it does. */
function PushNotice() {
  const { t } = useTranslation("helpdesk");
  const { state, switchOn } = usePush();
  if (state === "unknown" || state === "on") return null;
  return (
    <div className={classes.push}>
      <IconBellRinging size={20} stroke={1.6} aria-hidden />
      <p>
        {t(state === "denied" ? "field.pushDenied" : state === "impossible" ? "field.pushImpossible" : "field.pushOff")}
      </p>
      {state === "off" && (
        <Button size="md" onClick={() => switchOn().catch((error: unknown) => tellProblem(error))}>
          {t("field.pushOn")}
        </Button>
      )}
    </div>
  );
}
