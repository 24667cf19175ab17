import { Button, Menu } from "@mantine/core";
import { IconPlus, IconQrcode } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Site } from "../../src/modules/customers/api.ts";
import type { Device, LabelOrder } from "../../src/modules/devices/api.ts";
import { download } from "../app/api.ts";
import { AsyncSelect } from "../app/async-select.tsx";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useMay } from "../app/session.ts";
import { SearchField, SettingsPage } from "../app/settings-page.tsx";
import { currentLanguage } from "../app/texts.ts";
import { tellProblem } from "../app/undo-toast.tsx";
import { siteQuery } from "../customers/customers.ts";
import classes from "../customers/lists.module.css";
import { DeviceForm } from "./device-form.tsx";

const formats = ["a4-3x8", "a4-2x7", "single"] as const;

export function DevicesPage() {
  const { t } = useTranslation("devices");
  const navigate = useNavigate();
  const mayWrite = useMay("device.write");
  const { siteId, customerId } = useSearch({ from: "/staff/settings/devices" });
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Device | "new">();
  const site = useQuery({ ...siteQuery(siteId ?? ""), enabled: siteId !== undefined }).data;
  const list = useInfiniteQuery(listQuery<Device>(["devices", "list"], "/devices", { q, siteId, customerId }));
  const shown = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const print = useMutation({
    mutationFn: (format: LabelOrder["format"]) =>
      download(
        "/device-labels",
        {
          format,
          language: currentLanguage(),
          ...(siteId ? { siteId } : { deviceIds: shown.map(({ id }) => id) }),
        } satisfies LabelOrder,
        "labels.pdf",
      ),
    onError: tellProblem,
  });

  return (
    <SettingsPage
      title={t("title")}
      lead={t("lead")}
      action={
        <>
          <Menu>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconQrcode size={16} stroke={1.6} />}
                loading={print.isPending}
                disabled={shown.length === 0}
              >
                {t("labels")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>
                {siteId ? t("labelsOfSite", { site: site?.name ?? "" }) : t("labelsShown", { count: shown.length })}
              </Menu.Label>
              {formats.map((format) => (
                <Menu.Item key={format} onClick={() => print.mutate(format)}>
                  {t(`format.${format}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {mayWrite && (
            <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setOpen("new")}>
              {t("add")}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.filters}>
        <SearchField label={t("search")} onSearch={setQ} />
        <AsyncSelect<Site>
          label=""
          placeholder={t("everySite")}
          nothing={t("nothing")}
          path="/sites"
          choiceOf={({ id, name, customerName }) => ({ value: id, label: `${name} · ${customerName}` })}
          value={siteId ?? null}
          known={site && { value: site.id, label: `${site.name} · ${site.customerName}` }}
          onChange={(id) => void navigate({ to: ".", search: id ? { siteId: id } : {}, replace: true })}
          clearable
        />
      </div>
      <DataTable
        label={t("title")}
        list={list}
        keyOf={({ id }) => id}
        onOpen={mayWrite ? setOpen : undefined}
        empty={<EmptyState title={t("none")}>{t("noneWhy")}</EmptyState>}
        columns={[
          { key: "name", head: t("name"), cell: ({ name }) => name },
          {
            key: "site",
            head: t("site"),
            cell: ({ siteName, customerName }) => (
              <>
                {siteName} <span className="dim">{customerName}</span>
              </>
            ),
          },
          {
            key: "model",
            head: t("model"),
            cell: ({ manufacturer, model }) => (
              <span className="dim">{[manufacturer, model].filter(Boolean).join(" ") || "–"}</span>
            ),
          },
          { key: "code", head: t("code"), end: true, cell: ({ code }) => <code className="dim">{code}</code> },
        ]}
      />
      {open && <DeviceForm device={open === "new" ? undefined : open} site={site} onClose={() => setOpen(undefined)} />}
    </SettingsPage>
  );
}
