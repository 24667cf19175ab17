import { cusumStep } from "../../src/engines/usage-drop/index.ts";

/**
 * Average number of steps until a CUSUM reaches its limit, as an absorbing Markov chain (Brook and Evans, "An approach to
 * the probability distribution of cusum run length", Biometrika 59 (1972)): exact where all sums lie on the grid.
 * @param increments what a step may add, in whole grid units, with its probability
 * @param limit grid units at which it signals
 * @returns the average from a start at 0, and from a head start
 */
export function averageRunLength(
  increments: readonly (readonly [units: number, probability: number])[],
  limit: number,
  headStart = 0,
): { fromZero: number; fromHeadStart: number } {
  const rows = Array.from({ length: limit }, (_, from) => {
    const row = new Float64Array(limit + 1);
    row[from] = 1;
    row[limit] = 1;
    for (const [units, probability] of increments) {
      const to = cusumStep(from, units);
      if (to < limit) row[to] = (row[to] ?? 0) - probability;
    }
    return row;
  });
  for (let pivot = 0; pivot < limit; pivot++) {
    const pivotRow = rows[pivot] ?? new Float64Array();
    for (let other = 0; other < limit; other++) {
      const row = rows[other] ?? new Float64Array();
      if (other === pivot) continue;
      const factor = (row[pivot] ?? 0) / (pivotRow[pivot] ?? 1);
      for (let column = pivot; column <= limit; column++)
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
    }
  }
  const solution = (state: number) => (rows[state]?.[limit] ?? 0) / (rows[state]?.[state] ?? 1);
  return { fromZero: solution(0), fromHeadStart: solution(headStart) };
}
