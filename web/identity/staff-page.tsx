import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../src/modules/identity/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { PersonChip } from "../app/person-chip.tsx";
import { useMay } from "../app/session.ts";
import { SearchField, SettingsPage } from "../app/settings-page.tsx";
import { MemberForm } from "./member-form.tsx";

export function StaffPage() {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const mayWrite = useMay("staff.write");
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Member | "new">();
  const list = useInfiniteQuery(listQuery<Member>(["identity", "members", "list"], "/members", { q }));
  return (
    <SettingsPage
      title={t("staff.title")}
      lead={t("staff.lead")}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen("new")}>
            {t("staff.invite")}
          </Button>
        )
      }
    >
      <SearchField label={t("staff.search")} onSearch={setQ} />
      <DataTable
        label={t("staff.title")}
        list={list}
        keyOf={({ id }) => id}
        onOpen={mayWrite ? setOpen : undefined}
        empty={<EmptyState title={t("staff.none")}>{t("staff.noneWhy")}</EmptyState>}
        columns={[
          { key: "name", head: t("staff.name"), cell: ({ name }) => <PersonChip name={name} size={24} /> },
          {
            key: "roles",
            head: t("staff.roles"),
            cell: ({ roles }) => format.list(roles.map((role) => t(`role.${role}`))),
          },
          {
            key: "state",
            head: t("staff.state"),
            cell: ({ active, joined }) => (
              <span className="dim">{t(!active ? "staff.inactive" : joined ? "staff.active" : "staff.invited")}</span>
            ),
          },
          { key: "email", head: t("staff.email"), cell: ({ email }) => <span className="dim">{email}</span> },
        ]}
      />
      {open && <MemberForm member={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </SettingsPage>
  );
}
