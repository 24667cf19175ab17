import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ballBearings,
  dieselFans,
  maintained,
  notMaintained,
  ovarian,
  remissions,
  shockAbsorbers,
} from "../../../test/reference/published-lives.ts";
import { fitExponential, fitWeibull, kaplanMeier, prepareLives } from "./index.ts";

/** Equal to what was printed, to its last digit. */
function printed(actual: number | undefined, expected: string): void {
  const decimals = expected.split(".")[1]?.length ?? 0;
  assert.equal(actual?.toFixed(decimals), expected);
}

test("ball bearings: shape 2.102, scale 81.88, log-likelihood −113.69 (Thoman, Bain and Antle, Technometrics 11, 1969; Lawless 2003, section 5.2)", () => {
  const fit = fitWeibull(prepareLives(ballBearings));
  printed(fit.shape, "2.102");
  assert.ok(Math.abs(fit.scale / 81.88 - 1) < 1e-4);
  printed(fit.logLikelihood, "-113.69");
});

test("shock absorbers: μ 10.2298631, σ 0.3164092, log-likelihood −123.9954 (R package weibulltools 2.1, tests, ml_estimation)", () => {
  const fit = fitWeibull(prepareLives(shockAbsorbers));
  assert.ok(Math.abs(Math.log(fit.scale) - 10.2298631) < 2e-6);
  assert.ok(Math.abs(1 / fit.shape - 0.3164092) < 2e-6);
  printed(fit.logLikelihood, "-123.9954");
});

test("ovarian cancer: intercept 7.111, ln scale −0.103, log-likelihood −98 (R's survreg)", () => {
  const fit = fitWeibull(prepareLives(ovarian));
  printed(Math.log(fit.scale), "7.111");
  printed(Math.log(1 / fit.shape), "-0.103");
  printed(fit.logLikelihood, "-98");
});

test("fans of diesel generators: scale 26,296.8 hours, shape 1.0584 (SAS/QC User's Guide, RELIABILITY procedure, first example)", () => {
  const fit = fitWeibull(prepareLives(dieselFans));
  printed(fit.scale, "26296.8");
  printed(fit.shape, "1.0584");
});

test("no ageing: 9 relapses in 359 weeks of remission (Cox and Oakes 1984, p. 7), 12 failures in 344,440 hours of fans", () => {
  assert.ok(Math.abs(fitExponential(prepareLives(remissions)).mean - 359 / 9) < 1e-12);
  assert.ok(Math.abs(fitExponential(prepareLives(dieselFans)).mean - 344_440 / 12) < 1e-9);
});

test("remissions under 6-MP: survival and Greenwood's errors (Cox and Oakes 1984, p. 7; errors as R prints them)", () => {
  const steps = kaplanMeier(prepareLives(remissions));
  assert.deepEqual(
    steps.map(({ time, atRisk, failures }) => [time, atRisk, failures]),
    [
      [6, 21, 3],
      [7, 17, 1],
      [10, 15, 1],
      [13, 12, 1],
      [16, 11, 1],
      [22, 7, 1],
      [23, 6, 1],
    ],
  );
  const survival = ["0.857", "0.807", "0.753", "0.690", "0.627", "0.538", "0.448"];
  const errors = ["0.0764", "0.0869", "0.0963", "0.1068", "0.1141", "0.1282", "0.1346"];
  steps.forEach((step, index) => {
    printed(step.survival, survival[index] ?? "");
    printed(step.standardError, errors[index] ?? "");
  });
});

test("acute myelogenous leukaemia, both groups (R package survival, tests/doaml.Rout.save, after Miller 1981)", () => {
  const table = (lives: typeof maintained) =>
    kaplanMeier(prepareLives(lives)).map((step) => [step.survival.toFixed(4), step.standardError.toFixed(4)]);
  const maintainedErrors = table(maintained).map(([, error]) => error);
  assert.deepEqual(maintainedErrors, ["0.0867", "0.1163", "0.1397", "0.1526", "0.1642", "0.1627", "0.1535"]);
  assert.deepEqual(table(notMaintained), [
    ["0.8333", "0.1076"],
    ["0.6667", "0.1361"],
    ["0.5833", "0.1423"],
    ["0.4861", "0.1481"],
    ["0.3889", "0.1470"],
    ["0.2917", "0.1387"],
    ["0.1944", "0.1219"],
    ["0.0972", "0.0919"],
    ["0.0000", "0.0000"],
  ]);
});

test("late entries: the risk sets of (start, stop] data (R package survival, tests/survtest.R, data set test2)", () => {
  const starts = [1, 2, 5, 2, 1, 7, 3, 4, 8, 8];
  const stops = [2, 3, 6, 7, 8, 9, 9, 9, 14, 17];
  const events = [1, 1, 1, 1, 1, 1, 1, 0, 0, 0];
  const steps = kaplanMeier(
    prepareLives(starts.map((entry, index) => ({ entry, time: stops[index] ?? 0, event: events[index] === 1 }))),
  );
  assert.deepEqual(
    steps.map(({ time, atRisk, failures }) => [time, atRisk, failures]),
    [
      [2, 2, 1],
      [3, 3, 1],
      [6, 5, 1],
      [7, 4, 1],
      [8, 4, 1],
      [9, 5, 2],
    ],
  );
  const expected = [1 / 2, 1 / 3, 4 / 15, 1 / 5, 3 / 20, 9 / 100];
  for (const [index, { survival }] of steps.entries()) assert.ok(Math.abs(survival - (expected[index] ?? 0)) < 1e-15);
});
