import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { cruise } from "dependency-cruiser";
import configuration, { entries } from "../../.dependency-cruiser.mjs";
import { moduleOrder } from "../../module-order.mjs";
import { listFiles } from "./project-files.ts";
import { argumentsOf, nodeOf, nodesBelow, parseSource, textOf } from "./source-tree.ts";

const folders = ["src", "web", "test", "bench"];

export interface OrderReport {
  violations: string[];
  /** Files of ours that were read, imports and all. */
  seen: number;
  /** Files of ours that exist. */
  existing: number;
}

/** Checks the imports below `root` against `.dependency-cruiser.mjs`. */
export async function checkDependencyOrder(root: string): Promise<OrderReport> {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(present, {
    ...configuration.options,
    ruleSet: { forbidden: configuration.forbidden },
    validate: true,
    baseDir: root,
  });
  if (typeof output === "string") throw new Error("dependency-cruiser answered with text instead of its result");
  const violations = output.summary.violations.map(({ rule, from, to, cycle }) => {
    const path = cycle ? [from, ...cycle.map((step) => step.name)] : from === to ? [from] : [from, to];
    return `${rule.name}: ${path.join(" → ")}`;
  });
  const read = new Set(output.modules.filter((module) => !module.couldNotResolve).map((module) => module.source));
  const existing = listFiles(
    root,
    present.map((folder) => `${folder}/**/*.{ts,tsx}`),
  );
  const unread = existing.filter((file) => !read.has(file));
  return {
    violations: [
      ...violations,
      ...unread.map((file) => `not-read: ${file}`),
      ...deadFiles(root, new Map(output.modules.map((module) => [module.source, module.dependencies]))),
      ...unknownModules(root),
    ].sort(),
    seen: existing.length - unread.length,
    existing: existing.length,
  };
}

/** Files of src/ and web/ that no entry needs; tests do not count as need. */
function deadFiles(root: string, imports: ReadonlyMap<string, readonly { resolved: string }[]>): string[] {
  const alive = new Set<string>();
  const waiting = entries.filter((entry) => imports.has(entry));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (alive.has(file)) continue;
    alive.add(file);
    waiting.push(...(imports.get(file) ?? []).map(({ resolved }) => resolved), ...startedBy(root, file));
  }
  const mustLive = (file: string) => /^(?:src|web)\/.*\.tsx?$/.test(file) && !/\.(?:test\.tsx?|d\.ts)$/.test(file);
  return [...imports.keys()]
    .filter((file) => mustLive(file) && !alive.has(file))
    .map((file) => `no-dead-file: ${file}`);
}

/** The files that a file starts in a thread of their own: `new URL("./worker.ts", import.meta.url)`. */
function startedBy(root: string, file: string): string[] {
  if (!/^(?:src|web)\/.*\.tsx?$/.test(file) || !existsSync(join(root, file))) return [];
  return [...nodesBelow(parseSource(join(root, file)).body)].flatMap((node) => {
    if (node.type !== "NewExpression" || textOf(nodeOf(node, "callee"), "value") !== "URL") return [];
    const target = textOf(argumentsOf(node)[0], "value");
    return target?.startsWith(".") ? [posix.join(posix.dirname(file), target)] : [];
  });
}

function unknownModules(root: string): string[] {
  const named = new Set(moduleOrder);
  const found = (folder: string, allowed: ReadonlySet<string>) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && !allowed.has(entry.name))
          .map((entry) => `unknown-module: ${folder}/${entry.name} is not in module-order.mjs`)
      : [];
  return [...found("src/modules", named), ...found("web", new Set([...named, "app", "public", "dist"]))];
}
