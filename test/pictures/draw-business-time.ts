import {
  addBusinessTime,
  businessTimeBetween,
  type Pause,
  prepareCalendar,
} from "../../src/engines/business-time/index.ts";
import { everyDay, hour, office } from "../reference/ask-calendar.ts";
import { colours, drawChart, type Point } from "./chart.ts";

const timeZone = "Asia/Ho_Chi_Minh";
const at = (time: string) => Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone).epochMilliseconds;

/** A promise of ten working hours across a lunch break, a pause, a holiday: how much of it is left, hour by hour. */
export function draw(): string {
  const calendar = prepareCalendar({ timeZone, weekly: everyDay(office), holidays: ["2026-09-02"] });
  const start = at("2026-09-01T10:00");
  const target = 10 * hour;
  const pauses: Pause[] = [[at("2026-09-01T15:00"), at("2026-09-01T16:30")]];
  const due = addBusinessTime(calendar, start, target, pauses);
  if (due === undefined) throw new Error("an ended pause holds no clock");
  const left: Point[] = [];
  for (let time = start; time <= due; time += hour / 4) {
    const gone = businessTimeBetween(calendar, start, time, pauses);
    left.push([(time - start) / hour, (target - gone) / hour]);
  }
  const clock = (hours: number) =>
    Temporal.Instant.fromEpochMilliseconds(start + hours * hour)
      .toZonedDateTimeISO(timeZone)
      .toPlainDateTime()
      .toString()
      .slice(5, 16)
      .replace("T", " ");
  const end = (due - start) / hour;
  return drawChart(
    {
      title: "Ten working hours, promised on Tuesday at 10:00",
      x: { label: "local time, Ho Chi Minh City", from: 0, to: 56, ticks: [0, 14, 28, 42], format: clock },
      y: { label: "working hours left", from: 0, to: 10, ticks: [0, 2, 4, 6, 8, 10] },
    },
    (pen) => [
      pen.line(left, colours.accent),
      pen.dots([[end, 0]], colours.second, 5),
      pen.words([16, 8.4], "lunch, then a pause for a part"),
      pen.words([18, 4.8], "a holiday: nothing is counted"),
      pen.words([41, 0.5], `due ${clock(end)}`, colours.second),
    ],
  );
}
