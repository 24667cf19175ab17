import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fitPowerLaw, meanCumulativeRepairs, type RepairHistory, SurvivalError, testTrend } from "./index.ts";

/** ReliaSoft, Recurrent Event Data Analysis, "Example: Mean Cumulative Function" (reliawiki.org): five systems, the last age the end of watch. */
const fiveSystems: RepairHistory[] = [
  { repairs: [5, 10, 15], end: 17 },
  { repairs: [6, 13, 17], end: 19 },
  { repairs: [12, 20, 25], end: 26 },
  { repairs: [13, 15], end: 24 },
  { repairs: [16, 22, 25], end: 28 },
];

/** L. H. Crow, "Evaluating the Reliability of Repairable Systems", Proceedings Annual Reliability and Maintainability Symposium 1990, 275–279. */
const crowSystems: RepairHistory[] = [
  [1.2, 55.6, 72.7, 111.9, 121.9, 303.6, 326.9, 1568.4, 1913.5],
  [1.4, 35, 46.8, 65.9, 181.1, 712.6, 1005.7, 1029.9, 1675.7, 1787.5, 1867],
  [0.3, 32.6, 33.4, 241.7, 396.2, 444.4, 480.8, 588.9, 1043.9, 1136.1, 1288.1, 1408.1, 1439.4, 1604.8],
].map((repairs) => ({ repairs, end: 2000 }));

const anyHistories = fc.array(
  fc
    .tuple(
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { maxLength: 6 }),
    )
    .map(([start, span, shares]) => ({
      start,
      end: start + span,
      repairs: shares.map((share) => start + Math.ceil(share * span * 2) / 2),
    })),
  { minLength: 1, maxLength: 8 },
);

describe("mean cumulative repairs", () => {
  test("five systems: the printed means, and the first variance and limits", () => {
    const steps = meanCumulativeRepairs(fiveSystems, 0.9);
    assert.deepEqual(
      steps.map(({ time, mean }) => [time, Number(mean.toFixed(5))]),
      [
        [5, 0.2],
        [6, 0.4],
        [10, 0.6],
        [12, 0.8],
        [13, 1.2],
        [15, 1.6],
        [16, 1.8],
        [17, 2],
        [20, 2.33333],
        [22, 2.66667],
        [25, 3.66667],
      ],
    );
    const [first] = steps;
    assert.equal(((first?.standardError ?? 0) ** 2).toFixed(3), "0.032");
    assert.deepEqual([first?.lower.toFixed(7), first?.upper.toFixed(6)], ["0.0459299", "0.870893"]);
  });

  test("mean and robust variance are what their definitions give, system by system", () => {
    fc.assert(
      fc.property(anyHistories, (histories) => {
        const present = (start: number, end: number, age: number) => start < age && age <= end;
        for (const { time, mean, standardError } of meanCumulativeRepairs(histories)) {
          const ages = [...new Set(histories.flatMap(({ repairs }) => repairs))].filter((age) => age <= time);
          const shares = ages.map((age) => {
            const there = histories.filter(({ start, end }) => present(start, end, age)).length;
            return {
              age,
              there,
              mean: histories.flatMap(({ repairs }) => repairs).filter((at) => at === age).length / there,
            };
          });
          const expected = shares.reduce((sum, share) => sum + share.mean, 0);
          const variance = histories.reduce((sum, { start, end, repairs }) => {
            const influence = shares
              .filter(({ age }) => present(start, end, age))
              .reduce(
                (total, { age, there, mean: own }) => total + (repairs.filter((at) => at === age).length - own) / there,
                0,
              );
            return sum + influence ** 2;
          }, 0);
          assert.ok(Math.abs(mean - expected) < 1e-12);
          assert.ok(Math.abs(standardError ** 2 - variance) < 1e-9, `${standardError ** 2} ${variance}`);
        }
      }),
      { seed: 5 },
    );
  });
});

describe("the power-law process", () => {
  test("three systems of 2,000 hours: shape 0.45300, λ 0.36224 (ReliaSoft, RGA Models for Repairable Systems Analysis)", () => {
    const { shape, lambda, repairs } = fitPowerLaw(crowSystems);
    assert.deepEqual([repairs, shape.toFixed(5), lambda.toFixed(5)], [34, "0.45300", "0.36224"]);
  });

  test("one system ended by its tenth repair: β 0.74165662, λ 0.00078864 (Python package reliability, tests)", () => {
    const repairs = [10400, 26900, 43400, 66400, 89400, 130400, 163400, 232000, 242000, 340700];
    const { shape, lambda } = fitPowerLaw([{ repairs, end: 340700 }]);
    assert.ok(Math.abs(shape / 0.741656619656656 - 1) < 1e-12);
    assert.ok(Math.abs(lambda / 0.0007886414235385733 - 1) < 1e-12);
  });

  test("with starts and ends of their own, the likelihood equations hold", () => {
    fc.assert(
      fc.property(anyHistories, (histories) => {
        let fitted: ReturnType<typeof fitPowerLaw>;
        try {
          fitted = fitPowerLaw(histories);
        } catch (error) {
          assert.ok(error instanceof SurvivalError, String(error));
          return;
        }
        const { shape, scale, repairs } = fitted;
        const power = (age: number) => (age / scale) ** shape;
        const expected = histories.reduce((sum, { start, end }) => sum + power(end) - power(start), 0);
        assert.ok(Math.abs(expected / repairs - 1) < 1e-6, "as many repairs are expected as there were");
        const logs = histories
          .flatMap((history) => history.repairs)
          .reduce((sum, age) => sum + Math.log(age / scale), 0);
        const weighted = (age: number) => (age === 0 ? 0 : power(age) * Math.log(age / scale));
        const balance =
          repairs / shape + logs - histories.reduce((sum, { start, end }) => sum + weighted(end) - weighted(start), 0);
        assert.ok(Math.abs(balance) < 1e-6 * (repairs / shape + Math.abs(logs)), `${balance}`);
      }),
      { seed: 6 },
    );
  });

  test("no repairs, and repairs only at the very end", () => {
    assert.throws(() => fitPowerLaw([{ repairs: [], end: 5 }]), /Nothing was repaired/);
    assert.throws(() => fitPowerLaw([{ repairs: [5], end: 5 }]), /without bound/);
    assert.throws(() => testTrend([{ repairs: [5], end: 5 }]), /no trend to test/);
  });
});

describe("trend tests", () => {
  test("Crow's systems get better: 2·N ÷ shape = 150.11, 68 degrees", () => {
    const { militaryHandbook, laplace, trend } = testTrend(crowSystems);
    assert.equal(militaryHandbook.degrees, 68);
    assert.equal(militaryHandbook.statistic.toFixed(2), "150.11");
    assert.ok(militaryHandbook.pValue < 1e-6 && laplace.statistic < -3 && laplace.pValue < 0.01);
    assert.equal(trend, "improving");
  });

  test("repairs that come faster and faster, and evenly", () => {
    const watch = (repairs: number[]) => testTrend([{ repairs, end: 100 }]);
    const faster = watch([60, 75, 84, 90, 95, 98, 99]);
    assert.equal(faster.trend, "worsening");
    assert.ok(faster.laplace.statistic > 1.96);
    const even = watch([10, 30, 50, 70, 90]);
    assert.equal(even.trend, "none_seen");
    assert.ok(Math.abs(even.laplace.statistic) < 1e-12 && even.laplace.pValue > 0.999);
  });

  test("Laplace by hand: repairs at 1 and 3 of 4 and at 3 of 4: U = ¼ ÷ √(3 ÷ 12)", () => {
    const { laplace } = testTrend([
      { repairs: [1, 3], end: 4 },
      { repairs: [13], start: 10, end: 14 },
    ]);
    assert.ok(Math.abs(laplace.statistic - 0.25 / Math.sqrt(3 / 12)) < 1e-15);
  });
});

test("histories that cannot be are refused", () => {
  const refused: [RepairHistory[], RegExp][] = [
    [[], /no systems/],
    [[{ repairs: [], end: 0 }], /no span/],
    [[{ repairs: [], end: Number.NaN }], /no span/],
    [[{ repairs: [], start: 5, end: 4 }], /no span/],
    [[{ repairs: [], start: -1, end: 4 }], /no span/],
    [[{ repairs: [0], end: 4 }], /outside/],
    [[{ repairs: [5], end: 4 }], /outside/],
    [[{ repairs: [Number.NaN], end: 4 }], /outside/],
  ];
  for (const [histories, sentence] of refused)
    for (const answer of [meanCumulativeRepairs, fitPowerLaw, testTrend])
      assert.throws(
        () => answer(histories),
        (error) => error instanceof SurvivalError && sentence.test(error.message),
      );
});
