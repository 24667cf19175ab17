import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { computeUsageDropApart } from "./compute-usage-drop.ts";
import { computeUsageDrop } from "./engines/usage-drop/index.ts";

/** Many customers; every third loses most of its use, each at another time, and some have but a few days. */
const series = Array.from({ length: 2600 }, (_, customer) => ({
  customer: customer % 2 === 0 ? customer : `c${customer}`,
  start: customer % 5 === 0 ? "2025-01-01" : "2024-11-01",
  values: Array.from({ length: customer % 7 === 0 ? 12 : 365 }, (_, day) =>
    (day + customer) % 31 === 0
      ? null
      : Math.round((20 + ((day * 7 + customer) % 9)) * (customer % 3 === 0 && day > 60 + (customer % 200) ? 0.2 : 1)),
  ),
}));

describe("mainstay compute usage-drop for many customers", () => {
  test("answers the same in threads as in one go, in the order given", async () => {
    const document = { series, holidays: ["2025-03-03"], outages: [["2025-05-01", "2025-05-03"]] };
    const whole = computeUsageDrop(document);
    assert.ok(whole.alerts.length > 500);
    assert.deepEqual(await computeUsageDropApart(document), whole);
  });

  test("refuses as ever, before any thread is started", async () => {
    const wrong = { ...series[0], values: [1, -2] };
    await assert.rejects(computeUsageDropApart({ series: [...series, wrong] }), { pointer: "/series/2600/values/1" });
  });
});
