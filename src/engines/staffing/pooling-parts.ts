import type { PoolingOptimum } from "./pooling-answer.ts";
import { pairsOf } from "./pooling-programme.ts";
import type { PoolingQuestion } from "./pooling-question.ts";

/** The question in parts that share no engineer: other shifts, or regions out of reach. Each is far quicker than the whole. */
export function partsOf(question: PoolingQuestion): PoolingQuestion[] {
  const { posts, promises, travelMinutes } = question;
  const leader = Array.from({ length: posts.length + promises.length }, (_, index) => index);
  const find = (node: number): number => {
    let at = node;
    for (let up = leader[at] ?? at; up !== at; up = leader[at] ?? at) {
      leader[at] = leader[up] ?? up;
      at = up;
    }
    return at;
  };
  for (const { post, promise } of pairsOf(question)) leader[find(post)] = find(posts.length + promise);
  const parts = Map.groupBy(leader.keys(), find);
  return [...parts.values()].map((members) => ({
    posts: members.flatMap((member) => posts[member] ?? []),
    promises: members.flatMap((member) => promises[member - posts.length] ?? []),
    travelMinutes,
  }));
}

/** One answer of the answers to all parts, in the order of the question. */
export function mergeParts(question: PoolingQuestion, answers: readonly PoolingOptimum[]): PoolingOptimum {
  const growthBut = (left?: PoolingOptimum) =>
    answers.reduce(
      (least, part) => (part === left ? least : Math.min(least, part.growth ?? least)),
      Number.POSITIVE_INFINITY,
    );
  const growth = growthBut();
  const posts = new Map(
    answers.flatMap((part) => {
      const others = growthBut(part);
      return part.posts.map((post) => {
        const least = Math.min(post.oneMore?.growth ?? Number.POSITIVE_INFINITY, others);
        const oneMore = post.oneMore && {
          cost: post.oneMore.cost,
          ...(Number.isFinite(least) ? { growth: least } : {}),
        };
        return [post.id, oneMore ? { ...post, oneMore } : post] as const;
      });
    }),
  );
  const promises = new Map(answers.flatMap((part) => part.promises.map((promise) => [promise.id, promise] as const)));
  const apart = Map.groupBy(
    answers.flatMap((part) => part.apart),
    ({ customer }) => customer,
  );
  return {
    possible: true,
    cost: answers.reduce((sum, { cost }) => sum + cost, 0),
    ...(Number.isFinite(growth) ? { growth } : {}),
    posts: question.posts.flatMap(({ id }) => posts.get(id) ?? []),
    promises: question.promises.flatMap(({ id }) => promises.get(id) ?? []),
    apart: [...apart].map(([customer, costs]) => {
      const known = costs.flatMap(({ cost }) => cost ?? []);
      return known.length < costs.length
        ? { customer }
        : { customer, cost: known.reduce((sum, cost) => sum + cost, 0) };
    }),
  };
}
