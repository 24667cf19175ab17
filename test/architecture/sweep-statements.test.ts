import assert from "node:assert/strict";
import { test } from "node:test";
import { projectRoot, withTemporaryProject } from "./project-files.ts";
import { checkSweepList, sweepStatements } from "./sweep-statements.ts";

test("the cross-tenant reads are those on the list", () => {
  assert.deepEqual(checkSweepList(projectRoot, sweepStatements), []);
});

const clocks = "src/modules/helpdesk/clocks.sql.ts";
const due = "export const due = sql`/* sweep: due clocks */ select 1 from helpdesk.clock`;\n";
const check = (files: Record<string, string>) =>
  withTemporaryProject(files, (root) => checkSweepList(root, ["due clocks"]));

test("a listed read passes", async () => {
  assert.deepEqual(await check({ [clocks]: due }), []);
});

test("caught: a read that is not on the list", async () => {
  const found = await check({
    [clocks]: `${due}export const all = sql\`/* sweep: everything */ select 1 from helpdesk.clock\`;`,
  });
  assert.deepEqual(found, [`${clocks}:2: "everything" is not on the list`]);
});

test("caught: a name that two reads bear", async () => {
  assert.deepEqual(await check({ [clocks]: due + due }), [`${clocks}:2: "due clocks" is also the name of ${clocks}:1`]);
});

test("caught: a name that nothing bears", async () => {
  assert.deepEqual(await check({ [clocks]: "export {};" }), ['"due clocks" is listed and not there']);
});
