import { useTranslation } from "react-i18next";
import type { Clock } from "../../src/modules/helpdesk/api.ts";
import { useFormat } from "../app/format.ts";
import { useNow } from "../app/now.ts";
import { secondsLeft } from "../app/promise-clock.ts";
import classes from "./clock-arithmetic.module.css";

/** How the time left comes about: promised minus used, on which calendar, and when it stands still. */
export function ClockArithmetic({ clock }: { clock: Clock }) {
  const { t } = useTranslation("helpdesk");
  const { t: word } = useTranslation("app");
  const format = useFormat();
  const left = secondsLeft(clock, useNow());
  const zone = clock.timeZone ?? undefined;
  const promised = clock.targetMinutes * 60;
  return (
    <div className={classes.root}>
      <p className={classes.title}>{word(`time.target.${clock.target}`)}</p>
      <ul>
        <li>{t("arith.promised", { time: format.duration(promised) })}</li>
        <li>{t("arith.used", { time: format.duration(promised - left) })}</li>
        <li className={classes.result}>
          {t(left < 0 ? "arith.over" : "arith.left", { time: format.duration(Math.abs(left)) })}
        </li>
      </ul>
      <p className={classes.foot}>
        {clock.metAt && t("arith.metAt", { time: format.moment(clock.metAt, zone) })}
        {!clock.metAt && clock.dueAt && t("arith.due", { time: format.moment(clock.dueAt, zone) })}
        {clock.breachedAt && ` · ${t("arith.missedAt", { time: format.moment(clock.breachedAt, zone) })}`}
        <br />
        {!clock.metAt &&
          clock.state !== "paused" &&
          (clock.workingUntil
            ? t("arith.until", { time: format.moment(clock.workingUntil, zone) })
            : t("arith.closed"))}
        {clock.timeZone && <span className={classes.zone}>{t("arith.zone", { zone: clock.timeZone })}</span>}
      </p>
    </div>
  );
}
