import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Figure, Figures } from "../app/figure.tsx";
import { useFormat } from "../app/format.ts";
import { useSession } from "../app/session.ts";
import classes from "./my-quality-page.module.css";
import { serviceQualityQuery } from "./quality.ts";

/** The last ninety days in one line; each figure opens to what it was counted from. */
export function ServiceFigures() {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const { tenant } = useSession();
  const { data: report } = useQuery(serviceQualityQuery(90, tenant.timeZone));
  if (!report) return <div className={classes.figuresPending} />;
  const { tickets, promises, attainment, ratings, from, to } = report;
  const met = promises.reduce((sum, promise) => sum + promise.met, 0);
  const all = promises.reduce((sum, promise) => sum + promise.met + promise.breached, 0);
  const dated = <p>{t("explain.period", { from: format.date(from), to: format.date(to) })}</p>;
  return (
    <div className={classes.figures}>
      <Figures>
        <Figure
          label={t("service.attainment")}
          value={attainment === null ? "–" : format.percent(attainment, 1)}
          beside={t("promise.kept", { met: format.number(met), count: all, all: format.number(all) })}
          explain={
            <>
              <p>{t("service.explainAttainment", { met: format.number(met), all: format.number(all) })}</p>
              {dated}
            </>
          }
        />
        <Figure label={t("service.opened")} value={format.number(tickets.opened)} explain={dated} />
        <Figure label={t("service.resolved")} value={format.number(tickets.resolved)} explain={dated} />
        <Figure
          label={t("service.rating")}
          value={ratings.overall === null ? "–" : format.number(ratings.overall, 1)}
          beside={t("rating.count", { count: ratings.count })}
          explain={dated}
        />
      </Figures>
    </div>
  );
}
