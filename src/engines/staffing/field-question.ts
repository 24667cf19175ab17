import { alwaysOpen, type CalendarDefinition, type PreparedCalendar, prepareCalendar } from "../business-time/index.ts";
import { StaffingError } from "./error.ts";

/** Engineers in the field: who works when, which sites report how often, how far it is, and what was promised. */
export interface FieldQuestion {
  /** Each engineer's working hours; beyond them a journey or a repair is laid down, and taken up again at the next opening. */
  readonly engineers: readonly CalendarDefinition[];
  readonly sites: readonly FieldSite[];
  /** Minutes on the way to a site (by its place in `sites`) from another, or from the base (`undefined`). 0 if absent. */
  readonly travelMinutes?: (from: number | undefined, to: number) => number;
  /** When faults are reported; at every hour if absent. */
  readonly reports?: CalendarDefinition;
  /** The hours on which the promise counts; every hour if absent. */
  readonly promised?: CalendarDefinition;
  /** Counted minutes from the report until somebody is there. */
  readonly respondWithinMinutes: number;
  /** Epoch milliseconds. */
  readonly start: number;
  /** Days that are counted, after `warmUpDays` that fill the empty queue and are not. */
  readonly days: number;
  readonly warmUpDays?: number;
}

export interface FieldSite {
  /** Mean number of faults in an hour in which faults are reported; they come as a Poisson process. */
  readonly faultsPerHour: number;
  /** Mean; exponentially distributed, or always the same where `steady`. */
  readonly repairMinutes: number;
  readonly steady?: boolean;
}

/** A question that was checked, its calendars ready to be asked. */
export interface FieldWorld {
  readonly question: FieldQuestion;
  readonly engineers: readonly PreparedCalendar[];
  readonly reports: PreparedCalendar;
  readonly promised: PreparedCalendar;
  /** Running sums of the sites' rates, per hour. */
  readonly rates: readonly number[];
}

export const day = 86_400_000;
const mostReports = 5_000_000;

/** Throws `StaffingError` `bad_argument` or `too_large`; `BusinessTimeError` for a calendar that cannot be meant. */
export function prepareField(question: FieldQuestion, replications: number): FieldWorld {
  const { engineers, sites, respondWithinMinutes, start, days, warmUpDays = 0 } = question;
  if (engineers.length === 0 || engineers.length > 1000)
    throw bad("/engineers", "From 1 to 1,000 engineers are simulated.");
  if (sites.length === 0) throw bad("/sites", "There is no site.");
  if (!Number.isSafeInteger(start)) throw bad("/start", "The start is an instant in epoch milliseconds.");
  if (!(respondWithinMinutes >= 0 && Number.isFinite(respondWithinMinutes)))
    throw bad("/respondWithinMinutes", "The promise is a number of minutes of at least 0.");
  for (const [name, value] of Object.entries({ days, warmUpDays }))
    if (!(value >= (name === "days" ? 1 : 0) && value <= 36_525))
      throw bad(`/${name}`, "Up to 100 years are simulated.");
  const rates: number[] = [];
  let total = 0;
  for (const [index, { faultsPerHour, repairMinutes }] of sites.entries()) {
    if (!(faultsPerHour >= 0 && repairMinutes >= 0 && Number.isFinite(faultsPerHour) && repairMinutes <= 1e6))
      throw bad(`/sites/${index}`, "Faults per hour and repair minutes (at most 1,000,000) are at least 0.");
    total += faultsPerHour;
    rates.push(total);
  }
  if (total * 24 * (days + warmUpDays) * replications > mostReports)
    throw new StaffingError(
      "too_large",
      "/days",
      "More than 5,000,000 reports would be simulated: ask for fewer days.",
    );
  return {
    question,
    engineers: prepareAll(engineers),
    reports: prepareCalendar(question.reports ?? alwaysOpen()),
    promised: prepareCalendar(question.promised ?? alwaysOpen()),
    rates,
  };
}

/** Engineers who share a definition share its table. */
function prepareAll(definitions: readonly CalendarDefinition[]): PreparedCalendar[] {
  const known = new Map<CalendarDefinition, PreparedCalendar>();
  return definitions.map((definition) => {
    const calendar = known.get(definition) ?? prepareCalendar(definition);
    known.set(definition, calendar);
    return calendar;
  });
}

function bad(pointer: string, sentence: string): StaffingError {
  return new StaffingError("bad_argument", pointer, sentence);
}
