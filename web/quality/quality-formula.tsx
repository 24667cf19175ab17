import { useTranslation } from "react-i18next";
import type { RatingFigures, TeamQuality } from "../../src/modules/quality/api.ts";
import { useFormat } from "../app/format.ts";

/** The three averages that make the quality of a service, how they do, and of which days. */
export function QualityFormula({ ratings, quality }: { ratings: RatingFigures; quality: TeamQuality }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const shown = (value: number | null) => (value === null ? "–" : format.number(value, 2));
  const { technical, attitude, crisisAwareness } = ratings;
  return (
    <>
      <p>
        {t("aspect.technical")}: {shown(technical)}
        <br />
        {t("aspect.attitude")}: {shown(attitude)}
        <br />
        {t("aspect.crisisAwareness")}: {shown(crisisAwareness)}
      </p>
      {ratings.quality === null ? (
        <p>{t("team.noQuality")}</p>
      ) : (
        <p>
          {t("team.formula", {
            technical: shown(technical),
            attitude: shown(attitude),
            crisisAwareness: shown(crisisAwareness),
            quality: shown(ratings.quality),
          })}
        </p>
      )}
      <p>{t("team.formulaWhy")}</p>
      <Counted quality={quality} />
    </>
  );
}

/** Of which days a figure is, and when it was counted. */
export function Counted({ quality: { from, to, asOf } }: { quality: TeamQuality }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  return (
    <p>
      {t("explain.period", { from: format.date(from), to: format.date(to) })}{" "}
      {t("team.asOf", { at: format.moment(asOf) })}
    </p>
  );
}
