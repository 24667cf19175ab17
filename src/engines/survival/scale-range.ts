import { findRoot } from "../numerics/index.ts";
import type { Exposure } from "./exposure.ts";
import type { ShapeRange } from "./shape-range.ts";
import { profileAt } from "./weibull-profile.ts";

/**
 * The least and the greatest scale with a log-likelihood (per failure) within `drop` of the best, as ln(scale ÷ oldest age).
 * That is the profile-likelihood interval of the scale, found along the shape: at shape β, moving ln(scale) by u ÷ β from its best costs
 * exactly u + e⁻ᵘ − 1 per failure, so each shape has its own two ends, and the furthest of them over all shapes is looked for.
 */
export function findScaleRange(exposure: Exposure, range: ShapeRange, drop: number) {
  const target = range.best.height - drop;
  const reach = (side: 1 | -1, shape: number) => {
    const point = profileAt(exposure, shape);
    const shift = shiftThatCosts(Math.max(0, point.height - target), side);
    return {
      logScale: point.logScale + shift / shape,
      /** Has the sign of d logScale ÷ d shape on the upper side, the opposite on the lower. */
      turning: -Math.expm1(-shift) * (point.centre - point.logScale - shift / shape) + point.slope,
    };
  };
  const furthest = (side: 1 | -1) => {
    const shapes = [range.lower ?? 0, ...range.between.map(({ shape }) => shape), range.upper].filter(
      (shape) => shape > 0,
    );
    const ends = shapes.map((shape) => reach(side, shape));
    const place = ends.reduce(
      (best, end, index) => (side * (end.logScale - (ends[best]?.logScale ?? 0)) > 0 ? index : best),
      0,
    );
    const [from, at, to] = [
      shapes[Math.max(0, place - 1)],
      ends[place],
      shapes[Math.min(shapes.length - 1, place + 1)],
    ];
    if (from === undefined || at === undefined || to === undefined) return 0;
    const turning = (log: number) => reach(side, Math.exp(log)).turning;
    const [low, high] = [Math.log(from), Math.log(to)];
    if (!(turning(low) > 0 && turning(high) < 0)) return at.logScale;
    const { logScale } = reach(side, Math.exp(findRoot(turning, low, high, 1e-9)));
    return side * (logScale - at.logScale) > 0 ? logScale : at.logScale;
  };
  return { lower: range.lower === undefined ? undefined : furthest(-1), upper: furthest(1) };
}

/** The u on the given side of 0 with u + e⁻ᵘ − 1 = cost: Newton's method on a convex function, from the outside. */
function shiftThatCosts(cost: number, side: 1 | -1): number {
  if (cost === 0) return 0;
  const near = Math.sqrt(2 * cost);
  let shift = side > 0 ? cost + near : -Math.min(near, Math.log(2 + 2 * cost));
  for (let step = 0; step < 60; step++) {
    const next = shift - (shift + Math.expm1(-shift) - cost) / -Math.expm1(-shift);
    if (Math.abs(next - shift) <= 1e-15 * Math.abs(next)) return next;
    shift = next;
  }
  return shift;
}
