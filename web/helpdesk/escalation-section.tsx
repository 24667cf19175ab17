import { Button, Checkbox, CloseButton, NumberInput, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { put } from "../app/api.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useMay } from "../app/session.ts";
import { SettingsSection } from "../app/settings-page.tsx";
import { tellDone } from "../app/undo-toast.tsx";
import { staffRoles } from "../identity/roles.ts";
import { filterPriorities } from "./desk-search.ts";
import { type EscalationRow, escalationQuery, type RotaRow } from "./rotas.ts";
import classes from "./rotas-page.module.css";

const kinds = ["assignee", "rota", "role"] as const;

/** Who is rung when nobody takes a ticket, and how soon. */
export function EscalationSection({ rotas }: { rotas: readonly RotaRow[] }) {
  const { t } = useTranslation("helpdesk");
  const escalation = useQuery(escalationQuery);
  return (
    <SettingsSection title={t("escalation.title")} lead={t("escalation.lead")}>
      {escalation.isError && <ProblemNotice error={escalation.error} onRetry={() => void escalation.refetch()} />}
      {escalation.data && <EscalationForm key={escalation.data.version} escalation={escalation.data} rotas={rotas} />}
    </SettingsSection>
  );
}

function EscalationForm({ escalation, rotas }: { escalation: EscalationRow; rotas: readonly RotaRow[] }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const { t: identity } = useTranslation("identity");
  const mayWrite = useMay("rota.write");
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      repeatMinutes: escalation.repeatMinutes,
      waitsForHours: escalation.waitsForHours as string[],
      steps: escalation.steps.map(({ afterMinutes, kind, rotaId, role }) => ({
        afterMinutes,
        kind: kind as string,
        rotaId,
        role,
      })),
    },
  });
  const save = useMutation({
    mutationFn: () => put<EscalationRow>("/escalation", form.values, { version: escalation.version }),
    onSuccess(saved) {
      client.setQueryData(escalationQuery.queryKey, saved);
      tellDone(word("saved"));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className={classes.rules}>
        <NumberInput
          label={t("escalation.repeat")}
          min={1}
          max={1440}
          disabled={!mayWrite}
          {...form.getInputProps("repeatMinutes")}
        />
        <Checkbox.Group
          label={t("escalation.waits")}
          description={t("escalation.waitsHelp")}
          {...form.getInputProps("waitsForHours")}
        >
          <div className={classes.checks}>
            {filterPriorities.map((priority) => (
              <Checkbox key={priority} value={priority} label={word(`priority.${priority}`)} disabled={!mayWrite} />
            ))}
          </div>
        </Checkbox.Group>
      </div>
      <ol className={classes.steps}>
        {form.values.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are edited in place, their place is their identity
          <li key={index} className={classes.step}>
            <NumberInput
              aria-label={t("escalation.after")}
              min={0}
              max={1440}
              prefix="+"
              suffix={` ${t("escalation.minutes")}`}
              hideControls
              disabled={!mayWrite}
              {...form.getInputProps(`steps.${index}.afterMinutes`)}
            />
            <Select
              aria-label={t("escalation.who")}
              allowDeselect={false}
              disabled={!mayWrite}
              data={kinds.map((kind) => ({ value: kind, label: t(`escalation.kind.${kind}`) }))}
              {...form.getInputProps(`steps.${index}.kind`)}
            />
            {step.kind === "rota" ? (
              <Select
                aria-label={t("rota.title")}
                disabled={!mayWrite}
                data={rotas.map(({ id, name }) => ({ value: id, label: name }))}
                {...form.getInputProps(`steps.${index}.rotaId`)}
              />
            ) : step.kind === "role" ? (
              <Select
                aria-label={identity("staff.roles")}
                disabled={!mayWrite}
                data={staffRoles.map((role) => ({ value: role, label: identity(`role.${role}`) }))}
                {...form.getInputProps(`steps.${index}.role`)}
              />
            ) : (
              <span />
            )}
            {mayWrite && form.values.steps.length > 1 && (
              <CloseButton
                aria-label={t("escalation.removeStep")}
                onClick={() => form.removeListItem("steps", index)}
              />
            )}
          </li>
        ))}
      </ol>
      {save.error && <ProblemNotice error={save.error} />}
      {mayWrite && (
        <div className={classes.foot}>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {word("action.save")}
          </Button>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} stroke={1.6} />}
            onClick={() =>
              form.insertListItem("steps", {
                afterMinutes: (form.values.steps.at(-1)?.afterMinutes ?? 0) + 10,
                kind: "role",
                rotaId: null,
                role: "service_manager",
              })
            }
          >
            {t("escalation.addStep")}
          </Button>
        </div>
      )}
    </form>
  );
}
