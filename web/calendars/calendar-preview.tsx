import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Interval } from "../../src/modules/calendars/api.ts";
import classes from "./calendar-form.module.css";
import { hoursText, previewQuery } from "./calendars.ts";

/** The next six weeks as this calendar counts them: bars of a day, and why a day differs. */
export function CalendarPreview({ id }: { id: string }) {
  const { t, i18n } = useTranslation("calendars");
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const { data: days } = useQuery(previewQuery(id, day(0), day(41)));
  const name = new Intl.DateTimeFormat(i18n.language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  if (!days) return <Skeleton height={120} />;
  return (
    <ul className={classes.preview}>
      {days.map(({ day: date, intervals, reason, name: why }) => (
        <li key={date} data-holiday={reason !== "week" || undefined}>
          <span>{name.format(new Date(`${date}T00:00:00Z`))}</span>
          <span
            className={classes.bar}
            role="img"
            aria-label={hoursText(intervals) || t("closed")}
            title={hoursText(intervals) || t("closed")}
          >
            {intervals.map((interval) => (
              <span key={interval.join()} style={placeOf(interval)} />
            ))}
          </span>
          <span className={classes.why}>{why ?? (intervals.length === 0 ? t("closed") : hoursText(intervals))}</span>
        </li>
      ))}
    </ul>
  );
}

/** A night shift ends beyond its day; the bar ends with the day. */
function placeOf([from, to]: Interval): { left: string; right: string } {
  const share = (clock: string) => {
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    return (hours * 60 + minutes) / 1440;
  };
  const end = share(to) <= share(from) ? 1 : share(to);
  return { left: `${share(from) * 100}%`, right: `${(1 - end) * 100}%` };
}
