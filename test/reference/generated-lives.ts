import fc from "fast-check";
import type { Observation } from "../../src/engines/survival/index.ts";

/** Lives as they come: ties, counts, late entries, from a nanosecond's to a century's scale. */
export function anyLives({ late }: { late: boolean }): fc.Arbitrary<Observation[]> {
  const row = fc.record({
    time: fc.integer({ min: 1, max: 40 }),
    event: fc.boolean(),
    entryShare: late ? fc.constantFrom(0, 0, 0.25, 0.5, 0.9) : fc.constant(0),
    count: fc.constantFrom(1, 1, 1, 2, 5),
  });
  return fc
    .tuple(fc.array(row, { minLength: 2, maxLength: 25 }), fc.constantFrom(1e-9, 1, 37, 1e12))
    .map(([rows, unit]) =>
      rows.map(({ time, event, entryShare, count }) => ({
        time: time * unit,
        event,
        entry: Math.floor(time * entryShare) * unit,
        count,
      })),
    );
}

/** A Weibull life drawn by chance. */
export function drawLife(random: () => number, shape: number, scale: number): number {
  return scale * (-Math.log(1 - random())) ** (1 / shape);
}
