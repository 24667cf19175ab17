export type PoolingAnswer = PoolingOptimum | PoolingImpossible;

export interface PoolingOptimum {
  readonly possible: true;
  /** Of all engineers for the shift, in minor units. */
  readonly cost: number;
  /** All work could grow to so many times itself with the same engineers; absent if there is no work. */
  readonly growth?: number;
  readonly posts: readonly PooledPost[];
  readonly promises: readonly KeptPromise[];
  /** What each customer would cost if served by engineers of its own; absent `cost` if it could not be. */
  readonly apart: readonly { readonly customer: string; readonly cost?: number }[];
}

export interface PooledPost {
  readonly id: string;
  readonly engineers: number;
  /** Given minutes, travel included, of those that its engineers may be given; 0 without engineers. */
  readonly utilisation: number;
  /** What one more crew here costs, and to how many times itself all work could then grow; absent if no more can be had. */
  readonly oneMore?: { readonly cost: number; readonly growth?: number };
  /** What breaks with one crew fewer here and the other posts unchanged; absent if it has none to spare. */
  readonly oneFewer?: readonly BrokenPromise[];
}

export interface KeptPromise {
  readonly id: string;
  readonly servedBy: readonly { readonly post: string; readonly share: number }[];
  /** What would be saved if this promise had not been made; a promise with a saving above 0 binds. */
  readonly saving: number;
}

export interface PoolingImpossible {
  readonly possible: false;
  /** The least that must be given up, in minutes of work and engineers present. */
  readonly broken: readonly BrokenPromise[];
}

export interface BrokenPromise {
  readonly promise: string;
  readonly unservedMinutes: number;
  readonly missingEngineers: number;
  /** `out_of_reach`: no post of the shift gets there in time. `too_few`: those that do (`posts`) have too few engineers. */
  readonly reason: "out_of_reach" | "too_few";
  readonly posts: readonly string[];
}
