import { StaffingError } from "./error.ts";

/** A point of the agreement: up to so many sites are looked after by so many engineers. */
export interface RatioStep {
  readonly sites: number;
  readonly engineers: number;
}

/** How many engineers a contract gives to how many sites. */
export interface RatioLadder {
  /** Ascending in sites and in engineers; the first is the least there is. */
  readonly steps: readonly RatioStep[];
  /** Engineers come in crews of so many; 1 if absent. */
  readonly crew?: number;
  /**
   * Between two points: `step` (if absent) gives the next point's engineers at once, `line` as many as lie on the straight line
   * between the two. Either is rounded up to whole crews.
   */
  readonly between?: "step" | "line";
}

/**
 * What sets the number: `minimum`, the least there is; `step`, the next agreed point; `line`, the line between two points;
 * `crew`, rounding up to whole crews.
 */
export type LadderBound = "minimum" | "step" | "line" | "crew";

export interface LadderPoint {
  readonly sites: number;
  readonly engineers: number;
  /** On the straight line between the agreed points: what the work alone would ask for. */
  readonly byTheLine: number;
  readonly bound: LadderBound;
  /** Sites that can be added before more engineers are needed. */
  readonly spareSites: number;
  /** Cost of all engineers ÷ sites, in the money's minor units, rounded to whole ones; not rounded for comparisons. */
  readonly costPerSite: number;
  /** A smaller number of sites cost less for each: growing to here made every site dearer. */
  readonly dearerThanBefore: boolean;
  /** The fewest sites, from here on, whose cost per site is again no more than the lowest before; absent if none is agreed. */
  readonly paysAgainFrom?: number;
}

/** Sites that a curve may have. */
const mostSites = 1_000_000;

/**
 * The step curve of a ladder from one site to the last that is agreed.
 * @param costPerEngineer in whole minor units of any money and period, at least 0
 * @returns one point for each number of sites: `curve[sites - 1]`
 * Throws `StaffingError` `bad_argument`, naming the place in the ladder. Source: ratios as agreed in service contracts.
 */
export function stepCurve(ladder: RatioLadder, costPerEngineer: number): LadderPoint[] {
  requireLadder(ladder);
  if (!(Number.isSafeInteger(costPerEngineer) && costPerEngineer >= 0))
    throw bad("/costPerEngineer", "The cost of an engineer is a whole number of minor units, at least 0.");
  const last = ladder.steps.at(-1)?.sites ?? 0;
  let step = 0;
  const rungs = Array.from({ length: last }, (_, index) => {
    if ((ladder.steps[step]?.sites ?? last) <= index) step++;
    return engineersAt(ladder, step, index + 1);
  });
  const nextStep = rungs.map(() => 0);
  for (let sites = last; sites >= 1; sites--) {
    const grows = sites === last || rungs[sites]?.engineers !== rungs[sites - 1]?.engineers;
    nextStep[sites - 1] = grows ? sites : (nextStep[sites] ?? sites);
  }
  let lowest = { sites: 1, engineers: Number.POSITIVE_INFINITY };
  const curve = rungs.map(({ engineers, byTheLine, bound }, index) => {
    const here = { sites: index + 1, engineers };
    const before = lowest;
    const dearerThanBefore = isDearer(here, before);
    if (!dearerThanBefore) lowest = here;
    const costPerSite = Math.round((engineers * costPerEngineer) / here.sites);
    const spareSites = (nextStep[index] ?? here.sites) - here.sites;
    return { ...here, byTheLine, bound, spareSites, costPerSite, dearerThanBefore };
  });
  let next: number | undefined;
  return curve
    .toReversed()
    .map((point): LadderPoint => {
      if (!point.dearerThanBefore) next = point.sites;
      return point.dearerThanBefore && next !== undefined ? { ...point, paysAgainFrom: next } : point;
    })
    .toReversed();
}

/** Engineers for a number of sites, of which step `index` is the first that holds so many. */
function engineersAt({ steps, crew = 1, between = "step" }: RatioLadder, index: number, sites: number) {
  const upper = steps[index];
  const lower = steps[index - 1];
  if (!upper) throw bad("/steps", `${sites} sites are beyond the ladder.`);
  const rise = lower ? ((upper.engineers - lower.engineers) * (sites - lower.sites)) / (upper.sites - lower.sites) : 0;
  const byTheLine = lower ? lower.engineers + rise : upper.engineers;
  const whole = lower && between === "line" ? wholeAbove(lower, upper, sites) : upper.engineers;
  const engineers = Math.ceil(whole / crew) * crew;
  const agreed = lower ? (between === "line" ? "line" : "step") : "minimum";
  const bound: LadderBound = engineers > whole ? "crew" : agreed;
  return { engineers, byTheLine, bound };
}

/** The line between two points rounded up, in whole numbers, so that it is exact where it meets one. */
function wholeAbove(lower: RatioStep, upper: RatioStep, sites: number): number {
  const rise = (upper.engineers - lower.engineers) * (sites - lower.sites);
  return lower.engineers + Math.ceil(rise / (upper.sites - lower.sites));
}

/** Engineers per site, compared without dividing. */
function isDearer(here: RatioStep, before: RatioStep): boolean {
  return here.engineers * before.sites > before.engineers * here.sites;
}

function requireLadder({ steps, crew = 1 }: RatioLadder): void {
  if (steps.length === 0) throw bad("/steps", "A ladder has at least one step.");
  if (!(Number.isSafeInteger(crew) && crew >= 1 && crew <= mostSites))
    throw bad("/crew", "A crew is a whole number of engineers from 1.");
  let before: RatioStep = { sites: 0, engineers: 0 };
  for (const [index, step] of steps.entries()) {
    const isWhole = Number.isInteger(step.sites) && Number.isInteger(step.engineers);
    if (!isWhole || step.sites > mostSites || step.engineers > mostSites)
      throw bad(`/steps/${index}`, "Sites and engineers are whole numbers, at most 1,000,000.");
    if (step.sites <= before.sites || step.engineers <= before.engineers)
      throw bad(`/steps/${index}`, "Each step has more sites and more engineers than the one before it, from 1.");
    before = step;
  }
}

function bad(pointer: string, sentence: string): StaffingError {
  return new StaffingError("bad_argument", pointer, sentence);
}
