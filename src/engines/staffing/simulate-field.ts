import { BusinessTimeError } from "../business-time/index.ts";
import { seededRandom } from "../random/index.ts";
import { type Estimate, estimateOf } from "./confidence.ts";
import { StaffingError } from "./error.ts";
import { type FieldQuestion, prepareField } from "./field-question.ts";
import { type FieldRun, runField, stopped } from "./run-field.ts";

/** Means over replications with their confidence intervals; what each figure is stands at `FieldRun`. */
export type FieldAnswer = { readonly [figure in keyof FieldRun]: Estimate };

export interface SimulationOptions {
  /** The same seed gives the same answer. */
  readonly seed: number;
  /** Independent runs, from 2 to 10,000; 20 if absent. */
  readonly replications?: number;
  /** Of the intervals, between 0 and 1; 0.95 if absent. */
  readonly confidence?: number;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Simulates engineers, sites, ways and working hours, which no formula holds together. First come first served; see README.md
 * for what is left out. Throws `StaffingError`: `bad_argument`, `too_large` (5,000,000 reports),
 * `unstable` (work that the year 9999 does not see done) or `stopped`; `BusinessTimeError`
 * for a calendar that cannot be meant.
 */
export function simulateField(question: FieldQuestion, options: SimulationOptions): FieldAnswer {
  const { seed, replications = 20, confidence = 0.95, shouldStop = () => false, onProgress } = options;
  if (!(Number.isInteger(replications) && replications >= 2 && replications <= 10_000))
    throw new StaffingError("bad_argument", "/replications", "Replications are a whole number from 2 to 10,000.");
  if (!(confidence > 0 && confidence < 1))
    throw new StaffingError("bad_argument", "/confidence", "Confidence is a share between 0 and 1: 95 % is 0.95.");
  const world = prepareField(question, replications);
  const seeds = seededRandom(seed);
  const runs: FieldRun[] = [];
  while (runs.length < replications) {
    if (shouldStop()) throw stopped();
    runs.push(inTime(() => runField(world, seededRandom(Math.floor(seeds() * 2 ** 32)), shouldStop)));
    onProgress?.(runs.length, replications);
  }
  const figure = (read: (run: FieldRun) => number) => estimateOf(runs.map(read), confidence);
  return {
    reports: figure(({ reports }) => reports),
    kept: figure(({ kept }) => kept),
    waiting: figure(({ waiting }) => waiting),
    responseMinutes: figure(({ responseMinutes }) => responseMinutes),
    utilisation: figure(({ utilisation }) => utilisation),
    travelling: figure(({ travelling }) => travelling),
  };
}

/** Whoever falls behind for thousands of years has left the calendar. */
function inTime(run: () => FieldRun): FieldRun {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof BusinessTimeError && error.code === "out_of_range")) throw error;
    throw new StaffingError(
      "unstable",
      "/engineers",
      "The engineers fall behind without end: simulate more of them, or fewer days.",
    );
  }
}
