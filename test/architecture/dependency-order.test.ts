import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDependencyOrder } from "./dependency-order.ts";
import { projectRoot, withTemporaryProject } from "./project-files.ts";

test("imports follow the one-way order, and every file was read", async () => {
  const { violations, seen, existing } = await checkDependencyOrder(projectRoot);
  assert.deepEqual(violations, []);
  assert.ok(existing > 0 && seen >= existing, `read ${seen} of ${existing} files`);
});

const sound = {
  "package.json": '{ "type": "module", "dependencies": {}, "devDependencies": { "spy": "1.0.0" } }',
  "node_modules/spy/package.json": '{ "name": "spy", "version": "1.0.0", "main": "index.js" }',
  "node_modules/spy/index.js": "module.exports = 1;",
  "src/server.ts": 'import "./modules/identity/index.ts"; import "./modules/helpdesk/index.ts";',
  "src/platform/db.ts": "export const db = 1; export interface Tx { id: string }",
  "src/engines/time/add.ts": "export const add = 1;",
  "src/modules/identity/index.ts": 'export { find } from "./find.ts";',
  "src/modules/identity/api.ts": "export const Staff = 1; export type Staff = number;",
  "src/modules/identity/find.ts": 'import { db } from "../../platform/db.ts"; export const find = db;',
  "src/modules/helpdesk/index.ts":
    'import { find } from "../identity/index.ts"; import { Staff } from "../identity/api.ts"; import { add } from "../../engines/time/add.ts"; export const open = [find, Staff, add];',
  "web/app/main.tsx": 'import { Desk } from "../helpdesk/desk.tsx"; export const page = <Desk />;',
  "web/app/shell.tsx": "export const Shell = () => <main />;",
  "web/helpdesk/desk.tsx":
    'import type { Staff } from "../../src/modules/identity/api.ts"; import { Shell } from "../app/shell.tsx"; export const Desk = () => <Shell key={1 satisfies Staff} />;',
};

test("a sound project passes, .tsx files included", async () => {
  const report = await withTemporaryProject(sound, checkDependencyOrder);
  assert.deepEqual(report, { violations: [], seen: 10, existing: 10 });
});

test("a file that is started in a thread of its own is alive", async () => {
  const files = {
    ...sound,
    "src/platform/db.ts":
      'export const db = new URL("./print-worker.ts", import.meta.url); export interface Tx { id: string }',
    "src/platform/print-worker.ts": "export {};",
  };
  assert.deepEqual((await withTemporaryProject(files, checkDependencyOrder)).violations, []);
});

const planted: [string, Record<string, string>, string][] = [
  [
    "a module that imports one to its right",
    { "src/modules/identity/find.ts": 'export { open as find } from "../helpdesk/index.ts";' },
    "order-identity: src/modules/identity/find.ts → src/modules/helpdesk/index.ts",
  ],
  [
    "a type taken from a module to the right",
    {
      "src/modules/identity/find.ts": 'import type { open } from "../helpdesk/index.ts"; export const find: open = 1;',
    },
    "order-identity: src/modules/identity/find.ts → src/modules/helpdesk/index.ts",
  ],
  [
    "a module entered by the window",
    { "src/modules/helpdesk/index.ts": 'export { find } from "../identity/find.ts";' },
    "front-door: src/modules/helpdesk/index.ts → src/modules/identity/find.ts",
  ],
  [
    "a composition root that reaches past the front door",
    { "src/server.ts": 'import "./modules/helpdesk/index.ts"; import "./modules/identity/find.ts";' },
    "front-door-outside: src/server.ts → src/modules/identity/find.ts",
  ],
  [
    "a platform that knows a module",
    { "src/platform/db.ts": 'export { open as db } from "../modules/helpdesk/index.ts";' },
    "only-the-root-composes: src/platform/db.ts → src/modules/helpdesk/index.ts",
  ],
  [
    "an engine that does I/O",
    { "src/engines/time/add.ts": 'import { readFileSync } from "node:fs"; export const add = readFileSync;' },
    "engines-are-pure: src/engines/time/add.ts → fs",
  ],
  [
    "an engine that knows the platform",
    { "src/engines/time/add.ts": 'export { db as add } from "../../platform/db.ts";' },
    "engines-are-pure: src/engines/time/add.ts → src/platform/db.ts",
  ],
  [
    "a module that imports the composition root",
    { "src/modules/helpdesk/index.ts": 'import "../../server.ts";' },
    "nobody-imports-the-root: src/modules/helpdesk/index.ts → src/server.ts",
  ],
  [
    "a cycle of types",
    {
      "src/modules/identity/find.ts":
        'import type { find as same } from "./index.ts"; import { db } from "../../platform/db.ts"; export const find: typeof same = db;',
    },
    "no-cycle: src/modules/identity/find.ts → src/modules/identity/index.ts → src/modules/identity/find.ts",
  ],
  [
    "a file that nobody reaches",
    { "src/modules/helpdesk/forgotten.ts": "export const forgotten = 1;" },
    "no-dead-file: src/modules/helpdesk/forgotten.ts",
  ],
  [
    "a page that nobody reaches",
    { "web/helpdesk/forgotten.tsx": "export const Forgotten = () => <p />;" },
    "no-dead-file: web/helpdesk/forgotten.tsx",
  ],
  [
    "a page that imports the server's inside",
    {
      "web/helpdesk/desk.tsx":
        'export { find as Desk } from "../../src/modules/identity/find.ts"; import "../app/shell.tsx";',
    },
    "web-sees-only-api: web/helpdesk/desk.tsx → src/modules/identity/find.ts",
  ],
  [
    "a web module that imports one to its right",
    {
      "web/helpdesk/desk.tsx": 'import "../app/shell.tsx"; export { Row as Desk } from "../quality/row.tsx";',
      "web/quality/row.tsx": "export const Row = () => <p />;",
    },
    "web-order-helpdesk: web/helpdesk/desk.tsx → web/quality/row.tsx",
  ],
  [
    "a shell that knows a module",
    { "web/app/shell.tsx": 'export { Desk as Shell } from "../helpdesk/desk.tsx";' },
    "web-order-app: web/app/shell.tsx → web/helpdesk/desk.tsx",
  ],
  [
    "a server that imports the web app",
    { "src/platform/db.ts": 'export { Shell as db } from "../../web/app/shell.tsx";' },
    "server-sees-no-web: src/platform/db.ts → web/app/shell.tsx",
  ],
  [
    "production code that needs a dev-dependency",
    { "src/platform/db.ts": 'import spy from "spy"; export const db = spy;' },
    "no-dev-dependency: src/platform/db.ts → node_modules/spy/index.js",
  ],
  [
    "production code that imports a test",
    { "src/platform/db.ts": 'export { db } from "../../test/fake.ts";', "test/fake.ts": "export const db = 1;" },
    "no-test-code-in-production: src/platform/db.ts → test/fake.ts",
  ],
  [
    "an import that leads nowhere",
    { "src/platform/db.ts": 'export { db } from "./gone.ts";' },
    "resolvable: src/platform/db.ts → ./gone.ts",
  ],
  [
    "a module that is not in the order",
    { "src/modules/misc/index.ts": "export const x = 1;" },
    "unknown-module: src/modules/misc is not in module-order.mjs",
  ],
];

for (const [what, files, expected] of planted) {
  test(`caught: ${what}`, async () => {
    const { violations } = await withTemporaryProject({ ...sound, ...files }, checkDependencyOrder);
    assert.ok(violations.includes(expected), `expected "${expected}" among:\n${violations.join("\n")}`);
  });
}
