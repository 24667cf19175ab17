/** Ascending numbers that are searched millions of times: a grid over their range narrows each search to a few of them. */
export class Ascending {
  readonly values: Float64Array;
  readonly last: number;
  readonly #origin: number;
  readonly #bucketsPerUnit: number;
  /** For each bucket of the range the index of the first value in it or after it. */
  readonly #grid: Int32Array;

  constructor(values: Float64Array) {
    this.values = values;
    this.#origin = values[0] ?? 0;
    this.last = values.at(-1) ?? 0;
    this.#bucketsPerUnit = this.last > this.#origin ? values.length / (this.last - this.#origin) : 0;
    this.#grid = new Int32Array(values.length + 2).fill(values.length);
    for (let index = values.length - 1; index >= 0; index--) this.#grid[this.#bucketOf(values[index] ?? 0)] = index;
    for (let bucket = values.length - 1; bucket >= 0; bucket--) {
      this.#grid[bucket] = Math.min(this.#grid[bucket] ?? 0, this.#grid[bucket + 1] ?? 0);
    }
  }

  /** Never falls as the value rises, which is all that the search relies on: rounding does no harm. */
  #bucketOf(value: number): number {
    const bucket = Math.floor((value - this.#origin) * this.#bucketsPerUnit);
    return Math.max(0, Math.min(bucket, this.values.length));
  }

  /** Index of the first value > limit; the length if there is none. */
  firstAbove(limit: number): number {
    const bucket = this.#bucketOf(limit);
    let low = this.#grid[bucket] ?? 0;
    let high = this.#grid[bucket + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.values[middle] ?? 0) > limit) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Index of the first value ≥ limit; the length if there is none. */
  firstNotBelow(limit: number): number {
    const bucket = this.#bucketOf(limit);
    let low = this.#grid[bucket] ?? 0;
    let high = this.#grid[bucket + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.values[middle] ?? 0) >= limit) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
