import HolidayFeed from "date-holidays";
import type { Holiday, HolidayCountries } from "./api.ts";

/** A country's feed, or a part of one: `CN`; `DE` with region `BY`; `DE` with region `BY/A`. */
export interface HolidayPlace {
  country: string;
  region: string | null;
}

const keptYears = new Map<string, Holiday[]>();
const keptYearsLimit = 2000;

/**
 * Everything the feed of `date-holidays` holds for a year, in order. Moon calendars are estimates there, and it knows no
 * working days that replace holidays.
 * @param language of the names, where the feed has it
 */
export function holidaysOf(place: HolidayPlace, year: number, language = "en"): Holiday[] {
  const key = `${place.country}/${place.region ?? ""} ${year} ${language}`;
  let holidays = keptYears.get(key);
  if (!holidays) {
    holidays = readFeed(place, year, language);
    if (keptYears.size >= keptYearsLimit) keptYears.clear();
    keptYears.set(key, holidays);
  }
  return holidays;
}

/** The local days of a year that close a calendar, with the holiday's name. */
export function closedDays(place: HolidayPlace, year: number, language = "en"): Map<string, string> {
  const days = new Map<string, string>();
  // A holiday of late December can last into the year.
  for (const holiday of [...holidaysOf(place, year - 1, language), ...holidaysOf(place, year, language)]) {
    if (!holiday.closes) continue;
    for (let index = 0; index < holiday.days; index++) {
      const day = Temporal.PlainDate.from(holiday.day).add({ days: index });
      if (day.year === year) days.set(day.toString(), holiday.name);
    }
  }
  return days;
}

function readFeed(place: HolidayPlace, year: number, language: string): Holiday[] {
  const feed = openFeed(place);
  const zone = feed.getTimezones()[0] ?? "UTC";
  return feed
    .getHolidays(year, language.slice(0, 2))
    .map(({ start, end, name, type }) => {
      const days = coveredMornings(start, end, zone);
      const isMorning = days.count > 0;
      return {
        day: days.first,
        days: Math.max(1, days.count),
        name,
        kind: type,
        closes: type === "public" && isMorning,
      };
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** A day is a holiday if its morning is: one that begins at noon closes nothing, one that begins at sunset closes the next day. */
function coveredMornings(start: Date, end: Date, zone: string): { first: string; count: number } {
  const from = localTime(start, zone);
  const until = localTime(end, zone);
  const isEvening = from.hour >= 18;
  const first = from.hour === 0 ? from.toPlainDate() : from.toPlainDate().add({ days: 1 });
  const last = until.hour >= 12 ? until.toPlainDate() : until.toPlainDate().subtract({ days: 1 });
  const count = Math.max(0, first.until(last).total("days") + 1);
  return count > 0 || isEvening
    ? { first: first.toString(), count }
    : { first: from.toPlainDate().toString(), count: 0 };
}

function localTime(date: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** Whether the feed knows the country and its region. */
export function isKnownPlace({ country, region }: HolidayPlace): boolean {
  const known = new HolidayFeed();
  if (!(country in known.getCountries())) return false;
  if (region === null) return true;
  const [state = "", part, ...rest] = region.split("/");
  if (!(state in (known.getStates(country) ?? {})) || rest.length > 0) return false;
  return part === undefined || part in (known.getRegions(country, state) ?? {});
}

export function holidayCountries(language: string): HolidayCountries {
  const feed = new HolidayFeed();
  const display = new Intl.DisplayNames([language], { type: "region" });
  const items = Object.entries(feed.getCountries()).map(([code, name]) => ({
    code,
    name: display.of(code) ?? name,
    regions: Object.entries(feed.getStates(code) ?? {}).flatMap(([state, stateName]) => [
      { code: state, name: stateName },
      ...Object.entries(feed.getRegions(code, state) ?? {}).map(([part, partName]) => ({
        code: `${state}/${part}`,
        name: `${stateName}, ${partName}`,
      })),
    ]),
  }));
  return { items: items.sort((a, b) => a.name.localeCompare(b.name, language)) };
}

/** The country that a time zone suggests, if one stands out. */
export function countryOfZone(timeZone: string): string | undefined {
  const canonical = canonicalZone(timeZone);
  return Object.keys(new HolidayFeed().getCountries()).find((country) =>
    new HolidayFeed(country).getTimezones().some((zone) => canonicalZone(zone) === canonical),
  );
}

function canonicalZone(zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
}

function openFeed({ country, region }: HolidayPlace): HolidayFeed {
  const [state, part] = region?.split("/") ?? [];
  if (state && part) return new HolidayFeed(country, state, part);
  return state ? new HolidayFeed(country, state) : new HolidayFeed(country);
}
