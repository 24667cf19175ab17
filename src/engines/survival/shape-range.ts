import { findRoot } from "../numerics/index.ts";
import { SurvivalError } from "./error.ts";
import type { Exposure } from "./exposure.ts";
import { ceilingAbove, heightAtZero, type ProfilePoint, profileAt } from "./weibull-profile.ts";

/** The best shape, and all shapes whose height is within `drop` of it. */
export interface ShapeRange {
  readonly best: ProfilePoint;
  /** Undefined if the likelihood stays within `drop` all the way down to shape 0. */
  readonly lower: number | undefined;
  readonly upper: number;
  /** Points between, in order, near which the extremes of the scale lie; no more than the best if there is one hump only. */
  readonly between: readonly ProfilePoint[];
}

/**
 * Finds the maximum of the profile and where it has fallen by `drop`. Watched from age 0, the profile has exactly one hump. With late
 * entries it may have several or none, so it is scanned first, from where it is known to be level or rising up to where
 * nothing higher can come. Throws `SurvivalError` (`no_maximum`) when the likelihood has none.
 */
export function findShapeRange(exposure: Exposure, drop: number): ShapeRange {
  if (exposure.meanFailure === 0)
    throw new SurvivalError(
      "no_maximum",
      "All failures happened at one age and nothing was seen to live longer, so the likelihood grows without bound as the shape does: there is no estimate.",
    );
  return exposure.late.log.length === 0 ? singleHump(exposure, drop) : scanned(exposure, drop);
}

function singleHump(exposure: Exposure, drop: number): ShapeRange {
  const lowest = -1 / exposure.meanFailure;
  let high = lowest;
  while (profileAt(exposure, high).slope > 0) high *= 2;
  const best = profileAt(exposure, high === lowest ? lowest : shapeAtLevelSlope(exposure, high / 2, high));
  const target = best.height - drop;
  const step = Math.sqrt(2 * drop) + 1e-9;
  const end = (direction: 1 | -1) => {
    let [inside, stride] = [best.shape, step];
    let outside = inside * Math.exp(direction * stride);
    while (profileAt(exposure, outside).height > target) {
      inside = outside;
      stride *= 2;
      outside *= Math.exp(direction * stride);
    }
    return crossing(exposure, target, inside, outside);
  };
  return { best, lower: end(-1), upper: end(1), between: [best] };
}

function scanned(exposure: Exposure, drop: number): ShapeRange {
  const grid = scan(exposure, drop);
  const best = grid
    .slice(1)
    .map((point, index): ProfilePoint => {
      const before = grid[index];
      if (!before || !(before.slope > 0 && point.slope <= 0)) return point;
      return profileAt(exposure, shapeAtLevelSlope(exposure, before.shape, point.shape));
    })
    .reduce((high, point) => (point.height > high.height ? point : high));
  const floor = heightAtZero(exposure);
  if (best.shape === grid.at(1)?.shape || !(best.height > floor))
    throw new SurvivalError(
      "no_maximum",
      "Watched only from their ages at entry on, these lives fit the better the nearer the shape comes to 0: there is no estimate.",
    );
  const target = best.height - drop;
  const points = [...grid, best].sort((a, b) => a.shape - b.shape);
  const first = points.findIndex((point) => point.height >= target);
  const last = points.findLastIndex((point) => point.height >= target);
  const [below, above] = [points[first - 1], points[last + 1]];
  const between = points.slice(first, last + 1).filter((point) => point.height >= target);
  const [lowestInside, highestInside] = [between.at(0) ?? best, between.at(-1) ?? best];
  return {
    best,
    lower: floor >= target || !below ? undefined : crossing(exposure, target, lowestInside.shape, below.shape),
    upper: above ? crossing(exposure, target, highestInside.shape, above.shape) : highestInside.shape,
    between,
  };
}

/** From here on the scan takes longer steps, to stay within seconds. */
const manyRows = 20_000;

/** Points of the profile at shapes that grow by a constant factor: the turns of a sum of powers are wider than that. */
function scan(exposure: Exposure, drop: number): ProfilePoint[] {
  const { whole, late, meanFailure } = exposure;
  let [reach, units] = [0, whole.units];
  for (let index = 0; index < late.log.length; index++) {
    reach = Math.max(reach, (late.span[index] ?? 0) - (late.log[index] ?? 0));
    units += late.count[index] ?? 0;
  }
  if (whole.log.length > 0) reach = Math.max(reach, -(whole.log[0] ?? 0));
  const factor = late.log.length > manyRows ? 1.6 : 1.25;
  let shape = (1e-4 / reach) * (whole.units > 0 ? whole.units / units : 1);
  const points = [profileAt(exposure, shape)];
  for (let highest = Number.NEGATIVE_INFINITY; ; ) {
    shape *= factor;
    const point = profileAt(exposure, shape);
    points.push(point);
    highest = Math.max(highest, point.height);
    const isPastPeak = shape * Math.abs(meanFailure) > 1;
    if (isPastPeak && point.slope < 0 && ceilingAbove(exposure, shape) < highest - drop - 1e-6) return points;
  }
}

const shapeAtLevelSlope = (exposure: Exposure, from: number, to: number) =>
  findRoot((shape) => profileAt(exposure, shape).slope, from, to);

/** The shape between one whose height is above the target and one whose height is below, or that one if rounding hides the difference. */
function crossing(exposure: Exposure, target: number, inside: number, outside: number): number {
  const excess = (shape: number) => profileAt(exposure, shape).height - target;
  if (excess(inside) <= 0) return inside;
  if (excess(outside) >= 0) return outside;
  return findRoot(excess, inside, outside, 1e-12 * inside);
}
