import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import { runCompute } from "./compute.ts";

const office = [
  ["09:00", "12:30"],
  ["13:30", "18:00"],
];
const calendar = {
  timeZone: "Europe/London",
  weekly: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: null },
  holidays: ["2026-04-06"],
  recurringHolidays: ["12-25"],
  special: { "2026-12-24": [["09:00", "12:00"]] },
};
const always = {
  timeZone: "Europe/London",
  weekly: Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
  ),
};

async function compute(engine: string, input: string | Uint8Array) {
  const written = { out: "", err: "" };
  const into = (name: "out" | "err") =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        done();
      },
    });
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const code = await runCompute(
    engine,
    Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]),
    into("out"),
    into("err"),
  );
  return { code, ...written };
}

async function results(cases: readonly unknown[], of: unknown = calendar): Promise<unknown> {
  const { code, out, err } = await compute("clock", JSON.stringify({ calendar: of, cases }));
  assert.equal(err, "");
  assert.equal(code, 0);
  return JSON.parse(out).results;
}

async function answers(cases: readonly object[], of: unknown = calendar): Promise<unknown[]> {
  const answered = await results(
    cases.map((each, id) => ({ id, ...each })),
    of,
  );
  assert.ok(Array.isArray(answered));
  return answered.map(({ due, seconds }) => due ?? seconds ?? null);
}

describe("mainstay compute clock", () => {
  test("answers each case in order, under its own id", async () => {
    const cases = [
      { id: "a", op: "add", start: "2026-04-03T17:00:00+01:00", seconds: 7200, pauses: [] },
      { id: 2, op: "between", start: "2026-12-24T00:00", end: "2026-12-28T10:00" },
    ];
    assert.deepEqual(await results(cases), [
      { id: "a", due: "2026-04-07T09:00:00Z" }, // one hour on Friday, Easter Monday, one hour on Tuesday
      { id: 2, seconds: 14_400 }, // three hours on Christmas Eve, one on Monday
    ]);
  });

  test("reads an instant with an offset, in UTC, or as local time, with or without seconds", async () => {
    const starts = [
      "2026-06-01T09:00:00+01:00",
      "2026-06-01T08:00:00Z",
      "2026-06-01t08:00z",
      "2026-06-01 08:00:00.000Z",
      "2026-06-01T09:00:00",
      "2026-06-01T09:00",
      "2026-06-01T13:30+0530",
      "2026-05-31T24:00",
    ];
    const due = await answers(starts.map((start) => ({ op: "add", start, seconds: 60 })));
    assert.deepEqual(
      due,
      starts.map(() => "2026-06-01T08:01:00Z"),
    );
  });

  test("resolves a local time that the clocks skip or show twice", async () => {
    // London skips 01:00–02:00 on 29 March 2026 and shows it twice on 25 October.
    const starts = [
      "2026-03-29T01:30:00",
      "2026-03-29T01:30:00+01:00",
      "2026-10-25T01:30:00",
      "2026-10-25T01:30:00+00:00",
    ];
    assert.deepEqual(
      await answers(
        starts.map((start) => ({ op: "add", start, seconds: 1 })),
        always,
      ),
      ["2026-03-29T01:30:01Z", "2026-03-29T00:30:01Z", "2026-10-25T00:30:01Z", "2026-10-25T01:30:01Z"],
    );
  });

  test("keeps fractions of a second exact and writes only as many decimals as needed", async () => {
    const fractions = [
      { op: "add", start: "2026-06-01T12:29:59.5+01:00", seconds: 1.25 },
      { op: "add", start: "2026-06-01T12:29:59.123456789+01:00", seconds: 1 },
      { op: "add", start: "2026-06-01T08:00:00Z", seconds: 0.1 },
      { op: "add", start: "2026-06-01T08:00:00Z", seconds: 0.30000000000000004 },
      { op: "between", start: "2026-06-01T08:00:00.000001Z", end: "2026-06-02T08:00:00Z" },
      {
        op: "between",
        start: "2026-06-01T08:00:00Z",
        end: "2026-06-01T09:00:00Z",
        pauses: [["2026-06-01T08:30:00.0004Z", null]],
      },
      { op: "between", start: "2026-06-01T06:00:00.0000005Z", end: "2026-06-01T08:00:00.0000005Z" },
      { op: "between", start: "1969-06-02T09:00:00.0000005Z", end: "1969-06-02T09:00:00.0000015Z" },
    ];
    assert.deepEqual(await answers(fractions), [
      "2026-06-01T12:30:00.75Z",
      "2026-06-01T12:30:00.123456789Z",
      "2026-06-01T08:00:00.1Z",
      "2026-06-01T08:00:00.3Z",
      28_799.999999,
      1800.0004,
      0.0000005,
      0.000001,
    ]);
  });

  test("a clock that is still paused has no due time", async () => {
    const cases = [
      { op: "add", start: "2026-06-01T09:00", seconds: 7200, pauses: [["2026-06-01T10:00", null]] },
      { op: "add", start: "2026-06-01T09:00", seconds: 3600, pauses: [["2026-06-01T10:00", null]] },
      { op: "between", start: "2026-06-01T09:00", end: "2026-06-09T09:00", pauses: [["2026-06-01T10:00", null]] },
    ];
    assert.deepEqual(await answers(cases), [null, "2026-06-01T09:00:00Z", 3600]);
  });

  test("everything optional may be missing, and no cases are no results", async () => {
    assert.deepEqual(await results([], { timeZone: "UTC" }), []);
    assert.deepEqual(
      await answers([{ op: "between", start: "2026-01-01T00:00", end: "2036-01-01T00:00" }], { timeZone: "UTC" }),
      [0],
    );
    const special = { timeZone: "UTC", special: { "2031-05-05": [["08:00", "09:00"]] } };
    assert.deepEqual(await answers([{ op: "add", start: "2026-01-01T00:00Z", seconds: 3600 }], special), [
      "2031-05-05T09:00:00Z",
    ]);
  });
});

describe("bad input to mainstay compute", () => {
  async function assertRefused(input: string | Uint8Array, pointer: string, engine = "clock"): Promise<void> {
    const { code, out, err } = await compute(engine, input);
    assert.equal(code, 2, String(input));
    assert.equal(out, "");
    const problem = JSON.parse(err);
    assert.equal(problem.pointer, pointer, `${input} ${err}`);
    assert.equal(problem.code, "bad_input");
    assert.match(problem.detail, /\.$/);
  }
  const add = { id: 1, op: "add", start: "2026-06-01T09:00Z", seconds: 60 };
  const refusesCase = (change: object, pointer: string, of: object = calendar) =>
    assertRefused(JSON.stringify({ calendar: of, cases: [add, { ...add, ...change }] }), pointer);
  const refusesCalendar = (change: object, pointer: string) =>
    assertRefused(JSON.stringify({ calendar: { ...calendar, ...change }, cases: [add] }), pointer);

  test("an unknown engine", () => assertRefused("{}", "", "crystal-ball"));

  test("no JSON document", async () => {
    for (const input of ["", "{", "nonsense", '{"calendar": NaN}', "{} {}", Uint8Array.of(0x22, 0xff, 0x22)])
      await assertRefused(input, "");
  });

  test("a document of another shape", async () => {
    for (const input of ["null", "[]", "1", '"clock"']) await assertRefused(input, "");
    await assertRefused('{"cases": []}', "/calendar");
    await assertRefused('{"calendar": {"timeZone": "UTC"}}', "/cases");
    await assertRefused('{"calendar": {"timeZone": "UTC"}, "cases": {}}', "/cases");
    await assertRefused('{"calendar": {"timeZone": "UTC"}, "cases": [], "unknown/member": 1}', "/unknown~1member");
  });

  test("a calendar that cannot be meant", async () => {
    await refusesCalendar({ timeZone: "Europe/Atlantis" }, "/calendar/timeZone");
    await refusesCalendar({ timeZone: 8 }, "/calendar/timeZone");
    await refusesCalendar({ holiday: [] }, "/calendar/holiday");
    await refusesCalendar({ weekly: { monday: [] } }, "/calendar/weekly/monday");
    await refusesCalendar({ weekly: { mon: [["09:00"]] } }, "/calendar/weekly/mon/0");
    await refusesCalendar({ weekly: { mon: ["09:00", "10:00"] } }, "/calendar/weekly/mon/0");
    await refusesCalendar({ weekly: { mon: [["09:00", "09:00"]] } }, "/calendar/weekly/mon/0");
    await refusesCalendar({ weekly: { mon: [["09:00", 17]] } }, "/calendar/weekly/mon/0/1");
    await refusesCalendar({ weekly: { mon: [["09:00", "24:01"]] } }, "/calendar/weekly/mon/0/1");
    await refusesCalendar({ holidays: "2026-01-01" }, "/calendar/holidays");
    await refusesCalendar({ holidays: ["2026-02-29"] }, "/calendar/holidays/0");
    await refusesCalendar({ recurringHolidays: ["02-29", "02-30"] }, "/calendar/recurringHolidays/1");
    await refusesCalendar({ special: { "2026-1-1": [] } }, "/calendar/special/2026-1-1");
    await refusesCalendar({ special: { "2026-01-01": null } }, "/calendar/special/2026-01-01");
  });

  test("a case that cannot be meant", async () => {
    await refusesCase({ seconds: -1 }, "/cases/1/seconds");
    await refusesCase({ seconds: "60" }, "/cases/1/seconds");
    await refusesCase({ seconds: null }, "/cases/1/seconds");
    await refusesCase({ seconds: 1e300 }, "/cases/1/seconds");
    await assertRefused(JSON.stringify({ calendar, cases: [add] }).replace("60", "1e999"), "/cases/0/seconds");
    await refusesCase({ op: "subtract" }, "/cases/1/op");
    await refusesCase({ op: undefined }, "/cases/1/op");
    await refusesCase({ id: undefined }, "/cases/1/id");
    await refusesCase({ id: {} }, "/cases/1/id");
    await refusesCase({ end: "2026-06-01T09:00Z" }, "/cases/1/end");
    await refusesCase({ op: "between" }, "/cases/1/seconds");
    await refusesCase({ op: "between", seconds: undefined }, "/cases/1/end");
    await refusesCase({ op: "between", seconds: undefined, end: "2026-06-01T08:59:59Z" }, "/cases/1/end");
    await refusesCase({ pauses: [["2026-06-01T09:00Z"]] }, "/cases/1/pauses/0");
    await refusesCase({ pauses: [[null, "2026-06-01T09:00Z"]] }, "/cases/1/pauses/0/0");
    await refusesCase({ pauses: [["2026-06-01T09:00Z", "2026-06-01T08:00Z"]] }, "/cases/1/pauses/0");
    await refusesCase({}, "/cases/0", { timeZone: "UTC" });
    for (const start of [
      "",
      "tomorrow",
      "2026-06-01",
      "2026-02-30T09:00Z",
      "2026-06-01T25:00Z",
      "2026-06-01T24:30",
      "2026-06-01T09:60",
      "2026-06-01T09:00+25:00",
      "2026-06-01T09:00[Europe/London]",
      "0000-06-01T09:00Z",
      1780304400,
      null,
    ]) {
      await refusesCase({ start }, "/cases/1/start");
    }
  });

  test("an input of a hundred thousand brackets does no harm", () =>
    assertRefused(`${"[".repeat(100_000)}${"]".repeat(100_000)}`, ""));
});

test("as a process it reads standard input, and leaves with code 0 or 2", async () => {
  const entry = `import { runCompute } from "./src/compute.ts";
    process.exitCode = await runCompute(process.argv[1], process.stdin, process.stdout, process.stderr);`;
  const run = async (input: string) => {
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", entry, "clock"], {
      cwd: `${import.meta.dirname}/..`,
    });
    child.stdin.end(input);
    const closed = new Promise((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await closed, out, err };
  };
  const cases = Array.from({ length: 5000 }, (_, id) => ({
    id,
    op: "add",
    start: "2026-06-01T09:00",
    seconds: id * 60,
  }));
  const good = await run(JSON.stringify({ calendar: always, cases }));
  assert.equal(good.code, 0, good.err);
  assert.equal(JSON.parse(good.out).results.length, 5000);
  const bad = await run("{");
  assert.equal(bad.code, 2);
  assert.equal(bad.out, "");
  assert.equal(JSON.parse(bad.err).pointer, "");
});
