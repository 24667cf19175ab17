/**
 * Σ P(n busy) ÷ P(all busy) over n < engineers, in a group that loses who finds it full: 1 ÷ B − 1. Summed from the full
 * group downwards, c/a + c(c−1)/a² + …, so that all terms are positive and no factorial or power is formed. About
 * c − a + 9√a terms; `Infinity` once B is below the smallest number.
 */
export function weightBelowFull(load: number, engineers: number): number {
  let term = 1;
  let sum = 0;
  for (let busy = engineers; busy > 0; busy--) {
    term *= busy / load;
    sum += term;
    if (sum === Number.POSITIVE_INFINITY || (busy < load && term < sum * negligible)) break;
  }
  return sum;
}

/** The terms left out are at most √a times the last one, so that they stay below the rounding. */
const negligible = 1e-21;

/**
 * Erlang's loss formula B(c, a): the share of arrivals that find every engineer busy, if those go away at once.
 * @param load offered work in erlang, a = arrivals per hour × handle hours, at least 0
 * @param engineers c, a whole number of at least 0
 * @returns a probability. Source: Erlang 1917; Cooper, Introduction to Queueing Theory, 1981, chapter 3
 */
export function erlangB(load: number, engineers: number): number {
  return 1 / (1 + weightBelowFull(load, engineers));
}
