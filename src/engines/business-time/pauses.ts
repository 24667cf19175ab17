import { BusinessTimeError } from "./error.ts";

/** Epoch milliseconds; `null` = still paused. Pauses may overlap, touch, be unsorted, and lie outside opening hours. */
export type Pause = readonly [from: number, to: number | null];

/** The pauses by their beginning; the same list if it is in order already. Throws `bad_argument` for one that ends before it begins. */
export function inOrder(pauses: readonly Pause[]): readonly Pause[] {
  let isOrdered = true;
  let last = Number.NEGATIVE_INFINITY;
  for (const [from, to] of pauses) {
    if (!Number.isSafeInteger(from) || (to !== null && !Number.isSafeInteger(to))) {
      throw new BusinessTimeError("bad_argument", "A pause is bounded by whole milliseconds.");
    }
    if (to !== null && to < from) throw new BusinessTimeError("bad_argument", "A pause ends before it begins.");
    if (from < last) isOrdered = false;
    last = from;
  }
  return isOrdered ? pauses : pauses.toSorted((a, b) => a[0] - b[0]);
}
