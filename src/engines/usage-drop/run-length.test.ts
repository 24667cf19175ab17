import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { averageRunLength } from "../../../test/reference/run-length.ts";
import { drawPoisson } from "../../../test/reference/simulate-usage.ts";
import { seededRandom } from "../random/index.ts";
import { cusumStep, logRatio } from "./index.ts";

/** What a Poisson count adds, in units of "count - k"; asserted to be what the engine's log-likelihood ratio adds. */
function poissonIncrements(rate: number, k: number): [number, number][] {
  // The means whose ratio has reference value k: (b - a) / ln(b / a) = k with b / a = 2, so a = k ln 2.
  const mean = k * Math.LN2;
  const increments: [number, number][] = [];
  let probability = Math.exp(-rate);
  for (let count = 0; count < 80; count++) {
    const units = logRatio(count, mean, 0, 2) / Math.LN2;
    assert.ok(Math.abs(units - (count - k)) < 1e-9);
    increments.push([Math.round(units), probability]);
    probability *= rate / (count + 1);
  }
  return increments;
}

describe("the CUSUM of log-likelihood ratios", () => {
  // J. M. Lucas, "Counted data CUSUM's", Technometrics 27 (1985), 129-144: k = 2, h = 6; the figures as computed by
  // Lucas's scheme in J. Lawson's R package IAcsSPCR 1.2.1, example of arl(): acceptable mean 1.88 and 0.9627 standard
  // deviations above it, without and with a head start of h / 2.
  for (const [rate, published, withHeadStart] of [
    [1.88, 37.2, 29.19],
    [1.88 + 0.9627 * Math.sqrt(1.88), 5.49, 3.33],
  ] as const) {
    test(`has the published average run length at a Poisson mean of ${rate.toFixed(2)}`, () => {
      const { fromZero, fromHeadStart } = averageRunLength(poissonIncrements(rate, 2), 6, 3);
      assert.equal(fromZero.toFixed(1), published.toFixed(1));
      assert.equal(fromHeadStart.toFixed(2), withHeadStart.toFixed(2));
      const mean = simulatedRunLength(
        () => logRatio(drawPoisson(rate, random), 2 * Math.LN2, 0, 2),
        6 * Math.LN2 - 1e-9,
      );
      assert.ok(Math.abs(mean / fromZero - 1) < 0.05, `${mean} beside ${fromZero}`);
    });
  }

  // D. C. Montgomery, "Introduction to Statistical Quality Control", table "ARL performance of the tabular cusum with
  // k = 1/2 and h = 4 or h = 5" (after Lucas and Crosier 1982): both sides together, normal values, shift of the mean.
  for (const [shift, four, five] of [
    [0, 168, 465],
    [0.25, 74.2, 139],
    [0.5, 26.6, 38],
    [1, 8.38, 10.4],
    [1.5, 4.75, 5.75],
    [2, 3.34, 4.01],
  ] as const) {
    test(`has the published run lengths for normal values shifted by ${shift}`, () => {
      for (const [h, published] of [
        [4, four],
        [5, five],
      ] as const) {
        const [up = 0, down = 0] = [shift, -shift].map((mean) => {
          const limit = 20 * h;
          return averageRunLength(normalIncrements(mean - 0.5, (limit - 0.5) / h), limit).fromZero;
        });
        const both = 1 / (1 / up + 1 / down);
        assert.ok(Math.abs(both / published - 1) < 0.01, `${both} beside ${published}`);
      }
    });
  }
});

describe("the log-likelihood ratio", () => {
  test("is that of the negative binomial probabilities themselves", () => {
    const logProbability = (count: number, mean: number, dispersion: number) => {
      let log = -Math.log1p(dispersion * mean) / dispersion;
      for (let each = 0; each < count; each++) {
        log += Math.log(((1 / dispersion + each) * dispersion * mean) / ((1 + dispersion * mean) * (each + 1)));
      }
      return log;
    };
    for (const count of [0, 1, 4, 30]) {
      for (const [mean, dispersion, factor] of [
        [3, 0.2, 0.5],
        [20, 1.5, 0.5],
        [0.3, 4, 0.45],
        [12, 0.01, 2],
      ] as const) {
        const expected = logProbability(count, mean * factor, dispersion) - logProbability(count, mean, dispersion);
        assert.ok(Math.abs(logRatio(count, mean, dispersion, factor) - expected) < 1e-9);
      }
    }
  });

  test("goes over into the Poisson one without a jump", () => {
    for (const mean of [0.1, 5, 1000]) {
      const [poisson, nearly] = [0, 1e-7].map((dispersion) => logRatio(2, mean, dispersion));
      assert.ok(Math.abs((poisson ?? 0) - (nearly ?? 0)) < 1e-4 * Math.max(1, mean));
    }
  });
});

const random = seededRandom(1985);

function simulatedRunLength(increment: () => number, limit: number): number {
  const runs = 4000;
  let steps = 0;
  for (let run = 0; run < runs; run++) {
    for (let sum = 0; sum < limit; steps++) sum = cusumStep(sum, increment());
  }
  return steps / runs;
}

/** A normal increment of this mean, cut into grid cells of `1 / cells`. */
function normalIncrements(mean: number, cells: number): [number, number][] {
  const reach = Math.ceil(7 * cells);
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return Array.from({ length: 2 * reach + 1 }, (_, index): [number, number] => {
    const units = index - reach;
    return [units, density(units / cells - mean) / cells];
  });
}
