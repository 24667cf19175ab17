import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MemberQuality } from "../../src/modules/quality/api.ts";
import { BarChart } from "../app/bar-chart.tsx";
import { EmptyState } from "../app/empty-state.tsx";
import { Figure, Figures } from "../app/figure.tsx";
import { useFormat } from "../app/format.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { RatingStars } from "../app/rating-stars.tsx";
import { useSession } from "../app/session.ts";
import { Aspects } from "./aspects.tsx";
import classes from "./my-quality-page.module.css";
import { PeriodChoice } from "./period-choice.tsx";
import { Promises } from "./promises.tsx";
import { myQualityQuery, type Period } from "./quality.ts";

/** My work, my load, and what was said of my work: for nobody's eyes but mine and my manager's. */
export function MyQualityPage() {
  const { t } = useTranslation("quality");
  const [period, setPeriod] = useState<Period>(90);
  const { tenant } = useSession();
  const quality = useQuery(myQualityQuery(period, tenant.timeZone));
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("mine.title")}</h1>
        <PeriodChoice period={period} onChoose={setPeriod} />
      </header>
      {quality.isPending && <PageLoading />}
      {quality.isError && <ProblemNotice error={quality.error} onRetry={() => void quality.refetch()} />}
      {quality.data && <MyQuality quality={quality.data} />}
    </div>
  );
}

function MyQuality({ quality }: { quality: MemberQuality }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const { load, ratings, weeks, remarks, from, to } = quality;
  const minutes = load.minutes.remote + load.minutes.on_site + load.minutes.travel;
  const dated = <p>{t("explain.period", { from: format.date(from), to: format.date(to) })}</p>;
  return (
    <>
      <section className={classes.section}>
        <h2>{t("mine.load")}</h2>
        <Figures>
          <Figure
            label={t("load.resolved")}
            value={format.number(load.resolved)}
            beside={
              load.typicalResolved !== null &&
              t("load.typical", {
                count: load.typicalResolved,
                value: format.number(load.typicalResolved, load.typicalResolved % 1 ? 1 : 0),
              })
            }
            explain={
              <>
                <p>{t("explain.resolved")}</p>
                {dated}
              </>
            }
          />
          <Figure label={t("load.open")} value={format.number(load.open)} beside={t("load.now")} />
          <Figure
            label={t("load.visits")}
            value={format.number(load.visits)}
            explain={
              <>
                <p>{t("explain.visits")}</p>
                {dated}
              </>
            }
          />
          <Figure
            label={t("load.hours")}
            value={format.number(minutes / 60, minutes < 600 ? 1 : 0)}
            beside={t("load.onSiteShare", {
              share: minutes > 0 ? format.percent(load.minutes.on_site / minutes) : "–",
            })}
            explain={
              <>
                <p>{t("explain.onSite", { time: format.duration(load.minutes.on_site * 60) })}</p>
                <p>{t("explain.travel", { time: format.duration(load.minutes.travel * 60) })}</p>
                <p>{t("explain.remote", { time: format.duration(load.minutes.remote * 60) })}</p>
                {dated}
              </>
            }
          />
        </Figures>
      </section>
      <section className={classes.two}>
        <div>
          <h2>{t("mine.ratings")}</h2>
          <Aspects ratings={ratings} />
        </div>
        <div>
          <h2>{t("mine.promises")}</h2>
          <Promises promises={quality.promises} />
        </div>
      </section>
      {weeks.length > 1 && (
        <section className={classes.section}>
          <BarChart
            label={t("mine.weeks")}
            valueName={t("load.resolved")}
            bars={weeks.slice(-26).map(({ startsOn, resolved }) => ({
              key: startsOn,
              tick: format.shortDate(startsOn),
              name: format.date(startsOn),
              value: resolved,
              shown: format.number(resolved),
            }))}
          />
        </section>
      )}
      <section className={classes.section}>
        <h2>{t("mine.remarks")}</h2>
        {remarks.length === 0 ? (
          <EmptyState title={t("mine.noRemarks")}>{t("mine.noRemarksWhy")}</EmptyState>
        ) : (
          <ol className={classes.remarks}>
            {remarks.map((remark) => (
              <li key={`${remark.ticketId}${remark.at}`}>
                <div className={classes.remarkHead}>
                  <RatingStars value={remark.overall} />
                  <span>{t(`by.${remark.byKind}`)}</span>
                  <time dateTime={remark.at}>{format.moment(remark.at)}</time>
                </div>
                {remark.comment && <p className={classes.comment}>{remark.comment}</p>}
                <Link to="/desk/$ticketId" params={{ ticketId: remark.ticketId }} className={classes.ticket}>
                  {remark.number} · {remark.subject}
                </Link>
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  );
}
