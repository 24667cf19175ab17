import type { WeibullLife } from "./fit-weibull.ts";

/**
 * Failures to expect among units of these ages within the next `term`, each being replaced or repaired to its state before (minimal
 * repair) when it fails: Σ H(age + term) − H(age), H(t) = (t ÷ scale)^shape (Barlow and Proschan, Mathematical Theory of Reliability, 1965, chapter 4).
 * Differences are taken so that old units and short terms lose no digits. Throws `RangeError` for ages or terms that are negative or not finite.
 */
export function expectedFailures({ shape, scale }: WeibullLife, ages: readonly number[], term: number): number {
  if (!(term >= 0 && term < Number.POSITIVE_INFINITY))
    throw new RangeError(`A term is a finite number from 0 on, not ${term}.`);
  return ages.reduce((sum, age) => {
    if (!(age >= 0 && age < Number.POSITIVE_INFINITY))
      throw new RangeError(`An age is a finite number from 0 on, not ${age}.`);
    if (term > age) return sum + ((age + term) / scale) ** shape - (age / scale) ** shape;
    return sum + (age / scale) ** shape * Math.expm1(shape * Math.log1p(term / age));
  }, 0);
}
