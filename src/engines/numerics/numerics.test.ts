import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { seededRandom } from "../random/index.ts";
import {
  ascendingOrder,
  chiSquareDistribution,
  chiSquareQuantile,
  chiSquareUpperTail,
  findRoot,
  logGamma,
  logNormalUpperTail,
  normalDistribution,
  normalHazard,
  normalQuantile,
  regularisedGammaP,
  regularisedGammaQ,
} from "./index.ts";

function near(actual: number, expected: number, relative: number): void {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), Number.MIN_VALUE);
  assert.ok(error <= relative, `${actual} differs from ${expected} by ${error}`);
}

/** M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964. */
describe("special functions agree with the tables", () => {
  test("ln Γ: exact values, and table 6.1 and 6.3", () => {
    near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-14);
    near(Math.exp(logGamma(1.5)), 0.88622692545, 1e-11);
    near(Math.exp(logGamma(1.25)), 0.90640247706, 1e-11);
    near(Math.exp(logGamma(5)), 24, 1e-14);
    near(Math.exp(logGamma(1 / 3)), 2.6789385347, 2e-11);
    assert.ok(Math.abs(logGamma(1)) < 1e-14 && Math.abs(logGamma(2)) < 1e-14);
    let factorial = 0;
    for (let n = 2; n <= 170; n++) factorial += Math.log(n);
    near(logGamma(171), factorial, 1e-14);
  });

  test("Φ: table 26.1", () => {
    near(normalDistribution(1), 0.841344746068543, 1e-14);
    near(normalDistribution(2), 0.977249868051821, 1e-14);
    near(normalDistribution(0.5), 0.691462461274013, 1e-14);
    near(1 - normalDistribution(3), 0.00134989803163, 1e-11);
    near(normalDistribution(-3), 0.00134989803163, 1e-12);
  });

  test("−log₁₀ of the normal tail far out: table 26.2", () => {
    near(-logNormalUpperTail(5) / Math.LN10, 6.54265, 1e-6);
    near(-logNormalUpperTail(10) / Math.LN10, 23.11805, 1e-6);
    near(-logNormalUpperTail(50) / Math.LN10, 544.96634, 1e-6);
    near(-logNormalUpperTail(100) / Math.LN10, 2173.87154, 1e-6);
  });

  test("quantiles: z of 90, 95, 99 and 99.9 % both sides, to fifteen places; χ² of table 26.8", () => {
    near(normalQuantile(0.95), 1.6448536269514722, 1e-14);
    near(normalQuantile(0.975), 1.959963984540054, 1e-14);
    near(-normalQuantile(0.005), 2.5758293035489004, 1e-14);
    near(-normalQuantile(0.0005), 3.2905267314919255, 1e-14);
    near(chiSquareQuantile(0.95, 1), 3.841458820694124, 1e-13);
    near(chiSquareQuantile(0.5, 1), 0.454936, 2e-6);
    near(chiSquareQuantile(0.95, 10), 18.307, 1e-5);
    near(chiSquareQuantile(0.05, 10), 3.9403, 1e-5);
    near(chiSquareQuantile(0.99, 30), 50.8922, 1e-6);
    near(chiSquareQuantile(0.005, 100), 67.3276, 1e-6);
    near(chiSquareQuantile(0.95, 2), -2 * Math.log(0.05), 1e-13);
  });
});

describe("special functions keep their identities", () => {
  const positive = fc.double({ min: 1e-6, max: 1e3, noNaN: true });

  test("x·Γ(x) = Γ(x + 1)", () =>
    fc.assert(
      fc.property(positive, (x) => {
        assert.ok(Math.abs(logGamma(x + 1) - Math.log(x) - logGamma(x)) <= 1e-12 * Math.max(1, logGamma(x + 1)));
      }),
    ));

  test("P + Q = 1, and P(1, x) is exponential", () =>
    fc.assert(
      fc.property(positive, positive, (a, x) => {
        near(regularisedGammaP(a, x) + regularisedGammaQ(a, x), 1, 1e-12);
        near(regularisedGammaQ(1, x), Math.exp(-x), 1e-12);
      }),
    ));

  test("the quantile undoes the distribution", () =>
    fc.assert(
      fc.property(
        fc.double({ min: 1e-300, max: 0.999999, noNaN: true }),
        fc.integer({ min: 2, max: 200 }),
        (p, degrees) => {
          near(normalDistribution(normalQuantile(p)), p, 1e-12);
          if (p > 1e-12) near(chiSquareDistribution(chiSquareQuantile(p, degrees), degrees), p, 1e-9);
        },
      ),
    ));

  test("tails far out stay above zero: Mills' ratio lies between its bounds", () => {
    for (const z of [1, 5, 30, 100, 1000]) {
      assert.ok(normalHazard(z) > z && normalHazard(z) < z + 1 / z);
    }
    assert.ok(chiSquareUpperTail(1000, 3) > 0);
  });
});

test("a root is found to the last bits, in few steps, however crooked the function", () => {
  let calls = 0;
  const counted = (f: (x: number) => number) => (x: number) => {
    calls++;
    return f(x);
  };
  near(
    findRoot(
      counted((x) => x * x - 2),
      0,
      2,
    ),
    Math.SQRT2,
    1e-15,
  );
  near(
    findRoot(
      counted((x) => Math.exp(x) - 1e-8),
      -100,
      100,
    ),
    Math.log(1e-8),
    1e-15,
  );
  near(
    findRoot(
      counted((x) => (x < 0.3 ? -1 : 1)),
      0,
      1,
    ),
    0.3,
    1e-15,
  );
  near(
    findRoot(
      counted((x) => (x - 0.7) ** 9),
      0,
      1,
    ),
    0.7,
    1e-2,
  );
  assert.ok(calls < 400, `${calls} calls`);
  assert.equal(
    findRoot((x) => x, 0, 5),
    0,
  );
  assert.throws(() => findRoot((x) => x * x + 1, -1, 1), /no change of sign/);
});

test("few values and many are put in order alike, equal ones as they stood", () => {
  const random = seededRandom(9);
  const odd = [0, 5e-324, 1e308, 1, 1 + 2 ** -52, 0, 1];
  for (const length of [0, 1, 7, 300, 50_000]) {
    const values = Float64Array.from({ length }, (_, index) =>
      index < odd.length ? (odd[index] ?? 0) : Math.floor(random() * 1000) * 10 ** Math.floor(40 * random() - 20),
    );
    const expected = Array.from(values, (value, index) => ({ value, index })).sort(
      (a, b) => a.value - b.value || a.index - b.index,
    );
    assert.deepEqual(
      Array.from(ascendingOrder(values)),
      expected.map(({ index }) => index),
    );
  }
});
