import { seededRandom } from "../../src/engines/random/index.ts";
import type { SearchOptions } from "../../src/engines/routing/index.ts";

/** A search that ends after so many looks at the clock instead of seconds: the same on every machine. */
export function looks(count: number, seed = 1): SearchOptions {
  let left = count;
  return { random: seededRandom(seed), shouldStop: () => left-- <= 0, progress: () => 1 - left / count };
}
