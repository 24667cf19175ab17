import { findRoot } from "../numerics/index.ts";
import type { Exposure } from "./exposure.ts";
import type { ShapeRange } from "./shape-range.ts";
import { type ProfilePoint, profileAt } from "./weibull-profile.ts";

/**
 * The least and the greatest scale with a log-likelihood (per failure) within `drop` of the best, as ln(scale ÷ oldest age).
 * That is the profile-likelihood interval of the scale, found along the shape: at shape β, moving ln(scale) by u ÷ β from its best costs
 * exactly u + e⁻ᵘ − 1 per failure, so each shape has its own two ends, and the furthest of them over all shapes is looked for.
 */
export function findScaleRange(exposure: Exposure, range: ShapeRange, drop: number) {
  const target = range.best.height - drop;
  const reach = (side: 1 | -1, point: ProfilePoint) => {
    const shift = shiftThatCosts(Math.max(0, point.height - target), side);
    const logScale = point.logScale + shift / point.shape;
    /** `turning` has the sign of d logScale ÷ d shape on the upper side, the opposite on the lower. */
    return { logScale, turning: -Math.expm1(-shift) * (point.centre - logScale) + point.slope };
  };
  const points = [
    ...(range.lower === undefined ? [] : [profileAt(exposure, range.lower)]),
    ...range.between,
    profileAt(exposure, range.upper),
  ];
  const furthest = (side: 1 | -1) => {
    const ends = points.map((point) => ({ ...reach(side, point), shape: point.shape }));
    const place = ends.reduce(
      (best, end, index) => (side * (end.logScale - (ends[best]?.logScale ?? 0)) > 0 ? index : best),
      0,
    );
    const [from, at, to] = [ends[Math.max(0, place - 1)], ends[place], ends[Math.min(ends.length - 1, place + 1)]];
    if (!from || !at || !to) return 0;
    if (!(from.turning > 0 && to.turning < 0)) return at.logScale;
    const reachAt = (shape: number) => reach(side, profileAt(exposure, shape));
    const summit = findRoot((shape) => reachAt(shape).turning, from.shape, to.shape, 1e-9 * at.shape);
    const { logScale } = reachAt(summit);
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
