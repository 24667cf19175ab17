import { useTranslation } from "react-i18next";
import type { Clock } from "../../src/modules/helpdesk/api.ts";
import { useFormat } from "./format.ts";
import { useNow } from "./now.ts";
import classes from "./time-left.module.css";
import { RiskGlyph } from "./time-left.tsx";

interface DueMarkProps {
  dueAt: string;
  target: Clock["target"] | null;
  overdue: boolean;
}

const hour = 3_600_000;

/**
 * When the next promise falls due, for lists: the time on the wall, because a list has no room for calendars. Its ticket
 * shows the working time that is left.
 */
export function DueMark({ dueAt, target, overdue }: DueMarkProps) {
  const { t } = useTranslation("app");
  const format = useFormat();
  const now = useNow();
  const left = Date.parse(dueAt) - now;
  const risk = overdue || left < 0 ? "late" : left < hour ? "soon" : "fine";
  const text =
    risk === "late"
      ? t("time.lateShort", { time: format.duration(-left / 1000, true) })
      : left < 24 * hour
        ? format.duration(left / 1000, true)
        : format.moment(dueAt);
  return (
    <time
      dateTime={dueAt}
      className={classes.root}
      data-risk={risk}
      data-quiet={risk === "fine" || undefined}
      title={target ? `${t(`time.target.${target}`)}: ${format.full(dueAt)}` : format.full(dueAt)}
    >
      {risk !== "fine" && <RiskGlyph risk={risk} share={Math.max(0, left / hour)} />}
      {target && <span className="visually-hidden">{t(`time.target.${target}`)}: </span>}
      {text}
    </time>
  );
}
