import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarSummary } from "../../src/modules/calendars/api.ts";
import { DataTable, listQuery } from "../app/data-table.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { useMay } from "../app/session.ts";
import { SettingsPage } from "../app/settings-page.tsx";
import { CalendarForm } from "./calendar-form.tsx";
import { calendarQuery, hoursText, weekdayName, weekdays } from "./calendars.ts";

export function CalendarsPage() {
  const { t, i18n } = useTranslation("calendars");
  const mayWrite = useMay("calendar.write");
  const [open, setOpen] = useState<string | "new">();
  const list = useInfiniteQuery(listQuery<CalendarSummary>(["calendars", "list"], "/calendars"));
  const chosen = useQuery({ ...calendarQuery(open ?? ""), enabled: open !== undefined && open !== "new" });

  /** The week in one line: equal days stand together. */
  const weekOf = ({ weekly }: CalendarSummary) => {
    const groups = Map.groupBy(
      weekdays.filter((day) => (weekly[day] ?? []).length > 0),
      (day) => hoursText(weekly[day]),
    );
    return [...groups].map(([hours, days]) => {
      const first = days[0];
      const last = days.at(-1);
      if (!first || !last) return "";
      const name =
        days.length > 1
          ? `${weekdayName(first, i18n.language, "short")}–${weekdayName(last, i18n.language, "short")}`
          : weekdayName(first, i18n.language, "short");
      return `${name} ${hours}`;
    });
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
        onOpen={({ id }) => setOpen(id)}
        empty={<EmptyState title={t("none")}>{t("noneWhy")}</EmptyState>}
        columns={[
          { key: "name", head: t("name"), cell: ({ name }) => name },
          {
            key: "week",
            head: t("hours"),
            cell: (calendar) => weekOf(calendar).map((line) => <div key={line}>{line}</div>),
          },
          { key: "zone", head: t("timeZone"), cell: ({ timeZone }) => <span className="dim">{timeZone}</span> },
          {
            key: "holidays",
            head: t("holidays"),
            cell: ({ country, region }) => (
              <span className="dim">{country ? [country, region].filter(Boolean).join(" · ") : "–"}</span>
            ),
          },
        ]}
      />
      {open === "new" && <CalendarForm calendar={undefined} readOnly={false} onClose={() => setOpen(undefined)} />}
      {open !== "new" && chosen.data && (
        <CalendarForm
          key={chosen.data.version}
          calendar={chosen.data}
          readOnly={!mayWrite}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsPage>
  );
}
