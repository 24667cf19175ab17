import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Runs a development tool of node_modules on this Node; its words matter only when it fails. */
export function runTool(script: string, args: readonly string[]): Promise<{ passed: boolean; words: string }> {
  const child = spawn(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      words += text;
    });
  }
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ passed: false, words: error.message }));
    child.on("close", (code) => resolve({ passed: code === 0, words: words.trim() }));
  });
}
