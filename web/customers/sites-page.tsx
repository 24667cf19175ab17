import { Button, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Site } from "../../src/modules/customers/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { useMay } from "../app/session.ts";
import { SearchField, SettingsPage } from "../app/settings-page.tsx";
import { customersQuery } from "./customers.ts";
import classes from "./lists.module.css";
import { SiteForm } from "./site-form.tsx";

export function SitesPage() {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const navigate = useNavigate();
  const mayWrite = useMay("site.write");
  const { customerId } = useSearch({ from: "/staff/settings/sites" });
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Site | "new">();
  const list = useInfiniteQuery(listQuery<Site>(["customers", "sites"], "/sites", { q, customerId }));
  return (
    <SettingsPage
      title={t("site.title")}
      lead={t("site.lead")}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen("new")}>
            {t("site.add")}
          </Button>
        )
      }
    >
      <div className={classes.filters}>
        <SearchField label={t("site.search")} onSearch={setQ} />
        <CustomerFilter
          value={customerId}
          onChange={(id) => void navigate({ to: ".", search: id ? { customerId: id } : {}, replace: true })}
        />
      </div>
      <DataTable
        label={t("site.title")}
        list={list}
        keyOf={({ id }) => id}
        onOpen={mayWrite ? setOpen : undefined}
        empty={<EmptyState title={t("site.none")}>{t("site.noneWhy")}</EmptyState>}
        columns={[
          {
            key: "name",
            head: t("name"),
            cell: ({ name, code }) => (
              <>
                {name} <span className="dim">{code}</span>
              </>
            ),
          },
          { key: "customer", head: t("customer.one"), cell: ({ customerName }) => customerName },
          {
            key: "engineers",
            head: t("engineers"),
            cell: ({ namedEngineers }) => (
              <span className="dim">{format.list(namedEngineers.map(({ name }) => name)) || "–"}</span>
            ),
          },
          {
            key: "devices",
            head: t("site.devices"),
            end: true,
            cell: ({ id }) => (
              <Link to="/settings/devices" search={{ siteId: id }} onClick={(event) => event.stopPropagation()}>
                {t("site.devices")}
              </Link>
            ),
          },
        ]}
      />
      {open && (
        <SiteForm site={open === "new" ? undefined : open} customerId={customerId} onClose={() => setOpen(undefined)} />
      )}
    </SettingsPage>
  );
}

export function CustomerFilter({ value, onChange }: { value: string | undefined; onChange(id: string | null): void }) {
  const { t } = useTranslation("customers");
  const customers = useQuery(customersQuery).data ?? [];
  return (
    <Select
      aria-label={t("customer.one")}
      placeholder={t("customer.every")}
      clearable
      searchable
      className={classes.customer}
      data={customers.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={onChange}
    />
  );
}
