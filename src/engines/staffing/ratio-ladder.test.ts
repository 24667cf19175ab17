import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type RatioLadder, StaffingError, stepCurve } from "./index.ts";

const agreed: RatioLadder = {
  steps: [
    { sites: 60, engineers: 4 },
    { sites: 120, engineers: 6 },
  ],
  crew: 2,
};

describe("a ladder of 60 sites to 4 engineers and 120 to 6, in crews of two", () => {
  const at = (sites: number, ladder = agreed) => stepCurve(ladder, 900_000)[sites - 1];

  test("at 80 sites 4 are too few, 5 do not work out, 6 make each site dearer than at 60", () => {
    assert.deepEqual(at(60), {
      sites: 60,
      engineers: 4,
      byTheLine: 4,
      bound: "minimum",
      spareSites: 0,
      costPerSite: 60_000,
      dearerThanBefore: false,
    });
    const eighty = at(80, { ...agreed, between: "line" });
    assert.equal(eighty?.byTheLine.toFixed(2), "4.67");
    assert.equal(eighty?.engineers, 6);
    assert.equal(eighty?.bound, "crew");
    assert.equal(eighty?.costPerSite, 67_500);
    assert.equal(eighty?.dearerThanBefore, true);
    assert.equal(eighty?.spareSites, 40);
    assert.equal(at(80)?.bound, "step");
    assert.equal(at(80)?.engineers, 6);
  });

  test("growth pays again from 90 sites, where a site costs no more than at 60", () => {
    assert.equal(at(61)?.paysAgainFrom, 90);
    assert.equal(at(89)?.dearerThanBefore, true);
    assert.equal(at(90)?.dearerThanBefore, false);
    assert.equal(at(90)?.costPerSite, 60_000);
    assert.equal(at(120)?.costPerSite, 45_000);
  });

  test("engineers who come singly work out at 5", () => {
    const singly: RatioLadder = { steps: agreed.steps, between: "line" };
    assert.deepEqual([at(80, singly)?.engineers, at(80, singly)?.bound], [5, "line"]);
    assert.deepEqual([at(90, singly)?.engineers, at(91, singly)?.engineers], [5, 6]);
    assert.equal(at(75, singly)?.paysAgainFrom, undefined);
    assert.equal(at(75, singly)?.dearerThanBefore, false);
    assert.equal(at(74, singly)?.paysAgainFrom, 75);
  });
});

describe("any ladder", () => {
  const ladder: fc.Arbitrary<RatioLadder> = fc.record({
    steps: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 5 })
      .map((rises) => {
        let [sites, engineers] = [0, 0];
        return rises.map(([more, hands]) => {
          [sites, engineers] = [sites + more, engineers + hands];
          return { sites, engineers };
        });
      }),
    crew: fc.integer({ min: 1, max: 4 }),
    between: fc.constantFrom("step", "line"),
  });

  test("comes in whole crews, never falls, is never below the work, and says truly where growth pays", () => {
    fc.assert(
      fc.property(ladder, (each) => {
        const curve = stepCurve(each, 1_000_000);
        assert.equal(curve.length, each.steps.at(-1)?.sites);
        let [engineers, lowest] = [0, Number.POSITIVE_INFINITY];
        for (const point of curve) {
          assert.equal(point.engineers % (each.crew ?? 1), 0);
          assert.ok(point.engineers >= engineers && point.engineers >= point.byTheLine - 1e-9);
          assert.equal(curve[point.sites - 1 + point.spareSites]?.engineers, point.engineers);
          assert.notEqual(curve[point.sites + point.spareSites]?.engineers, point.engineers);
          const dear = point.engineers / point.sites;
          assert.equal(point.dearerThanBefore, dear > lowest * (1 + 1e-12));
          const again = curve.find(
            ({ sites, engineers: hands }) => sites > point.sites && hands / sites <= lowest * (1 + 1e-12),
          );
          assert.equal(point.paysAgainFrom, point.dearerThanBefore ? again?.sites : undefined);
          engineers = point.engineers;
          lowest = Math.min(lowest, dear);
        }
      }),
    );
  });

  test("is refused where it cannot be meant", () => {
    const refused = (change: Partial<RatioLadder>, pointer: string) =>
      assert.throws(
        () => stepCurve({ ...agreed, ...change }, 1),
        (error) => error instanceof StaffingError && error.pointer === pointer,
      );
    refused({ steps: [] }, "/steps");
    refused({ steps: [{ sites: 0, engineers: 1 }] }, "/steps/0");
    refused({ steps: [...agreed.steps, { sites: 120, engineers: 8 }] }, "/steps/2");
    refused({ steps: [{ sites: 1e9, engineers: 1 }] }, "/steps/0");
    refused({ steps: [{ sites: Number.NaN, engineers: 1 }] }, "/steps/0");
    refused({ crew: 0 }, "/crew");
    refused({ crew: 1.5 }, "/crew");
    assert.throws(() => stepCurve(agreed, -1), StaffingError);
    assert.throws(() => stepCurve(agreed, 0.5), StaffingError);
  });
});
