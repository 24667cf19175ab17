import { seededRandom as seededUnits } from "../engines/random/index.ts";

/** Chance that can be repeated: the same seed draws the same demo. */
export interface Random {
  /** From 0 (included) to 1. */
  unit(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** From `least` to `most`. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the entries, as often as its weight says. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  shuffled<T>(items: readonly T[]): T[];
  /** How often something with this expectation happens. */
  poisson(expectation: number): number;
  /** Log-normal: half of the draws lie below `median`; the larger `spread`, the longer the tail. */
  around(median: number, spread: number): number;
  /** A uuidv7 of an instant (epoch milliseconds). Ids of one instant sort in the order in which they were asked for. */
  idAt(at: number): string;
  /** A source of its own, so that drawing more here changes nothing there. */
  fork(name: string): Random;
}

export function seededRandom(seed: string): Random {
  const unit = seededUnits(hash(seed) || 1);
  let lastAt = -1;
  let sequence = 0;

  const hex = (digits: number) =>
    Math.floor(unit() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  function pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(unit() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  const random: Random = {
    unit,
    pick,
    whole: (least, most) => least + Math.floor(unit() * (most - least + 1)),
    between: (least, most) => least + unit() * (most - least),
    chance: (probability) => unit() < probability,
    weighted(items) {
      let left = unit() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      const last = items.at(-1);
      if (last === undefined) throw new Error("nothing to choose from");
      return last[0];
    },
    shuffled(items) {
      const order = items.map((item) => [unit(), item] as const).sort(([a], [b]) => a - b);
      return order.map(([, item]) => item);
    },
    poisson(expectation) {
      const floor = Math.exp(-expectation);
      let count = 0;
      for (let product = unit(); product > floor; product *= unit()) count++;
      return count;
    },
    around(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
      return median * Math.exp(spread * normal);
    },
    idAt(at) {
      sequence = at === lastAt ? sequence + 1 : 0;
      lastAt = at;
      const time = Math.floor(at).toString(16).padStart(12, "0");
      const order = (sequence % 4096).toString(16).padStart(3, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${pick(["8", "9", "a", "b"])}${hex(3)}-${hex(6)}${hex(6)}`;
    },
    fork: (name) => seededRandom(`${seed}/${name}`),
  };
  return random;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value | 0;
}
