import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Customer } from "../../src/modules/customers/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { useMay } from "../app/session.ts";
import { SearchField, SettingsPage } from "../app/settings-page.tsx";
import { CustomerForm } from "./customer-form.tsx";

export function CustomersPage() {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const mayWrite = useMay("customer.write");
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Customer | "new">();
  const list = useInfiniteQuery(listQuery<Customer>(["customers", "customers", "list"], "/customers", { q }));
  return (
    <SettingsPage
      title={t("customer.title")}
      lead={t("customer.lead")}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen("new")}>
            {t("customer.add")}
          </Button>
        )
      }
    >
      <SearchField label={t("customer.search")} onSearch={setQ} />
      <DataTable
        label={t("customer.title")}
        list={list}
        keyOf={({ id }) => id}
        onOpen={mayWrite ? setOpen : undefined}
        empty={<EmptyState title={t("customer.none")}>{t("customer.noneWhy")}</EmptyState>}
        columns={[
          { key: "name", head: t("name"), cell: ({ name }) => name },
          { key: "lifecycle", head: t("customer.lifecycle"), cell: ({ lifecycle }) => t(`lifecycle.${lifecycle}`) },
          {
            key: "engineers",
            head: t("engineers"),
            cell: ({ namedEngineers }) => (
              <span className="dim">{format.list(namedEngineers.map(({ name }) => name)) || "–"}</span>
            ),
          },
          {
            key: "sites",
            head: t("site.title"),
            end: true,
            cell: ({ id, siteCount }) => (
              <Link to="/settings/sites" search={{ customerId: id }} onClick={(event) => event.stopPropagation()}>
                {format.number(siteCount)}
              </Link>
            ),
          },
        ]}
      />
      {open && <CustomerForm customer={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </SettingsPage>
  );
}
