import { Popover, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MemberFigures, TeamQuality } from "../../src/modules/quality/api.ts";
import figure from "../app/figure.module.css";
import { useFormat } from "../app/format.ts";
import classes from "./my-quality-page.module.css";
import { Counted, QualityFormula } from "./quality-formula.tsx";

/** Every engineer's figures; each opens to what it was counted from. */
export function TeamTable({ quality }: { quality: TeamQuality }) {
  const { t } = useTranslation("quality");
  const sorted = quality.items.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || b.load.resolved - a.load.resolved || b.ratings.count - a.ratings.count,
  );
  return (
    <>
      <h2>{t("team.table")}</h2>
      <p className={classes.more}>{t("team.tableLead")}</p>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t("team.table")}>
          <thead>
            <tr>
              <th scope="col">{t("team.engineer")}</th>
              <th scope="col">{t("team.quality")}</th>
              <th scope="col">{t("team.weakest")}</th>
              <th scope="col">{t("service.rating")}</th>
              <th scope="col">{t("service.attainment")}</th>
              <th scope="col">{t("load.resolved")}</th>
              <th scope="col">{t("load.visits")}</th>
              <th scope="col">{t("load.hours")}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((item) => (
              <Row key={item.member.id} item={item} quality={quality} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Who has no quality has it after all who have; who was rated at all stands before who was not. */
function rankOf({ ratings }: MemberFigures): number {
  return ratings.quality ?? (ratings.overall === null ? 20 : 10 + ratings.overall);
}

function Row({ item, quality }: { item: MemberFigures; quality: TeamQuality }) {
  const { t } = useTranslation("quality");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const { member, load, promises, ratings } = item;
  const met = promises.reduce((sum, promise) => sum + promise.met, 0);
  const all = promises.reduce((sum, promise) => sum + promise.met + promise.breached, 0);
  const { remote, on_site, travel } = load.minutes;
  const { weakest } = ratings;
  const counted = <Counted quality={quality} />;
  const cell = (what: string, value: string, explain: ReactNode) => (
    <td>
      <Opened label={t("team.opens", { what, name: member.name })} value={value} explain={explain} />
    </td>
  );
  const formula = <QualityFormula ratings={ratings} quality={quality} />;
  return (
    <tr>
      <th scope="row">
        {member.name}
        {!member.active && <span className={classes.aside}> {t("team.inactive")}</span>}
      </th>
      {cell(t("team.quality"), ratings.quality === null ? "–" : format.number(ratings.quality, 2), formula)}
      {cell(
        t("team.weakest"),
        weakest === null ? "–" : `${t(`aspect.${weakest}`)} ${format.number(ratings[weakest] ?? 0, 1)}`,
        formula,
      )}
      {cell(
        t("service.rating"),
        ratings.overall === null ? "–" : `${format.number(ratings.overall, 1)} (${format.number(ratings.count)})`,
        <>
          <p>
            {ratings.csat === null
              ? t("rating.none")
              : t("team.ratingOf", { count: ratings.count, share: format.percent(ratings.csat) })}
          </p>
          {counted}
        </>,
      )}
      {cell(
        t("service.attainment"),
        all === 0 ? "–" : format.percent(met / all),
        <>
          {promises.map((each) => (
            <p key={each.target}>
              {t("team.explainPromises", {
                target: word(`time.target.${each.target}`),
                met: format.number(each.met),
                all: format.number(each.met + each.breached),
              })}
            </p>
          ))}
          {counted}
        </>,
      )}
      {cell(
        t("load.resolved"),
        format.number(load.resolved),
        <>
          <p>{t("team.explainResolved")}</p>
          <p>{t("team.open", { value: format.number(load.open) })}</p>
          {counted}
        </>,
      )}
      {cell(
        t("load.visits"),
        format.number(load.visits),
        <>
          <p>{t("team.explainVisits")}</p>
          {counted}
        </>,
      )}
      {cell(
        t("load.hours"),
        format.number((remote + on_site + travel) / 60, 1),
        <>
          <p>{t("explain.onSite", { time: format.duration(on_site * 60) })}</p>
          <p>{t("explain.travel", { time: format.duration(travel * 60) })}</p>
          <p>{t("explain.remote", { time: format.duration(remote * 60) })}</p>
          {counted}
        </>,
      )}
    </tr>
  );
}

function Opened({ label, value, explain }: { label: string; value: string; explain: ReactNode }) {
  return (
    <Popover width={300} position="bottom-end">
      <Popover.Target>
        <UnstyledButton className={classes.opens} aria-label={`${value}. ${label}`}>
          {value}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={figure.explain}>{explain}</Popover.Dropdown>
    </Popover>
  );
}
