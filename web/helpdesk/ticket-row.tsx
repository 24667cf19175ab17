import { Checkbox } from "@mantine/core";
import { IconBellX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { TicketListItem } from "../../src/modules/helpdesk/api.ts";
import { DueMark } from "../app/due-mark.tsx";
import { useFormat } from "../app/format.ts";
import { PersonFace } from "../app/person-chip.tsx";
import { PriorityMark } from "../app/priority-mark.tsx";
import { StateMark } from "../app/state-mark.tsx";
import classes from "./ticket-list.module.css";

interface TicketRowProps {
  ticket: TicketListItem;
  active: boolean;
  selected: boolean;
  selecting: boolean;
  onOpen(id: string): void;
  onSelect(id: string, range: boolean): void;
}

export const TicketRow = memo(function TicketRow({ ticket, active, selected, selecting, onSelect }: TicketRowProps) {
  const { t } = useTranslation("helpdesk");
  const format = useFormat();
  return (
    <div
      className={classes.row}
      data-active={active || undefined}
      data-selecting={selecting || undefined}
      data-unanswered={ticket.unansweredSince !== null || undefined}
    >
      <div className={classes.lead}>
        <span className={classes.check}>
          <Checkbox
            checked={selected}
            aria-label={t("list.select", { number: ticket.number })}
            onChange={() => undefined}
            onClick={(event) => onSelect(ticket.id, event.shiftKey)}
          />
        </span>
        <span className={classes.priority}>
          <PriorityMark priority={ticket.priority} withName={false} />
        </span>
      </div>
      <div style={{ minWidth: 0 }}>
        <div className={classes.line}>
          <Link
            to="/desk/$ticketId"
            params={{ ticketId: ticket.id }}
            search={true}
            className={classes.subject}
            aria-current={active ? "true" : undefined}
            preload={false}
          >
            {ticket.subject}
          </Link>
          {ticket.nextDueAt ? (
            <DueMark dueAt={ticket.nextDueAt} target={ticket.nextDueTarget} overdue={ticket.overdue} />
          ) : (
            <time
              dateTime={ticket.updatedAt}
              style={{ color: "var(--ms-text-dim)", fontSize: "0.8125rem", whiteSpace: "nowrap" }}
            >
              {format.moment(ticket.updatedAt)}
            </time>
          )}
        </div>
        <div className={classes.line}>
          <span className={classes.place}>
            {ticket.number} · {ticket.siteName}
          </span>
          <span className={classes.marks}>
            {ticket.unansweredSince && (
              <span
                className={classes.unanswered}
                title={t("calls.nobody", { time: format.moment(ticket.unansweredSince) })}
              >
                <IconBellX size={16} stroke={1.8} aria-hidden />
                <span className="visually-hidden">
                  {t("calls.nobody", { time: format.moment(ticket.unansweredSince) })}
                </span>
              </span>
            )}
            <StateMark state={ticket.state} compact />
            {ticket.assigneeName ? (
              <span title={ticket.assigneeName}>
                <PersonFace name={ticket.assigneeName} />
                <span className="visually-hidden">{ticket.assigneeName}</span>
              </span>
            ) : (
              <span className={classes.nobody} title={t("list.unassigned")}>
                <span className="visually-hidden">{t("list.unassigned")}</span>
              </span>
            )}
          </span>
        </div>
      </div>
    </div>
  );
});
