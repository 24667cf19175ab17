import { join } from "node:path";
import { refusalKinds } from "../../src/platform/refusal.ts";
import { readRefusalCodes } from "../../src/platform/refusal-codes.ts";
import { listFiles } from "./project-files.ts";
import { argumentsOf, nodeOf, nodesBelow, parseSource, type SourceNode, textOf } from "./source-tree.ts";

/**
 * Every refusal names its kind and its code in words of its own, so that the list of codes at /api/docs is complete: what a
 * parser finds in the source and what that list holds are the same.
 * @param root the folder that holds `src`
 */
export async function checkRefusals(root: string): Promise<string[]> {
  const violations: string[] = [];
  const listed = new Set((await readRefusalCodes(join(root, "src"))).map(({ code, kind }) => `${kind} ${code}`));
  const met = new Set<string>();
  for (const path of listFiles(root, ["src/**/*.ts"]).filter((file) => !file.endsWith(".test.ts"))) {
    const source = parseSource(join(root, path));
    for (const node of nodesBelow(source.body)) {
      for (const [kind, code] of refusalsAt(node)) {
        const place = `${path}:${source.lineOf(node)}`;
        if (kind === undefined || code === undefined) {
          violations.push(`${place}: a refusal whose kind or code is no literal`);
          continue;
        }
        met.add(`${kind} ${code}`);
        if (!Object.hasOwn(refusalKinds, kind)) violations.push(`${place}: no kind of refusal: ${kind}`);
        else if (!listed.has(`${kind} ${code}`)) violations.push(`${place}: ${code} is not on the list of codes`);
      }
    }
  }
  const idle = [...listed].filter((each) => !met.has(each));
  return [...violations, ...idle.map((each) => `the list holds ${each}, which nothing refuses with`)];
}

/** Kind and code of a `new Refusal(…)`, or of each row of a table from which refusals are spread. */
function refusalsAt(node: SourceNode): [string | undefined, string | undefined][] {
  if (node.type === "NewExpression" && textOf(nodeOf(node, "callee"), "value") === "Refusal") {
    const [kind, code] = argumentsOf(node);
    // `new Refusal(...known)`: the rows of its table are looked at by themselves.
    if (code === undefined && isSpread(node)) return [];
    return [[literal(kind), literal(code)]];
  }
  if (node.type !== "ArrayExpression" || !Array.isArray(node.elements) || node.elements.length !== 3) return [];
  const [kind, code, sentence] = node.elements.map((item) => literal(nodeOf(item, "expression")));
  return kind && code && sentence && Object.hasOwn(refusalKinds, kind) ? [[kind, code]] : [];
}

function isSpread(call: SourceNode): boolean {
  return Array.isArray(call.arguments) && call.arguments.some((item: { spread?: unknown }) => item.spread);
}

function literal(node: SourceNode | undefined): string | undefined {
  return node?.type === "StringLiteral" ? textOf(node, "value") : undefined;
}
