import { under } from "../document/index.ts";
import { StaffingError } from "./error.ts";

/** Where engineers can be employed: a region and a shift, with what one of them costs and can do there. */
export interface Post {
  readonly id: string;
  readonly region: string;
  readonly shift: string;
  /** Of one engineer for the shift, in whole minor units of one money. */
  readonly cost: number;
  /** Minutes of a shift that one engineer may be given, travel included. */
  readonly minutes: number;
  /** Engineers come in crews of so many; 1 if absent. */
  readonly crew?: number;
  /** Crews that must be kept; 0 if absent. */
  readonly fewestCrews?: number;
  /** Crews that can be had; 1,000 if absent. */
  readonly mostCrews?: number;
}

/** What was promised to a customer in one region and shift. */
export interface PooledPromise {
  readonly id: string;
  readonly customer: string;
  readonly region: string;
  readonly shift: string;
  /** Expected work of a shift, without travel. */
  readonly workMinutes: number;
  /** Expected visits of a shift, each with its way there and back; 0 if absent. */
  readonly visits?: number;
  /** Whoever serves must be able to get there in so many minutes. */
  readonly responseMinutes: number;
  /** At least so many engineers of the shift must be within reach, whoever else they serve; 0 if absent. */
  readonly present?: number;
}

export interface PoolingQuestion {
  readonly posts: readonly Post[];
  readonly promises: readonly PooledPromise[];
  /** One way, from region to region. Within a region 0 if absent; between regions an absent pair is out of reach. */
  readonly travelMinutes: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Posts times promises that are optimised at once. */
const mostPairs = 100_000;
export const mostCrewsAnywhere = 1000;

/** Minutes from a post's region to a promise's, or undefined if it cannot serve it: another shift, too far, or no way. */
export function travelTo(question: PoolingQuestion, post: Post, promise: PooledPromise): number | undefined {
  if (post.shift !== promise.shift) return undefined;
  const row = Object.hasOwn(question.travelMinutes, post.region) ? question.travelMinutes[post.region] : undefined;
  const known = row && Object.hasOwn(row, promise.region) ? row[promise.region] : undefined;
  const minutes = known ?? (post.region === promise.region ? 0 : undefined);
  return minutes !== undefined && minutes <= promise.responseMinutes ? minutes : undefined;
}

/** Whether anyone must come; a promise may ask for presence alone. */
export function hasWork({ workMinutes, visits = 0 }: PooledPromise): boolean {
  return workMinutes > 0 || visits > 0;
}

/** Throws `StaffingError` `bad_argument` or `too_large`, naming the place. */
export function requireQuestion({ posts, promises, travelMinutes }: PoolingQuestion): void {
  if (posts.length * promises.length > mostPairs)
    throw new StaffingError("too_large", "", "Posts times promises are more than 100,000: pool region by region.");
  requireDifferent(posts, "/posts");
  requireDifferent(promises, "/promises");
  for (const [index, post] of posts.entries()) {
    const at = under("/posts", index);
    const { crew = 1, fewestCrews = 0, mostCrews = mostCrewsAnywhere } = post;
    requireNumber(post.cost, under(at, "cost"), true);
    requireNumber(post.minutes, under(at, "minutes"));
    requireNumber(crew - 1, under(at, "crew"), true);
    requireNumber(fewestCrews, under(at, "fewestCrews"), true);
    requireNumber(mostCrews - fewestCrews, under(at, "mostCrews"), true);
    if (mostCrews > mostCrewsAnywhere || crew > mostCrewsAnywhere)
      throw new StaffingError("too_large", at, "A post has at most 1,000 crews of at most 1,000.");
  }
  for (const [index, promise] of promises.entries()) {
    const at = under("/promises", index);
    requireNumber(promise.workMinutes, under(at, "workMinutes"));
    requireNumber(promise.visits ?? 0, under(at, "visits"));
    requireNumber(promise.responseMinutes, under(at, "responseMinutes"));
    requireNumber(promise.present ?? 0, under(at, "present"), true);
  }
  for (const [from, row] of Object.entries(travelMinutes))
    for (const [to, minutes] of Object.entries(row)) requireNumber(minutes, under(under("/travelMinutes", from), to));
}

const largestNumber = 1e9;

function requireNumber(value: number, pointer: string, whole = false): void {
  if (value >= 0 && value <= largestNumber && (!whole || Number.isInteger(value))) return;
  throw new StaffingError("bad_argument", pointer, `This is not a ${whole ? "whole " : ""}number within its limits.`);
}

function requireDifferent(items: readonly { readonly id: string }[], pointer: string): void {
  const seen = new Set<string>();
  for (const [index, { id }] of items.entries()) {
    if (seen.has(id)) throw new StaffingError("bad_argument", `${pointer}/${index}/id`, `The id "${id}" is taken.`);
    seen.add(id);
  }
}
