import { seededRandom } from "../../src/engines/random/index.ts";
import { type WatchedDay, watchCustomer } from "../../src/engines/usage-drop/index.ts";
import { simulateUsage, weeklyPatterns } from "../reference/simulate-usage.ts";
import { colours, drawChart, type Point } from "./chart.ts";

const start = 20_458;
const [first, last] = [70, 161];
const dropsAt = 140;
/** Where in the picture the CUSUM's limit lies. */
const limitHeight = 60;

/** One customer's daily use with the expected band, the evidence that adds up below it, and the alert. */
export function draw(): string {
  const habit = { mean: 60, dispersion: 0.03, weekly: weeklyPatterns.quietWeekend };
  const incident = { kind: "drop", from: dropsAt, left: 0.55 } as const;
  const values = simulateUsage(habit, last, seededRandom(4), incident);
  const holidays = new Uint8Array(last);
  for (let day = 112; day < 117; day++) {
    holidays[day] = 1;
    values[day] = 3;
  }
  const watched: WatchedDay[] = [];
  const { alerts } = watchCustomer({ start, values }, holidays, (day) => watched.push(day));
  const [alert] = alerts;
  if (!alert || alerts.length > 1) throw new Error("the customer of the picture has one alert");
  const shown = watched.filter(({ day }) => day >= start + first);
  const at = ({ day }: WatchedDay) => day - start;
  const deviation = ({ mean, dispersion }: WatchedDay) => 2 * Math.sqrt(mean + dispersion * mean * mean);
  const used: Point[] = Array.from(values.slice(first), (value, index) => [first + index, value]);
  return drawChart(
    {
      title: "A customer whose use drops by almost half",
      x: { label: "day", from: first, to: last, ticks: [70, 84, 98, 112, 126, 140, 154] },
      y: { label: "uses a day", from: 0, to: 140, ticks: [0, 35, 70, 105, 140] },
    },
    (pen) => [
      pen.band(
        shown.map((day) => [at(day), Math.max(0, day.mean - deviation(day))]),
        shown.map((day) => [at(day), day.mean + deviation(day)]),
        colours.accent,
      ),
      pen.line(used, colours.accent),
      pen.dots(used, colours.accent, 2),
      pen.line(
        [
          [first, limitHeight],
          [last, limitHeight],
        ],
        colours.grey,
        true,
      ),
      pen.steps(
        shown.map((day) => [at(day), limitHeight * Math.min(1.6, day.cusum / day.limit)]),
        colours.second,
      ),
      pen.dots([[alert.day - start, limitHeight]], colours.second, 6),
      pen.words([111, 20], "holidays: left out"),
      pen.words([71, limitHeight + 3], "limit of the evidence"),
      pen.words([alert.day - start + 1.5, limitHeight + 4], "alert", colours.second),
      pen.words([dropsAt - 14, 132], "the drop begins on day 140"),
    ],
  );
}
