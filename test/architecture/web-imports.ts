import { join } from "node:path";
import { listFiles } from "./project-files.ts";
import { argumentsOf, nodeOf, nodesBelow, parseSource, type SourceNode, textOf } from "./source-tree.ts";

const serverApi = /(?:^|\/)src\/modules\/[^/]+\/api\.ts$/;
const serverFile = /(?:^|\/)src\//;

/**
 * What web/ takes from the server are types of `api.ts`, written so that nothing of it survives in the bundle:
 * `import type`, `export type … from`, or a type `import("…")`.
 */
export function checkWebImports(root: string): string[] {
  const violations: string[] = [];
  for (const path of listFiles(root, ["web/**/*.{ts,tsx}"])) {
    const source = parseSource(join(root, path));
    for (const node of nodesBelow(source.body)) {
      const target = importedPath(node);
      if (target === undefined || !target.startsWith(".") || !serverFile.test(target)) continue;
      const place = `${path}:${source.lineOf(node)}`;
      if (!serverApi.test(target)) violations.push(`${place} imports ${target}, which is no api.ts`);
      else if (!isTypeOnly(node)) violations.push(`${place} imports ${target} as a value; write import type`);
    }
  }
  return violations;
}

function importedPath(node: SourceNode): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return textOf(nodeOf(node, "source"), "value");
    case "TsImportType":
      return textOf(nodeOf(node, "argument"), "value");
    case "CallExpression":
      return nodeOf(node, "callee")?.type === "Import" ? textOf(argumentsOf(node)[0], "value") : undefined;
    default:
      return undefined;
  }
}

/** `import { type A }` does not count: under verbatimModuleSyntax it leaves an empty import behind. */
function isTypeOnly(node: SourceNode): boolean {
  return node.type === "TsImportType" || node.typeOnly === true;
}
