import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "./project-files.ts";
import {
  argumentsOf,
  listOf,
  nodeOf,
  nodesBelow,
  parseSource,
  type Source,
  type SourceNode,
  textOf,
} from "./source-tree.ts";
import { families, type TextFolder } from "./text-rules.ts";

/** A key as the code writes it; `*` stands for what is filled in at run time. */
interface Use {
  place: string;
  key: string;
  /** Folders of texts that it can mean. */
  folders: readonly TextFolder[];
}

/** Keys that the code asks for and no folder has, and keys that no code asks for. */
export function checkTextUsage(root: string, folders: readonly TextFolder[]): { missing: string[]; unused: string[] } {
  const byPath = new Map(folders.map((folder) => [folder.path, folder]));
  const known = new Map(folders.map((folder) => [folder, families(folder.byLanguage.get("en") ?? new Map())]));
  const has = (folder: TextFolder, key: string) =>
    [...(known.get(folder)?.keys() ?? [])].some((each) => matches(key, each));
  const missing: string[] = [];
  const mentioned = new Set<string>();
  const asked = new Map<TextFolder, Set<string>>();
  for (const path of listFiles(root, ["web/**/*.{ts,tsx}", "src/**/*.ts"])) {
    const text = readFileSync(join(root, path), "utf8");
    const source = parseSource(path, text);
    for (const use of path.startsWith("web/") ? webUses(source, byPath) : serverUses(source, byPath)) {
      for (const folder of use.folders) asked.set(folder, (asked.get(folder) ?? new Set()).add(use.key));
      if (use.folders.length > 0 && !use.folders.some((folder) => has(folder, use.key))) {
        missing.push(
          `${use.place} asks for ${use.key}, which is not in ${use.folders.map(({ path }) => path).join(", ")}`,
        );
      }
    }
    for (const mention of mentionsOf(source)) mentioned.add(mention);
  }
  const patterns = [...mentioned].filter((mention) => mention.includes("*"));
  const unused = folders.flatMap((folder) =>
    [...(known.get(folder)?.keys() ?? [])]
      .filter(
        (key) => !mentioned.has(key) && ![...patterns, ...(asked.get(folder) ?? [])].some((each) => matches(each, key)),
      )
      .map((key) => `${folder.path}: ${key} is not used`),
  );
  return { missing, unused };
}

function matches(pattern: string, key: string): boolean {
  const wanted = new RegExp(`^${pattern.split("*").map(RegExp.escape).join(".+")}$`);
  // A context asks for `key_context`.
  return wanted.test(key) || (!pattern.includes("*") && key.startsWith(`${pattern}_`));
}

function webUses(source: Source, byPath: ReadonlyMap<string, TextFolder>): Use[] {
  const nodes = [...nodesBelow(source.body)];
  const own = source.path.split("/")[1] ?? "";
  const chosen = nodes.flatMap((node) =>
    calleeName(node) === "useTranslation" ? argumentsOf(node).slice(0, 1).flatMap(stringsBelow) : [],
  );
  const namespaces = chosen.length > 0 ? chosen : [own, "app"];
  return nodes.flatMap((node) =>
    askedKeys(node).map((written): Use => {
      const [, named, key = written] = /^([\w-]+):(.*)$/s.exec(written) ?? [];
      const folders = (named ? [named] : namespaces).flatMap((each) => byPath.get(`web/${each}/texts`) ?? []);
      return { place: `${source.path}:${source.lineOf(node)}`, key, folders };
    }),
  );
}

function askedKeys(node: SourceNode): string[] {
  if (node.type === "CallExpression") {
    const callee = nodeOf(node, "callee");
    const owner = textOf(nodeOf(callee, "object"), "value");
    const isT = calleeName(node) === "t" && (callee?.type === "Identifier" || owner === "i18next" || owner === "i18n");
    return isT ? argumentsOf(node).slice(0, 1).flatMap(keysIn) : [];
  }
  if (node.type === "JSXAttribute" && textOf(nodeOf(node, "name"), "value") === "i18nKey") {
    const value = nodeOf(node, "value");
    return keysIn(nodeOf(value, "expression") ?? value);
  }
  return [];
}

/** `texts(locale, "key")`, where `texts` was made by loadTexts. */
function serverUses(source: Source, byPath: ReadonlyMap<string, TextFolder>): Use[] {
  const nodes = [...nodesBelow(source.body)];
  const loaded = new Set(
    nodes.flatMap((node) => {
      const made = node.type === "VariableDeclarator" ? nodeOf(node, "init") : undefined;
      return made && calleeName(made) === "loadTexts" ? [textOf(nodeOf(node, "id"), "value") ?? ""] : [];
    }),
  );
  const folder = byPath.get(`${source.path.replace(/\/[^/]+$/, "")}/texts`);
  return nodes.flatMap((node) =>
    node.type === "CallExpression" && folder && loaded.has(calleeName(node) ?? "")
      ? argumentsOf(node)
          .slice(1, 2)
          .flatMap(keysIn)
          .map((key) => ({ place: `${source.path}:${source.lineOf(node)}`, key, folders: [folder] }))
      : [],
  );
}

function calleeName(node: SourceNode): string | undefined {
  const callee = node.type === "CallExpression" ? nodeOf(node, "callee") : undefined;
  return callee?.type === "MemberExpression" ? textOf(nodeOf(callee, "property"), "value") : textOf(callee, "value");
}

/** The keys an expression can give, as far as they are written in it. */
function keysIn(node: SourceNode | undefined): string[] {
  switch (node?.type) {
    case "StringLiteral":
      return [textOf(node, "value") ?? ""];
    case "TemplateLiteral":
      return [patternOf(node)].filter((pattern) => /\w{2}/.test(pattern));
    case "ConditionalExpression":
      return [...keysIn(nodeOf(node, "consequent")), ...keysIn(nodeOf(node, "alternate"))];
    case "ParenthesisExpression":
    case "TsAsExpression":
    case "TsConstAssertion":
    case "TsSatisfiesExpression":
      return keysIn(nodeOf(node, "expression"));
    default:
      return [];
  }
}

function patternOf(template: SourceNode): string {
  return listOf(template, "quasis")
    .map((part) => textOf(part, "cooked") ?? "")
    .join("*");
}

function stringsBelow(node: SourceNode): string[] {
  return [...nodesBelow(node)].flatMap((each) => (each.type === "StringLiteral" ? [textOf(each, "value") ?? ""] : []));
}

/** Every text and pattern in a file that could be a key: keys also travel in lists and variables. */
function mentionsOf(source: Source): string[] {
  return [...nodesBelow(source.body)].flatMap((node) => {
    if (node.type !== "StringLiteral" && node.type !== "TemplateLiteral") return [];
    const written = node.type === "StringLiteral" ? (textOf(node, "value") ?? "") : patternOf(node);
    return [written.replace(/^[\w-]+:/, "")].filter((key) => !key.includes("*") || /^\w{2,}/.test(key));
  });
}
