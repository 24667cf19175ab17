import { seededRandom } from "../src/engines/random/index.ts";
import { type AlertKind, watchCustomer } from "../src/engines/usage-drop/index.ts";
import { type CustomerHabit, type Incident, simulateUsage, weeklyPatterns } from "../test/reference/simulate-usage.ts";

/**
 * What the thresholds of `usage-drop` achieve, class by class, as a table in Markdown: `node bench/calibrate-usage-drop.ts
 * [customers of each class] [part of a class's name]`. They are chosen by hand so that no class of independent days has
 * more than one false alert in a customer-year.
 */
const customers = Number(process.argv[2] ?? 200);
const wanted = process.argv[3] ?? "";
const start = 20_458;
const none = new Uint8Array(0);
const { flat, quietWeekend, workdays, retail } = weeklyPatterns;

const classes = new Map<string, CustomerHabit>();
for (const mean of [0.5, 2, 5, 10, 30, 100, 500]) {
  for (const dispersion of [0, 0.1, 0.3, 1]) {
    for (const [name, weekly] of [
      ["every day", quietWeekend],
      ["workdays", workdays],
    ] as const) {
      classes.set(`${mean} a day, dispersion ${dispersion}, ${name}`, { mean, dispersion, weekly });
    }
  }
}
const twenty: CustomerHabit = { mean: 20, dispersion: 0.1, weekly: quietWeekend };
classes.set("20, 0.2, all days alike", { mean: 20, dispersion: 0.2, weekly: flat });
classes.set("20, 0.2, mostly weekends", { mean: 20, dispersion: 0.2, weekly: retail });
classes.set("50, 2", { mean: 50, dispersion: 2, weekly: quietWeekend });
classes.set("20, 0.1, doubles in a year", { ...twenty, growth: 1 });
classes.set("20, 0.1, loses 30 % in a year", { ...twenty, growth: -0.3 });
classes.set("20, 0.1, yearly wave of 20 %", { ...twenty, season: 0.2 });
classes.set("20, 0.1, yearly wave of 30 %", { ...twenty, season: 0.3 });
classes.set("20, 0.1, days that carry over (0.3)", { ...twenty, carry: 0.3 });
classes.set("20, 0.1, days that carry over (0.6)", { ...twenty, carry: 0.6 });
classes.set("20, 0.1, 2 % of days with 4 to 14 times the use", { ...twenty, spikes: 0.02 });

const line = (cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
const share = (list: readonly number[], limit: number) =>
  `${Math.round((100 * list.filter((delay) => delay <= limit).length) / list.length)} %`;
const median = (list: readonly number[]) => {
  const middle = list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(middle) ? middle : "–";
};

line([
  "customer",
  "false a year",
  "stop",
  "drop",
  "fade",
  "drop in 14 days",
  "median",
  "stop in 3",
  "median",
  "fade in 60",
  "in 90",
]);
line(Array.from({ length: 11 }, (_, column) => (column === 0 ? "---" : "--:")));
for (const [name, habit] of classes) {
  if (!name.includes(wanted)) continue;
  const random = seededRandom(7);
  const alarms: Record<AlertKind, number> = { stop: 0, drop: 0, fade: 0 };
  const [drops, stops, fades]: [number[], number[], number[]] = [[], [], []];
  for (let customer = 0; customer < customers; customer++) {
    for (const { kind } of watchCustomer({ start, values: simulateUsage(habit, 365, random) }, none).alerts)
      alarms[kind]++;
    const from = 120 + Math.floor(random() * 14);
    drops.push(delayOf(habit, { kind: "drop", from, left: 0.45 }, random));
    stops.push(delayOf(habit, { kind: "stop", from, left: 0 }, random));
    fades.push(delayOf(habit, { kind: "fade", from, left: 0.4, over: 60 }, random));
  }
  const rate = (count: number) => (count / customers).toFixed(2);
  const all = alarms.stop + alarms.drop + alarms.fade;
  line([
    name,
    ...[all, alarms.stop, alarms.drop, alarms.fade].map(rate),
    share(drops, 14),
    median(drops),
    share(stops, 3),
    median(stops),
    share(fades, 60),
    share(fades, 90),
  ]);
}

/** Days from the first that is not normal to the alert, both counted. Any kind of alert will do. */
function delayOf(habit: CustomerHabit, incident: Incident, random: () => number): number {
  const { alerts } = watchCustomer(
    { start, values: simulateUsage(habit, incident.from + 100, random, incident) },
    none,
  );
  const told = alerts.find(({ day }) => day >= start + incident.from);
  return told ? told.day - start - incident.from + 1 : Number.POSITIVE_INFINITY;
}
