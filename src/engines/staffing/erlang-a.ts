import { weightBelowFull } from "./erlang-b.ts";
import { atOnce, type Queue, type QueueFigures } from "./erlang-c.ts";
import { integratePair, type Pair } from "./integrate.ts";

/**
 * Erlang-A, M/M/c+M: whoever waits longer than their patience, exponentially distributed, leaves unserved.
 *
 * The time v that an arrival of endless patience would wait has the density f(v) = c·p_c·e^ψ(v), with p_c the probability that
 * exactly all engineers are busy and ψ(v) = a·p·(1 − e^(−v/p)) − c·v, in mean handle times (Baccelli & Hébuterne 1981; Zeltyn &
 * Mandelbaum 2005). So each figure is an integral of e^ψ: those answered weigh e^(−v/p), those lost 1 − e^(−v/p).
 * ψ is concave: a few dozen points give 12 digits, however long the queue. Any `spare`, also below zero.
 * @param patience mean patience in mean handle times, 0 or more; 0 is Erlang's loss system
 */
export function impatientQueue(queue: Queue, patience: number): QueueFigures {
  const { load, engineers, spare, within } = queue;
  const curve = densityOf(load, engineers, spare, patience);
  const inTime = integrals(curve, 0, within);
  const late = integrals(curve, within, Number.POSITIVE_INFINITY);
  const free = weightBelowFull(load, engineers) * Math.exp(-curve.height);
  if (free === Number.POSITIVE_INFINITY) return atOnce;
  const lost = engineers * (inTime.lost + late.lost);
  const missed = lost + engineers * late.served;
  const busy = missed + engineers * inTime.served;
  const all = free + busy;
  return {
    waiting: busy / all,
    wait: (patience * lost) / all,
    answered: (free + engineers * inTime.served) / all,
    missed: missed / all,
    abandoning: lost / all,
    served: (free + engineers * (inTime.served + late.served)) / all,
  };
}

/** e^ψ, scaled by its largest value over all v, real or not, so that nothing overflows. */
interface Density {
  /** Where e^ψ is largest; 0 while there is work to spare, for then it only falls. */
  readonly mode: number;
  /** ψ at the mode. */
  readonly height: number;
  /** Falling from the mode: ψ(mode) − ψ(mode + offset), at least 0, without cancellation. */
  readonly drop: (offset: number) => number;
  /** The share still patient at mode + offset. */
  readonly patient: (offset: number) => number;
  /** Where 1 − patient bends. */
  readonly bend: number;
  /** A lower bound of the distance in which e^ψ halves. */
  readonly step: number;
}

function densityOf(load: number, engineers: number, spare: number, patience: number): Density {
  const step = 1 / engineers;
  if (patience === 0) {
    return { mode: 0, height: 0, drop: (offset) => engineers * offset, patient: () => 0, bend: 0, step };
  }
  if (spare >= 0) {
    return {
      mode: 0,
      height: 0,
      drop: (offset) => spare * offset + load * lag(offset, patience),
      patient: (offset) => Math.exp(-offset / patience),
      bend: patience,
      step,
    };
  }
  const growth = Math.log1p(-spare / engineers); // ln(a ÷ c)
  return {
    mode: patience * growth,
    height: engineers * patience * bow(-growth),
    drop: (offset) => engineers * lag(offset, patience),
    patient: (offset) => Math.exp(-growth - offset / patience),
    bend: patience,
    step: Math.min(step, Math.sqrt(patience / engineers)),
  };
}

/** patience·bow(offset ÷ patience), without the overflow of the quotient. */
function lag(offset: number, patience: number): number {
  const z = offset / patience;
  return z > 0.5 ? offset + patience * Math.expm1(-z) : patience * bow(z);
}

/** z − 1 + e^(−z), which is about z²/2 near zero. */
function bow(z: number): number {
  if (Math.abs(z) > 0.5) return z + Math.expm1(-z);
  let term = (z * z) / 2;
  let sum = 0;
  for (let power = 3; sum + term !== sum; power++) {
    sum += term;
    term *= -z / power;
  }
  return sum;
}

/** Below e^−80 of its largest value nothing counts, even where 1 of 10⁹ is served. */
const deepest = 80;
/** e^−800 is zero to the machine. */
const vanishing = 800;

/** ∫ e^(ψ − height), split by what becomes of the arrival, over waits from `from` to `to`. */
function integrals(curve: Density, from: number, to: number): { served: number; lost: number } {
  const [lowest, highest] = [from - curve.mode, to - curve.mode];
  if (lowest >= highest) return { served: 0, lost: 0 };
  const peak = Math.min(Math.max(0, lowest), highest);
  const top = curve.drop(peak);
  if (top > vanishing) return { served: 0, lost: 0 };
  const reach = (direction: 1 | -1, limit: number) => {
    let distance = curve.step;
    while (curve.drop(peak + direction * distance) - top < deepest && distance < limit) distance *= 2;
    return peak + direction * Math.min(distance, limit);
  };
  const [left, right] = [reach(-1, peak - lowest), reach(1, highest - peak)];
  const bends = [0.25, 1, 4, 16, 40].map((times) => times * curve.bend - curve.mode);
  const edges = [left, ...[peak, ...bends].filter((edge) => edge > left && edge < right), right];
  const [served, lost] = integratePair(
    edges.sort((a, b) => a - b),
    (offset): Pair => {
      const density = Math.exp(top - curve.drop(offset));
      const patient = curve.patient(offset);
      return [density * patient, density * lostBy(curve, offset, patient)];
    },
  );
  const scale = Math.exp(-top);
  return { served: served * scale, lost: lost * scale };
}

/** 1 − patient, exact also where hardly anybody has left. */
function lostBy(curve: Density, offset: number, patient: number): number {
  if (patient < 0.5) return 1 - patient;
  return -Math.expm1(-(curve.mode + offset) / curve.bend);
}
