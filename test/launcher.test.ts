import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { startOf } from "../src/platform/process-identity.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const project = join(import.meta.dirname, "..");
const watchModule = JSON.stringify(join(project, "src/platform/launcher-watch.ts"));

/** Says its number, then stops in good order when asked. */
const server = `
  import { stopWithLauncher } from ${watchModule};
  stopWithLauncher();
  const work = setInterval(() => {}, 1000);
  process.on("SIGTERM", () => { console.log("stopped"); clearInterval(work); });
  console.log(process.pid);`;

describe("the launcher", () => {
  const folder = makeTemporaryFolder("launcher");
  after(() => rm(folder, { recursive: true, force: true }));

  it("hands arguments and standard input on, and output and exit code back, adding nothing", async () => {
    const root = plantProject("plain", {
      program: `process.stdin.pipe(process.stdout).on("unpipe", () => process.exit(process.argv.length));`,
    });
    const launched = launch(root, ["compute", "clock"]);
    launched.child.stdin?.end("one document");
    assert.deepEqual(await launched.ended, { code: 4, output: "one document", errors: "" });
  });

  it("tells of a program that a signal ended, as shells do", async () => {
    const root = plantProject("killed", { program: `process.kill(process.pid, "SIGKILL");` });
    assert.equal((await launch(root).ended).code, 137);
  });

  it("passes a stop on and waits for its good end", async () => {
    const root = plantProject("stopped", { program: server });
    const launched = launch(root);
    const pid = await launched.firstLine;
    launched.child.kill("SIGTERM");
    assert.deepEqual(await launched.ended, { code: 0, output: `${pid}\nstopped\n`, errors: "" });
  });

  it("leaves no program behind when it is killed itself", async () => {
    const root = plantProject("left", { program: server });
    const launched = launch(root);
    const pid = Number(await launched.firstLine);
    launched.child.kill("SIGKILL");
    await untilGone(pid);
  });

  it("leaves no program behind when the npm that started it is killed", async () => {
    const root = plantProject("npm", { program: server });
    const npm = `require("node:child_process").spawn(${JSON.stringify(process.execPath)}, ["launch.mjs", "start"],
      { stdio: "inherit", env: { ...process.env, npm_lifecycle_event: "start" } })`;
    const child = spawn(process.execPath, ["--eval", npm], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(await firstLineOf(child));
    child.kill("SIGKILL");
    await untilGone(pid);
  });

  it("installs what is missing, once, also when started twice at the same moment", async () => {
    const root = plantProject("missing", {
      program: `console.log("runs")`,
      npm: `setTimeout(() => process.exit(0), 600)`,
    });
    const results = await Promise.all([launch(root).ended, wait(100).then(() => launch(root).ended)]);
    assert.deepEqual(
      results.map(({ code, output }) => ({ code, output })),
      Array(2).fill({ code: 0, output: "runs\n" }),
    );
    // Whichever of the two came first installs; the other waits for it.
    const [installing, waiting] = results.map(({ errors }) => errors).sort();
    assert.match(installing ?? "", /^Installing dependencies…\n$/);
    assert.match(waiting ?? "", /^Waiting for process \d+/);
    assert.equal((await launch(root).ended).errors, "");
    assert.equal(readFileSync(join(root, "npm-runs"), "utf8"), "ci\n");
  });

  it("installs again when the lock file changed", async () => {
    const root = plantProject("changed", { program: `console.log("runs")`, npm: "" });
    await launch(root).ended;
    appendFileSync(join(root, "package-lock.json"), "\n");
    assert.match((await launch(root).ended).errors, /^Installing/);
  });

  it("repeats npm's words when that fails, and tries again at the next start", async () => {
    const root = plantProject("failing", { program: "", npm: `console.error("npm error network"); process.exit(1)` });
    for (let start = 0; start < 2; start++) {
      const { code, output, errors } = await launch(root).ended;
      assert.deepEqual({ code, output }, { code: 1, output: "" });
      assert.match(errors, /Installing dependencies…\nnpm error network\n.*Check the network/);
    }
  });

  it("takes over from an installation that was killed", async () => {
    const root = plantProject("dead", { program: `console.log("runs")`, npm: "" });
    mkdirSync(join(root, "dist"));
    writeFileSync(join(root, "dist/installing.lock"), "999999998 999999999");
    assert.equal((await launch(root).ended).output, "runs\n");
  });

  /** A project around the real launcher. With `npm` its dependencies are missing and that program installs them. */
  function plantProject(name: string, { program, npm }: { program: string; npm?: string }): string {
    const root = join(folder, name);
    mkdirSync(join(root, "src"), { recursive: true });
    writeFileSync(join(root, "package.json"), `{ "type": "module" }`);
    for (const file of ["launch.mjs", "package-lock.json"]) copyFileSync(join(project, file), join(root, file));
    writeFileSync(join(root, "src/cli.ts"), program);
    if (npm === undefined) symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
    mkdirSync(join(root, "npm"));
    const note = `import { appendFileSync, mkdirSync } from "node:fs";
      appendFileSync("npm-runs", process.argv[2] + "\\n"); mkdirSync("node_modules", { recursive: true });`;
    writeFileSync(join(root, "npm/npm-cli.js"), `${note}\n${npm ?? ""}`);
    return root;
  }
});

function launch(root: string, args: readonly string[] = ["start"]) {
  const { npm_lifecycle_event: _, ...environment } = process.env;
  const child = spawn(process.execPath, ["launch.mjs", ...args], {
    cwd: root,
    env: { ...environment, npm_execpath: join(root, "npm/npm-cli.js") },
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "close").then(([code]: unknown[]) => ({ code, output, errors }));
  return { child, ended, firstLine: firstLineOf(child) };
}

async function firstLineOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("no output");
  const [text] = await once(child.stdout.setEncoding("utf8"), "data");
  return String(text).split("\n")[0] ?? "";
}

async function untilGone(pid: number): Promise<void> {
  assert.ok(pid > 0);
  for (const deadline = Date.now() + 20_000; startOf(pid) !== undefined; await wait(50)) {
    assert.ok(Date.now() < deadline, `process ${pid} goes on`);
  }
}
