import assert from "node:assert/strict";
import { test } from "node:test";
import { projectRoot, withTemporaryProject } from "./project-files.ts";
import { checkStyle, trackedFiles } from "./style-rules.ts";

test("what is under version control keeps the rules of style", () => {
  const files = trackedFiles(projectRoot);
  assert.ok(files.length > 50, `only ${files.length} files were read`);
  assert.deepEqual(checkStyle(projectRoot, files), []);
});

const check = (path: string, text: string) =>
  withTemporaryProject({ [path]: text }, (root) => checkStyle(root, [path]));

const sound: [string, string, string][] = [
  ["a file of 300 lines", "src/modules/helpdesk/open-ticket.ts", "export {};\n".repeat(300)],
  ["a long test of the architecture", "test/long-story.test.ts", "export {};\n".repeat(400)],
  ["names with a dot", "src/modules/helpdesk/tickets.sql.ts", "export const a = 1;\n"],
  ["a service worker", "web/app/service-worker.ts", "export const tasks = { skip: 1 };\n"],
  ["a push service, which is a term", "test/peers/push-service.ts", "export const a = 1;\n"],
  ["the route for work", "src/modules/helpdesk/routes.ts", 'export const path = "/tickets/:id/work";\n'],
  ["a lock file without hosts", "package-lock.json", '{ "packages": { "a": { "version": "1.0.0" } } }\n'],
  ["prose about what is left", "docs/guide/todo.md", "TODO means: to do.\n"],
];

for (const [what, path, text] of sound) {
  test(`allowed: ${what}`, async () => assert.deepEqual(await check(path, text), []));
}

const file = "src/modules/helpdesk/open-ticket.ts";
const story = "src/modules/helpdesk/open-ticket.test.ts";

const planted: [string, string, string, string][] = [
  ["a long file", file, "export {};\n".repeat(301), `${file}: 301 lines; split it at 300`],
  [
    "a long page",
    "web/helpdesk/desk.tsx",
    "export {};\n".repeat(301),
    "web/helpdesk/desk.tsx: 301 lines; split it at 300",
  ],
  ...["utils.ts", "string-helpers.ts", "common.ts", "ticket-manager.ts", "ticket.service.ts", "common/join.ts"].map(
    (name): [string, string, string, string] => [
      `a file called ${name}`,
      `src/modules/helpdesk/${name}`,
      "export {};\n",
      `src/modules/helpdesk/${name}: a name that says nothing; name what it does`,
    ],
  ),
  ["a name in camel case", "src/openTicket.ts", "export {};\n", "src/openTicket.ts: names are written in kebab-case"],
  ["any", file, "\nexport const a = (b: unknown) => b as any;\n", `${file}:2: any`],
  ["an enum", file, "enum State { New }\nexport const a = State;\n", `${file}:1: an enum`],
  ["a silenced check", file, "// @ts-ignore\nexport const a = 1;\n", `${file}:1: silences a check`],
  ["unfinished work", file, "// TODO: later\nexport {};\n", `${file}:1: unfinished`],
  ["unfinished SQL", "migrations/0001_x.sql", "-- FIXME\nselect 1;\n", "migrations/0001_x.sql:1: unfinished"],
  [
    "a skipped test",
    story,
    'import { test } from "node:test";\ntest.skip("x", () => {});\n',
    `${story}:2: a test that does not run`,
  ],
  ["a test that is to come", story, 'test("x", { todo: true }, () => {});\n', `${story}:1: a test that does not run`],
  [
    "a test skipped by its options",
    story,
    'test("x", { skip: !linux }, () => {});\n',
    `${story}:1: a test that does not run`,
  ],
  [
    "a test that skips itself",
    story,
    'test("x", (context) => context.skip());\n',
    `${story}:1: a test that does not run`,
  ],
  ["one test alone", story, 'describe.only("x", () => {});\n', `${story}:1: a test that does not run`],
  [
    "a registry",
    ".npmrc",
    `registry=https://${["registry", "npmjs", "org"].join(".")}/\n`,
    ".npmrc:1: names a package registry",
  ],
  [
    "a folder of one's own",
    "docs/guide/start.md",
    "cd /home/ada/mainstay\n",
    "docs/guide/start.md:1: names a folder of one machine",
  ],
  [
    "a folder of one's own on Windows",
    file,
    'export const a = "C:\\\\Users\\\\ada";\n',
    `${file}:1: names a folder of one machine`,
  ],
  [
    "a lock file with hosts",
    "package-lock.json",
    '{\n      "resolved": "https://example.org/a.tgz"\n}\n',
    'package-lock.json:2: "resolved" names a host',
  ],
];

for (const [what, path, text, expected] of planted) {
  test(`caught: ${what}`, async () => assert.deepEqual(await check(path, text), [expected]));
}
