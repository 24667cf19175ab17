import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { anyLives } from "../../../test/reference/generated-lives.ts";
import { kaplanMeier, type Observation, plotPositions, prepareLives } from "./index.ts";

/** The definition, read aloud: at each age of failure count who is there. */
function countedOut(observations: readonly Observation[]) {
  const units = observations.flatMap(({ count = 1, entry = 0, ...row }) => new Array(count).fill({ ...row, entry }));
  const ages = [...new Set(units.filter(({ event }) => event).map(({ time }) => time))].sort((a, b) => a - b);
  let [survival, greenwood] = [1, 0];
  return ages.map((age) => {
    const atRisk = units.filter(({ time, entry }) => entry < age && time >= age).length;
    const failures = units.filter(({ time, event }) => event && time === age).length;
    survival *= 1 - failures / atRisk;
    greenwood += failures / (atRisk * (atRisk - failures));
    return { age, survival, standardError: survival * Math.sqrt(greenwood) };
  });
}

test("the curve is what counting gives, falls, and lies within its limits", () => {
  fc.assert(
    fc.property(anyLives({ late: true }), (observations) => {
      const steps = kaplanMeier(prepareLives(observations));
      const counted = countedOut(observations);
      assert.equal(steps.length, counted.length);
      let before = 1;
      for (const [index, step] of steps.entries()) {
        const expected = counted[index];
        assert.ok(expected && step.time === expected.age && Math.abs(step.survival - expected.survival) < 1e-12);
        if (step.survival > 0) assert.ok(Math.abs(step.standardError - expected.standardError) < 1e-12);
        assert.ok(step.survival < before || step.survival === 0);
        assert.ok(0 <= step.lower && step.lower <= step.survival && step.survival <= step.upper && step.upper <= 1);
        before = step.survival;
      }
    }),
    { seed: 4 },
  );
});

test("log-log limits by hand: S = ½ of 2, 95 %: ½^exp(±1.96·√½ ÷ ln 2)", () => {
  const [step] = kaplanMeier(
    prepareLives([
      { time: 1, event: true },
      { time: 2, event: false },
    ]),
  );
  const spread = Math.exp((1.959963984540054 * Math.SQRT1_2) / Math.LN2);
  assert.ok(Math.abs((step?.lower ?? 0) - 0.5 ** spread) < 1e-14);
  assert.ok(Math.abs((step?.upper ?? 0) - 0.5 ** (1 / spread)) < 1e-14);
});

test("plot positions of a complete sample are Hazen's (i − ½) ÷ n", () => {
  const points = plotPositions(prepareLives([3, 1, 2, 4].map((time) => ({ time, event: true }))));
  assert.deepEqual(
    points.map(({ time, failed }) => [time, failed]),
    [
      [1, 0.125],
      [2, 0.375],
      [3, 0.625],
      [4, 0.875],
    ],
  );
  for (const { time, failed, x, y } of points) {
    assert.equal(x, Math.log(time));
    assert.ok(Math.abs(y - Math.log(-Math.log1p(-failed))) < 1e-12);
  }
});
