import { Button, Drawer } from "@mantine/core";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { patch, post } from "./api.ts";
import { ApiProblem } from "./problem.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import classes from "./settings-page.module.css";
import { tellDone } from "./undo-toast.tsx";

interface SideFormProps {
  title: string;
  save: { isPending: boolean; error: unknown };
  onSubmit(): void;
  onClose(): void;
  children: ReactNode;
  /** Beside the buttons, e.g. what else can be done with the thing. */
  aside?: ReactNode;
  size?: number;
  submitLabel?: string;
}

/** One thing being made or changed, beside the list it belongs to. */
export function SideForm({ title, save, onSubmit, onClose, children, aside, size = 560, submitLabel }: SideFormProps) {
  const { t } = useTranslation("app");
  return (
    <Drawer opened onClose={onClose} title={title} size={size}>
      <form
        className={classes.sideForm}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <div className={classes.form}>
          {children}
          {save.error !== null && <ProblemNotice error={save.error} />}
        </div>
        <div className={classes.foot}>
          {aside && <span style={{ marginRight: "auto" }}>{aside}</span>}
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {submitLabel ?? t("action.save")}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}

interface Versioned {
  id: string;
  version: number;
}

/** Makes a thing, or changes the one that is open, and refreshes what shows it. */
export function useSave<Row extends Versioned, Values>(
  path: string,
  existing: Row | undefined,
  refresh: QueryKey,
  onSaved: (row: Row) => void,
) {
  const client = useQueryClient();
  const { t } = useTranslation("app");
  return useMutation({
    mutationFn: (values: Values) =>
      existing ? patch<Row>(`${path}/${existing.id}`, values, existing.version) : post<Row>(path, values),
    async onSuccess(row) {
      await client.invalidateQueries({ queryKey: refresh });
      tellDone(t("saved"));
      onSaved(row);
    },
    onError(error) {
      // Someone was faster: show what they made of it, so that a second try starts from there.
      if (error instanceof ApiProblem && error.status === 412) void client.invalidateQueries({ queryKey: refresh });
    },
  });
}

/** What the server said about one field, for the field to show. */
export function fieldError(error: unknown, path: string): string | undefined {
  return error instanceof ApiProblem ? error.fields.find((field) => field.path === path)?.message : undefined;
}
