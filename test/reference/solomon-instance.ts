import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cutEuclidean, type RoutingProblem } from "../../src/engines/routing/index.ts";

/** A customer (or, first, the depot) as in Solomon's files. */
export interface SolomonRow {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly demand: number;
  readonly ready: number;
  readonly due: number;
  readonly service: number;
}

export interface SolomonInstance {
  readonly vehicles: number;
  readonly capacity: number;
  readonly depot: SolomonRow;
  readonly customers: readonly SolomonRow[];
}

const folder = join(import.meta.dirname, "../data/routing");

/** Distances of the best solutions known, by the name of their list and of the instance. */
export function bestKnown(list: string, instance: string): number {
  const known: Record<string, Record<string, { distance: number }>> = JSON.parse(
    readFileSync(join(folder, "best-known.json"), "utf8"),
  );
  const distance = known[list]?.[instance]?.distance;
  if (distance === undefined) throw new Error(`Nothing is known about ${instance} in ${list}.`);
  return distance;
}

/** Reads one of Solomon's files, such as `R101` or `R101.25`. */
export function readSolomon(name: string): SolomonInstance {
  const rows = readFileSync(join(folder, `${name}.txt`), "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((numbers) => numbers.length > 1 && numbers.every(Number.isFinite));
  const [[vehicles = 0, capacity = 0] = [], depot = [], ...customers] = rows;
  return { vehicles, capacity, depot: rowOf(depot), customers: customers.map(rowOf) };
}

function rowOf([id = 0, x = 0, y = 0, demand = 0, ready = 0, due = 0, service = 0]: number[]): SolomonRow {
  return { id, x, y, demand, ready, due, service };
}

/** The instance as a problem; `decimals` cuts each distance. */
export function solomonProblem(instance: SolomonInstance, decimals?: number): RoutingProblem {
  const { vehicles, capacity, depot, customers } = instance;
  const points = [depot, ...customers].map(({ x, y }): [number, number] => [x, y]);
  return {
    travel: cutEuclidean(points, decimals),
    vehicles: Array.from({ length: vehicles }, (_, index) => ({
      id: `v${index + 1}`,
      start: 0,
      end: 0,
      window: [depot.ready, depot.due],
      capacity,
    })),
    jobs: customers.map(({ id, demand, ready, due, service }, index) => ({
      id,
      at: index + 1,
      duration: service,
      window: [ready, due],
      demand,
    })),
  };
}

/** The instance as a document of `mainstay compute routing`. */
export function solomonDocument(
  { vehicles, capacity, depot, customers }: SolomonInstance,
  limitSeconds: number,
  decimals?: number,
) {
  const home = [depot.x, depot.y];
  return {
    vehicles: Array.from({ length: vehicles }, (_, id) => ({
      id,
      start: home,
      end: home,
      window: [depot.ready, depot.due],
      capacity,
    })),
    jobs: customers.map(({ id, x, y, demand, ready, due, service }) => ({
      id,
      at: [x, y],
      duration: service,
      window: [ready, due],
      demand,
    })),
    travel: { kind: "euclidean", decimals },
    limitSeconds,
  };
}
