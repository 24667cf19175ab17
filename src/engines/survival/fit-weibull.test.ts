import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { anyLives, drawLife } from "../../../test/reference/generated-lives.ts";
import { ballBearings, remissions } from "../../../test/reference/published-lives.ts";
import { bestWith, climbWeibull, weibullLogLikelihood } from "../../../test/reference/weibull-likelihood.ts";
import { chiSquareQuantile } from "../numerics/index.ts";
import { seededRandom } from "../random/index.ts";
import { fitWeibull, type Observation, prepareLives, SurvivalError, type WeibullFit } from "./index.ts";

const fit = (observations: readonly Observation[], confidence?: number) =>
  fitWeibull(prepareLives(observations), confidence);

function tryFit(observations: readonly Observation[]): WeibullFit | undefined {
  try {
    return fit(observations);
  } catch (error) {
    assert.ok(error instanceof SurvivalError, String(error));
    return undefined;
  }
}

function near(actual: number | null, expected: number, relative: number): void {
  assert.ok(actual !== null && Math.abs(actual / expected - 1) <= relative, `${actual} is not ${expected}`);
}

describe("against the likelihood, term by term", () => {
  for (const late of [false, true]) {
    test(`a plain search climbs no higher${late ? ", late entries included" : ""}`, () => {
      fc.assert(
        fc.property(anyLives({ late }), (observations) => {
          const fitted = tryFit(observations);
          if (!fitted) return;
          const { shape, scale, logLikelihood } = fitted;
          const own = weibullLogLikelihood(observations, shape, scale);
          assert.ok(Math.abs(own - logLikelihood) <= 1e-9 * Math.max(1, Math.abs(own)), `${own} ${logLikelihood}`);
          const summit = climbWeibull(observations, 1e-4);
          assert.ok(summit.logLikelihood <= logLikelihood + 1e-7, `${summit.logLikelihood} ${logLikelihood}`);
        }),
        { numRuns: 60, seed: 1 },
      );
    });
  }

  test("the search finds the same summit", () => {
    const lateRemissions = remissions.map((row, index) => ({ ...row, entry: index % 3 === 0 ? row.time * 0.5 : 0 }));
    for (const observations of [ballBearings, remissions, lateRemissions]) {
      const [fitted, summit] = [fit(observations), climbWeibull(observations)];
      near(fitted.shape, summit.shape, 1e-6);
      near(fitted.scale, summit.scale, 1e-6);
    }
  });

  test("at the limits of an interval the best of the other parameter has lost just χ² ÷ 2", () => {
    const late = remissions.map((row, index) => ({ ...row, entry: index % 2 === 0 ? row.time * 0.3 : 0 }));
    for (const [observations, confidence] of [
      [ballBearings, 0.95],
      [remissions, 0.9],
      [late, 0.99],
      [late, 0.5],
    ] as const) {
      const fitted = fit(observations, confidence);
      const floor = fitted.logLikelihood - chiSquareQuantile(confidence, 1) / 2;
      for (const shape of fitted.shapeInterval) {
        const best = bestWith((scale) => weibullLogLikelihood(observations, shape ?? 0, scale), 1, 1e6);
        assert.ok(Math.abs(best - floor) < 1e-8, `${best} ${floor}`);
      }
      for (const scale of fitted.scaleInterval) {
        const best = bestWith((shape) => weibullLogLikelihood(observations, shape, scale ?? 0), 0.01, 20);
        assert.ok(Math.abs(best - floor) < 1e-8, `${best} ${floor}`);
      }
    }
  });
});

describe("what must not change the answer", () => {
  test("the unit of time", () => {
    for (const unit of [1e-9, 1e-200, 1e12, 1e200]) {
      const [there, here] = [fit(ballBearings.map((row) => ({ ...row, time: row.time * unit }))), fit(ballBearings)];
      near(there.shape, here.shape, 1e-12);
      near(there.scale, here.scale * unit, 1e-12);
      near(there.shapeInterval[1], here.shapeInterval[1] ?? 0, 1e-9);
      near(there.scaleInterval[0], (here.scaleInterval[0] ?? 0) * unit, 1e-9);
    }
  });

  test("an entry at 0; a unit cut in two at any age", () => {
    fc.assert(
      fc.property(anyLives({ late: false }), fc.double({ min: 0.1, max: 0.9, noNaN: true }), (observations, share) => {
        const whole = tryFit(observations);
        if (!whole) return;
        const halves = observations.flatMap((row): Observation[] => [
          { ...row, time: row.time * share, event: false, entry: 0 },
          { ...row, entry: row.time * share },
        ]);
        const cut = fit(halves);
        near(cut.shape, whole.shape, 1e-7);
        near(cut.scale, whole.scale, 1e-7);
        near(cut.shapeInterval[0], whole.shapeInterval[0] ?? 0, 1e-6);
        near(cut.scaleInterval[1], whole.scaleInterval[1] ?? 0, 1e-6);
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  test("a higher confidence gives a wider interval around the same estimate", () => {
    let [low, high] = [Number.POSITIVE_INFINITY, 0];
    for (const confidence of [0.1, 0.5, 0.9, 0.99, 0.9999]) {
      const { shape, shapeInterval } = fit(remissions, confidence);
      const [lower, upper] = shapeInterval;
      assert.ok(lower !== null && upper !== null && lower < low && upper > high && lower < shape && shape < upper);
      [low, high] = [lower, upper];
    }
  });
});

test("devices that came under contract at some age: the truth lies within, and forgetting the entry would miss it", () => {
  const random = seededRandom(11);
  const observations: Observation[] = [];
  while (observations.length < 5000) {
    const [life, entry] = [drawLife(random, 2, 1000), random() * 1500];
    if (life > entry) observations.push({ time: Math.min(life, entry + 300), event: life <= entry + 300, entry });
  }
  const { shapeInterval, scaleInterval } = fit(observations, 0.999);
  assert.ok((shapeInterval[0] ?? 9) < 2 && (shapeInterval[1] ?? 0) > 2, `${shapeInterval}`);
  assert.ok((scaleInterval[0] ?? 1e9) < 1000 && (scaleInterval[1] ?? 0) > 1000, `${scaleInterval}`);
  const naive = fit(observations.map(({ time, event }) => ({ time, event })));
  assert.ok(naive.scale > 1200, `${naive.scale}`);
});
