import { addBusinessTime, businessTimeBetween, nextOpening, type PreparedCalendar } from "../business-time/index.ts";
import { StaffingError } from "./error.ts";
import { day, type FieldWorld } from "./field-question.ts";

/** What one replication saw, of the faults that were reported on the days that count. */
export interface FieldRun {
  readonly reports: number;
  /** Share that found somebody there within the promise. */
  readonly kept: number;
  /** Share that did not find an engineer free and at work at once. */
  readonly waiting: number;
  /** Mean minutes from report to arrival, counted on the promise's hours. */
  readonly responseMinutes: number;
  /** Share of the working hours spent on the way or at repairs. */
  readonly utilisation: number;
  /** Share of those hours spent on the way. */
  readonly travelling: number;
}

interface Engineer {
  readonly calendar: PreparedCalendar;
  /** When the last job is done. */
  free: number;
  /** Where it was; `undefined` is the base. */
  at: number | undefined;
}

const minute = 60_000;
const lookEvery = 256;

/**
 * One replication. Faults are taken in the order in which they are reported, each by whoever is at work and free first; of
 * several who could leave at the same moment, by the nearest. In that order each start follows from the ones before it, so
 * no list of events is kept (Kiefer & Wolfowitz 1955).
 */
export function runField(world: FieldWorld, random: () => number, shouldStop: () => boolean): FieldRun {
  const { question, rates } = world;
  const { sites, respondWithinMinutes, travelMinutes = () => 0 } = question;
  const from = question.start + Math.round((question.warmUpDays ?? 0) * day);
  const until = from + Math.round(question.days * day);
  const engineers = world.engineers.map((calendar): Engineer => ({ calendar, free: question.start, at: undefined }));
  const total = rates.at(-1) ?? 0;
  const seen = { reports: 0, kept: 0, waiting: 0, response: 0, busy: 0, travelling: 0 };
  let reported = question.start;
  for (let count = 1; total > 0; count++) {
    if (count % lookEvery === 0 && shouldStop()) throw stopped();
    const next = addBusinessTime(world.reports, reported, Math.round((exponential(random) * 60 * minute) / total));
    if (next === undefined || next >= until) break;
    reported = next;
    const to = siteAt(rates, random() * total);
    const site = sites[to];
    if (!site) continue;
    const { engineer, leaves } = whoLeavesFirst(engineers, reported, (place) => travelMinutes(place, to));
    const way = Math.round(requireMinutes(travelMinutes(engineer.at, to)) * minute);
    const repair = Math.round(site.repairMinutes * minute * (site.steady ? 1 : exponential(random)));
    const arrives = later(engineer.calendar, leaves, way);
    const done = later(engineer.calendar, arrives, repair);
    engineer.free = done;
    engineer.at = to;
    seen.busy += within(engineer.calendar, leaves, done, from, until);
    seen.travelling += within(engineer.calendar, leaves, arrives, from, until);
    if (reported < from) continue;
    const response = businessTimeBetween(world.promised, reported, arrives);
    seen.reports++;
    seen.response += response;
    if (response <= respondWithinMinutes * minute) seen.kept++;
    if (leaves > reported) seen.waiting++;
  }
  const working = engineers.reduce((sum, { calendar }) => sum + businessTimeBetween(calendar, from, until), 0);
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  return {
    reports: seen.reports,
    kept: seen.reports > 0 ? seen.kept / seen.reports : 1,
    waiting: share(seen.waiting, seen.reports),
    responseMinutes: share(seen.response / minute, seen.reports),
    utilisation: share(seen.busy, working),
    travelling: share(seen.travelling, working),
  };
}

function whoLeavesFirst(
  engineers: readonly Engineer[],
  reported: number,
  wayFrom: (place: number | undefined) => number,
) {
  let best: { engineer: Engineer; leaves: number; way: number } | undefined;
  for (const engineer of engineers) {
    const ready = Math.max(engineer.free, reported);
    if (best && ready > best.leaves) continue;
    const leaves = nextOpening(engineer.calendar, ready);
    if (leaves === undefined || (best && leaves > best.leaves)) continue;
    const way = wayFrom(engineer.at);
    if (!best || leaves < best.leaves || way < best.way) best = { engineer, leaves, way };
  }
  if (!best) throw new StaffingError("bad_argument", "/engineers", "No engineer is at work again after some day.");
  return best;
}

function later(calendar: PreparedCalendar, start: number, duration: number): number {
  return addBusinessTime(calendar, start, duration) ?? start; // undefined only with pauses, and there are none
}

/** Working milliseconds of a stretch that fall into the days that count. */
function within(calendar: PreparedCalendar, start: number, end: number, from: number, until: number): number {
  const [first, last] = [Math.max(start, from), Math.min(end, until)];
  return first < last ? businessTimeBetween(calendar, first, last) : 0;
}

/** The first site whose running sum exceeds a draw. */
function siteAt(rates: readonly number[], draw: number): number {
  let [low, high] = [0, rates.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rates[middle] ?? 0) > draw) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function stopped(): StaffingError {
  return new StaffingError("stopped", "", "The simulation was stopped before it had an answer.");
}

/** Mean 1. */
function exponential(random: () => number): number {
  return -Math.log1p(-random());
}

function requireMinutes(value: number): number {
  if (value >= 0 && value <= 1e6) return value;
  throw new StaffingError("bad_argument", "/travelMinutes", `A way takes 0 to 1,000,000 minutes, not ${value}.`);
}
