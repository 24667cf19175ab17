import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { anyLives, drawLife } from "../../../test/reference/generated-lives.ts";
import { ovarian, remissions, shockAbsorbers } from "../../../test/reference/published-lives.ts";
import { logNormalUpperTail } from "../numerics/index.ts";
import { seededRandom } from "../random/index.ts";
import {
  compareFits,
  expectedFailures,
  fitExponential,
  fitGroup,
  fitLogNormal,
  fitWeibull,
  type LogNormalFit,
  type Observation,
  planReplacement,
  prepareLives,
  SurvivalError,
  usualSpread,
} from "./index.ts";

describe("exponential and log-normal lives", () => {
  test("shock absorbers: log-normal μ 10.1447710, σ 0.5300683, log-likelihood −124.6085; mean 56818.19 (R package weibulltools 2.1, tests)", () => {
    const lives = prepareLives(shockAbsorbers);
    const { mu, sigma, logLikelihood } = fitLogNormal(lives);
    assert.ok(Math.abs(mu - 10.144771) < 2e-6 && Math.abs(sigma - 0.5300683) < 2e-6);
    assert.equal(logLikelihood.toFixed(4), "-124.6085");
    assert.ok(Math.abs(fitExponential(lives).mean / 56818.19 - 1) < 1e-6);
    assert.deepEqual(
      compareFits(lives).map(({ distribution }) => distribution),
      ["weibull", "log_normal", "exponential"],
    );
  });

  test("Akaike's criterion: 2·2 + 2·97.954 for the Weibull fit of the ovarian data", () => {
    const weibull = compareFits(prepareLives(ovarian)).find(({ distribution }) => distribution === "weibull");
    assert.equal(weibull?.aic.toFixed(2), "199.91");
  });

  test("the log-normal fit is a summit: nothing near it is higher, whatever was censored or came late", () => {
    const logDensity = (
      { mu, sigma }: Pick<LogNormalFit, "mu" | "sigma">,
      { time, event, entry = 0, count = 1 }: Observation,
    ) => {
      const z = (age: number) => (Math.log(age) - mu) / sigma;
      const own = event
        ? -0.5 * z(time) ** 2 - Math.log(time * sigma * Math.sqrt(2 * Math.PI))
        : logNormalUpperTail(z(time));
      return count * (own - (entry > 0 ? logNormalUpperTail(z(entry)) : 0));
    };
    let fitted = 0;
    fc.assert(
      fc.property(anyLives({ late: true }), (observations) => {
        const height = (at: Pick<LogNormalFit, "mu" | "sigma">) =>
          observations.reduce((sum, row) => sum + logDensity(at, row), 0);
        try {
          const { mu, sigma, logLikelihood } = fitLogNormal(prepareLives(observations));
          const own = height({ mu, sigma });
          assert.ok(Math.abs(own - logLikelihood) < 1e-8 * Math.max(1, Math.abs(own)), `${own} ${logLikelihood}`);
          for (const [right, up] of [
            [1, 0],
            [-1, 0],
            [0, 1],
            [0, -1],
          ] as const)
            for (const step of [1e-3, 0.1])
              assert.ok(height({ mu: mu + right * step * sigma, sigma: sigma * (1 + up * step) }) <= own + 1e-9);
          fitted++;
        } catch (error) {
          if (!(error instanceof SurvivalError)) throw error;
        }
      }),
      { seed: 7 },
    );
    assert.ok(fitted > 60, `${fitted} fits`);
  });
});

describe("optimal age replacement", () => {
  test("shape 2.5, scale 1000, costs 1 and 5: at 493, for 0.0035 per unit of time (ReliaSoft, Optimum Replacement Time Example)", () => {
    const plan = planReplacement({ shape: 2.5, scale: 1000 }, { preventive: 1, failure: 5 });
    assert.equal(plan.kind, "age_replacement");
    assert.equal(plan.age?.toFixed(2), "493.05");
    assert.equal(plan.costRate.toFixed(4), "0.0035");
  });

  test("no age on a fine grid is cheaper, by plain integration", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.05, max: 8, noNaN: true }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (shape, preventive) => {
          const plan = planReplacement({ shape, scale: 1 }, { preventive, failure: 1 });
          let [life, cheapest] = [0, Number.POSITIVE_INFINITY];
          const step = 1e-3;
          for (let age = step; age < 6; age += step) {
            life += step * Math.exp(-((age - step / 2) ** shape));
            const working = Math.exp(-(age ** shape));
            cheapest = Math.min(cheapest, (preventive * working + 1 - working) / life);
          }
          const best = Math.min(plan.costRate, plan.runToFailureCostRate * (1 - plan.saving));
          assert.ok(Math.abs(best / cheapest - 1) < 2e-3, `${best} ${cheapest}`);
          assert.equal(plan.kind === "age_replacement", plan.saving > 0.05);
        },
      ),
      { seed: 8, numRuns: 40 },
    );
  });

  test("run to failure: no wear, a replacement as dear as a failure, a saving not worth while", () => {
    for (const [shape, preventive] of [
      [1, 0.01],
      [0.5, 0.01],
      [3, 1],
      [3, 2],
      [1.2, 0.5],
      [1 + 1e-9, 0.1],
      [50, 0.999],
    ] as const) {
      const plan = planReplacement({ shape, scale: 7 }, { preventive, failure: 1 });
      assert.equal(plan.kind, "run_to_failure");
      assert.deepEqual([plan.age, plan.costRate], [null, plan.runToFailureCostRate]);
      assert.ok(plan.saving >= 0 && plan.saving <= 0.05);
    }
    const { runToFailureCostRate } = planReplacement({ shape: 2, scale: 4 }, { preventive: 1, failure: 3 });
    assert.ok(Math.abs(runToFailureCostRate - 3 / (4 * (Math.sqrt(Math.PI) / 2))) < 1e-14);
  });

  test("a life like clockwork is replaced just before it ends; extreme shapes and costs stay finite", () => {
    const plan = planReplacement({ shape: 1e6, scale: 10 }, { preventive: 1, failure: 1e9 });
    assert.ok(plan.age !== null && plan.age > 9.99 && plan.age < 10);
    assert.ok(Math.abs(plan.costRate - 0.1) < 1e-3);
    for (const shape of [1e-3, 1.0001, 700, 1e9]) {
      for (const preventive of [1e-12, 0.5, 1e12]) {
        const extreme = planReplacement({ shape, scale: 1e-9 }, { preventive, failure: 1 });
        assert.ok(Number.isFinite(extreme.costRate) || shape === 1e-3, JSON.stringify(extreme));
      }
    }
  });
});

describe("expected failures of the next term", () => {
  test("by hand: shape 2, scale 10, ages 0, 10, 20, term 10 → 1 + 3 + 5", () => {
    assert.ok(Math.abs(expectedFailures({ shape: 2, scale: 10 }, [0, 10, 20], 10) - 9) < 1e-12);
    assert.equal(expectedFailures({ shape: 2, scale: 10 }, [], 10), 0);
    assert.equal(expectedFailures({ shape: 2, scale: 10 }, [5], 0), 0);
  });

  test("short terms lose no digits, long ones do not overflow on the way", () => {
    const rate = expectedFailures({ shape: 3, scale: 10 }, [1e6], 1e-9) / 1e-9;
    assert.ok(Math.abs(rate / ((3 / 10) * (1e6 / 10) ** 2) - 1) < 1e-12);
    assert.equal(expectedFailures({ shape: 2, scale: 1 }, [1e-300], 1), 1);
    assert.throws(() => expectedFailures({ shape: 2, scale: 1 }, [-1], 1), RangeError);
    assert.throws(() => expectedFailures({ shape: 2, scale: 1 }, [1], Number.NaN), RangeError);
  });

  test("two terms one after the other add up", () => {
    const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        positive,
        positive,
        positive,
        (shape, age, term, next) => {
          const life = { shape, scale: 50 };
          const whole = expectedFailures(life, [age], term + next);
          const parts = expectedFailures(life, [age], term) + expectedFailures(life, [age + term], next);
          assert.ok(Math.abs(parts / whole - 1) < 1e-9);
        },
      ),
    );
  });
});

describe("a small group leans on its category", () => {
  const category = { shape: 2, scale: 30, spread: usualSpread };

  test("ten failures or more stand for themselves; fewer say what they were drawn towards", () => {
    const own = fitGroup(prepareLives(shockAbsorbers), category);
    assert.equal(own.kind, "own");
    assert.equal(own.shape, fitWeibull(prepareLives(shockAbsorbers)).shape);
    const shrunk = fitGroup(prepareLives(remissions), category);
    assert.ok(shrunk.kind === "shrunk" && shrunk.failures === 9 && shrunk.towards === category);
    const alone = fitWeibull(prepareLives(remissions));
    assert.ok(shrunk.shape > alone.shape && shrunk.shape < category.shape);
  });

  test("between its own fit and the category's: a tight category wins, a loose one yields", () => {
    const lives = prepareLives(remissions);
    const alone = fitWeibull(lives);
    const drawnBy = (spread: number) => fitGroup(lives, { ...category, spread: { shape: spread, scale: spread } });
    assert.ok(Math.abs(drawnBy(1e-4).shape - 2) < 1e-4 && Math.abs(drawnBy(1e-4).scale - 30) < 1e-2);
    assert.ok(Math.abs(drawnBy(100).shape / alone.shape - 1) < 1e-3);
    assert.ok(Math.abs(drawnBy(100).scale / alone.scale - 1) < 1e-3);
  });

  test("it exists for groups that have no fit of their own, and their survival speaks", () => {
    const working = (time: number) => fitGroup(prepareLives([{ time, event: false, count: 20 }]), category);
    assert.ok(working(0.01).scale > 29.99 && working(0.01).scale < 30.1);
    assert.ok(working(40).scale > working(10).scale && working(10).scale > 30);
    const early = fitGroup(prepareLives([{ time: 3, event: true, count: 4 }]), category);
    assert.ok(early.scale < 15 && early.shape > 0.5 && early.shape < 5);
    assert.throws(() => fitGroup(prepareLives(remissions), { ...category, scale: 0 }), RangeError);
  });

  test("it is nearer to the truth than the group alone, over many small groups", () => {
    const random = seededRandom(21);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let [own, drawn] = [0, 0];
    for (let group = 0; group < 200; group++) {
      const truth = { shape: 2 * Math.exp(0.25 * normal()), scale: 30 * Math.exp(0.5 * normal()) };
      const observations = Array.from({ length: 12 }, (): Observation => {
        const [life, seen] = [drawLife(random, truth.shape, truth.scale), 25 * random()];
        return { time: Math.min(life, seen), event: life <= seen };
      });
      const lives = prepareLives(observations);
      if (lives.failures < 2 || lives.failures > 9) continue;
      const error = (shape: number) => Math.log(shape / truth.shape) ** 2;
      own += error(fitWeibull(lives).shape);
      drawn += error(fitGroup(lives, category).shape);
    }
    assert.ok(drawn < own / 2, `${drawn} ${own}`);
  });
});
