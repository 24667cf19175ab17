import { Button, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PriorityMatrix } from "../../src/modules/helpdesk/api.ts";
import { get, put } from "../app/api.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useMay } from "../app/session.ts";
import { SettingsPage } from "../app/settings-page.tsx";
import { tellDone } from "../app/undo-toast.tsx";
import { filterPriorities } from "./desk-search.ts";
import classes from "./priorities-page.module.css";

const levels = ["high", "medium", "low"] as const;

const matrixQuery = queryOptions({
  queryKey: ["helpdesk", "priority-matrix"],
  queryFn: ({ signal }) => get<PriorityMatrix>("/priority-matrix", {}, signal),
});

/** What impact and urgency make of a ticket. */
export function PrioritiesPage() {
  const { t } = useTranslation("helpdesk");
  const matrix = useQuery(matrixQuery);
  return (
    <SettingsPage title={t("matrix.title")} lead={t("matrix.lead")}>
      {matrix.isPending && <PageLoading />}
      {matrix.isError && <ProblemNotice error={matrix.error} onRetry={() => void matrix.refetch()} />}
      {matrix.data && <MatrixForm key={matrix.data.version} present={matrix.data} />}
    </SettingsPage>
  );
}

function MatrixForm({ present }: { present: PriorityMatrix }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const mayWrite = useMay("sla.write");
  const client = useQueryClient();
  const form = useForm({ initialValues: { matrix: present.matrix } });
  const save = useMutation({
    mutationFn: () => put<PriorityMatrix>("/priority-matrix", form.values, { version: present.version }),
    onSuccess(saved) {
      client.setQueryData(matrixQuery.queryKey, saved);
      tellDone(word("saved"));
    },
  });
  const named = (member: "impact" | "urgency", level: (typeof levels)[number]) =>
    `${t(`fact.${member}`)}: ${word(`level.${level}`)}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <table className={classes.matrix}>
        <thead>
          <tr>
            <td />
            {levels.map((urgency) => (
              <th key={urgency} scope="col">
                {named("urgency", urgency)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.map((impact) => (
            <tr key={impact}>
              <th scope="row">{named("impact", impact)}</th>
              {levels.map((urgency) => (
                <td key={urgency}>
                  <Select
                    aria-label={t("matrix.cell", {
                      impact: word(`level.${impact}`),
                      urgency: word(`level.${urgency}`),
                    })}
                    allowDeselect={false}
                    disabled={!mayWrite}
                    data={filterPriorities.map((value) => ({ value, label: word(`priority.${value}`) }))}
                    {...form.getInputProps(`matrix.${impact}.${urgency}`)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {save.error && <ProblemNotice error={save.error} />}
      {mayWrite && (
        <Button className={classes.save} type="submit" loading={save.isPending} disabled={!form.isDirty()}>
          {word("action.save")}
        </Button>
      )}
    </form>
  );
}
