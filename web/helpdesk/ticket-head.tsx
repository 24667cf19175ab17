import { ActionIcon, Button, Menu, TextInput } from "@mantine/core";
import { IconArrowLeft, IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket, Verb } from "../../src/modules/helpdesk/api.ts";
import { PriorityMark } from "../app/priority-mark.tsx";
import { inOrder } from "../app/promise-clock.ts";
import { useMay } from "../app/session.ts";
import { StateMark } from "../app/state-mark.tsx";
import { TimeLeft } from "../app/time-left.tsx";
import { tellDone } from "../app/undo-toast.tsx";
import { AssignPicker } from "./assign-picker.tsx";
import { ClockArithmetic } from "./clock-arithmetic.tsx";
import { useTakeStep } from "./take-step.ts";
import classes from "./ticket-pane.module.css";

interface TicketHeadProps {
  ticket: Ticket;
  steps: readonly Verb[];
  editing: boolean;
  onEditing(editing: boolean): void;
  assigning: boolean;
  onAssigning(assigning: boolean): void;
  onStep(verb: Verb): void;
  onWork(): void;
  onClose(): void;
}

/** What it is, where it stands, how much time is left, and the next step. */
export function TicketHead({
  ticket,
  steps,
  editing,
  onEditing,
  assigning,
  onAssigning,
  onStep,
  onWork,
  onClose,
}: TicketHeadProps) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const canEdit = useMay("ticket.edit");
  const canWork = useMay("ticket.work");
  const take = useTakeStep();
  const onward = steps.filter((verb) => verb !== "assign" && verb !== "cancel");
  const [first, second, ...others] = onward;
  const copyLink = async () => {
    await navigator.clipboard.writeText(`${location.origin}/desk/${ticket.id}`);
    tellDone(word("action.copied"));
  };

  return (
    <header className={classes.head}>
      <div className={classes.top}>
        <span className={classes.number}>
          <ActionIcon className={classes.back} aria-label={t("ticket.back")} onClick={onClose}>
            <IconArrowLeft size={18} stroke={1.6} />
          </ActionIcon>
          <span>
            {ticket.number} · {t(`kind.${ticket.kind}`)}
          </span>
        </span>
        <span className={`${classes.tools} no-print`}>
          {steps.includes("assign") && (
            <AssignPicker
              opened={assigning}
              onOpened={onAssigning}
              assigneeId={ticket.assigneeId}
              onAssign={(member) => void take.assign(ticket, member)}
            />
          )}
          {second && (second === "depart" || second === "reopen") && (
            <Button variant="default" onClick={() => onStep(second)}>
              {word(`verb.${second}`)}
            </Button>
          )}
          {first && <Button onClick={() => onStep(first)}>{word(`verb.${first}`)}</Button>}
          <Menu>
            <Menu.Target>
              <ActionIcon aria-label={t("ticket.more")}>
                <IconDots size={18} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {[...(second && second !== "depart" && second !== "reopen" ? [second] : []), ...others].map((verb) => (
                <Menu.Item key={verb} onClick={() => onStep(verb)}>
                  {word(`verb.${verb}`)}
                </Menu.Item>
              ))}
              {canWork && ticket.state !== "cancelled" && <Menu.Item onClick={onWork}>{word("verb.work")}</Menu.Item>}
              <Menu.Divider />
              <Menu.Item onClick={() => void copyLink()}>{t("ticket.copyLink")}</Menu.Item>
              <Menu.Item onClick={() => window.print()}>{t("ticket.print")}</Menu.Item>
              {steps.includes("cancel") && (
                <>
                  <Menu.Divider />
                  <Menu.Item color="red" onClick={() => onStep("cancel")}>
                    {word("verb.cancel")}
                  </Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        </span>
      </div>
      {editing ? (
        <SubjectField
          subject={ticket.subject}
          onDone={(subject) => {
            onEditing(false);
            if (subject && subject !== ticket.subject) void take.edit(ticket, { subject });
          }}
        />
      ) : (
        <h2 className={classes.subject}>
          {canEdit ? (
            <button type="button" title={t("ticket.editSubject")} onClick={() => onEditing(true)}>
              {ticket.subject}
            </button>
          ) : (
            ticket.subject
          )}
        </h2>
      )}
      <div className={classes.marks}>
        <StateMark state={ticket.state} />
        <PriorityMark priority={ticket.priority} />
        {inOrder(ticket.clocks).map((clock) => (
          <span key={clock.target} className={classes.clock}>
            <span className={classes.clockName} aria-hidden>
              {word(`time.target.${clock.target}`)}
            </span>
            <TimeLeft clock={clock} narrow explain={() => <ClockArithmetic clock={clock} />} />
          </span>
        ))}
      </div>
    </header>
  );
}

function SubjectField({ subject, onDone }: { subject: string; onDone(subject: string | undefined): void }) {
  const { t } = useTranslation("helpdesk");
  const [text, setText] = useState(subject);
  return (
    <TextInput
      aria-label={t("ticket.subject")}
      my={4}
      size="md"
      maxLength={300}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => onDone(text.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") onDone(text.trim());
        if (event.key === "Escape") {
          event.stopPropagation();
          onDone(undefined);
        }
      }}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
