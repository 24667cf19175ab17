import { useTranslation } from "react-i18next";
import type { RatingFigures } from "../../src/modules/quality/api.ts";
import { useFormat } from "../app/format.ts";
import classes from "./aspects.module.css";

const aspects = ["technical", "attitude", "crisisAwareness"] as const;

/** The three strengths of a service, the weakest first: a service that lacks one of them is flawed. */
export function Aspects({ ratings }: { ratings: RatingFigures }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  if (ratings.count === 0) return <p className={classes.none}>{t("rating.none")}</p>;
  const rows = aspects
    .flatMap((aspect) => {
      const value = ratings[aspect];
      return value === null ? [] : [{ aspect, value }];
    })
    .toSorted((a, b) => a.value - b.value);
  return (
    <>
      <p className={classes.overall}>
        <strong>{ratings.overall === null ? "–" : format.number(ratings.overall, 1)}</strong>
        <span>
          {t("rating.ofFive")} · {t("rating.count", { count: ratings.count })}
        </span>
      </p>
      <dl className={classes.list}>
        {rows.map(({ aspect, value }) => (
          <div key={aspect} className={classes.row}>
            <dt>
              {t(`aspect.${aspect}`)}
              {aspect === ratings.weakest && <span className={classes.weakest}>{t("rating.weakest")}</span>}
            </dt>
            <dd>{format.number(value, 1)}</dd>
            <span className={classes.track} aria-hidden>
              <span
                style={{ width: `${((value - 1) / 4) * 100}%` }}
                data-weakest={aspect === ratings.weakest || undefined}
              />
            </span>
          </div>
        ))}
      </dl>
      {ratings.quality !== null && (
        <p className={classes.formula}>{t("rating.quality", { value: format.number(ratings.quality, 2) })}</p>
      )}
    </>
  );
}
