import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ballBearings } from "../../../test/reference/published-lives.ts";
import { DocumentFault } from "../document/index.ts";
import { computeSurvival } from "./index.ts";

const failed = (time: unknown, more: object = {}) => ({ time, event: true, ...more });
const working = (time: unknown, more: object = {}) => ({ time, event: false, ...more });

test("the document of the contract: these members and no others", () => {
  const answer = computeSurvival({ observations: ballBearings, costs: { preventive: 1, failure: 5 } });
  assert.deepEqual(Object.keys(answer), ["weibull", "kaplanMeier", "strategy"]);
  assert.deepEqual(Object.keys(answer.weibull), ["shape", "scale", "logLikelihood", "shapeInterval", "scaleInterval"]);
  assert.deepEqual(Object.keys(answer.kaplanMeier[0] ?? {}), ["time", "survival", "lower", "upper"]);
  assert.equal(answer.kaplanMeier.length, 22, "one step for each age of failure");
  assert.deepEqual(Object.keys(computeSurvival({ observations: ballBearings })), ["weibull", "kaplanMeier"]);
});

test("members that are missing or null are alike", () => {
  const bare = [failed(1), failed(2), working(3)];
  const nulls = bare.map((row) => ({ ...row, entry: null, count: null }));
  const full = bare.map((row) => ({ ...row, entry: 0, count: 1 }));
  const answer = computeSurvival({ observations: bare });
  assert.deepEqual(computeSurvival({ observations: nulls, confidence: null, costs: null }), answer);
  assert.deepEqual(computeSurvival({ observations: full, confidence: 0.95 }), answer);
});

test("a count stands for that many rows; rows in any order, rows that say nothing", () => {
  const counted = [failed(5, { count: 2 }), working(9, { count: 3 }), failed(7)];
  const single = [
    working(9),
    failed(7),
    failed(5),
    working(9),
    working(0),
    failed(5),
    working(9),
    working(4, { count: 0 }),
  ];
  assert.deepEqual(computeSurvival({ observations: counted }), computeSurvival({ observations: single }));
});

describe("refusals name their place", () => {
  const refusals: [string, unknown, string, RegExp][] = [
    ["no document", null, "", /an object/],
    ["no observations member", {}, "/observations", /missing/],
    ["no observations", { observations: [] }, "/observations", /no observations/],
    ["nothing was watched", { observations: [working(0)] }, "/observations", /no observations/],
    ["an unknown member", { observations: [failed(1)], shape: 2 }, "/shape", /no member/],
    ["an unknown member of a row", { observations: [failed(1, { weight: 2 })] }, "/observations/0/weight", /no member/],
    ["a missing time", { observations: [{ event: true }] }, "/observations/0/time", /missing/],
    ["an event that is a number", { observations: [{ time: 1, event: 1 }] }, "/observations/0/event", /true/],
    ["a time that is text", { observations: [failed("1")] }, "/observations/0/time", /a number/],
    ["NaN", { observations: [failed(Number.NaN)] }, "/observations/0/time", /./],
    ["infinity", { observations: [failed(1), working(Number.POSITIVE_INFINITY)] }, "/observations/1/time", /too large/],
    ["a negative time", { observations: [failed(1), failed(-1)] }, "/observations/1/time", /from 0/],
    ["a negative entry", { observations: [failed(1, { entry: -1 })] }, "/observations/0/entry", /from 0/],
    [
      "an entry after the end",
      { observations: [failed(1), working(2, { entry: 3 })] },
      "/observations/1/entry",
      /after/,
    ],
    ["a failure at 0", { observations: [failed(1), failed(0)] }, "/observations/1/time", /age 0/],
    ["a failure on entry", { observations: [failed(2, { entry: 2 })] }, "/observations/0/entry", /never at risk/],
    ["half a unit", { observations: [failed(1, { count: 0.5 })] }, "/observations/0/count", /whole number/],
    ["a negative count", { observations: [failed(1, { count: -1 })] }, "/observations/0/count", /whole number/],
    [
      "more units than can be counted",
      { observations: [failed(1, { count: 2 ** 53 - 1 }), failed(2)] },
      "/observations",
      /2\^53/,
    ],
    ["no failure", { observations: [working(3), working(4)] }, "/observations", /Nothing failed/],
    ["a single failure", { observations: [failed(3)] }, "/observations", /without bound/],
    [
      "failures at one age only",
      { observations: [failed(3, { count: 9 }), working(2)] },
      "/observations",
      /without bound/,
    ],
    ["confidence in per cent", { observations: ballBearings, confidence: 95 }, "/confidence", /0.95/],
    ["confidence 1", { observations: ballBearings, confidence: 1 }, "/confidence", /between 0 and 1/],
    ["confidence 0", { observations: ballBearings, confidence: 0 }, "/confidence", /between 0 and 1/],
    [
      "a cost of nothing",
      { observations: ballBearings, costs: { preventive: 0, failure: 5 } },
      "/costs/preventive",
      /above 0/,
    ],
    [
      "a cost beyond numbers",
      {
        observations: [
          { time: 1e-9, event: true, count: 3 },
          { time: 1e-8, event: true },
        ],
        costs: { preventive: 1e300, failure: 1e305 },
      },
      "/costs",
      /beyond/,
    ],
    [
      "costs that lie too far apart",
      { observations: ballBearings, costs: { preventive: 1e-200, failure: 1e200 } },
      "/costs",
      /too far apart/,
    ],
    ["a missing cost", { observations: ballBearings, costs: { preventive: 1 } }, "/costs/failure", /missing/],
  ];
  for (const [what, document, pointer, sentence] of refusals) {
    test(what, () =>
      assert.throws(
        () => computeSurvival(document),
        (error) => {
          assert.ok(error instanceof DocumentFault);
          assert.equal(error.pointer, pointer);
          assert.match(error.message, sentence);
          return true;
        },
      ),
    );
  }
});
