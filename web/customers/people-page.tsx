import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../src/modules/customers/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { PersonChip } from "../app/person-chip.tsx";
import { useMay } from "../app/session.ts";
import { SearchField, SettingsPage } from "../app/settings-page.tsx";
import classes from "./lists.module.css";
import { PersonForm } from "./person-form.tsx";
import { CustomerFilter } from "./sites-page.tsx";

export function PeoplePage() {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const mayWrite = useMay("person.write");
  const { customerId, siteId } = useSearch({ from: "/staff/settings/people" });
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Person | "new">();
  const list = useInfiniteQuery(listQuery<Person>(["customers", "people"], "/people", { q, customerId, siteId }));
  return (
    <SettingsPage
      title={t("person.title")}
      lead={t("person.lead")}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen("new")}>
            {t("person.add")}
          </Button>
        )
      }
    >
      <div className={classes.filters}>
        <SearchField label={t("person.search")} onSearch={setQ} />
        <CustomerFilter
          value={customerId}
          onChange={(id) => void navigate({ to: ".", search: id ? { customerId: id } : {}, replace: true })}
        />
      </div>
      <DataTable
        label={t("person.title")}
        list={list}
        keyOf={({ id }) => id}
        onOpen={mayWrite ? setOpen : undefined}
        empty={<EmptyState title={t("person.none")}>{t("person.noneWhy")}</EmptyState>}
        columns={[
          { key: "name", head: t("name"), cell: ({ name }) => <PersonChip name={name} size={24} /> },
          {
            key: "where",
            head: t("person.where"),
            cell: ({ affiliations }) =>
              affiliations.slice(0, 3).map(({ id, role, customerName, siteName, tier }) => (
                <div key={id}>
                  {t(`role.${role}`)} · {siteName ?? customerName}
                  {tier !== "standard" && <span className="dim"> · {t(`tier.${tier}`)}</span>}
                </div>
              )),
          },
          {
            key: "login",
            head: t("person.login"),
            cell: ({ login }) => <span className="dim">{t(`login.${login}`)}</span>,
          },
          {
            key: "email",
            head: t("email"),
            cell: ({ email, phone }) => <span className="dim">{email ?? phone ?? "–"}</span>,
          },
        ]}
      />
      {open && (
        <PersonForm
          person={open === "new" ? undefined : open}
          customerId={customerId}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsPage>
  );
}
