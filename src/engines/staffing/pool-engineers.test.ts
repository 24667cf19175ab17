import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type PooledPromise, type PoolingQuestion, type Post, poolEngineers, StaffingError } from "./index.ts";

const post = (id: string, change: Partial<Post> = {}): Post => ({
  id,
  region: "north",
  shift: "day",
  cost: 100,
  minutes: 400,
  ...change,
});
const promise = (id: string, change: Partial<PooledPromise> = {}): PooledPromise => ({
  id,
  customer: id,
  region: "north",
  shift: "day",
  workMinutes: 300,
  responseMinutes: 60,
  ...change,
});

async function optimum(question: PoolingQuestion) {
  const answer = await poolEngineers(question);
  assert.ok(answer.possible, JSON.stringify(answer));
  return answer;
}

describe("pooling engineers over customers", () => {
  test("three customers of 250 minutes each need three engineers apart and two together", async () => {
    const promises = ["bank", "school", "clinic"].map((id) => promise(id, { workMinutes: 250 }));
    const answer = await optimum({ posts: [post("north")], promises, travelMinutes: {} });
    assert.equal(answer.cost, 200);
    assert.deepEqual(
      answer.apart.map(({ customer, cost }) => [customer, cost]),
      [
        ["bank", 100],
        ["school", 100],
        ["clinic", 100],
      ],
    );
    assert.ok(Math.abs((answer.growth ?? 0) - 800 / 750) < 1e-6);
    assert.ok(Math.abs((answer.posts[0]?.utilisation ?? 0) - 750 / 800) < 1e-6);
    assert.equal(answer.posts[0]?.oneMore?.cost, 100);
    assert.ok(Math.abs((answer.posts[0]?.oneMore?.growth ?? 0) - 1200 / 750) < 1e-6);
    const broken = answer.posts[0]?.oneFewer ?? [];
    assert.ok(Math.abs(broken.reduce((sum, { unservedMinutes }) => sum + unservedMinutes, 0) - 350) < 1e-3);
    assert.deepEqual(
      answer.promises.map(({ saving }) => saving),
      [0, 0, 0],
    );
  });

  test("a promise of presence binds, and is shared by all who are within reach", async () => {
    const promises = [
      promise("bank", { workMinutes: 100, present: 2 }),
      promise("school", { workMinutes: 100, present: 2 }),
      promise("clinic", { workMinutes: 100, present: 3 }),
    ];
    const answer = await optimum({ posts: [post("north")], promises, travelMinutes: {} });
    assert.equal(answer.cost, 300);
    assert.deepEqual(
      answer.promises.map(({ id, saving }) => [id, saving]),
      [
        ["bank", 0],
        ["school", 0],
        ["clinic", 100],
      ],
    );
    assert.deepEqual(answer.posts[0]?.oneFewer, [
      { promise: "clinic", unservedMinutes: 0, missingEngineers: 1, reason: "too_few", posts: ["north"] },
    ]);
  });

  test("whoever is too far away, or works another shift, does not help; travel counts as work", async () => {
    const posts = [
      post("near", { cost: 500 }),
      post("far", { region: "south" }),
      post("night", { shift: "night", cost: 1 }),
    ];
    const visits = { workMinutes: 300, visits: 2 };
    const travelMinutes = { south: { north: 30 } };
    const answer = await optimum({ posts, promises: [promise("bank", visits)], travelMinutes });
    assert.deepEqual(
      answer.posts.map(({ id, engineers }) => [id, engineers]),
      [
        ["near", 0],
        ["far", 2], // 300 minutes of work and 120 on the road
        ["night", 0],
      ],
    );
    const urgent = [promise("bank", { ...visits, responseMinutes: 29 })];
    assert.equal((await optimum({ posts, promises: urgent, travelMinutes })).cost, 500);
  });

  test("engineers come in crews", async () => {
    const answer = await optimum({
      posts: [post("north", { crew: 2 })],
      promises: [promise("bank", { workMinutes: 810 })],
      travelMinutes: {},
    });
    assert.deepEqual([answer.posts[0]?.engineers, answer.cost], [4, 400]);
  });

  test("shifts that share nobody are answered apart and told together", async () => {
    const posts = [
      post("night", { shift: "night", minutes: 200 }),
      post("day"),
      post("idle", { shift: "never", fewestCrews: 1 }),
    ];
    const promises = [
      promise("late", { shift: "night", customer: "bank", workMinutes: 150 }),
      promise("early", { customer: "bank", workMinutes: 350 }),
    ];
    const answer = await optimum({ posts, promises, travelMinutes: {} });
    assert.equal(answer.cost, 300);
    assert.deepEqual(
      answer.posts.map(({ id, engineers }) => [id, engineers]),
      [
        ["night", 1],
        ["day", 1],
        ["idle", 1],
      ],
    );
    assert.deepEqual(
      answer.promises.map(({ id, saving }) => [id, saving]),
      [
        ["late", 100],
        ["early", 100],
      ],
    );
    assert.deepEqual(answer.apart, [{ customer: "bank", cost: 200 }]);
    assert.ok(Math.abs((answer.growth ?? 0) - 400 / 350) < 1e-6, "the tighter shift says how far all work may grow");
    assert.ok(Math.abs((answer.posts[1]?.oneMore?.growth ?? 0) - 200 / 150) < 1e-6);
    assert.ok(
      Math.abs((answer.posts[0]?.oneMore?.growth ?? 0) - 400 / 350) < 1e-6,
      "more at night does not help the day",
    );
  });

  test("what cannot be kept is named, with the reason", async () => {
    const posts = [post("north", { mostCrews: 1 })];
    const promises = [
      promise("bank", { workMinutes: 500 }),
      promise("island", { region: "island", workMinutes: 60, present: 1 }),
    ];
    const answer = await poolEngineers({ posts, promises, travelMinutes: {} });
    assert.ok(!answer.possible);
    const rounded = answer.broken.map((each) => ({ ...each, unservedMinutes: Math.round(each.unservedMinutes) }));
    assert.deepEqual(rounded, [
      { promise: "bank", unservedMinutes: 100, missingEngineers: 0, reason: "too_few", posts: ["north"] },
      { promise: "island", unservedMinutes: 60, missingEngineers: 1, reason: "out_of_reach", posts: [] },
    ]);
  });

  test("nothing promised costs nothing, and nobody can keep a promise without posts", async () => {
    assert.equal((await optimum({ posts: [post("north")], promises: [], travelMinutes: {} })).cost, 0);
    assert.equal((await optimum({ posts: [], promises: [], travelMinutes: {} })).cost, 0);
    const answer = await poolEngineers({ posts: [], promises: [promise("bank")], travelMinutes: {} });
    assert.equal(answer.possible, false);
  });

  test("it stops when told to, and tells how far it is", async () => {
    const question = { posts: [post("north")], promises: [promise("bank")], travelMinutes: {} };
    await assert.rejects(poolEngineers(question, { shouldStop: () => true }), { code: "stopped" });
    const told: string[] = [];
    await poolEngineers(question, { onProgress: (done, all) => told.push(`${done}/${all}`) });
    assert.deepEqual(told, ["1/5", "2/5", "3/5", "4/5", "5/5"]);
  });

  test("a question that cannot be meant is refused at its place", async () => {
    const refused = async (change: Partial<PoolingQuestion>, pointer: string) =>
      assert.rejects(
        poolEngineers({ posts: [post("north")], promises: [promise("bank")], travelMinutes: {}, ...change }),
        (error) => error instanceof StaffingError && error.pointer === pointer,
      );
    await refused({ posts: [post("a"), post("a")] }, "/posts/1/id");
    await refused({ posts: [post("a", { cost: -1 })] }, "/posts/0/cost");
    await refused({ posts: [post("a", { cost: 0.5 })] }, "/posts/0/cost");
    await refused({ posts: [post("a", { crew: 0 })] }, "/posts/0/crew");
    await refused({ posts: [post("a", { fewestCrews: 3, mostCrews: 2 })] }, "/posts/0/mostCrews");
    await refused({ promises: [promise("a", { workMinutes: Number.NaN })] }, "/promises/0/workMinutes");
    await refused({ promises: [promise("a", { present: 1.5 })] }, "/promises/0/present");
    await refused({ travelMinutes: { "a/b": { c: -1 } } }, "/travelMinutes/a~1b/c");
  });
});

describe("against trying every number of crews", () => {
  // Without visits a promise's minutes are the same from everywhere, so that a staff does the work exactly if no set of promises
  // asks for more than the posts that reach it have (Hall 1935).
  const regions = ["a", "b", "c"] as const;
  const region = fc.constantFrom(...regions);
  const small = fc.record({
    posts: fc.array(
      fc.record({ region, cost: fc.integer({ min: 1, max: 9 }), minutes: fc.integer({ min: 1, max: 5 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    promises: fc.array(
      fc.record({
        region,
        workMinutes: fc.integer({ min: 0, max: 8 }),
        present: fc.integer({ min: 0, max: 2 }),
        responseMinutes: fc.constantFrom(0, 20, 40),
      }),
      { maxLength: 4 },
    ),
  });
  const travelMinutes = { a: { b: 20, c: 40 }, b: { a: 20, c: 20 }, c: { a: 40, b: 20 } };
  const most = 3;

  test("the optimum costs the same, and what is impossible is impossible", async () => {
    await fc.assert(
      fc.asyncProperty(small, async (drawn) => {
        const posts = drawn.posts.map((each, index) => post(`p${index}`, { ...each, mostCrews: most }));
        const promises = drawn.promises.map((each, index) => promise(`d${index}`, each));
        const cheapest = tryAll(posts, promises);
        const answer = await poolEngineers({ posts, promises, travelMinutes });
        assert.equal(answer.possible ? answer.cost : undefined, cheapest);
        if (!answer.possible) assert.ok(answer.broken.length > 0);
      }),
      { numRuns: 25 },
    );
  });

  function tryAll(posts: readonly Post[], promises: readonly PooledPromise[]): number | undefined {
    const reaches = ({ region }: Post, to: PooledPromise) =>
      region === to.region || regions.some((from) => from === region && wayTo(from, to.region) <= to.responseMinutes);
    let cheapest: number | undefined;
    for (let code = 0; code < (most + 1) ** posts.length; code++) {
      const staff = posts.map((_, index) => Math.floor(code / (most + 1) ** index) % (most + 1));
      const sumOver = (weight: (post: Post) => number) =>
        posts.reduce((sum, each, index) => sum + weight(each) * (staff[index] ?? 0), 0);
      const present = promises.every((to) => sumOver((from) => (reaches(from, to) ? 1 : 0)) >= (to.present ?? 0));
      const worked = Array.from({ length: 2 ** promises.length }, (_, set) =>
        promises.filter((_, bit) => (set >> bit) & 1),
      ).every(
        (some) =>
          some.reduce((sum, { workMinutes }) => sum + workMinutes, 0) <=
          sumOver((from) => (some.some((to) => reaches(from, to)) ? from.minutes : 0)),
      );
      const cost = sumOver((from) => from.cost);
      if (present && worked && (cheapest === undefined || cost < cheapest)) cheapest = cost;
    }
    return cheapest;
  }

  function wayTo(from: (typeof regions)[number], to: string): number {
    return new Map(Object.entries(travelMinutes[from])).get(to) ?? Number.POSITIVE_INFINITY;
  }
});
