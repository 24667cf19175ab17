/** One life, or `count` equal ones, all ages in one unit of the caller's choice. */
export interface Observation {
  /** The age at which it failed, or was last seen working. */
  readonly time: number;
  /** True if it failed then; false if it was last seen working (right-censored). */
  readonly event: boolean;
  /** The age at which it came under observation (left truncation); 0 if it was watched from the start. */
  readonly entry?: number;
  readonly count?: number;
}
