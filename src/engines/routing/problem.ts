/** Names a vehicle or a job; the number 1 and the text "1" are the same name. */
export type Id = string | number;

/** Minutes from one place to another: `minutes[from * size + to]`, none negative; it need not be symmetric. */
export interface Travel {
  readonly size: number;
  readonly minutes: Float64Array;
}

/** A pause of `duration` minutes that begins between `from` and `to`, between two jobs, on the way if need be. */
export interface Break {
  readonly window: readonly [from: number, to: number];
  readonly duration: number;
}

/** Working on after minute `after` costs `costPerMinute`, in the unit of travel, for each minute until the return. */
export interface Overtime {
  readonly after: number;
  readonly costPerMinute: number;
}

/** An engineer with a vehicle. Leaves `start` at the earliest at `window[0]`, is back at `end` by `window[1]` (minutes). */
export interface Vehicle {
  readonly id: Id;
  /** A place: an index into `Travel`. */
  readonly start: number;
  readonly end: number;
  readonly window: readonly [from: number, to: number];
  /** What fits in at once, in the unit of the jobs' demand; unlimited if not given. */
  readonly capacity?: number;
  readonly skills?: readonly string[];
  /** Tools and parts on board. */
  readonly equipment?: readonly string[];
  /** In the order in which they are taken. One that is not due by the return is not taken. */
  readonly breaks?: readonly Break[];
  readonly overtime?: Overtime;
}

/** A visit: service begins within `window` (minutes) and lasts `duration`. A fixed appointment has `window[0] === window[1]`. */
export interface Job {
  readonly id: Id;
  readonly at: number;
  readonly duration: number;
  readonly window: readonly [from: number, to: number];
  readonly demand?: number;
  readonly skills?: readonly string[];
  /** Tools and parts that whoever comes must have on board. */
  readonly equipment?: readonly string[];
  /** Which job is left out when as many must be left out either way: the one with the smaller number. Not negative. */
  readonly priority?: number;
  /** How well each vehicle's engineer knows the place, from 0 (the default) to 1, by the vehicle's id. */
  readonly familiarity?: Readonly<Record<string, number>>;
  /** Only this vehicle may come. */
  readonly vehicle?: Id;
  /** Who was to come by an earlier plan, and how many minutes farther one goes so that it stays so. */
  readonly stay?: { readonly vehicle: Id; readonly worth: number };
}

export interface RoutingProblem {
  readonly vehicles: readonly Vehicle[];
  readonly jobs: readonly Job[];
  readonly travel: Travel;
  /** How much farther one goes, in minutes, so that somebody comes who knows the place wholly. By default it only settles ties. */
  readonly familiarityWorth?: number;
}

/** One vehicle's day: the jobs in order and the minute at which each one's service begins. */
export interface Route {
  readonly vehicle: Id;
  readonly jobs: readonly Id[];
  readonly start: readonly number[];
}

export type UnservedReason =
  /** There is no vehicle. */
  | "no_vehicle"
  /** No vehicle has all its skills. */
  | "skills"
  /** Who has the skills lacks a tool or a part. */
  | "equipment"
  /** Its demand is more than any fitting vehicle can take. */
  | "capacity"
  /** No fitting vehicle could be there in time and back in time, even with nothing else to do. */
  | "window"
  /** Possible alone, but no room was found beside the others. */
  | "no_room";

/** An answer: vehicles that stay at home are left out. `distance` is the travel of all routes, from start to end. */
export interface Plan {
  readonly routes: readonly Route[];
  readonly distance: number;
  readonly unserved: readonly { readonly id: Id; readonly reason: UnservedReason }[];
}
