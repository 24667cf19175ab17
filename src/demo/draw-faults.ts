import type { PreparedCalendar } from "../engines/business-time/index.ts";
import { lunarNewYear } from "./calendar-plans.ts";
import type { Season } from "./device-models.ts";
import { type DemoDevice, type Directory, of } from "./directory.ts";
import type { Random } from "./random.ts";

export const historyDays = 90;
const dayMs = 86_400_000;

export interface Fault {
  device: DemoDevice;
  /** Epoch milliseconds. */
  at: number;
}

/** When which device failed in the last 90 days: by model and age, by heat and trade, and the bad ones again and again. */
export function drawFaults(directory: Directory, now: number, random: Random): Fault[] {
  const begin = now - historyDays * dayMs;
  const faults: Fault[] = [];
  for (let daysAgo = historyDays; daysAgo >= 0; daysAgo--) {
    const at = Math.floor(now - daysAgo * dayMs);
    const ofDay = trend(daysAgo) * dayFactor;
    const seasons = seasonsOn(at);
    for (const device of directory.devices) {
      for (
        let count = random.poisson(faultsPerMonth(device, at) * ofDay * seasons[device.model.season]);
        count > 0;
        count--
      ) {
        const { hours } = of(directory.calendars, device.site.calendar);
        const moment = momentOn(at, device.site.timeZone, hours, random);
        if (moment !== undefined && moment < now && moment > begin) faults.push({ device, at: moment });
      }
    }
  }
  return faults.sort((a, b) => a.at - b.at);
}

/** What of a month's faults falls on one day. */
const dayFactor = 1 / 30.4;

/** Fewer every month: what the provider is there for. */
function trend(daysAgo: number): number {
  return 0.82 + (0.36 * daysAgo) / historyDays;
}

/** Faults per month of this device at its age: the hazard of a Weibull life, scaled to the model's rate in mid-life. */
function faultsPerMonth({ model, installedOn, badness }: DemoDevice, at: number): number {
  const months = Math.max(1, ((at - Date.parse(installedOn)) / dayMs) * dayFactor);
  return model.faultsPerMonth * badness * Math.min(2.5, (months / (model.lifeMonths / 2)) ** (model.shape - 1));
}

function seasonsOn(at: number): Readonly<Record<Season, number>> {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("Asia/Shanghai").toPlainDate();
  const today = weekday(day.dayOfWeek);
  const factor = (season: Season) => seasonOf(season, day) * today;
  return { heat: factor("heat"), trade: factor("trade"), none: factor("none") };
}

function weekday(dayOfWeek: number): number {
  return [1.45, 1.05, 0.95, 0.95, 1.05, 0.9, 0.75][dayOfWeek - 1] ?? 1;
}

/** Heat from June to September; trade before the Chinese New Year, around 11 November and 18 June. */
export function seasonOf(season: Season, day: Temporal.PlainDate): number {
  if (season === "heat") return [0.8, 0.8, 0.85, 0.95, 1.1, 1.4, 1.6, 1.6, 1.35, 1, 0.85, 0.8][day.month - 1] ?? 1;
  if (season === "none") return 1;
  const toNewYear = day.until(lunarNewYear(day.year), { largestUnit: "days" }).days;
  if (toNewYear >= 0 && toNewYear <= 21) return 1.6;
  if (day.month === 11 && day.day >= 1 && day.day <= 12) return 1.5;
  if (day.month === 6 && day.day >= 10 && day.day <= 19) return 1.35;
  return 0.95;
}

/** A moment of that day in the hours of the place: most things are noticed when it opens. Undefined on a closed day. */
export function momentOn(
  at: number,
  timeZone: string,
  { times }: PreparedCalendar,
  random: Random,
): number | undefined {
  const midnight = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone).startOfDay();
  const from = midnight.epochMilliseconds;
  const spans = [...times.intervals(from, from + dayMs)];
  const [first] = spans;
  if (!first) return undefined;
  if (random.chance(0.3)) return Math.floor(first[0] + random.between(0, Math.min(first[1] - first[0], 5_400_000)));
  const span = random.weighted(spans.map((each) => [each, each[1] - each[0]] as const));
  return Math.floor(random.between(span[0], span[1]));
}
