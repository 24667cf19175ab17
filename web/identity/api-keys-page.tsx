import { Button, CloseButton, CopyButton, MultiSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKey, NewApiKey } from "../../src/modules/identity/api.ts";
import { post, remove } from "../app/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { useSession } from "../app/session.ts";
import { SettingsPage } from "../app/settings-page.tsx";
import { SideForm } from "../app/side-form.tsx";
import { sendUnlessUndone } from "../app/undo-toast.tsx";
import classes from "./member-form.module.css";

const listKey = ["identity", "api-keys"];

export function ApiKeysPage() {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery(listQuery<ApiKey>(listKey, "/api-keys"));
  const show = (id: string, shown: boolean) =>
    setHidden((before) => {
      const after = new Set(before);
      if (shown) after.delete(id);
      else after.add(id);
      return after;
    });
  const revoke = (key: ApiKey) => {
    show(key.id, false);
    sendUnlessUndone({
      message: t("keys.revoking", { name: key.name }),
      undo: () => show(key.id, true),
      commit: async () => {
        await remove(`/api-keys/${key.id}`, { keepalive: true });
        await client.invalidateQueries({ queryKey: listKey });
      },
    });
  };
  const shown = list.data && {
    ...list,
    data: {
      ...list.data,
      pages: list.data.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !hidden.has(id)) })),
    },
  };
  return (
    <SettingsPage
      title={t("keys.title")}
      lead={t("keys.lead")}
      action={
        <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setAdding(true)}>
          {t("keys.add")}
        </Button>
      }
    >
      <DataTable
        label={t("keys.title")}
        list={shown ?? list}
        keyOf={({ id }) => id}
        empty={<EmptyState title={t("keys.none")}>{t("keys.noneWhy")}</EmptyState>}
        columns={[
          {
            key: "name",
            head: t("keys.name"),
            cell: ({ name, prefix }) => (
              <>
                {name} <code className="dim">{prefix}…</code>
              </>
            ),
          },
          { key: "owner", head: t("keys.owner"), cell: ({ ownerName }) => ownerName },
          {
            key: "used",
            head: t("keys.used"),
            cell: ({ lastUsedAt }) => (
              <span className="dim">{lastUsedAt ? format.ago(lastUsedAt) : t("keys.never")}</span>
            ),
          },
          {
            key: "scopes",
            head: t("keys.scopes"),
            cell: ({ scopes }) => (
              <span className="dim">{scopes.includes("*") ? t("keys.all") : scopes.join(", ")}</span>
            ),
          },
          {
            key: "revoke",
            head: t("keys.revoke"),
            end: true,
            cell: (key) => <CloseButton aria-label={`${t("keys.revoke")}: ${key.name}`} onClick={() => revoke(key)} />,
          },
        ]}
      />
      {adding && <KeyForm onClose={() => setAdding(false)} />}
    </SettingsPage>
  );
}

function KeyForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation("identity");
  const { t: word } = useTranslation("app");
  const client = useQueryClient();
  const { permissions } = useSession();
  const form = useForm({ initialValues: { name: "", scopes: [] as string[], expiresOn: "" } });
  const add = useMutation({
    mutationFn: ({ name, scopes, expiresOn }: typeof form.values) =>
      post<NewApiKey>("/api-keys", {
        name: name.trim(),
        scopes: scopes.length > 0 ? scopes : ["*"],
        ...(expiresOn ? { expiresAt: new Date(`${expiresOn}T23:59:59`).toISOString() } : {}),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
  return (
    <SideForm
      title={t("keys.add")}
      save={add}
      onSubmit={() => (add.data ? onClose() : add.mutate(form.values))}
      onClose={onClose}
      submitLabel={add.data ? word("action.close") : t("keys.create")}
    >
      {add.data ? (
        <div className={classes.link} role="status">
          <p>{t("keys.once")}</p>
          <code>{add.data.key}</code>
          <CopyButton value={add.data.key}>
            {({ copied, copy }) => (
              <Button variant="default" size="xs" onClick={copy}>
                {word(copied ? "action.copied" : "action.copy")}
              </Button>
            )}
          </CopyButton>
        </div>
      ) : (
        <>
          <TextInput
            label={t("keys.name")}
            description={t("keys.nameHelp")}
            required
            withAsterisk={false}
            maxLength={200}
            data-autofocus
            {...form.getInputProps("name")}
          />
          <MultiSelect
            label={t("keys.scopes")}
            description={t("keys.scopesHelp")}
            searchable
            clearable
            data={permissions}
            {...form.getInputProps("scopes")}
          />
          <TextInput
            type="date"
            label={t("keys.expires")}
            description={word("field.optional")}
            {...form.getInputProps("expiresOn")}
          />
        </>
      )}
    </SideForm>
  );
}
