/**
 * The root of `f` between `from` and `to`, where `f` has opposite signs, to the last few bits of `x`, or to `width` if that is given.
 * Inverse quadratic steps where they are safe, halving otherwise, so it always arrives: T. R. Chandrupatla, "A new hybrid
 * quadratic/bisection algorithm for finding the zero of a nonlinear function", Advances in Engineering Software 28 (1997) 145–149.
 * Throws `RangeError` when the signs do not differ.
 */
export function findRoot(f: (x: number) => number, from: number, to: number, width = 0): number {
  let [a, b] = [to, from];
  let [atA, atB] = [f(a), f(b)];
  if (atA === 0) return a;
  if (atB === 0) return b;
  if (!(atA < 0 !== atB < 0) || Number.isNaN(atA) || Number.isNaN(atB))
    throw new RangeError(`There is no change of sign between ${from} and ${to}.`);
  let share = 0.5;
  for (let step = 0; step < 200; step++) {
    const x = a + share * (b - a);
    const atX = f(x);
    const [c, atC] = atX < 0 === atA < 0 ? [a, atA] : [b, atB];
    if (c === b) [b, atB] = [a, atA];
    [a, atA] = [x, atX];
    const [best, atBest] = Math.abs(atA) < Math.abs(atB) ? [a, atA] : [b, atB];
    const limit = (2 * Number.EPSILON * Math.abs(best) + 0.5 * width) / Math.abs(b - a);
    if (limit > 0.5 || atBest === 0) return best;
    share = nextShare(a, b, c, atA, atB, atC);
    share = Math.min(1 - limit, Math.max(limit, share));
  }
  return a;
}

function nextShare(a: number, b: number, c: number, atA: number, atB: number, atC: number): number {
  const xi = (a - b) / (c - b);
  const phi = (atA - atB) / (atC - atB);
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  const quadratic =
    (atA / (atB - atA)) * (atC / (atB - atC)) + ((c - a) / (b - a)) * (atA / (atC - atA)) * (atB / (atC - atB));
  return Number.isFinite(quadratic) ? quadratic : 0.5;
}
