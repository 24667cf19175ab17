import { weightBelowFull } from "./erlang-b.ts";

/** A queue measured in handle times: what the formulas need, with nothing left to round. */
export interface Queue {
  /** Offered work a in erlang. */
  readonly load: number;
  /** c, a whole number of at least 1. */
  readonly engineers: number;
  /** c − a, taken before rounding: near full load a difference of rounded numbers would be noise. */
  readonly spare: number;
  /** The promised answer, in mean handle times. */
  readonly within: number;
}

/** Shares of all arrivals. */
export interface QueueFigures {
  readonly waiting: number;
  /** Mean wait of all arrivals, those included who do not wait, in mean handle times. */
  readonly wait: number;
  /** Answered within the promise. */
  readonly answered: number;
  /** Not answered within the promise: 1 − answered, without cancellation. */
  readonly missed: number;
  readonly abandoning: number;
  /** 1 − abandoning, without cancellation. */
  readonly served: number;
}

/** Who always finds an engineer free. */
export const atOnce: QueueFigures = { waiting: 0, wait: 0, answered: 1, missed: 0, abandoning: 0, served: 1 };

/**
 * Erlang-C, M/M/c: whoever finds all engineers busy waits until served. For `spare` > 0.
 * C = c ÷ (c + (c − a)·(1/B − 1)); wait = C ÷ (c − a); missed = C·e^(−(c − a)·within).
 * Source: Erlang 1917; Gans, Koole & Mandelbaum, Telephone Call Centers, 2003.
 */
export function patientQueue({ load, engineers, spare, within }: Queue): QueueFigures {
  const waiting = erlangC(load, engineers, spare);
  const missed = waiting * Math.exp(-spare * within);
  return { waiting, wait: waiting / spare, answered: 1 - missed, missed, abandoning: 0, served: 1 };
}

/**
 * The share of arrivals that must wait when nobody leaves the queue.
 * @param load offered work in erlang, at least 0 and below `engineers`
 * @param engineers c, a whole number of at least 1
 * @param spare c − a, if it is known more exactly than by subtracting
 * @returns a probability
 */
export function erlangC(load: number, engineers: number, spare: number = engineers - load): number {
  return engineers / (engineers + spare * weightBelowFull(load, engineers));
}
