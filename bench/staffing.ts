import { findSmallestStaff, type QueueQuestion } from "../src/engines/staffing/index.ts";

interface Figure {
  readonly bench: string;
  /** Answers per second against the reference in the same run. */
  readonly ratio: number;
  readonly perSecond: number;
  readonly referencePerSecond: number;
}

const promise = { serviceLevel: 0.8 };

/**
 * The smallest staff for 80 % within 20 seconds. Up to 130 erlang against the textbook's sum of powers and factorials, beyond
 * against Erlang-B's recursion from one engineer on; either tries one number of engineers after the other.
 */
export async function* benchStaffing(): AsyncGenerator<Figure> {
  const summed = tryingEach(waitingBySum);
  const stepped = tryingEach(waitingByRecursion);
  yield compare("staffing.smallest-to-130-erlang", [2, 10, 40, 90, 130], 4000, summed, 400);
  yield compare("staffing.smallest-200-erlang", [200], 10_000, stepped, 400);
  yield compare("staffing.smallest-100000-erlang", [100_000], 2000, stepped, 1);
}

function compare(
  bench: string,
  loads: readonly number[],
  rounds: number,
  reference: (question: QueueQuestion) => number,
  referenceRounds: number,
): Figure {
  const questions = loads.map(questionOf);
  for (const question of questions) {
    const [found, tried] = [findSmallestStaff(question, promise).engineers, reference(question)];
    if (found !== tried) throw new Error(`The engine answers ${found} where the reference finds ${tried}.`);
  }
  const perSecond = rate(questions, rounds, (question) => findSmallestStaff(question, promise).engineers);
  const referencePerSecond = rate(questions, referenceRounds, reference);
  return { bench, ratio: perSecond / referencePerSecond, perSecond, referencePerSecond };
}

function questionOf(load: number): QueueQuestion {
  return { arrivalsPerHour: load * 20, handleMinutes: 3, answerWithinMinutes: 1 / 3 };
}

function tryingEach(waitingOf: (load: number, engineers: number) => number): (question: QueueQuestion) => number {
  return ({ arrivalsPerHour, handleMinutes, answerWithinMinutes }) => {
    const load = (arrivalsPerHour * handleMinutes) / 60;
    for (let engineers = Math.floor(load) + 1; ; engineers++) {
      const late = Math.exp((-(engineers - load) * answerWithinMinutes) / handleMinutes);
      if (1 - waitingOf(load, engineers) * late >= promise.serviceLevel) return engineers;
    }
  };
}

/** Σ aⁿ/n! as it is printed. The factorial of 171 is too large for a number. */
function waitingBySum(load: number, engineers: number): number {
  let below = 0;
  for (let busy = 0; busy < engineers; busy++) below += load ** busy / factorial(busy);
  const full = (load ** engineers / factorial(engineers)) * (engineers / (engineers - load));
  return full / (below + full);
}

function waitingByRecursion(load: number, engineers: number): number {
  let blocked = 1;
  for (let busy = 1; busy <= engineers; busy++) blocked = (load * blocked) / (busy + load * blocked);
  return (engineers * blocked) / (engineers - load * (1 - blocked));
}

function factorial(count: number): number {
  let product = 1;
  for (let factor = 2; factor <= count; factor++) product *= factor;
  return product;
}

function rate(
  questions: readonly QueueQuestion[],
  rounds: number,
  answer: (question: QueueQuestion) => number,
): number {
  let answered = 0;
  const began = performance.now();
  for (let round = 0; round < rounds; round++) for (const question of questions) if (answer(question) > 0) answered++;
  return (answered / (performance.now() - began)) * 1000;
}
