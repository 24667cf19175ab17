import { Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "../../src/modules/helpdesk/api.ts";
import { post } from "../app/api.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import classes from "./list-header.module.css";
import { savedViewsQuery, type TicketQuery } from "./tickets.ts";

export function SaveViewForm({ query, onSaved }: { query: TicketQuery; onSaved(id: string): void }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [opened, setOpened] = useState(false);
  const save = useMutation({
    mutationFn: () => post<SavedView>("/saved-views", { name: name.trim(), shared, query }),
    async onSuccess({ id }) {
      await client.invalidateQueries(savedViewsQuery);
      setOpened(false);
      onSaved(id);
    },
  });
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button size="xs" variant="subtle" onClick={() => setOpened((was) => !was)}>
          {t("view.save")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) save.mutate();
          }}
        >
          <TextInput
            label={t("view.name")}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Checkbox
            label={t("view.shared")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          {save.error && <ProblemNotice error={save.error} />}
          <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
            {word("action.save")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
