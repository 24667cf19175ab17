import { seededRandom } from "../../src/engines/random/index.ts";
import type { SolomonInstance, SolomonRow } from "./solomon-instance.ts";

export type SolomonClass = "C1" | "C2" | "R1" | "R2" | "RC1" | "RC2";

interface Shape {
  readonly horizon: number;
  readonly capacity: number;
  readonly service: number;
  /** The share of customers that lie in clusters. */
  readonly clustered: number;
}

/** Horizon, capacity and service time of each class are those of Solomon's own instances. */
const shapes: Readonly<Record<SolomonClass, Shape>> = {
  C1: { horizon: 1236, capacity: 200, service: 90, clustered: 1 },
  C2: { horizon: 3390, capacity: 700, service: 90, clustered: 1 },
  R1: { horizon: 230, capacity: 200, service: 10, clustered: 0 },
  R2: { horizon: 1000, capacity: 1000, service: 10, clustered: 0 },
  RC1: { horizon: 240, capacity: 200, service: 10, clustered: 0.5 },
  RC2: { horizon: 960, capacity: 1000, service: 10, clustered: 0.5 },
};

export interface Drawing {
  readonly kind: SolomonClass;
  readonly customers: number;
  readonly vehicles?: number;
  /** The share of customers with a window narrower than the day: 0.25, 0.5, 0.75 or 1 in Solomon's. */
  readonly density: number;
  /** The mean width of a window, as a share of the horizon. */
  readonly width: number;
  readonly seed: number;
}

/**
 * An instance in the manner of Solomon (1987, section 3): customers uniform in a square, in clusters, or both; the centre of
 * each window uniform among the times at which its customer can be reached and left; in clustered classes the time at which a
 * simple route through the cluster comes by. Widths are normally distributed. Everything is whole numbers.
 */
export function drawSolomon({ kind, customers, vehicles = 25, density, width, seed }: Drawing): SolomonInstance {
  const { horizon, capacity, service, clustered } = shapes[kind];
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const depot: SolomonRow = {
    id: 0,
    x: clustered ? 40 : 35,
    y: clustered ? 50 : 35,
    demand: 0,
    ready: 0,
    due: horizon,
    service: 0,
  };
  const clusterSize = kind.endsWith("2") ? 25 : 10;
  const rows: SolomonRow[] = [];
  let [centreX, centreY, inCluster, free, place] = [0, 0, clusterSize, 0, depot];
  for (let id = 1; id <= customers; id++) {
    const isClustered = id <= customers * clustered;
    if (isClustered && inCluster++ >= clusterSize)
      [centreX, centreY, inCluster, free, place] = [10 + upTo(80), 10 + upTo(75), 1, 0, depot];
    const x = isClustered ? centreX + upTo(8) - 4 : upTo(70);
    const y = isClustered ? centreY + upTo(8) - 4 : upTo(75);
    const here: SolomonRow = {
      id,
      x,
      y,
      demand: isClustered ? 10 * (1 + upTo(3)) : 1 + upTo(28),
      ready: 0,
      due: 0,
      service,
    };
    const way = Math.hypot(x - depot.x, y - depot.y);
    const [earliest, latest] = [Math.ceil(way), Math.floor(horizon - way - service)];
    free += Math.hypot(x - place.x, y - place.y);
    const passing = clustered === 1 && free <= latest ? free : earliest + random() * (latest - earliest);
    free += service;
    place = here;
    const half = Math.max(5, (width * horizon * (1 + 0.3 * normal(random))) / 2);
    const isOpen = random() >= density;
    const ready = isOpen ? 0 : Math.max(earliest, Math.round(passing - half));
    rows.push({ ...here, ready, due: isOpen ? latest : Math.max(ready, Math.min(latest, Math.round(passing + half))) });
  }
  return { vehicles, capacity, depot, customers: rows };
}

/** The sum of twelve, less six: near enough to a normal distribution. */
function normal(random: () => number): number {
  let sum = -6;
  for (let index = 0; index < 12; index++) sum += random();
  return sum;
}
