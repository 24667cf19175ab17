import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket, Verb } from "../../src/modules/helpdesk/api.ts";
import { EmptyState } from "../app/empty-state.tsx";
import { useOfferCommands } from "../app/page-commands.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ApiProblem } from "../app/problem.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { ProgressLine } from "../app/progress-line.tsx";
import { useSession } from "../app/session.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { AskStep } from "./ask-step.tsx";
import { CallsNotice } from "./calls-notice.tsx";
import { Composer, type ComposerHandle } from "./composer.tsx";
import { JournalView } from "./journal-view.tsx";
import { useTakeStep } from "./take-step.ts";
import { TicketFacts } from "./ticket-facts.tsx";
import { TicketHead } from "./ticket-head.tsx";
import classes from "./ticket-pane.module.css";
import { ticketProgress } from "./ticket-progress.ts";
import { needsWords, offeredSteps } from "./ticket-steps.ts";
import { journalQuery, ticketQuery } from "./tickets.ts";

export function TicketPane({ ticketId, onClose }: { ticketId: string; onClose(): void }) {
  const { t } = useTranslation("helpdesk");
  const ticket = useQuery(ticketQuery(ticketId));
  if (ticket.isPending) return <PageLoading />;
  if (!ticket.data) {
    const gone = ticket.error instanceof ApiProblem && ticket.error.status === 404;
    return gone ? (
      <EmptyState title={t("ticket.gone")} />
    ) : (
      <div className={classes.problem}>
        <ProblemNotice error={ticket.error} onRetry={() => void ticket.refetch()} />
      </div>
    );
  }
  return <OpenTicket ticket={ticket.data} onClose={onClose} />;
}

function OpenTicket({ ticket, onClose }: { ticket: Ticket; onClose(): void }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const { permissions } = useSession();
  const take = useTakeStep();
  const [asking, setAsking] = useState<Verb | "work">();
  const [assigning, setAssigning] = useState(false);
  const [editing, setEditing] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const story = useRef<HTMLDivElement>(null);
  const journal = useQuery(journalQuery(ticket.id));
  const steps = useMemo(() => offeredSteps(ticket, permissions), [ticket, permissions]);
  const rated = journal.data?.some(({ kind }) => kind === "rated") ?? false;
  const canEdit = permissions.includes("ticket.edit");

  const start = (verb: Verb) => {
    if (verb === "assign") setAssigning(true);
    else if (needsWords.has(verb)) setAsking(verb);
    else if (verb === "close") take.final(ticket, "close", {});
    else void take.step(ticket, verb);
  };

  // What was said last is what matters; new words pull the end into sight.
  const entries = journal.data?.length ?? 0;
  useEffect(() => {
    if (entries > 0) story.current?.scrollTo({ top: story.current.scrollHeight });
  }, [entries]);

  const group = t("keys.desk");
  const nextStep = steps.find((verb) => verb !== "assign" && verb !== "cancel");
  useShortcuts([
    ...(canEdit ? [{ keys: "e", label: t("keys.edit"), group, run: () => setEditing(true) }] : []),
    { keys: "a", label: t("keys.assign"), group, run: () => steps.includes("assign") && setAssigning(true) },
    { keys: "r", label: t("keys.reply"), group, run: () => composer.current?.write("replies") },
    { keys: "n", label: t("keys.note"), group, run: () => composer.current?.write("notes") },
    { keys: "s", label: t("keys.nextStep"), group, run: () => nextStep && start(nextStep) },
  ]);
  useOfferCommands(
    // biome-ignore lint/correctness/useExhaustiveDependencies: the steps change exactly when the ticket does
    useMemo(
      () => [
        ...steps.map((verb) => ({ label: `${word(`verb.${verb}`)} · ${ticket.number}`, run: () => start(verb) })),
        ...(permissions.includes("ticket.work")
          ? [{ label: `${word("verb.work")} · ${ticket.number}`, run: () => setAsking("work") }]
          : []),
        { label: `${t("composer.reply")} · ${ticket.number}`, run: () => composer.current?.write("replies") },
        { label: `${t("composer.note")} · ${ticket.number}`, run: () => composer.current?.write("notes") },
      ],
      [steps, ticket, t, word],
    ),
  );

  return (
    <article className={classes.pane} aria-label={`${ticket.number} ${ticket.subject}`}>
      <TicketHead
        ticket={ticket}
        steps={steps}
        editing={editing}
        onEditing={setEditing}
        assigning={assigning}
        onAssigning={setAssigning}
        onStep={start}
        onWork={() => setAsking("work")}
        onClose={onClose}
      />
      <div className={classes.body}>
        <div className={classes.story}>
          <div className={classes.scroll} ref={story}>
            <div className={classes.progress}>
              <ProgressLine steps={ticketProgress(ticket, rated, t)} direction="row" label={t("ticket.progress")} />
            </div>
            <CallsNotice ticket={ticket} />
            <JournalView ticket={ticket} journal={journal} />
          </div>
          <Composer ticket={ticket} handle={composer} />
        </div>
        <TicketFacts ticket={ticket} onAssign={() => setAssigning(true)} />
      </div>
      {asking && <AskStep ticket={ticket} verb={asking} onClose={() => setAsking(undefined)} />}
    </article>
  );
}
