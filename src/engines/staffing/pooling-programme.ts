import {
  hasWork,
  mostCrewsAnywhere,
  type PooledPromise,
  type PoolingQuestion,
  type Post,
  travelTo,
} from "./pooling-question.ts";
import type { Column, Programme, Row } from "./solve-programme.ts";

/** What is asked of one and the same question. */
export interface PoolingVariant {
  /** Crews of each post, where they are given instead of looked for. */
  readonly crews?: readonly number[];
  /** The fewest crews of each post, instead of the question's. */
  readonly fewestCrews?: readonly number[];
  /** `cost`: fewest costs with every promise kept. `shortfall`: least broken. `growth`: how much work the crews could take. */
  readonly aim: "cost" | "shortfall" | "growth";
}

/** A post that can serve a promise. */
export interface Pair {
  readonly post: number;
  readonly promise: number;
  /** Of an engineer, if the post served all of the promise: work, and the ways there and back. */
  readonly minutes: number;
}

export function pairsOf(question: PoolingQuestion): Pair[] {
  return question.promises.flatMap((promise, to) =>
    question.posts.flatMap((post, from): Pair[] => {
      const travel = travelTo(question, post, promise);
      if (travel === undefined) return [];
      return [{ post: from, promise: to, minutes: promise.workMinutes + 2 * travel * (promise.visits ?? 0) }];
    }),
  );
}

/**
 * Columns: crews of each post; the share of each promise that each post serves (`pairs`); then, for `shortfall`, the unserved share
 * and the missing engineers of each promise; for `growth`, the factor by which all work grows.
 */
export function programmeOf(question: PoolingQuestion, pairs: readonly Pair[], variant: PoolingVariant): Programme {
  const { posts, promises } = question;
  const { aim } = variant;
  const dearest = posts.reduce((most, { cost }) => Math.max(most, cost), 1);
  const firstPair = posts.length;
  const firstExtra = firstPair + pairs.length;
  const columns: Column[] = [
    ...posts.map((post, index) => crewColumn(post, index, variant, dearest)),
    ...pairs.map(() => ({ cost: 0, lower: 0, upper: Number.POSITIVE_INFINITY, whole: false })),
  ];
  if (aim === "shortfall") for (const promise of promises) columns.push(...shortfallColumns(posts, promise));
  if (aim === "growth") columns.push({ cost: 1, lower: 0, upper: Number.POSITIVE_INFINITY, whole: false });
  const pairsOfPost = groupBy(pairs, posts.length, ({ post }) => post);
  const pairsOfPromise = groupBy(pairs, promises.length, ({ promise }) => promise);
  const time = posts.map(
    ({ minutes, crew = 1 }, index): Row => ({
      lower: Number.NEGATIVE_INFINITY,
      upper: 0,
      entries: [
        ...(pairsOfPost[index] ?? []).flatMap((pair): [number, number][] => {
          const used = pairs[pair]?.minutes ?? 0;
          return used === 0 ? [] : [[firstPair + pair, used]];
        }),
        [index, -minutes * crew],
      ],
    }),
  );
  const served = promises.flatMap((promise, index): Row[] => {
    if (!hasWork(promise)) return [];
    const entries = (pairsOfPromise[index] ?? []).map((pair): [number, number] => [firstPair + pair, 1]);
    if (aim === "shortfall") entries.push([firstExtra + 2 * index, 1]);
    if (aim !== "growth") return [{ lower: 1, upper: 1, entries }];
    return [{ lower: 0, upper: 0, entries: [...entries, [firstExtra, -1]] }];
  });
  const present = promises.flatMap((promise, index): Row[] => {
    if (!promise.present || aim === "growth") return [];
    const entries = (pairsOfPromise[index] ?? []).map((pair): [number, number] => {
      const post = pairs[pair]?.post ?? 0;
      return [post, posts[post]?.crew ?? 1];
    });
    if (aim === "shortfall") entries.push([firstExtra + 2 * index + 1, 1]);
    return [{ lower: promise.present, upper: Number.POSITIVE_INFINITY, entries }];
  });
  return { maximise: aim === "growth", columns, rows: [...time, ...served, ...present] };
}

/** Costs are taken in parts of the dearest, so that the solver's tolerances mean the same in every money. */
function crewColumn(post: Post, index: number, { crews, fewestCrews, aim }: PoolingVariant, dearest: number): Column {
  const cost = aim === "cost" ? (post.cost * (post.crew ?? 1)) / dearest : 0;
  const given = crews?.[index];
  if (given !== undefined) return { cost, lower: given, upper: given, whole: false };
  const lower = fewestCrews?.[index] ?? post.fewestCrews ?? 0;
  return { cost, lower, upper: post.mostCrews ?? mostCrewsAnywhere, whole: true };
}

/** In minutes of work: a missing engineer weighs as much as one could do in the shift. */
function shortfallColumns(posts: readonly Post[], promise: PooledPromise): Column[] {
  const shift = posts.reduce((most, post) => (post.shift === promise.shift ? Math.max(most, post.minutes) : most), 1);
  return [
    { cost: Math.max(1, promise.workMinutes), lower: 0, upper: 1, whole: false },
    { cost: shift, lower: 0, upper: Number.POSITIVE_INFINITY, whole: false },
  ];
}

function groupBy(pairs: readonly Pair[], count: number, groupOf: (pair: Pair) => number): number[][] {
  const groups = Array.from({ length: count }, (): number[] => []);
  for (const [index, pair] of pairs.entries()) groups[groupOf(pair)]?.push(index);
  return groups;
}
