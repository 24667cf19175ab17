import assert from "node:assert/strict";
import { test } from "node:test";
import { judgePromise, judgeRatings, noRatings } from "./judge-ratings.ts";

const three = { ...noRatings, count: 4, satisfied: 3, overall: 4, technical: 4, attitude: 2, crisisAwareness: 1 };

test("the quality of a service is the geometric mean of the three: the weakest pulls it down", () => {
  const judged = judgeRatings(three);
  assert.equal(judged.quality, 2);
  assert.ok((judged.quality ?? 0) < (4 + 2 + 1) / 3);
  assert.deepEqual([judged.weakest, judged.csat], ["crisisAwareness", 0.75]);
});

test("without one of the three there is no such mean, and the weakest is that of those known", () => {
  const judged = judgeRatings({ ...three, attitude: null });
  assert.deepEqual([judged.quality, judged.weakest], [null, "crisisAwareness"]);
  assert.deepEqual(judgeRatings({ ...three, attitude: null, crisisAwareness: null }).weakest, null);
});

test("none is the weakest where all are alike", () => {
  const judged = judgeRatings({ ...three, technical: 3, attitude: 3, crisisAwareness: 3 });
  assert.deepEqual([judged.quality, judged.weakest], [Math.cbrt(27), null]);
});

test("of nothing there is no average, no share and no attainment", () => {
  const { quality, weakest, csat, overall } = judgeRatings(noRatings);
  assert.deepEqual([quality, weakest, csat, overall], [null, null, null, null]);
  assert.equal(judgePromise("response", 0, 0).attainment, null);
  assert.equal(judgePromise("response", 3, 1).attainment, 0.75);
});
