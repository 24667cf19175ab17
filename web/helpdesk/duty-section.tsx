import { Button, Popover, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Duty } from "../../src/modules/helpdesk/api.ts";
import { put } from "../app/api.ts";
import { useFormat } from "../app/format.ts";
import { PersonChip } from "../app/person-chip.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useMay } from "../app/session.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import { tellProblem } from "../app/undo-toast.tsx";
import { calendarsQuery } from "../calendars/calendars.ts";
import classes from "./duty-section.module.css";
import { dutiesQuery } from "./rotas.ts";

/** When each member of staff can be sent or rung, and who is away: routing asks this before it asks anyone. */
export function DutySection() {
  const { t } = useTranslation("helpdesk");
  const duties = useQuery(dutiesQuery);
  if (!duties.data) return null;
  return (
    <SettingsSection title={t("duty.title")} lead={t("duty.lead")}>
      <ul className={classes.list}>
        {duties.data.map((duty) => (
          <DutyLine key={duty.staffId} duty={duty} />
        ))}
      </ul>
    </SettingsSection>
  );
}

function useSaveDuty({ staffId }: Duty) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (duty: Pick<Duty, "calendarId" | "awayFrom" | "awayUntil">) => put<Duty>(`/duties/${staffId}`, duty),
    onSuccess: () => client.invalidateQueries({ queryKey: dutiesQuery.queryKey }),
  });
}

function DutyLine({ duty }: { duty: Duty }) {
  const { t } = useTranslation("helpdesk");
  const mayWrite = useMay("rota.write");
  const calendars = useQuery(calendarsQuery).data ?? [];
  const save = useSaveDuty(duty);
  const { name, calendarId, awayFrom, awayUntil } = duty;
  return (
    <li className={classes.line}>
      <PersonChip name={name} size={24} />
      <Select
        aria-label={`${t("duty.hours")}: ${name}`}
        placeholder={t("duty.always")}
        clearable
        disabled={!mayWrite || save.isPending}
        data={calendars.map((calendar) => ({ value: calendar.id, label: calendar.name }))}
        value={calendarId}
        onChange={(value) => save.mutate({ calendarId: value, awayFrom, awayUntil }, { onError: tellProblem })}
      />
      <Leave duty={duty} mayWrite={mayWrite} />
    </li>
  );
}

function Leave({ duty, mayWrite }: { duty: Duty; mayWrite: boolean }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const save = useSaveDuty(duty);
  const [opened, setOpened] = useState(false);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const { awayFrom, awayUntil, calendarId } = duty;
  const isAhead = awayFrom !== null && awayUntil !== null && Date.parse(awayUntil) > Date.now();
  const shown = isAhead && t("duty.awayFromTo", { from: format.moment(awayFrom), to: format.moment(awayUntil) });
  if (!mayWrite) return <span className="dim">{shown}</span>;
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="subtle" color={isAhead ? "yellow" : "marine"} onClick={() => setOpened((was) => !was)}>
          {shown || t("duty.away")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            const leave = { awayFrom: new Date(from).toISOString(), awayUntil: new Date(until).toISOString() };
            save.mutate({ calendarId, ...leave }, { onSuccess: () => setOpened(false) });
          }}
        >
          <TextInput
            type="datetime-local"
            label={t("rota.from")}
            required
            withAsterisk={false}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t("rota.to")}
            required
            withAsterisk={false}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          {save.error && <ProblemNotice error={save.error} />}
          <Button type="submit" loading={save.isPending}>
            {word("action.save")}
          </Button>
          {isAhead && (
            <Button
              variant="default"
              onClick={() =>
                save.mutate({ calendarId, awayFrom: null, awayUntil: null }, { onSuccess: () => setOpened(false) })
              }
            >
              {t("duty.back")}
            </Button>
          )}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
