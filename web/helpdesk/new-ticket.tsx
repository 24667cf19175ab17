import { Button, Drawer, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Site } from "../../src/modules/customers/api.ts";
import type { Device } from "../../src/modules/devices/api.ts";
import type { OpenTicket, Ticket } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { AsyncSelect } from "../app/async-select.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import classes from "./ask-step.module.css";
import { filterKinds } from "./desk-search.ts";

const levels = ["low", "medium", "high"] as const;
type Level = (typeof levels)[number];

/** The desk logs a call: where first, then what; the rest has sensible answers already. */
export function NewTicket({ onClose, onCreated }: { onClose(): void; onCreated(id: string): void }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const client = useQueryClient();
  const [siteId, setSiteId] = useState<string | null>(null);
  const [requesterId, setRequesterId] = useState<string | null>(null);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [kind, setKind] = useState<NonNullable<OpenTicket["kind"]>>("incident");
  const [impact, setImpact] = useState<Level>("medium");
  const [urgency, setUrgency] = useState<Level>("medium");
  const [subject, setSubject] = useState("");
  const [description, setDescription] = useState("");
  const create = useMutation({
    mutationFn: (ticket: OpenTicket) => post<Ticket>("/tickets", ticket),
    onSuccess({ id }) {
      void client.invalidateQueries({ queryKey: ["helpdesk", "tickets"] });
      onCreated(id);
    },
  });
  const levelSelect = (label: string, value: Level, set: (level: Level) => void) => (
    <Select
      label={label}
      allowDeselect={false}
      data={levels.map((level) => ({ value: level, label: word(`level.${level}`) }))}
      value={value}
      onChange={(next) => set(levels.find((level) => level === next) ?? "medium")}
    />
  );

  return (
    <Drawer opened onClose={onClose} title={t("create.title")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!siteId || !subject.trim()) return;
          create.mutate({
            siteId,
            kind,
            impact,
            urgency,
            subject: subject.trim(),
            channel: "phone",
            ...(description.trim() ? { description: description.trim() } : {}),
            ...(requesterId ? { requesterId } : {}),
            ...(deviceId ? { deviceId } : {}),
          });
        }}
      >
        <AsyncSelect<Site>
          label={t("create.site")}
          placeholder={t("create.siteHint")}
          nothing={t("create.nothing")}
          path="/sites"
          choiceOf={({ id, name, customerName }) => ({ value: id, label: `${name} · ${customerName}` })}
          value={siteId}
          onChange={(value) => {
            setSiteId(value);
            setRequesterId(null);
            setDeviceId(null);
          }}
          required
          autoFocus
        />
        <TextInput
          label={t("create.subject")}
          required
          withAsterisk={false}
          maxLength={300}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label={t("create.description")}
          autosize
          minRows={3}
          maxRows={12}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <AsyncSelect<Device>
          key={`device-${siteId}`}
          label={t("create.device")}
          nothing={t("create.nothing")}
          path="/devices"
          query={{ siteId }}
          choiceOf={({ id, name, model, code }) => ({
            value: id,
            label: [name, model, code].filter(Boolean).join(" · "),
          })}
          value={deviceId}
          onChange={setDeviceId}
          disabled={!siteId}
          clearable
        />
        <AsyncSelect<Person>
          key={`person-${siteId}`}
          label={t("create.requester")}
          nothing={t("create.nothing")}
          path="/people"
          query={{ siteId }}
          choiceOf={({ id, name, phone }) => ({ value: id, label: [name, phone].filter(Boolean).join(" · ") })}
          value={requesterId}
          onChange={setRequesterId}
          disabled={!siteId}
          clearable
        />
        <Select
          label={t("filter.kind")}
          allowDeselect={false}
          data={filterKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(filterKinds.find((each) => each === value) ?? "incident")}
        />
        <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 16 }}>
          {levelSelect(t("fact.impact"), impact, setImpact)}
          {levelSelect(t("fact.urgency"), urgency, setUrgency)}
        </div>
        {create.error && <ProblemNotice error={create.error} />}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {word("action.cancel")}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!siteId || !subject.trim()}>
            {t("create.submit")}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
