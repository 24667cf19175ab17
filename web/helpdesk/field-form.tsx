import { Button, Drawer, NumberInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "../../src/modules/helpdesk/api.ts";
import classes from "./job-page.module.css";
import { type FieldVerb, useFieldStep } from "./job-steps.ts";

export type FieldFormKind = "resolve" | "pause" | "write" | "work";

interface FieldFormProps {
  ticket: Ticket;
  kind: FieldFormKind;
  onClose(): void;
}

const reasons = ["waiting_for_user", "waiting_for_supplier", "agreed_appointment", "other"] as const;
const workKinds = ["on_site", "remote", "travel"] as const;

/** Steps that need words, as a sheet from below: one hand, large fields, works without signal. */
export function FieldForm({ ticket, kind, onClose }: FieldFormProps) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const [text, setText] = useState("");
  const [cause, setCause] = useState("");
  const [reason, setReason] = useState<(typeof reasons)[number]>("waiting_for_user");
  const [until, setUntil] = useState("");
  const [to, setTo] = useState<"replies" | "notes">("replies");
  const [workKind, setWorkKind] = useState<(typeof workKinds)[number]>("on_site");
  const [minutes, setMinutes] = useState<number | string>(30);
  const { take, busy } = useFieldStep();
  const words = text.trim();

  const send = async (verb: FieldVerb, body: Record<string, unknown>) => {
    if (await take(ticket, verb, body)) onClose();
  };
  const area = (label: string, description?: string) => (
    <Textarea
      label={label}
      description={description}
      size="lg"
      autosize
      minRows={3}
      maxRows={10}
      maxLength={10_000}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      data-autofocus
    />
  );

  const forms: Record<
    FieldFormKind,
    { title: string; button: string; ready: boolean; fields: ReactNode; submit(): Promise<void> }
  > = {
    resolve: {
      title: word("verb.resolve"),
      button: word("verb.resolve"),
      ready: words !== "",
      submit: () => send("resolve", { resolution: words, ...(cause.trim() ? { cause: cause.trim() } : {}) }),
      fields: (
        <>
          {area(t("ask.resolution"), t("ask.resolutionHelp"))}
          <TextInput
            label={t("ask.cause")}
            size="lg"
            maxLength={200}
            value={cause}
            onChange={(event) => setCause(event.currentTarget.value)}
          />
        </>
      ),
    },
    pause: {
      title: word("verb.pause"),
      button: word("verb.pause"),
      ready: true,
      submit: () =>
        send("pause", {
          reason,
          ...(until ? { until: new Date(until).toISOString() } : {}),
          ...(words ? { note: words } : {}),
        }),
      fields: (
        <>
          <Select
            label={t("ask.pauseReason")}
            size="lg"
            allowDeselect={false}
            data={reasons.map((value) => ({ value, label: t(`pauseReason.${value}`) }))}
            value={reason}
            onChange={(value) => setReason(reasons.find((each) => each === value) ?? "other")}
          />
          <TextInput
            type="datetime-local"
            label={t("ask.pauseUntil")}
            description={t("ask.pauseUntilHelp")}
            size="lg"
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          {area(t("ask.note"))}
        </>
      ),
    },
    write: {
      title: t("field.write"),
      button: t(to === "notes" ? "composer.save" : "composer.send"),
      ready: words !== "",
      submit: () => send(to, { text: words }),
      fields: (
        <>
          <SegmentedControl
            size="md"
            fullWidth
            aria-label={t("field.noteTo")}
            data={[
              { value: "replies", label: t("composer.reply") },
              { value: "notes", label: t("composer.note") },
            ]}
            value={to}
            onChange={(value) => setTo(value === "notes" ? "notes" : "replies")}
          />
          {area(
            t(to === "notes" ? "composer.note" : "composer.replyToCustomer"),
            to === "notes" ? t("composer.noteHint") : undefined,
          )}
        </>
      ),
    },
    work: {
      title: word("verb.work"),
      button: word("action.save"),
      ready: Number(minutes) > 0,
      submit: () => send("work", { minutes: Number(minutes), kind: workKind, ...(words ? { note: words } : {}) }),
      fields: (
        <>
          <SegmentedControl
            size="md"
            fullWidth
            aria-label={t("ask.workKind")}
            data={workKinds.map((value) => ({ value, label: t(`work.${value}`) }))}
            value={workKind}
            onChange={(value) => setWorkKind(workKinds.find((each) => each === value) ?? "on_site")}
          />
          <NumberInput
            label={t("ask.minutes")}
            size="lg"
            inputMode="numeric"
            min={1}
            max={1440}
            step={5}
            value={minutes}
            onChange={setMinutes}
          />
          {area(t("ask.note"))}
        </>
      ),
    },
  };
  const form = forms[kind];

  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      classNames={{ content: classes.sheet ?? "" }}
      title={`${form.title} · ${ticket.number}`}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (form.ready) void form.submit();
        }}
      >
        {form.fields}
        <Button type="submit" size="xl" fullWidth loading={busy} disabled={!form.ready}>
          {form.button}
        </Button>
      </form>
    </Drawer>
  );
}
