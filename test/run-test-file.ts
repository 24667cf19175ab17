import { AssertionError } from "node:assert";
import { run } from "node:test";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";

export interface Failure {
  /** The test's full name: its suites, then its own. */
  name: string;
  file: string;
  error: string;
}

export interface FileResult {
  passed: number;
  skipped: number;
  failures: Failure[];
}

export interface Limits {
  /** For one test. */
  testMilliseconds: number;
  /** Without any news, a busy loop for example, which no timer of its own can end. */
  silenceMilliseconds: number;
  /** Between the end of its tests and the end of the process. */
  endMilliseconds: number;
}

const usual: Limits = { testMilliseconds: 120_000, silenceMilliseconds: 150_000, endMilliseconds: 20_000 };

/**
 * Runs one test file in a process of its own and counts each test (a suite is none). A file that holds no test, does not
 * load, or does not end has failed, whatever its tests said.
 */
export async function runTestFile(file: string, limits: Limits = usual): Promise<FileResult> {
  const result: FileResult = { passed: 0, skipped: 0, failures: [] };
  const output: string[] = [];
  const path: string[] = [];
  const fail = (name: string, error: string) => result.failures.push({ name, file, error });
  const watch = watchOver(limits);
  const events: AsyncIterable<TestEvent> = run({
    files: [file],
    timeout: limits.testMilliseconds,
    signal: watch.signal,
  });
  for await (const event of events) {
    watch.note(event, file);
    if (event.type === "test:stdout" || event.type === "test:stderr") output.push(event.data.message);
    // Errors outside any test are only to be found here.
    if (event.type === "test:diagnostic" && event.data.file !== undefined) output.push(`${event.data.message}\n`);
    // Suites announce themselves before their tests, and report after them.
    if (event.type === "test:start") path.splice(event.data.nesting, path.length, event.data.name);
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const { data } = event;
    if (data.name === file) {
      if (event.type === "test:pass") fail("(the file)", "It declares no test.");
      else {
        const { cause } = event.data.details.error;
        fail("(the file)", watch.verdict() ?? (cause instanceof Error ? describe(cause) : lastOutput(output)));
      }
    } else if (data.details.type !== "suite" && (data.skip !== undefined || data.todo !== undefined)) {
      result.skipped++;
    } else if (event.type === "test:fail") {
      const { error } = event.data.details;
      // A suite's failure repeats those of its tests, unless a hook of its own failed.
      const repeats = error.cause !== undefined && "failureType" in error && error.failureType === "subtestsFailed";
      if (!repeats) fail([...path.slice(0, data.nesting), data.name].join(" › "), describe(error.cause ?? error));
    } else if (data.details.type !== "suite") {
      result.passed++;
    }
  }
  watch.end();
  const [first] = result.failures;
  if (first && output.length > 0 && first.name !== "(the file)") first.error += `\n\nOutput:\n${lastOutput(output)}`;
  return result;
}

/** Aborts the file's process when it falls silent. */
function watchOver(limits: Limits) {
  const abort = new AbortController();
  let verdict: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let begun = 0;
  let ended = 0;
  const wait = () => {
    clearTimeout(timer);
    const areTestsOver = begun > 0 && begun === ended;
    timer = setTimeout(
      () => {
        verdict = areTestsOver
          ? "Its tests are over but the process did not end: a server, connection or timer is still open."
          : `It gave no sign of life for ${limits.silenceMilliseconds / 1000} s and was ended.`;
        abort.abort();
      },
      areTestsOver ? limits.endMilliseconds : limits.silenceMilliseconds,
    );
  };
  wait();
  return {
    signal: abort.signal,
    note(event: TestEvent, file: string) {
      if (event.type === "test:enqueue" && event.data.name !== file) begun++;
      else if (event.type === "test:complete" && event.data.name !== file) ended++;
      else if (event.type !== "test:dequeue") return;
      wait();
    },
    verdict: () => verdict,
    end: () => clearTimeout(timer),
  };
}

/** Without the test runner's own lines in the stack, nor what an assertion's message has told already. */
function describe(error: unknown): string {
  const text = typeof error === "string" ? error : error instanceof AssertionError ? error.stack : inspect(error);
  const lines = (text ?? String(error))
    .split("\n")
    .filter((line) => !/^\s+at .*\b(node:internal|node:async_hooks)/.test(line));
  return lines.length <= 80 ? lines.join("\n") : `${lines.slice(0, 80).join("\n")}\n… ${lines.length - 80} lines more`;
}

function lastOutput(output: readonly string[]): string {
  return output.join("").trimEnd().split("\n").slice(-60).join("\n") || "It ended with a failure and said nothing.";
}
