import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Period, periods } from "./quality.ts";

/** How many days the figures of a page reach back. */
export function PeriodChoice({ period, onChoose }: { period: Period; onChoose(period: Period): void }) {
  const { t } = useTranslation("quality");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("period.label")}
      data={periods.map((days) => ({ value: String(days), label: t("period.days", { count: days }) }))}
      value={String(period)}
      onChange={(value) => onChoose(periods.find((days) => String(days) === value) ?? period)}
    />
  );
}
