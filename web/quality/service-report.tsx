import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ServiceQuality } from "../../src/modules/quality/api.ts";
import { BarChart } from "../app/bar-chart.tsx";
import { useFormat } from "../app/format.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useSession } from "../app/session.ts";
import { Aspects } from "./aspects.tsx";
import classes from "./my-quality-page.module.css";
import { PeriodChoice } from "./period-choice.tsx";
import { Promises } from "./promises.tsx";
import { type Period, serviceQualityQuery } from "./quality.ts";
import { SiteTable } from "./site-table.tsx";

/** Service quality for the one who signs and pays: promises, ratings, months, sites. */
export function ServiceReport() {
  const { t } = useTranslation("quality");
  const [period, setPeriod] = useState<Period>(90);
  const { tenant } = useSession();
  const report = useQuery(serviceQualityQuery(period, tenant.timeZone));
  return (
    <section className={classes.report}>
      <header className={classes.head}>
        <h2>{t("service.title")}</h2>
        <PeriodChoice period={period} onChoose={setPeriod} />
      </header>
      {report.isError && <ProblemNotice error={report.error} onRetry={() => void report.refetch()} />}
      {report.data && <Report report={report.data} />}
    </section>
  );
}

function Report({ report }: { report: ServiceQuality }) {
  const { t, i18n } = useTranslation("quality");
  const format = useFormat();
  const { promises, ratings, months, sites, moreSites } = report;
  const monthName = (month: string, length: "short" | "long") =>
    new Intl.DateTimeFormat(i18n.language, {
      month: length,
      ...(length === "long" ? { year: "numeric" } : {}),
      timeZone: "UTC",
    }).format(new Date(`${month}-01T00:00:00Z`));
  return (
    <>
      <div className={classes.two}>
        <div>
          <h3>{t("mine.promises")}</h3>
          <Promises promises={promises} />
        </div>
        <div>
          <h3>{t("service.rating")}</h3>
          <Aspects ratings={ratings} />
        </div>
      </div>
      {months.length > 1 && (
        <div className={classes.section}>
          <BarChart
            label={t("service.months")}
            valueName={t("service.opened")}
            bars={months.map(({ month, opened }) => ({
              key: month,
              tick: monthName(month, "short"),
              name: monthName(month, "long"),
              value: opened,
              shown: format.number(opened),
            }))}
          />
        </div>
      )}
      {sites.length > 0 && <SiteTable sites={sites} more={moreSites} />}
    </>
  );
}
