import type { BrokenPromise, KeptPromise, PooledPost, PoolingOptimum } from "./pooling-answer.ts";
import { type Pair, pairsOf, programmeOf } from "./pooling-programme.ts";
import { hasWork, mostCrewsAnywhere, type PoolingQuestion, type Post } from "./pooling-question.ts";
import type { Solve } from "./solve-programme.ts";

/** The solver's own tolerance, in shares and engineers. */
const tolerance = 1e-6;

/** Solves the question anew without each promise, for each customer alone, and with a crew more or fewer at each post. */
export function explainPool(
  question: PoolingQuestion,
  pairs: readonly Pair[],
  found: readonly number[],
  solve: Solve,
): PoolingOptimum {
  const { posts, promises } = question;
  const crews = crewsIn(question, found);
  const cost = costOf(posts, crews);
  const customers = customersOf(question);
  const costWith = (changed: PoolingQuestion): number | undefined => {
    const values = solve(programmeOf(changed, pairsOf(changed), { aim: "cost" }));
    return values && costOf(changed.posts, crewsIn(changed, values));
  };
  const growthWith = (crews: readonly number[]): { growth?: number } => {
    if (!promises.some(hasWork)) return {};
    const growth = solve(programmeOf(question, pairs, { aim: "growth", crews }))?.at(-1);
    return growth === undefined ? {} : { growth };
  };
  const given = minutesGiven(question, pairs, found);
  return {
    possible: true,
    cost,
    ...growthWith(crews),
    posts: posts.map((post, index): PooledPost => {
      const count = crews[index] ?? 0;
      const changedBy = (change: number) => crews.map((each, other) => (other === index ? each + change : each));
      const { crew = 1, fewestCrews = 0, mostCrews = mostCrewsAnywhere } = post;
      const minutes = count * crew * post.minutes;
      const one = count < mostCrews ? { oneMore: { cost: post.cost * crew, ...growthWith(changedBy(1)) } } : {};
      if (count <= fewestCrews)
        return { id: post.id, engineers: count * crew, utilisation: share(given[index], minutes), ...one };
      const short = solve(programmeOf(question, pairs, { aim: "shortfall", crews: changedBy(-1) }));
      return {
        id: post.id,
        engineers: count * crew,
        utilisation: share(given[index], minutes),
        ...one,
        oneFewer: short ? brokenPromises(question, pairs, short) : [],
      };
    }),
    promises: promises.map(({ id }, index): KeptPromise => {
      const without = costWith({ ...question, promises: promises.filter((_, other) => other !== index) });
      return { id, servedBy: sharesOf(question, pairs, found, index), saving: cost - (without ?? cost) };
    }),
    apart: customers.map((customer) => {
      const own = posts.map((post) => ({ ...post, fewestCrews: 0 }));
      const theirs = promises.filter((promise) => promise.customer === customer);
      const alone = costWith({ ...question, posts: own, promises: theirs });
      return alone === undefined ? { customer } : { customer, cost: alone };
    }),
  };
}

/** How many programmes an explanation solves at most. */
export function reasonsOf(question: PoolingQuestion): number {
  return question.promises.length + customersOf(question).length + 2 * question.posts.length + 1;
}

/** What a solution of the `shortfall` programme gives up. */
export function brokenPromises(
  { posts, promises }: PoolingQuestion,
  pairs: readonly Pair[],
  found: readonly number[],
): BrokenPromise[] {
  const extra = posts.length + pairs.length;
  return promises.flatMap((promise, index): BrokenPromise[] => {
    const unserved = found[extra + 2 * index] ?? 0;
    const missing = found[extra + 2 * index + 1] ?? 0;
    if (unserved <= tolerance && missing <= tolerance) return [];
    const reaching = pairs.filter((pair) => pair.promise === index).flatMap(({ post }) => posts[post]?.id ?? []);
    return [
      {
        promise: promise.id,
        unservedMinutes: unserved <= tolerance ? 0 : unserved * promise.workMinutes,
        missingEngineers: Math.max(0, Math.ceil(missing - tolerance)),
        reason: reaching.length === 0 ? "out_of_reach" : "too_few",
        posts: reaching,
      },
    ];
  });
}

function customersOf({ promises }: PoolingQuestion): string[] {
  return [...new Set(promises.map(({ customer }) => customer))];
}

function crewsIn({ posts }: PoolingQuestion, found: readonly number[]): number[] {
  return posts.map((_, index) => Math.max(0, Math.round(found[index] ?? 0)));
}

function costOf(posts: readonly Post[], crews: readonly number[]): number {
  return posts.reduce((sum, { cost, crew = 1 }, index) => sum + cost * crew * (crews[index] ?? 0), 0);
}

function minutesGiven({ posts }: PoolingQuestion, pairs: readonly Pair[], found: readonly number[]): number[] {
  const given = posts.map(() => 0);
  for (const [index, { post, minutes }] of pairs.entries())
    given[post] = (given[post] ?? 0) + minutes * (found[posts.length + index] ?? 0);
  return given;
}

function sharesOf(
  { posts, promises }: PoolingQuestion,
  pairs: readonly Pair[],
  found: readonly number[],
  promise: number,
) {
  const asked = promises[promise];
  if (!asked || !hasWork(asked)) return [];
  return pairs.flatMap((pair, index) => {
    const served = found[posts.length + index] ?? 0;
    const post = posts[pair.post]?.id;
    return pair.promise === promise && served > tolerance && post !== undefined
      ? [{ post, share: Math.min(1, served) }]
      : [];
  });
}

const share = (part = 0, whole = 0) => (whole > 0 ? Math.min(1, part / whole) : 0);
