import type { Aspect, PromiseFigures, RatingFigures } from "./api.ts";

/** What a query answers about some ratings: averages of those who said anything, each on 1–5. */
export interface RatingAverages {
  count: number;
  /** How many gave 4 or 5 overall. */
  satisfied: number;
  overall: number | null;
  technical: number | null;
  attitude: number | null;
  crisisAwareness: number | null;
}

const aspects: readonly Aspect[] = ["technical", "attitude", "crisisAwareness"];

/** Averages with what follows from them. Nothing is imputed: without all three aspects there is no geometric mean. */
export function judgeRatings(averages: RatingAverages): RatingFigures {
  const { count, overall, technical, attitude, crisisAwareness } = averages;
  const known = aspects.flatMap((aspect) => {
    const value = averages[aspect];
    return value === null ? [] : [{ aspect, value }];
  });
  const lowest = Math.min(...known.map(({ value }) => value));
  const differ = known.some(({ value }) => value !== lowest);
  const product = known.reduce((sofar, { value }) => sofar * value, 1);
  return {
    count,
    overall,
    technical,
    attitude,
    crisisAwareness,
    quality: known.length === aspects.length ? Math.cbrt(product) : null,
    weakest: differ ? (known.find(({ value }) => value === lowest)?.aspect ?? null) : null,
    csat: shareOf(averages.satisfied, count),
  };
}

export const noRatings: RatingAverages = {
  count: 0,
  satisfied: 0,
  overall: null,
  technical: null,
  attitude: null,
  crisisAwareness: null,
};

/** A share from 0 to 1; of nothing there is none. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** SLA attainment: clocks met ÷ clocks that ended. */
export function judgePromise(target: PromiseFigures["target"], met: number, breached: number): PromiseFigures {
  return { target, met, breached, attainment: shareOf(met, met + breached) };
}
