import { brokenPromises, explainPool } from "./explain-pool.ts";
import type { PoolingAnswer } from "./pooling-answer.ts";
import { pairsOf, programmeOf } from "./pooling-programme.ts";
import { type PoolingQuestion, requireQuestion } from "./pooling-question.ts";
import { loadSolver } from "./solve-programme.ts";

export interface PoolingOptions {
  readonly shouldStop?: () => boolean;
  /** Programmes solved, of how many. */
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
  const { shouldStop = () => false, onProgress } = options;
  const solve = await loadSolver(shouldStop);
  const pairs = pairsOf(question);
  const found = solve(programmeOf(question, pairs, { aim: "cost" }));
  if (!found) {
    const broken = solve(programmeOf(question, pairs, { aim: "shortfall" }));
    return { possible: false, broken: broken ? brokenPromises(question, pairs, broken) : [] };
  }
  return explainPool(question, pairs, found, solve, onProgress);
}
