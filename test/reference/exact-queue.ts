/** Erlang's formulas by the book, in exact arithmetic and without haste. Rates are per mean handling time. */

/** A fraction as people write it: [3, 5] is three fifths. */
export type Ratio = readonly [over: number, under: number];

/** Digits kept where a fraction would grow too long to be exact. */
const digits = 60n;
const one = 10n ** digits;

/** Erlang-B as the quotient of two whole numbers, from Σ aⁿ/n!. */
export function exactErlangB(load: Ratio, engineers: number): number {
  const { below, full } = weights(load, engineers);
  return quotient(full, below + full);
}

/** Erlang-C from the same sums: the full states' weight grows by c ÷ (c − a). */
export function exactErlangC([over, under]: Ratio, engineers: number): number {
  const { below, full } = weights([over, under], engineers);
  const spare = BigInt(engineers) * BigInt(under) - BigInt(over);
  const queued = full * BigInt(engineers) * BigInt(under);
  return quotient(queued, queued + below * spare);
}

/** aⁿ/n! over a common denominator, all whole numbers. */
function weights([over, under]: Ratio, engineers: number): { below: bigint; full: bigint } {
  let weight = 1n; // of n = 0; each step multiplies what was summed by n·under and the newest by a
  let below = 0n;
  for (let busy = 1; busy <= engineers; busy++) {
    below = (below + weight) * BigInt(busy) * BigInt(under);
    weight *= BigInt(over);
  }
  return { below, full: weight };
}

/** 1 ÷ B by the recursion on the number of engineers, to 60 digits: for loads whose exact fraction would fill a book. */
export function steppedErlangB([over, under]: Ratio, engineers: number): number {
  let inverse = one;
  for (let busy = 1n; busy <= BigInt(engineers); busy++)
    inverse = one + (inverse * busy * BigInt(under)) / BigInt(over);
  return quotient(one, inverse);
}

export interface ImpatientFigures {
  readonly waiting: number;
  readonly abandoning: number;
  readonly answered: number;
}

/**
 * M/M/c+M as the birth-and-death chain that it is, states summed to 60 digits until nothing is left to sum; who waits
 * behind n others is followed through every departure to the moment of an answer (uniformisation).
 */
export function exactImpatientQueue(load: Ratio, engineers: number, patience: Ratio, within: number): ImpatientFigures {
  const [a, c] = [(one * BigInt(load[0])) / BigInt(load[1]), BigInt(engineers) * one];
  const leaving = (one * BigInt(patience[1])) / BigInt(patience[0]);
  const below = (one * one) / inverseOf(steppedInverse(load, engineers)) - one;
  const queued: bigint[] = [];
  for (let weight = one, n = 1n; weight > 0n; n++) {
    queued.push(weight);
    weight = (weight * a) / (c + n * leaving);
  }
  const full = queued.reduce((sum, weight) => sum + weight, 0n);
  const waitingInLine = queued.reduce((sum, weight, ahead) => sum + weight * BigInt(ahead), 0n);
  const all = below + full;
  const likely = queued.findLastIndex((weight) => weight * 10n ** 25n > all) + 1;
  const chances = answeredInTime(engineers, patience[1] / patience[0], likely, within);
  const inTime = queued.reduce((sum, weight, ahead) => sum + quotient(weight, all) * (chances[ahead] ?? 0), 0);
  return {
    waiting: quotient(full, all),
    abandoning: quotient(waitingInLine * leaving, all * a),
    answered: quotient(below, all) + inTime,
  };
}

function steppedInverse([over, under]: Ratio, engineers: number): bigint {
  let inverse = one;
  for (let busy = 1n; busy <= BigInt(engineers); busy++)
    inverse = one + (inverse * busy * BigInt(under)) / BigInt(over);
  return inverse;
}

const inverseOf = (value: bigint) => (one * one) / value;

/** For each number waiting ahead: the chance to be answered within a time, with one's own patience running. */
function answeredInTime(engineers: number, leaving: number, longest: number, within: number): number[] {
  const pace = engineers + longest * leaving;
  const most = pace * within;
  let poisson = Math.exp(-most);
  if (poisson === 0) throw new Error("the reference is for short promises");
  // chance[n]: answered after so many steps of the uniform clock, having begun behind n others
  let chance = new Float64Array(longest);
  const total = new Float64Array(longest);
  const last = most + 40 * Math.sqrt(most) + 60;
  for (let step = 1; step <= last; step++) {
    const next = new Float64Array(longest);
    for (let ahead = 0; ahead < longest; ahead++) {
      const forward = engineers + ahead * leaving;
      const onward = ahead === 0 ? 1 : (chance[ahead - 1] ?? 0);
      const rest = pace - forward - leaving;
      next[ahead] = (forward * onward + Math.max(0, rest) * (chance[ahead] ?? 0)) / pace;
    }
    chance = next;
    poisson *= most / step;
    for (let ahead = 0; ahead < longest; ahead++) total[ahead] = (total[ahead] ?? 0) + poisson * (chance[ahead] ?? 0);
  }
  return [...total];
}

/** To the precision of a number, however long the two are. */
function quotient(over: bigint, under: bigint): number {
  const scale = 10n ** 40n;
  const shift = BigInt(Math.max(0, under.toString().length - over.toString().length));
  return Number((over * 10n ** shift * scale) / under) / Number(scale) / 10 ** Number(shift);
}
