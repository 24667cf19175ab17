import assert from "node:assert/strict";
import { test } from "node:test";
import { projectRoot, withTemporaryProject } from "./project-files.ts";
import { checkWebImports } from "./web-imports.ts";

test("web/ takes only types from the server, and only from api.ts", () => {
  assert.deepEqual(checkWebImports(projectRoot), []);
});

const api = "../../src/modules/identity/api.ts";

test("types of an api.ts may be imported, in every way that leaves nothing behind", async () => {
  const page = [
    `import type { Staff } from "${api}";`,
    `export type { Role } from "${api}";`,
    `export type * from "${api}";`,
    `export type Key = import("${api}").ApiKey;`,
    `export const row = (staff: Staff) => <p>{staff.name}</p>;`,
  ].join("\n");
  assert.deepEqual(await withTemporaryProject({ "web/identity/staff.tsx": page }, checkWebImports), []);
});

const planted: [string, string, string][] = [
  ["a value of api.ts", `import { Staff } from "${api}";`, `imports ${api} as a value; write import type`],
  [
    "a type inside a value import",
    `import { type Staff } from "${api}";`,
    `imports ${api} as a value; write import type`,
  ],
  ["a value handed on", `export { Staff } from "${api}";`, `imports ${api} as a value; write import type`],
  ["everything handed on", `export * from "${api}";`, `imports ${api} as a value; write import type`],
  ["an import at run time", `export const api = import("${api}");`, `imports ${api} as a value; write import type`],
  [
    "a type of the server's inside",
    'import type { Tx } from "../../src/platform/db.ts";',
    "imports ../../src/platform/db.ts, which is no api.ts",
  ],
  [
    "a type of another file of the module",
    'export type Find = import("../../src/modules/identity/find-staff.ts").Find;',
    "imports ../../src/modules/identity/find-staff.ts, which is no api.ts",
  ],
];

for (const [what, line, expected] of planted) {
  test(`caught: ${what}`, async () => {
    const files = { "web/identity/staff.ts": `// 員工\n${line}\n` };
    assert.deepEqual(await withTemporaryProject(files, checkWebImports), [`web/identity/staff.ts:2 ${expected}`]);
  });
}
