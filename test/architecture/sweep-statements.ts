import { join } from "node:path";
import { listFiles } from "./project-files.ts";
import { parseSource } from "./source-tree.ts";
import { sqlTemplates } from "./sql-in-source.ts";

/**
 * The cross-tenant reads by the name that each begins with, `/* sweep: name *\/`. They run as role mainstay_sweep and do
 * nothing but find out for which tenant or row there is work, which then goes on inside the tenant.
 */
export const sweepStatements: readonly string[] = [
  "clocks due soon",
  "clocks that became due",
  "events waiting and dead",
  "resolved tickets to close",
  "tenants with undelivered events",
];

/** The name of a cross-tenant read, by its first words. */
export function sweepName(text: string): string | undefined {
  return /^\s*\/\* sweep: ([a-z0-9 -]+?) \*\//.exec(text)?.[1];
}

/** Reports cross-tenant reads in src/ that the list lacks, that share a name, and names on the list that nothing bears. */
export function checkSweepList(root: string, listed: readonly string[]): string[] {
  const found = new Map<string, string>();
  const violations: string[] = [];
  for (const path of listFiles(root, ["src/**/*.ts"])) {
    if (path.endsWith(".test.ts")) continue;
    const source = parseSource(join(root, path));
    for (const { line, parts } of sqlTemplates(source)) {
      const name = sweepName(parts[0] ?? "");
      if (name === undefined) continue;
      const place = `${path}:${line}`;
      if (found.has(name)) violations.push(`${place}: "${name}" is also the name of ${found.get(name)}`);
      if (!listed.includes(name)) violations.push(`${place}: "${name}" is not on the list`);
      found.set(name, place);
    }
  }
  return [
    ...violations,
    ...listed.filter((name) => !found.has(name)).map((name) => `"${name}" is listed and not there`),
  ];
}
