import { impatientQueue } from "./erlang-a.ts";
import { atOnce, patientQueue, type Queue, type QueueFigures } from "./erlang-c.ts";
import { StaffingError } from "./error.ts";
import { dividedBy, type Fraction, floorOf, fractionOf, isAbove, leftOf, times, toNumber } from "./fraction.ts";

/** What arrives, how long it takes, and by when it is promised an answer. */
export interface QueueQuestion {
  /** Poisson, at least 0. */
  readonly arrivalsPerHour: number;
  /** Mean of exponential handling times, at least 0. */
  readonly handleMinutes: number;
  readonly answerWithinMinutes: number;
  /** Mean of exponential patience; absent when everyone waits until served. */
  readonly patienceMinutes?: number | undefined;
}

/** All shares are of all arrivals. */
export interface QueueAnswer {
  readonly engineers: number;
  /** The share that is not answered at once. */
  readonly probabilityOfWaiting: number;
  /** Mean over all arrivals: who is answered at once waits 0, who leaves has waited until then. */
  readonly averageWaitMinutes: number;
  /** The share that is answered within the promise; who leaves before is not answered, however early. */
  readonly serviceLevel: number;
  /** The share of their time that engineers are busy. */
  readonly utilisation: number;
  /** The share that leaves unanswered; only where patience is stated. */
  readonly probabilityOfAbandoning?: number;
}

/** Erlang and engineers: beyond it the rounding of the inputs would show. */
export const largest = 1e9;

const largestLoad = fractionOf(largest);

/** In handling times. */
const longestPatience = 1e15;

/** A question that was checked, with the work it offers. */
export interface OfferedWork {
  readonly question: QueueQuestion;
  /** In erlang: arrivals per hour × handle hours. */
  readonly load: number;
  readonly exactLoad: Fraction;
}

/** Throws `StaffingError` `bad_argument` or `too_large`. */
export function offeredWork(question: QueueQuestion): OfferedWork {
  const { arrivalsPerHour, handleMinutes, answerWithinMinutes, patienceMinutes } = question;
  for (const [name, value] of Object.entries({
    arrivalsPerHour,
    handleMinutes,
    answerWithinMinutes,
    patienceMinutes,
  })) {
    if (value !== undefined && !(Number.isFinite(value) && value >= 0))
      throw new StaffingError("bad_argument", `/${name}`, `This must be a number of at least 0, not ${value}.`);
  }
  const product = times(fractionOf(arrivalsPerHour), fractionOf(handleMinutes));
  const exactLoad = { over: product.over, under: product.under * 60n };
  if (isAbove(exactLoad, largestLoad))
    throw new StaffingError(
      "too_large",
      "/arrivalsPerHour",
      "Arrivals per hour times handle minutes offer more than 1,000,000,000 erlang: divide them among several queues.",
    );
  const load = toNumber(exactLoad);
  if (patienceMinutes !== undefined && load > 0 && patienceMinutes > handleMinutes * longestPatience)
    throw new StaffingError(
      "too_large",
      "/patienceMinutes",
      "Patience of more than 1,000,000,000,000,000 handling times is endless: leave patienceMinutes out.",
    );
  return { question, load, exactLoad };
}

/** The fewest engineers that can do the work: more than the load, and at least one to answer at all. */
export function smallestStable({ exactLoad }: OfferedWork): number {
  return Number(floorOf(exactLoad)) + 1;
}

/**
 * How a queue fares with so many engineers: Erlang-C, or Erlang-A where patience is stated (0 minutes: Erlang-B).
 * Arrivals are Poisson, handling and patience exponential, first come first served, in the steady state.
 * Throws `StaffingError`: `bad_argument`, `too_large` (beyond 10⁹ erlang or engineers), or `unstable` where nobody ever leaves
 * and the load is not below the engineers.
 */
export function describeQueue(question: QueueQuestion, engineers: number): QueueAnswer {
  const work = offeredWork(question);
  if (!(Number.isInteger(engineers) && engineers >= 1))
    throw new StaffingError(
      "bad_argument",
      "/engineers",
      `Engineers are a whole number of at least 1, not ${engineers}.`,
    );
  if (engineers > largest)
    throw new StaffingError("too_large", "/engineers", "More than 1,000,000,000 engineers are not computed.");
  if (question.patienceMinutes === undefined && engineers < smallestStable(work))
    throw new StaffingError(
      "unstable",
      "/engineers",
      `${engineers} engineers cannot do ${work.load} erlang of work, the queue grows without end: use at least ${smallestStable(work)} engineers, or state patienceMinutes if people leave the queue.`,
    );
  return answerOf(work, engineers, figuresOf(work, engineers));
}

/** Engineers must be a whole number from 1, and without patience at least the smallest stable one. */
export function figuresOf({ question, load, exactLoad }: OfferedWork, engineers: number): QueueFigures {
  if (load === 0) return atOnce;
  const { handleMinutes, answerWithinMinutes, patienceMinutes } = question;
  const spare = leftOf(engineers, exactLoad);
  const queue: Queue = { load, engineers, spare, within: answerWithinMinutes / handleMinutes };
  if (patienceMinutes === undefined) return patientQueue(queue);
  return impatientQueue(queue, patienceMinutes / handleMinutes);
}

export function answerOf(
  { question, load, exactLoad }: OfferedWork,
  engineers: number,
  figures: QueueFigures,
): QueueAnswer {
  const { handleMinutes, patienceMinutes } = question;
  const occupied = load === 0 ? 0 : toNumber(dividedBy(exactLoad, fractionOf(engineers)));
  return {
    engineers,
    probabilityOfWaiting: figures.waiting,
    averageWaitMinutes: figures.wait * handleMinutes,
    serviceLevel: figures.answered,
    utilisation: Math.min(1, occupied * figures.served),
    ...(patienceMinutes === undefined ? {} : { probabilityOfAbandoning: figures.abandoning }),
  };
}
