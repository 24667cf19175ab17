import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SlaPolicy } from "../../src/modules/contracts/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useFormat } from "../app/format.ts";
import { useMay } from "../app/session.ts";
import { SettingsPage } from "../app/settings-page.tsx";
import { AgreementSection } from "./agreement-section.tsx";
import { PolicyForm } from "./policy-form.tsx";

export function SlasPage() {
  const { t } = useTranslation("contracts");
  const format = useFormat();
  const mayWrite = useMay("sla.write");
  const [open, setOpen] = useState<SlaPolicy | "new">();
  const list = useInfiniteQuery(listQuery<SlaPolicy>(["contracts", "policies"], "/sla-policies"));
  const fastest = ({ targets }: SlaPolicy, target: "response" | "resolve") => {
    const minutes = targets
      .filter((each) => each.target === target && each.priority === "p1")
      .map(({ targetMinutes }) => targetMinutes);
    return minutes.length > 0 ? format.duration(Math.min(...minutes) * 60) : "–";
  };
  return (
    <SettingsPage
      title={t("title")}
      lead={t("lead")}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen("new")}>
            {t("add")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("title")}
        list={list}
        keyOf={({ id }) => id}
        onOpen={mayWrite ? setOpen : undefined}
        empty={<EmptyState title={t("none")}>{t("noneWhy")}</EmptyState>}
        columns={[
          {
            key: "name",
            head: t("name"),
            cell: ({ name, isDefault }) => (
              <>
                {name} {isDefault && <span className="dim">{t("isDefault")}</span>}
              </>
            ),
          },
          { key: "response", head: t("fastestResponse"), cell: (policy) => fastest(policy, "response") },
          { key: "resolve", head: t("fastestResolve"), cell: (policy) => fastest(policy, "resolve") },
          {
            key: "close",
            head: t("closesAfter"),
            end: true,
            cell: ({ closeAfterDays }) => t("days", { count: closeAfterDays }),
          },
        ]}
      />
      <AgreementSection policies={list.data?.pages.flatMap(({ items }) => items) ?? []} />
      {open && <PolicyForm policy={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </SettingsPage>
  );
}
