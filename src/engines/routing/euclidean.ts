import type { Travel } from "./problem.ts";

export type Point = readonly [x: number, y: number];

/**
 * Straight distances between points. With `decimals`, each is cut (not rounded) after so many, as is usual for Solomon's
 * instances since Desrochers, Desrosiers & Solomon (1992); what only rounding put below a decimal is not cut away.
 */
export function cutEuclidean(points: readonly Point[], decimals?: number): Travel {
  const size = points.length;
  const minutes = new Float64Array(new SharedArrayBuffer(8 * size * size));
  const scale = 10 ** (decimals ?? 0);
  points.forEach(([x1, y1], from) => {
    for (let to = 0; to < from; to++) {
      const [x2, y2] = points[to] ?? [0, 0];
      const straight = Math.sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2);
      const scaled = straight * scale;
      const way = decimals === undefined ? straight : Math.floor(scaled + 1e-9 + scaled * 1e-15) / scale;
      minutes[from * size + to] = way;
      minutes[to * size + from] = way;
    }
  });
  return { size, minutes };
}
