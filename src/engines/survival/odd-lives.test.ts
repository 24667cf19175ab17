import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drawLife } from "../../../test/reference/generated-lives.ts";
import { remissions } from "../../../test/reference/published-lives.ts";
import { seededRandom } from "../random/index.ts";
import { computeSurvival, fitWeibull, kaplanMeier, type Observation, prepareLives } from "./index.ts";

const fit = (...observations: Observation[]) => fitWeibull(prepareLives(observations));

describe("odd sets that have an answer", () => {
  test("one failure among survivors: the equation of the shape holds", () => {
    const { shape, scale } = fit({ time: 10, event: true }, { time: 20, event: false });
    const power = 2 ** shape;
    assert.ok(Math.abs((power * Math.log(2)) / (1 + power) - 1 / shape) < 1e-12);
    assert.ok(Math.abs(scale / (10 * (1 + power) ** (1 / shape)) - 1) < 1e-12);
  });

  test("all failures at one age, something living on", () => {
    const { shape, scaleInterval } = fit({ time: 5, event: true, count: 8 }, { time: 5.5, event: false });
    assert.ok(shape > 10 && scaleInterval[0] !== null && scaleInterval[1] !== null);
  });

  test("failures a breath apart: the shape is large and exact", () => {
    const step = 2 ** -50;
    const { shape, scale } = fit({ time: 1, event: true }, { time: 1 + step, event: true });
    // With ages e^0 and e^δ the shape is c ÷ δ, where e^c·(c − 2) = c + 2.
    assert.ok(Math.abs((shape * step) / 2.399357280520546 - 1) < 1e-9, `${shape * step}`);
    assert.ok(scale >= 1 && scale <= 1 + 2 * step);
  });

  test("one failure in a million units", () => {
    const { shape, scale, shapeInterval, scaleInterval } = fit(
      { time: 100, event: true },
      { time: 200, event: false, count: 999_999 },
    );
    for (const value of [shape, scale, ...shapeInterval, scaleInterval[0]]) assert.ok(value !== null && value > 0);
    assert.ok(scale > 200);
  });

  test("ages from 1e-300 to 1e300", () => {
    const { shape, scale } = fit({ time: 1e-300, event: true }, { time: 1, event: true }, { time: 1e300, event: true });
    assert.ok(shape > 0 && shape < 0.01 && Number.isFinite(scale));
  });

  test("a limit of the scale beyond every number is null", () => {
    const { scale, scaleInterval } = fit({ time: 1e-9, event: true }, { time: 1e12, event: false, count: 1000 });
    assert.ok(Number.isFinite(scale));
    assert.equal(scaleInterval[1], null);
  });

  test("watched only from entries on, shapes near 0 cannot be told apart: no lower limit, and none is made up", () => {
    const { shape, shapeInterval, scaleInterval } = fit(
      ...remissions.map((row) => ({ ...row, entry: 0.3 * row.time })),
    );
    assert.ok(shape > 0);
    assert.equal(shapeInterval[0], null);
    assert.equal(scaleInterval[0], null);
    assert.ok(shapeInterval[1] !== null && scaleInterval[1] !== null);
  });

  test("300,000 rows, half with late entries", () => {
    const random = seededRandom(3);
    const rows = Array.from({ length: 300_000 }, (_, index): Observation => {
      const [life, seen] = [drawLife(random, 1.7, 900), 1500 * random()];
      const time = Math.min(life, seen);
      return { time, event: life <= seen, entry: index % 2 === 0 ? 0 : time * random() };
    });
    const { weibull, kaplanMeier: curve } = computeSurvival({ observations: rows });
    assert.ok(weibull.shape > 0.5 && weibull.shape < 2);
    assert.ok(curve.length > 100_000);
  });
});

describe("odd sets that have none say why", () => {
  test("failures that follow soon after entry: the shape runs to 0", () => {
    assert.throws(
      () =>
        fit(
          { time: 2.1, event: true, entry: 2 },
          { time: 2.2, event: true, entry: 2 },
          { time: 9, event: false, entry: 2 },
        ),
      /nearer the shape comes to 0/,
    );
  });

  test("a scale beyond every number", () => {
    assert.throws(
      () => fit({ time: 1e-9, event: true }, { time: 1e12, event: false, count: 1e12 }),
      /beyond what a number can hold/,
    );
  });

  test("late failures all at the greatest age", () => {
    assert.throws(() => fit({ time: 5, event: true, entry: 1 }, { time: 4, event: false, entry: 3 }), /without bound/);
  });
});

describe("the survival curve", () => {
  test("once nobody is left: survival and lower limit 0, the upper limit stays", () => {
    const steps = kaplanMeier(prepareLives([1, 2, 3].map((time) => ({ time, event: true }))));
    const [, second, third] = steps;
    assert.deepEqual([third?.survival, third?.lower, third?.upper], [0, 0, second?.upper]);
    const [only] = kaplanMeier(prepareLives([{ time: 1, event: true }]));
    assert.deepEqual([only?.survival, only?.lower, only?.upper], [0, 0, 1]);
  });

  test("nothing failed: no step", () => {
    assert.deepEqual(kaplanMeier(prepareLives([{ time: 1, event: false }])), []);
  });

  test("a withdrawal and an entry at the age of a failure: the one still counts, the other not yet", () => {
    const [step] = kaplanMeier(
      prepareLives([
        { time: 5, event: true },
        { time: 5, event: false },
        { time: 9, event: false, entry: 5 },
      ]),
    );
    assert.deepEqual([step?.atRisk, step?.survival], [2, 0.5]);
  });
});
