import {
  DocumentFault,
  readArray,
  readDictionary,
  readNumber,
  readObject,
  readString,
  under,
} from "../document/index.ts";
import type { Break, Id, Job, Overtime, RoutingProblem, Vehicle } from "./problem.ts";
import { readPlaces } from "./read-places.ts";

/** What `mainstay compute routing` was asked. */
export interface RoutingRequest {
  readonly problem: RoutingProblem;
  readonly limitSeconds: number;
}

const mostJobs = 4000;
const mostVehicles = 1000;
const longestLimitSeconds = 86_400;
/** Beyond this, doubles no longer tell thousandths of a minute apart. */
const largestNumber = 1e12;

/** Reads the document of `mainstay compute routing`. Throws `DocumentFault` that names the place. */
export function readRoutingDocument(document: unknown): RoutingRequest {
  const required = ["vehicles", "jobs", "travel", "limitSeconds"];
  const read = readObject(document, "", { required });
  const limitSeconds = readNumber(read.limitSeconds, "/limitSeconds", 0);
  if (limitSeconds > longestLimitSeconds)
    throw new DocumentFault("/limitSeconds", `Use at most ${longestLimitSeconds} seconds.`);
  const vehicles = readList(read.vehicles, "/vehicles", mostVehicles, readVehicle);
  const jobs = readList(read.jobs, "/jobs", mostJobs, readJob);
  const { travel, places } = readPlaces(read.travel, vehicles, jobs);
  return {
    limitSeconds,
    problem: {
      travel,
      vehicles: vehicles.map(({ start: _start, end: _end, ...rest }, index) => ({
        ...rest,
        start: places[2 * index] ?? 0,
        end: places[2 * index + 1] ?? 0,
      })),
      jobs: jobs.map(({ at: _at, ...rest }, index) => ({ ...rest, at: places[2 * vehicles.length + index] ?? 0 })),
    },
  };
}

/** The place is still as written. */
type WrittenVehicle = Omit<Vehicle, "start" | "end"> & { readonly start: unknown; readonly end: unknown };
type WrittenJob = Omit<Job, "at"> & { readonly at: unknown };

function readList<T extends { readonly id: Id }>(
  value: unknown,
  pointer: string,
  most: number,
  readItem: (item: unknown, pointer: string) => T,
): T[] {
  if (Array.isArray(value) && value.length > most)
    throw new DocumentFault(pointer, `There are ${value.length} entries: at most ${most} can be planned at once.`);
  const known = new Set<string>();
  return readArray(value, pointer, (item, at) => {
    const read = readItem(item, at);
    if (known.has(String(read.id))) throw new DocumentFault(under(at, "id"), `The id "${read.id}" comes twice.`);
    known.add(String(read.id));
    return read;
  });
}

function readVehicle(value: unknown, pointer: string): WrittenVehicle {
  const required = ["id", "start", "end", "window"];
  const optional = ["capacity", "skills", "tools", "parts", "breaks", "overtime"];
  const read = readObject(value, pointer, { required, optional });
  const breaks = readArray(read.breaks ?? [], under(pointer, "breaks"), readBreak);
  return {
    id: readId(read.id, under(pointer, "id")),
    start: read.start,
    end: read.end,
    window: readWindow(read.window, under(pointer, "window")),
    ...(read.capacity == null ? {} : { capacity: readAmount(read.capacity, under(pointer, "capacity")) }),
    skills: readNames(read.skills, under(pointer, "skills")),
    equipment: readEquipment(read, pointer),
    ...(breaks.length > 0 ? { breaks } : {}),
    ...(read.overtime == null ? {} : { overtime: readOvertime(read.overtime, under(pointer, "overtime")) }),
  };
}

function readJob(value: unknown, pointer: string): WrittenJob {
  const required = ["id", "at", "duration", "window"];
  const optional = ["demand", "skills", "parts", "tools", "priority", "familiarity"];
  const read = readObject(value, pointer, { required, optional });
  return {
    id: readId(read.id, under(pointer, "id")),
    at: read.at,
    duration: readAmount(read.duration, under(pointer, "duration")),
    window: readWindow(read.window, under(pointer, "window")),
    ...(read.demand == null ? {} : { demand: readAmount(read.demand, under(pointer, "demand")) }),
    skills: readNames(read.skills, under(pointer, "skills")),
    equipment: readEquipment(read, pointer),
    ...(read.priority == null ? {} : { priority: readAmount(read.priority, under(pointer, "priority")) }),
    ...(read.familiarity == null
      ? {}
      : { familiarity: readFamiliarity(read.familiarity, under(pointer, "familiarity")) }),
  };
}

function readBreak(value: unknown, pointer: string): Break {
  const read = readObject(value, pointer, { required: ["window", "duration"] });
  return {
    window: readWindow(read.window, under(pointer, "window")),
    duration: readAmount(read.duration, under(pointer, "duration")),
  };
}

function readOvertime(value: unknown, pointer: string): Overtime {
  const read = readObject(value, pointer, { required: ["after", "costPerMinute"] });
  return {
    after: readAmount(read.after, under(pointer, "after")),
    costPerMinute: readAmount(read.costPerMinute, under(pointer, "costPerMinute")),
  };
}

/** Tools and parts are both things on board: a job's are looked for among all of the vehicle's. */
function readEquipment(read: Record<string, unknown>, pointer: string): string[] {
  return [...readNames(read.tools, under(pointer, "tools")), ...readNames(read.parts, under(pointer, "parts"))];
}

function readNames(value: unknown, pointer: string): string[] {
  return [...new Set(readArray(value ?? [], pointer, readString))];
}

function readFamiliarity(value: unknown, pointer: string): Record<string, number> {
  const entries = Object.entries(readDictionary(value, pointer)).map(([id, share]): [string, number] => {
    const known = readNumber(share ?? 0, under(pointer, id), 0);
    if (known > 1) throw new DocumentFault(under(pointer, id), `Familiarity is a share from 0 to 1, not ${known}.`);
    return [id, known];
  });
  return Object.fromEntries(entries);
}

function readWindow(value: unknown, pointer: string): [from: number, to: number] {
  const [from, to, ...rest] = readArray(value, pointer, (item, at) => readNumber(item, at, 0));
  if (from === undefined || to === undefined || rest.length > 0)
    throw new DocumentFault(pointer, "A window is [from, to].");
  if (to < from) throw new DocumentFault(pointer, "The window ends before it begins.");
  if (from > largestNumber) throw new DocumentFault(under(pointer, 0), "The number is too large.");
  return [from, to];
}

function readAmount(value: unknown, pointer: string): number {
  const amount = readNumber(value, pointer, 0);
  if (amount > largestNumber) throw new DocumentFault(pointer, "The number is too large.");
  return amount;
}

function readId(value: unknown, pointer: string): Id {
  return typeof value === "number" ? value : readString(value, pointer);
}
