import assert from "node:assert/strict";
import { test } from "node:test";
import { projectRoot, withTemporaryProject } from "./project-files.ts";
import { checkRefusals } from "./refusal-rules.ts";

test("every code that the program refuses with stands on the page of the interface", async () => {
  assert.deepEqual(await checkRefusals(projectRoot), []);
});

const check = (...lines: string[]) =>
  withTemporaryProject({ "src/modules/helpdesk/open-ticket.ts": `${lines.join("\n")}\n` }, checkRefusals);
const place = (line: number) => `src/modules/helpdesk/open-ticket.ts:${line}`;

test("a refusal in plain words is found, however it is laid out", async () => {
  const found = await check(
    'throw new Refusal("conflict", "wrong_state", `A closed ticket has no "end".`);',
    'throw new Refusal(\n  "not_found",\n  "site_unknown",\n  sentence,\n);',
    'const rows = { x: ["too_large", "body_too_large", "Too large."] };\nthrow new Refusal(...rows.x);',
  );
  assert.deepEqual(found, []);
});

test("a code that is worked out elsewhere is caught, for no list would hold it", async () => {
  const found = await check('const code = "late";', 'throw new Refusal("conflict", code, "Too late.");');
  assert.deepEqual(found, [`${place(2)}: a refusal whose kind or code is no literal`]);
});

test("a kind that is none is caught", async () => {
  const found = await check('throw new Refusal("lazy", "later", "Come again.");');
  assert.deepEqual(found, [`${place(1)}: no kind of refusal: lazy`]);
});
