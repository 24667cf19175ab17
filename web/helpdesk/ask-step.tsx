import { Button, Modal, NumberInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LogWork, Ticket, Verb } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { tellDone, tellProblem } from "../app/undo-toast.tsx";
import classes from "./ask-step.module.css";
import { useTakeStep } from "./take-step.ts";

interface AskStepProps {
  ticket: Ticket;
  verb: Verb | "work";
  onClose(): void;
}

/** The steps that need words. */
export function AskStep({ ticket, verb, onClose }: AskStepProps) {
  const { t } = useTranslation("app");
  return (
    <Modal opened onClose={onClose} title={`${t(`verb.${verb}`)} · ${ticket.number}`} size={480}>
      {verb === "resolve" && <ResolveForm ticket={ticket} onClose={onClose} />}
      {verb === "pause" && <PauseForm ticket={ticket} onClose={onClose} />}
      {(verb === "cancel" || verb === "reopen") && <ReasonForm ticket={ticket} verb={verb} onClose={onClose} />}
      {verb === "work" && <WorkForm ticket={ticket} onClose={onClose} />}
    </Modal>
  );
}

interface FormProps {
  ticket: Ticket;
  onClose(): void;
}

function ResolveForm({ ticket, onClose }: FormProps) {
  const { t } = useTranslation("helpdesk");
  const take = useTakeStep();
  const [resolution, setResolution] = useState("");
  const [cause, setCause] = useState("");
  return (
    <StepForm
      verb="resolve"
      ready={resolution.trim() !== ""}
      onClose={onClose}
      onSubmit={() =>
        take.final(ticket, "resolve", {
          resolution: resolution.trim(),
          ...(cause.trim() ? { cause: cause.trim() } : {}),
        })
      }
    >
      <Textarea
        label={t("ask.resolution")}
        description={t("ask.resolutionHelp")}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={10_000}
        value={resolution}
        onChange={(event) => setResolution(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t("ask.cause")}
        description={t("ask.causeHelp")}
        maxLength={200}
        value={cause}
        onChange={(event) => setCause(event.currentTarget.value)}
      />
    </StepForm>
  );
}

const reasons = [
  "waiting_for_user",
  "waiting_for_supplier",
  "agreed_appointment",
  "planned_maintenance",
  "other",
] as const;

function PauseForm({ ticket, onClose }: FormProps) {
  const { t } = useTranslation("helpdesk");
  const take = useTakeStep();
  const [reason, setReason] = useState<(typeof reasons)[number]>("waiting_for_user");
  const [until, setUntil] = useState("");
  const [note, setNote] = useState("");
  return (
    <StepForm
      verb="pause"
      ready
      onClose={onClose}
      onSubmit={() =>
        void take.step(ticket, "pause", {
          reason,
          ...(until ? { until: new Date(until).toISOString() } : {}),
          ...(note.trim() ? { note: note.trim() } : {}),
        })
      }
    >
      <Select
        label={t("ask.pauseReason")}
        allowDeselect={false}
        data={reasons.map((value) => ({ value, label: t(`pauseReason.${value}`) }))}
        value={reason}
        onChange={(value) => setReason(reasons.find((each) => each === value) ?? "other")}
      />
      <TextInput
        type="datetime-local"
        label={t("ask.pauseUntil")}
        description={t("ask.pauseUntilHelp")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Textarea
        label={t("ask.note")}
        autosize
        minRows={2}
        maxLength={10_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </StepForm>
  );
}

function ReasonForm({ ticket, verb, onClose }: FormProps & { verb: "cancel" | "reopen" }) {
  const { t } = useTranslation("helpdesk");
  const take = useTakeStep();
  const [reason, setReason] = useState("");
  return (
    <StepForm
      verb={verb}
      ready={reason.trim() !== ""}
      onClose={onClose}
      onSubmit={() => take.final(ticket, verb, { reason: reason.trim() })}
    >
      <Textarea
        label={t(verb === "cancel" ? "ask.cancelReason" : "ask.reopenReason")}
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </StepForm>
  );
}

const workKinds = ["remote", "on_site", "travel"] as const;

function WorkForm({ ticket, onClose }: FormProps) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const client = useQueryClient();
  const [minutes, setMinutes] = useState<number | string>(30);
  const [kind, setKind] = useState<LogWork["kind"]>("remote");
  const [note, setNote] = useState("");
  const log = async () => {
    try {
      await post(`/tickets/${ticket.id}/work`, {
        minutes: Number(minutes),
        kind,
        ...(note.trim() ? { note: note.trim() } : {}),
      });
      tellDone(word("saved"));
      await client.invalidateQueries({ queryKey: ["helpdesk", "ticket", ticket.id] });
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <StepForm verb="work" ready={Number(minutes) > 0} onClose={onClose} onSubmit={() => void log()}>
      <SegmentedControl
        aria-label={t("ask.workKind")}
        fullWidth
        data={workKinds.map((value) => ({ value, label: t(`work.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(workKinds.find((each) => each === value) ?? "remote")}
      />
      <NumberInput
        label={t("ask.minutes")}
        min={1}
        max={1440}
        step={5}
        allowDecimal={false}
        value={minutes}
        onChange={setMinutes}
        data-autofocus
      />
      <Textarea
        label={t("ask.note")}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </StepForm>
  );
}

interface StepFormProps {
  verb: Verb | "work";
  ready: boolean;
  onSubmit(): void;
  onClose(): void;
  children: React.ReactNode;
}

function StepForm({ verb, ready, onSubmit, onClose, children }: StepFormProps) {
  const { t } = useTranslation("app");
  const submit = () => {
    if (!ready) return;
    onSubmit();
    onClose();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      {children}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("action.back")}
        </Button>
        <Button type="submit" disabled={!ready} color={verb === "cancel" ? "red" : "marine"}>
          {t(`verb.${verb}`)}
        </Button>
      </div>
    </form>
  );
}
