/**
 * `npm test`: every check and every test, with one summary. `--only check|unit|journeys` runs a part of it, further
 * arguments only the test files whose path contains one of them.
 */
import { randomUUID } from "node:crypto";
import { existsSync, globSync, mkdirSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { stopWithLauncher } from "../src/platform/launcher-watch.ts";
import { endLeftovers } from "./leftovers.ts";
import { type Failure, runTestFile } from "./run-test-file.ts";
import { runTool } from "./run-tool.ts";
import { fastParent, makeTemporaryFolder, memoryVariable } from "./temporary-folder.ts";
import { cleanUpAfterThisProcess, clusterVariable, startTestCluster } from "./test-cluster.ts";

const root = join(import.meta.dirname, "..");
const total = { passed: 0, skipped: 0, failures: [] as Failure[] };

const { values, positionals: wantedPaths } = parseArgs({
  options: { only: { type: "string" } },
  allowPositionals: true,
});
const parts = ["check", "unit", "journeys"];
const { only } = values;
if (only !== undefined && !parts.includes(only)) {
  console.error(`--only takes one of ${parts.join(", ")}.`);
  process.exit(2);
}
const wants = (part: string) => stoppedBy === undefined && (only === undefined || only === part);

stopWithLauncher();
let cluster: EmbeddedPostgres | undefined;
const mark = `MAINSTAY_TEST_RUN=${randomUUID()}`;
const disk = realpathSync(makeTemporaryFolder("run"));
const memory = realpathSync(makeTemporaryFolder("run", fastParent()));
for (const folder of [disk, memory]) cleanUpAfterThisProcess(folder);
const statements = join(disk, "statements");
mkdirSync(statements);
let stoppedBy: NodeJS.Signals | undefined;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stoppedBy ??= signal;
    // What runs now fails for it, and nothing further is begun.
    void endLeftovers(mark, []);
  });
}

const [markName = "", markValue = ""] = mark.split("=");
Object.assign(process.env, {
  [markName]: markValue,
  [memoryVariable]: memory,
  TMPDIR: disk,
  TEMP: disk,
  TMP: disk,
  MAINSTAY_TEST: "1",
  MAINSTAY_CHECK_ROWS: "1",
  MAINSTAY_SQL_LOG: statements,
});

if (wants("check") && wantedPaths.length === 0) {
  section("Types");
  await runCheck("tsc", "typescript/bin/tsc", ["-p", "."]);
  if (existsSync(join(root, "web/tsconfig.json"))) await runCheck("tsc, web", "typescript/bin/tsc", ["-p", "web"]);
  section("Format and lint");
  await runCheck("biome", "@biomejs/biome/bin/biome", ["check", "--colors=off", "--diagnostic-level=error", "."]);
}

cluster = await startTestCluster();
process.env[clusterVariable] = JSON.stringify(cluster.connection);

const files = globSync("{src,web,bench,test}/**/*.test.ts", { cwd: root })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => wantedPaths.length === 0 || wantedPaths.some((path) => file.includes(path)))
  .sort();
const architecture = files.filter((file) => file.startsWith("test/architecture/"));
const journeys = files.filter((file) => file.startsWith("test/journeys/"));
const others = files.filter((file) => !architecture.includes(file) && !journeys.includes(file));
if (files.length === 0) fail("npm test", "", `No test file has ${wantedPaths.join(" or ")} in its path.`);

if (wants("check")) await runFiles("Architecture", architecture, { atOnce: 2, atLeast: 100 });
if (wants("unit")) {
  await runFiles("Units and parts together", others, { atOnce: 2, atLeast: 100 });
  if (wantedPaths.length === 0 && !stoppedBy) await checkSql();
}
if (wants("journeys")) await runFiles("Journeys in the browser", journeys, { atOnce: 1, atLeast: 19 });

await cleanUp();
for (const { name, file, error } of total.failures) {
  console.log(`\n✖ ${name}${file ? `\n  ${file}` : ""}\n${error.replaceAll(/^/gm, "    ")}`);
}
const counts = [`${total.passed} passed`, `${total.failures.length} failed`];
if (total.skipped > 0) counts.push(`${total.skipped} skipped`);
if (stoppedBy) console.log(`\nStopped by ${stoppedBy}.`);
console.log(`\n${counts.join(", ")}`);
process.exit(stoppedBy ? 130 : total.failures.length > 0 ? 1 : 0);

function section(name: string): void {
  console.log(`\n${name}`);
}

function fail(name: string, file: string, error: string): void {
  total.failures.push({ name, file, error });
}

async function runCheck(name: string, script: string, args: readonly string[]): Promise<void> {
  const { passed, words } = await runTool(script, args);
  console.log(`  ${passed ? "✔" : "✖"} ${name}`);
  if (passed) total.passed++;
  else fail(name, "", words);
}

/** A section with fewer tests than it must have has failed: a wrong pattern would otherwise look like success. */
async function runFiles(
  name: string,
  list: readonly string[],
  { atOnce, atLeast }: { atOnce: number; atLeast: number },
) {
  if (list.length === 0 && wantedPaths.length > 0) return;
  section(name);
  let ran = 0;
  const queue = [...list];
  const work = async () => {
    for (let file = queue.shift(); file !== undefined && !stoppedBy; file = queue.shift()) {
      const { passed, skipped, failures } = await runTestFile(join(root, file));
      ran += passed + failures.length;
      total.passed += passed;
      total.skipped += skipped;
      for (const failure of failures) fail(failure.name, file, failure.error);
      const failed = failures.length > 0 ? `, ${failures.length} failed` : "";
      console.log(`  ${failures.length > 0 ? "✖" : "✔"} ${file} (${passed} passed${failed})`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (ran < atLeast && wantedPaths.length === 0 && !stoppedBy)
    fail(name, "", `Only ${ran} tests ran; there must be ${atLeast} at least.`);
}

/** Reads the statements that the tests above ran. */
async function checkSql(): Promise<void> {
  section("Statements");
  const { checkStatements } = await import("./architecture/sql-rules.ts");
  try {
    const report = await checkStatements(statements);
    const isSound = report.statements > 0 && report.violations.length === 0;
    console.log(`  ${isSound ? "✔" : "✖"} ${report.statements} distinct statements`);
    for (const { rule, detail, text } of report.violations) fail(`SQL: ${rule}`, "", `${detail}\n${text}`);
    if (report.statements === 0) fail("SQL", "", "The tests recorded no statement.");
    if (isSound) total.passed++;
  } catch (error) {
    fail("SQL", "", error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

async function cleanUp(): Promise<void> {
  await cluster?.stop("immediate");
  const ended = await endLeftovers(mark, [disk, memory]);
  if (ended.length > 0) console.log(`\nEnded what tests had left running:\n  ${ended.join("\n  ")}`);
  await rm(disk, { recursive: true, force: true });
  await rm(memory, { recursive: true, force: true });
}
