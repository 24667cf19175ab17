import { StaffingError } from "./error.ts";
import { brokenPromises, explainPool, reasonsOf } from "./explain-pool.ts";
import type { PoolingAnswer } from "./pooling-answer.ts";
import { mergeParts, partsOf } from "./pooling-parts.ts";
import { pairsOf, programmeOf } from "./pooling-programme.ts";
import { type PoolingQuestion, requireQuestion } from "./pooling-question.ts";
import { loadSolver, type Solve } from "./solve-programme.ts";

export interface PoolingOptions {
  /** Share of the cost by which an answer may miss the optimum, for large questions; 0 (proven optimal) if absent. */
  readonly gap?: number;
  readonly shouldStop?: () => boolean;
  /** Reasons found, of at most how many. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * The cheapest engineers, over all posts, that keep every promise together, with its reasons: what each promise costs, what one
 * crew more or fewer does, how much all work may grow. Where it is impossible, the least that must be given up.
 * Each reason is a programme solved anew, so that it is exact: a mixed-integer optimum has no prices of its own.
 * Throws `StaffingError`: `bad_argument`, `too_large`, `stopped`. Method: a mixed-integer programme, solved by HiGHS.
 */
export async function poolEngineers(question: PoolingQuestion, options: PoolingOptions = {}): Promise<PoolingAnswer> {
  requireQuestion(question);
  const { shouldStop = () => false, onProgress, gap = 0 } = options;
  if (!(gap >= 0 && gap < 1))
    throw new StaffingError("bad_argument", "/gap", "A gap is a share of the cost: 0.01 is 1 %.");
  const solve = await loadSolver(shouldStop, gap);
  const parts = partsOf(question).map((part) => {
    const pairs = pairsOf(part);
    return { part, pairs, found: solve(programmeOf(part, pairs, { aim: "cost" })) };
  });
  const broken = parts.flatMap(({ part, pairs, found }) => {
    const short = found ? undefined : solve(programmeOf(part, pairs, { aim: "shortfall" }));
    return short ? brokenPromises(part, pairs, short) : [];
  });
  if (parts.some(({ found }) => !found)) return { possible: false, broken };
  const all = parts.reduce((sum, { part }) => sum + reasonsOf(part), 0);
  let done = 0;
  const counted: Solve = (programme) => {
    const values = solve(programme);
    onProgress?.(++done, all);
    return values;
  };
  return mergeParts(
    question,
    parts.flatMap(({ part, pairs, found }) => (found ? explainPool(part, pairs, found, counted) : [])),
  );
}
