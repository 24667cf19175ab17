/** Days on which usage says nothing: holidays, shutdowns, our own outages. Both ends included; days counted from 1970-01-01. */
export type DayRange = readonly [first: number, last: number];

/** Sorted, without overlaps. Ranges that end before they begin are dropped. */
export function mergeRanges(ranges: readonly DayRange[]): DayRange[] {
  const sorted = ranges.filter(([first, last]) => last >= first).sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [first, last] of sorted) {
    const latest = merged.at(-1);
    if (latest && first <= latest[1] + 1) latest[1] = Math.max(latest[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/**
 * Marks the days of a series that are left out.
 * @param merged from `mergeRanges`
 * @param start day of index 0
 * @returns one for each day: 1 = left out
 */
export function markLeftOut(merged: readonly DayRange[], start: number, length: number): Uint8Array {
  const marks = new Uint8Array(length);
  for (const [first, last] of merged) {
    if (last >= start && first < start + length)
      marks.fill(1, Math.max(0, first - start), Math.min(length, last - start + 1));
  }
  return marks;
}
