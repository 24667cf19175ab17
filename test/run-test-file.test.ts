import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { runTestFile } from "./run-test-file.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const limits = { testMilliseconds: 500, silenceMilliseconds: 1500, endMilliseconds: 500 };

describe("running one test file", () => {
  const folder = makeTemporaryFolder("planted");
  // Node marks the processes of its test runner and lets none of them run tests in turn.
  before(() => delete process.env.NODE_TEST_CONTEXT);
  after(() => rm(folder, { recursive: true, force: true }));

  async function runPlanted(name: string, program: string) {
    const file = join(folder, `${name}.test.mjs`);
    writeFileSync(file, `import { after, describe, it, test } from "node:test";\n${program}`);
    const { passed, skipped, failures } = await runTestFile(file, limits);
    return { passed, skipped, failures: failures.map((failure) => `${failure.name}: ${failure.error.split("\n")[0]}`) };
  }

  it("counts each test once and no suite", async () => {
    const result = await runPlanted(
      "sound",
      `describe("a", () => { it("b", () => {}); it.skip("c"); }); test("d", () => {});`,
    );
    assert.deepEqual(result, { passed: 2, skipped: 1, failures: [] });
  });

  it("names a failing test by its suites and tells its error", async () => {
    const result = await runPlanted(
      "failing",
      `describe("a", () => { describe("b", () => { it("c", () => { throw new Error("no"); }); }); });`,
    );
    assert.deepEqual(result.failures, ["a › b › c: Error: no"]);
  });

  it("fails a test that takes too long", async () => {
    const result = await runPlanted("slow", `test("a", () => new Promise((resolve) => setTimeout(resolve, 900)));`);
    assert.deepEqual(result.failures, ["a: test timed out after 500ms"]);
  });

  it("ends a file that is stuck in a loop", async () => {
    const result = await runPlanted("stuck", `test("a", () => { for (;;); });`);
    assert.deepEqual(result.failures, ["(the file): It gave no sign of life for 1.5 s and was ended."]);
  });

  it("fails a file that leaves something open", async () => {
    const result = await runPlanted("open", `test("a", () => { setInterval(() => {}, 1000); });`);
    assert.equal(result.passed, 1);
    assert.match(result.failures.join(), /did not end: a server, connection or timer is still open/);
  });

  it("fails a file without a test, one that does not load, and one whose last hook fails", async () => {
    assert.deepEqual((await runPlanted("empty", "")).failures, ["(the file): It declares no test."]);
    const missing = await runPlanted("missing", `await import("./not-there.mjs");`);
    assert.equal(missing.failures.length, 1);
    const hook = await runPlanted("hook", `test("a", () => {}); after(() => { throw new Error("left behind"); });`);
    assert.deepEqual(hook.failures, ["(the file): Error: left behind"]);
  });
});
