import { DocumentFault, readArray, readNumber, readObject, readString } from "../document/index.ts";
import { cutEuclidean, type Point } from "./euclidean.ts";
import type { Travel } from "./problem.ts";

/** Where everything is: each vehicle's start and end, in turn, then each job's place, as indexes into `travel`. */
export interface Places {
  readonly travel: Travel;
  readonly places: Int32Array;
}

interface Written {
  readonly value: unknown;
  readonly pointer: string;
}

const mostPlaces = 5000;
const largestCoordinate = 1e9;

/** Reads `travel` and, by its kind, all places. Throws `DocumentFault` that names the place. */
export function readPlaces(
  value: unknown,
  vehicles: readonly { readonly start: unknown; readonly end: unknown }[],
  jobs: readonly { readonly at: unknown }[],
): Places {
  const written: Written[] = [
    ...vehicles.flatMap(({ start, end }, index) => [
      { value: start, pointer: `/vehicles/${index}/start` },
      { value: end, pointer: `/vehicles/${index}/end` },
    ]),
    ...jobs.map(({ at }, index) => ({ value: at, pointer: `/jobs/${index}/at` })),
  ];
  const kind = readObject(value, "/travel", { required: ["kind"], optional: ["decimals", "minutes"] }).kind;
  if (kind === "euclidean") return readEuclidean(value, written);
  if (kind === "matrix") return readMatrix(value, written, jobs.length);
  readString(kind, "/travel/kind");
  throw new DocumentFault("/travel/kind", 'This must be "euclidean" or "matrix".');
}

function readEuclidean(value: unknown, written: readonly Written[]): Places {
  const read = readObject(value, "/travel", { required: ["kind"], optional: ["decimals"] });
  const decimals = read.decimals == null ? undefined : readNumber(read.decimals, "/travel/decimals", 0);
  if (decimals !== undefined && (!Number.isInteger(decimals) || decimals > 12))
    throw new DocumentFault("/travel/decimals", "The number of decimals is a whole number from 0 to 12.");
  const { places, points } = distinctPoints(written);
  return { places, travel: cutEuclidean(points, decimals) };
}

function distinctPoints(written: readonly Written[]) {
  const known = new Map<string, number>();
  const points: Point[] = [];
  const places = Int32Array.from(written, ({ value, pointer }) => {
    const point = readPoint(value, pointer);
    const key = point.join();
    const index = known.get(key) ?? points.push(point) - 1;
    if (index >= mostPlaces) throw new DocumentFault(pointer, `Use at most ${mostPlaces} different places.`);
    known.set(key, index);
    return index;
  });
  return { places, points };
}

function readPoint(value: unknown, pointer: string): Point {
  const [x, y, ...rest] = readArray(value, pointer, (item, at) => {
    const coordinate = readNumber(item, at);
    if (Math.abs(coordinate) > largestCoordinate) throw new DocumentFault(at, "The number is too large.");
    return coordinate;
  });
  if (x === undefined || y === undefined || rest.length > 0) throw new DocumentFault(pointer, "A place is [x, y].");
  return [x, y];
}

function readMatrix(value: unknown, written: readonly Written[], jobs: number): Places {
  const read = readObject(value, "/travel", { required: ["kind", "minutes"] });
  const rows = readArray(read.minutes, "/travel/minutes", (row, pointer) => ({ row, pointer }));
  const size = rows.length;
  if (size > mostPlaces) throw new DocumentFault("/travel/minutes", `Use at most ${mostPlaces} different places.`);
  const minutes = new Float64Array(new SharedArrayBuffer(8 * size * size));
  rows.forEach(({ row, pointer }, from) => {
    const numbers = readArray(row, pointer, (item, at) => {
      const way = readNumber(item, at, 0);
      if (way > largestCoordinate) throw new DocumentFault(at, "The number is too large.");
      return way;
    });
    if (numbers.length !== size)
      throw new DocumentFault(pointer, `The matrix has ${size} rows, and ${numbers.length} numbers in this one.`);
    minutes.set(numbers, from * size);
  });
  return { travel: { size, minutes }, places: readIndexes(written, size, jobs) };
}

/**
 * A place is the number of its row. Coordinates stand for rows too, if the matrix has a row for each place in the order in which
 * they are first named (vehicles' starts and ends, then jobs), for each mention of one, or for one depot and then each job.
 */
function readIndexes(written: readonly Written[], size: number, jobs: number): Int32Array {
  if (!written.some(({ value }) => Array.isArray(value) && value.length > 1))
    return Int32Array.from(written, ({ value, pointer }) => readIndex(value, pointer, size));
  const { places, points } = distinctPoints(written);
  const depots = written.length - jobs;
  if (size === written.length) return Int32Array.from(written.keys());
  if (size === jobs + 1 && places.subarray(0, depots).every((place) => place === 0))
    return Int32Array.from(written.keys(), (index) => Math.max(0, index - depots + 1));
  if (size === points.length) return places;
  throw new DocumentFault(
    "/travel/minutes",
    `The matrix has ${size} rows for ${points.length} places: write each place as the number of its row, from 0.`,
  );
}

function readIndex(value: unknown, pointer: string, size: number): number {
  const index = readNumber(Array.isArray(value) && value.length === 1 ? value[0] : value, pointer, 0);
  if (!Number.isInteger(index) || index >= size)
    throw new DocumentFault(
      pointer,
      `With a matrix a place is the number of its row, from 0 to ${size - 1}, not ${index}.`,
    );
  return index;
}
