/**
 * Numbers that look drawn by chance and can be drawn again: the same seed gives the same sequence on every machine.
 * Mulberry32 (T. Ettinger): 32 bits of state, period 2^32; passes gjrand, and is no source of secrets.
 * @param seed a whole number; only its low 32 bits count
 * @returns a source of numbers from 0 (included) to 1
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
