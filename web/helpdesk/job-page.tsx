import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowLeft, IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket, Verb } from "../../src/modules/helpdesk/api.ts";
import { useFormat } from "../app/format.ts";
import { useKeptSteps } from "../app/outbox.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { PriorityMark } from "../app/priority-mark.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { inOrder } from "../app/promise-clock.ts";
import { useSession } from "../app/session.ts";
import { StateMark } from "../app/state-mark.tsx";
import { TimeLeft } from "../app/time-left.tsx";
import { AttachmentList } from "./attachment-list.tsx";
import { ClockArithmetic } from "./clock-arithmetic.tsx";
import { FieldForm, type FieldFormKind } from "./field-form.tsx";
import classes from "./job-page.module.css";
import { JobPlace } from "./job-place.tsx";
import { findPosition, useFieldStep, withKeptSteps } from "./job-steps.ts";
import { JobTools } from "./job-tools.tsx";
import { JournalView } from "./journal-view.tsx";
import { useLiveTickets } from "./live-tickets.ts";
import { isOpen, offeredSteps } from "./ticket-steps.ts";
import { deviceTicketsQuery, journalQuery, ticketQuery } from "./tickets.ts";

/** One job in the engineer's hand: what, where, who to call, and the next step under the thumb. */
export function JobPage() {
  const { ticketId } = useParams({ from: "/staff/my-work/$ticketId" });
  useLiveTickets();
  const steps = useKeptSteps();
  const ticket = useQuery(ticketQuery(ticketId));
  if (ticket.isPending) return <PageLoading />;
  if (!ticket.data) {
    return (
      <div className={classes.page}>
        <ProblemNotice error={ticket.error} onRetry={() => void ticket.refetch()} />
      </div>
    );
  }
  return <Job ticket={withKeptSteps(ticket.data, steps)} />;
}

function Job({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const { permissions } = useSession();
  const { take, busy } = useFieldStep();
  const journal = useQuery(journalQuery(ticket.id));
  const [form, setForm] = useState<FieldFormKind>();
  const steps = offeredSteps(ticket, permissions).filter(
    (verb) => verb !== "assign" && verb !== "cancel" && verb !== "close" && verb !== "reopen",
  );
  // In the field one drives before one solves.
  const primary: Verb | undefined = steps.includes("depart")
    ? "depart"
    : steps.includes("arrive")
      ? "arrive"
      : steps[0];
  const others = steps.filter((verb) => verb !== primary);

  const go = async (verb: Verb) => {
    if (verb === "resolve" || verb === "pause") return setForm(verb);
    const position = verb === "arrive" ? await findPosition() : undefined;
    await take(ticket, verb, position ? { position } : {});
  };

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Link to="/my-work" className={classes.back}>
          <IconArrowLeft size={18} stroke={1.6} aria-hidden />
          {t("field.back")}
        </Link>
        <p className={classes.number}>{ticket.number}</p>
        <h1>{ticket.subject}</h1>
        <p className={classes.marks}>
          <StateMark state={ticket.state} />
          <PriorityMark priority={ticket.priority} />
        </p>
        <ul className={classes.clocks}>
          {inOrder(ticket.clocks)
            .filter((clock) => clock.metAt === null)
            .map((clock) => (
              <li key={clock.target}>
                <span aria-hidden>{word(`time.target.${clock.target}`)}</span>
                <TimeLeft clock={clock} explain={() => <ClockArithmetic clock={clock} />} />
              </li>
            ))}
        </ul>
      </header>
      <JobPlace ticket={ticket} />
      <section className={classes.section}>
        <h2>{t("field.reported")}</h2>
        <p className={classes.description}>{ticket.description || ticket.subject}</p>
        <p className={classes.dim}>{[ticket.deviceName, ticket.requesterName].filter(Boolean).join(" · ")}</p>
        <AttachmentList ticketId={ticket.id} />
      </section>
      {ticket.deviceId && <KnownHere deviceId={ticket.deviceId} ticketId={ticket.id} />}
      <section className={classes.section}>
        <h2>{t("field.story")}</h2>
        <JournalView ticket={{ ...ticket, description: "" }} journal={journal} />
      </section>
      <footer className={classes.bar}>
        <JobTools ticket={ticket} onWrite={() => setForm("write")} onWork={() => setForm("work")} />
        {isOpen(ticket.state) && primary && (
          <div className={classes.step}>
            <Button size="xl" loading={busy} onClick={() => void go(primary)} className={classes.primary}>
              {word(`verb.${primary}`)}
            </Button>
            {others.length > 0 && (
              <Menu position="top-end" width={220}>
                <Menu.Target>
                  <ActionIcon variant="default" size={56} aria-label={t("ticket.more")}>
                    <IconDots size={22} stroke={1.6} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {others.map((verb) => (
                    <Menu.Item key={verb} className={classes.menuItem} onClick={() => void go(verb)}>
                      {word(`verb.${verb}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        )}
      </footer>
      {form && <FieldForm ticket={ticket} kind={form} onClose={() => setForm(undefined)} />}
    </div>
  );
}

function KnownHere({ deviceId, ticketId }: { deviceId: string; ticketId: string }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const { data } = useQuery(deviceTicketsQuery(deviceId));
  const earlier = data?.items.filter(({ id }) => id !== ticketId).slice(0, 5) ?? [];
  if (earlier.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2>{t("field.knownHere")}</h2>
      <ul className={classes.known}>
        {earlier.map(({ id, subject, state, openedAt }) => (
          <li key={id}>
            <Link to="/my-work/$ticketId" params={{ ticketId: id }}>
              <StateMark state={state} compact />
              <span>{subject}</span>
              <time dateTime={openedAt}>{format.shortDate(openedAt)}</time>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
