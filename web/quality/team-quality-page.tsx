import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RatingFigures, TeamQuality } from "../../src/modules/quality/api.ts";
import { EmptyState } from "../app/empty-state.tsx";
import { Figure, Figures } from "../app/figure.tsx";
import { useFormat } from "../app/format.ts";
import { PageLoading } from "../app/page-loading.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useSession } from "../app/session.ts";
import { Aspects } from "./aspects.tsx";
import classes from "./my-quality-page.module.css";
import { PeriodChoice } from "./period-choice.tsx";
import { Promises } from "./promises.tsx";
import { type Period, teamQualityQuery } from "./quality.ts";
import { Counted, QualityFormula } from "./quality-formula.tsx";
import { TeamTable } from "./team-table.tsx";

/** How good the service is, for those who answer for it: all together, then engineer by engineer, the weakest first. */
export function TeamQualityPage() {
  const { t } = useTranslation("quality");
  const [period, setPeriod] = useState<Period>(90);
  const { tenant } = useSession();
  const quality = useQuery(teamQualityQuery(period, tenant.timeZone));
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("team.title")}</h1>
        <PeriodChoice period={period} onChoose={setPeriod} />
      </header>
      {quality.isPending && <PageLoading />}
      {quality.isError && <ProblemNotice error={quality.error} onRetry={() => void quality.refetch()} />}
      {quality.data && <Team quality={quality.data} />}
    </div>
  );
}

function Team({ quality }: { quality: TeamQuality }) {
  const { t } = useTranslation("quality");
  const { team, items } = quality;
  if (items.length === 0) {
    return (
      <EmptyState
        title={t("team.nobody")}
        action={
          <Anchor component={Link} to="/settings/staff">
            {t("team.invite")}
          </Anchor>
        }
      >
        {t("team.nobodyWhy")}
      </EmptyState>
    );
  }
  return (
    <>
      <section className={classes.section}>
        <Headline quality={quality} />
      </section>
      {team.ratings.count === 0 ? (
        <section className={classes.section}>
          <EmptyState title={t("team.none")}>{t("team.noneWhy")}</EmptyState>
        </section>
      ) : (
        <section className={classes.two}>
          <div>
            <h2>{t("team.ratings")}</h2>
            <Aspects ratings={team.ratings} />
          </div>
          <div>
            <h2>{t("mine.promises")}</h2>
            <Promises promises={team.promises} />
          </div>
        </section>
      )}
      <section className={classes.section}>
        <TeamTable quality={quality} />
      </section>
    </>
  );
}

function Headline({ quality }: { quality: TeamQuality }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const { team, items } = quality;
  const { ratings, promises } = team;
  const met = promises.reduce((sum, promise) => sum + promise.met, 0);
  const all = promises.reduce((sum, promise) => sum + promise.met + promise.breached, 0);
  const sumOf = (part: "resolved" | "open") => items.reduce((sum, { load }) => sum + load[part], 0);
  return (
    <Figures>
      <Figure
        label={t("team.quality")}
        value={ratings.quality === null ? "–" : format.number(ratings.quality, 2)}
        beside={<Weakest ratings={ratings} />}
        explain={<QualityFormula ratings={ratings} quality={quality} />}
      />
      <Figure
        label={t("service.rating")}
        value={ratings.overall === null ? "–" : format.number(ratings.overall, 1)}
        beside={t("rating.count", { count: ratings.count })}
        explain={
          <>
            <p>
              {ratings.csat === null
                ? t("rating.none")
                : t("team.ratingOf", { count: ratings.count, share: format.percent(ratings.csat) })}
            </p>
            <Counted quality={quality} />
          </>
        }
      />
      <Figure
        label={t("service.attainment")}
        value={all === 0 ? "–" : format.percent(met / all, 1)}
        beside={t("promise.kept", { met: format.number(met), count: all, all: format.number(all) })}
        explain={
          <>
            <p>{t("service.explainAttainment", { met: format.number(met), all: format.number(all) })}</p>
            <Counted quality={quality} />
          </>
        }
      />
      <Figure
        label={t("load.resolved")}
        value={format.number(sumOf("resolved"))}
        beside={t("team.open", { value: format.number(sumOf("open")) })}
        explain={
          <>
            <p>{t("team.explainResolved")}</p>
            <Counted quality={quality} />
          </>
        }
      />
    </Figures>
  );
}

function Weakest({ ratings }: { ratings: RatingFigures }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const { weakest } = ratings;
  if (weakest === null) return t("rating.ofFive");
  return t("team.weakestIs", { aspect: t(`aspect.${weakest}`), value: format.number(ratings[weakest] ?? 0, 1) });
}
