import { Skeleton } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { JournalEntry, Ticket } from "../../src/modules/helpdesk/api.ts";
import { useFormat } from "../app/format.ts";
import { PersonFace } from "../app/person-chip.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import classes from "./journal-view.module.css";
import { nobodyAnswered, useJournalWords } from "./journal-words.ts";

const spoken: ReadonlySet<string> = new Set(["reply", "note"]);

/** The ticket's story: what was said in full, what happened in one line each. */
export function JournalView({ ticket, journal }: { ticket: Ticket; journal: UseQueryResult<JournalEntry[]> }) {
  const { t } = useTranslation("helpdesk");
  if (journal.isPending) return <Skeleton height={80} />;
  if (!journal.data) return <ProblemNotice error={journal.error} onRetry={() => void journal.refetch()} />;
  return (
    <ol className={classes.journal} aria-label={t("journal.label")}>
      {ticket.description && (
        <Said
          name={ticket.requesterName ?? t("journal.visitor")}
          at={ticket.openedAt}
          text={ticket.description}
          internal={false}
          ours={false}
        />
      )}
      {journal.data.map((entry) =>
        spoken.has(entry.kind) && entry.text ? (
          <Said
            key={entry.id}
            name={entry.actorName ?? t(entry.actorKind === "visitor" ? "journal.visitor" : "journal.system")}
            at={entry.at}
            text={entry.text}
            internal={entry.internal}
            ours={entry.actorKind === "staff"}
          />
        ) : (
          <Happened key={entry.id} entry={entry} ticketId={ticket.id} />
        ),
      )}
    </ol>
  );
}

interface SaidProps {
  name: string;
  at: string;
  text: string;
  internal: boolean;
  ours: boolean;
}

function Said({ name, at, text, internal, ours }: SaidProps) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  return (
    <li className={classes.said} data-internal={internal || undefined} data-ours={ours || undefined}>
      <PersonFace name={name} size={24} />
      <div className={classes.words}>
        <p className={classes.who}>
          <strong>{name}</strong>
          {internal && <span className={classes.internal}>{t("composer.note")}</span>}
          <time dateTime={at} title={format.full(at)}>
            {format.moment(at)}
          </time>
        </p>
        <p className={classes.text}>{text}</p>
      </div>
    </li>
  );
}

function Happened({ entry, ticketId }: { entry: JournalEntry; ticketId: string }) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  const words = useJournalWords();
  const attachmentId = entry.kind === "attachment" ? entry.data.attachmentId : undefined;
  const name = entry.actorName ?? t(entry.actorKind === "visitor" ? "journal.visitor" : "journal.system");
  return (
    <li className={classes.happened} data-kind={nobodyAnswered(entry) ? "nobody_answered" : entry.kind}>
      <time dateTime={entry.at} title={format.full(entry.at)}>
        {format.moment(entry.at)}
      </time>
      <span>
        <strong>{name}</strong> {words(entry)}
        {entry.internal && <span className={classes.hidden}> · {t("journal.internal")}</span>}
        {typeof attachmentId === "string" && (
          <a
            href={`/api/v1/tickets/${ticketId}/attachments/${attachmentId}`}
            target="_blank"
            rel="noreferrer"
            className={classes.file}
          >
            <IconPaperclip size={14} stroke={1.6} aria-hidden />
            {typeof entry.data.name === "string" ? entry.data.name : ""}
          </a>
        )}
        {entry.text && <span className={classes.quote}>{entry.text}</span>}
      </span>
    </li>
  );
}
