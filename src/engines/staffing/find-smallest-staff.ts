import {
  answerOf,
  figuresOf,
  largest,
  type OfferedWork,
  offeredWork,
  type QueueAnswer,
  type QueueQuestion,
  smallestStable,
} from "./describe-queue.ts";
import type { QueueFigures } from "./erlang-c.ts";
import { StaffingError } from "./error.ts";
import { dividedBy, floorOf, fractionOf, minus, toNumber } from "./fraction.ts";

/** What the staff must keep. */
export interface StaffPromise {
  /** The least share of arrivals to answer within the promised time, 0 to 1. */
  readonly serviceLevel: number;
  /** The largest share of their time that engineers may be busy, above 0, at most 1. */
  readonly maximumUtilisation?: number | undefined;
}

/** Rounding may miss a promise that is kept to the digit by this share of what may be missed. */
const tie = 1e-12;

/**
 * The fewest engineers that keep a promise, and how the queue fares with them. Both sides of a promise improve with each
 * engineer, so the number below is looked at last and found to fail: a bisection with its proof.
 * Throws `StaffingError`: `bad_argument`, `too_large`, or `unreachable` (everyone at once, which no finite staff can promise).
 */
export function findSmallestStaff(question: QueueQuestion, promise: StaffPromise): QueueAnswer {
  requirePromise(promise);
  const work = offeredWork(question);
  const { serviceLevel, maximumUtilisation = 1 } = promise;
  if (serviceLevel === 1 && work.load > 0)
    throw new StaffingError(
      "unreachable",
      "/serviceLevel",
      "No number of engineers answers every arrival in time: ask for less than 1, such as 0.999.",
    );
  const mayMiss = toNumber(minus(fractionOf(1), fractionOf(serviceLevel))) * (1 + tie);
  const patient = question.patienceMinutes === undefined;
  const lowest = patient ? Math.max(smallestStable(work), uncrowded(work, maximumUtilisation)) : 1;
  const keeps = (engineers: number, { missed, served }: QueueFigures) =>
    missed <= mayMiss && (patient || (work.load * served) / engineers <= maximumUtilisation * (1 + tie));
  const engineers = smallest(lowest, Math.max(lowest, smallestStable(work)), (count) =>
    keeps(count, figuresOf(work, count)),
  );
  return answerOf(work, engineers, figuresOf(work, engineers));
}

/** Throws `StaffingError` `bad_argument` when a promise is no share. */
export function requirePromise({ serviceLevel, maximumUtilisation = 1 }: StaffPromise): void {
  if (!(serviceLevel >= 0 && serviceLevel <= 1))
    throw new StaffingError("bad_argument", "/serviceLevel", "A service level is a share from 0 to 1: 80 % is 0.8.");
  if (!(maximumUtilisation > 0 && maximumUtilisation <= 1))
    throw new StaffingError(
      "bad_argument",
      "/maximumUtilisation",
      "A utilisation is a share above 0, at most 1: 85 % is 0.85.",
    );
}

/** The fewest engineers that are busy no larger share of their time, when all the work is done. */
function uncrowded({ exactLoad }: OfferedWork, maximumUtilisation: number): number {
  const { over, under } = dividedBy(exactLoad, fractionOf(maximumUtilisation));
  return Math.max(1, Number(floorOf({ over: over + under - 1n, under })));
}

/**
 * The smallest whole number from `lowest` on that suits, if all above one that suits do: in doubling steps from `start` up or down,
 * then by halving. The number below the answer was tried and does not suit, or is below `lowest`.
 */
function smallest(lowest: number, start: number, suits: (engineers: number) => boolean): number {
  let below = lowest - 1;
  let above = start;
  if (above > largest) throw tooMany();
  for (let step = 1; !suits(above); step *= 2) {
    below = above;
    if (above === largest) throw tooMany();
    above = Math.min(above + step, largest);
  }
  for (let step = 1; above - below > 1 && below < lowest; step *= 2) {
    const next = Math.max(above - step, lowest);
    if (suits(next)) above = next;
    else below = next;
  }
  while (above - below > 1) {
    const middle = below + Math.floor((above - below) / 2);
    if (suits(middle)) above = middle;
    else below = middle;
  }
  return above;
}

function tooMany(): StaffingError {
  return new StaffingError(
    "too_large",
    "",
    "It would take more than 1,000,000,000 engineers: promise less, or divide the work.",
  );
}
