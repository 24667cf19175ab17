import type { Node } from "libpg-query";
import { scanSync } from "libpg-query";
import { listOf, nodeOf, nodesBelow, type Source, type SourceNode, textOf } from "./source-tree.ts";
import { nodesOf, parseStatements, type TableUse, tablesOf } from "./sql-tree.ts";

export interface SqlInSource {
  line: number;
  /** The text between the `${…}`. */
  parts: string[];
}

/** The sql`…` templates of a file, nested ones apart. */
export function sqlTemplates(source: Source): SqlInSource[] {
  return [...nodesBelow(source.body)].flatMap((node) =>
    node.type === "TaggedTemplateExpression" && textOf(nodeOf(node, "tag"), "value") === "sql"
      ? [{ line: source.lineOf(node), parts: partsOf(nodeOf(node, "template")) }]
      : [],
  );
}

/** Plain strings and templates that are SQL all the same. */
export function sqlInStrings(source: Source): SqlInSource[] {
  const tagged = new Set([...nodesBelow(source.body)].flatMap((node) => nodeOf(node, "template") ?? []));
  return [...nodesBelow(source.body)].flatMap((node) => {
    const parts = node.type === "StringLiteral" ? [textOf(node, "value") ?? ""] : tagged.has(node) ? [] : partsOf(node);
    return looksLikeSql(parts) ? [{ line: source.lineOf(node), parts }] : [];
  });
}

function partsOf(node: SourceNode | undefined): string[] {
  if (node?.type !== "TemplateLiteral") return [];
  return listOf(node, "quasis").map((part) => textOf(part, "cooked") ?? "");
}

const verb =
  /^\s*(?:\/\*.*?\*\/\s*)?(?:select|insert|update|delete|with|merge|truncate|create|alter|drop|SELECT|INSERT|UPDATE|DELETE|WITH)\s/s;

function looksLikeSql(parts: readonly string[]): boolean {
  if (!verb.test(parts[0] ?? "")) return false;
  const statements = tryParse(parts.reduce((text, part, index) => `${text}$${index}${part}`));
  // "select a role from the list" parses, too.
  return (
    statements?.some((statement) => {
      const used = tablesOf(statement);
      return (
        used.some(({ schema, access }) => schema !== undefined || access === "write") ||
        (used.length > 0 && hasWhere(statement))
      );
    }) ?? false
  );
}

function hasWhere(statement: Node): boolean {
  return [...nodesOf(statement)].some((node) => "SelectStmt" in node && node.SelectStmt.whereClause !== undefined);
}

function tryParse(text: string): Node[] | undefined {
  try {
    return parseStatements(text);
  } catch {
    return undefined;
  }
}

/** Places a piece of a statement can have in a whole one. */
const frames: ((piece: string) => string)[] = [
  (piece) => piece,
  (piece) => `select ${piece}`,
  (piece) => `select 1 ${piece}`,
  (piece) => `select 1 where ${piece}`,
  (piece) => `select 1 where true ${piece}`,
  (piece) => `select 1 from pg_catalog.pg_class ${piece}`,
  (piece) => `with ${piece} select 1`,
];

/**
 * The tables a template names. Values and nested pieces stand as `$n`, or as nothing; a piece is tried in each place it
 * may have. What parses nowhere is read word by word, which still finds every table named with its schema.
 */
export function tablesInTemplate(parts: readonly string[]): { tables: TableUse[]; expressions: ReadonlySet<string> } {
  const numbered = parts.reduce((text, part, index) => `${text}$${index}${part}`, "").replace(/^\$0/, "");
  for (const piece of [numbered, parts.join(" ")]) {
    for (const frame of frames) {
      const statements = tryParse(frame(piece));
      if (!statements) continue;
      const tables = statements.flatMap(tablesOf).filter(({ schema }) => schema !== "pg_catalog");
      return { tables, expressions: expressionNames(statements) };
    }
  }
  return { tables: tablesByWord(numbered), expressions: new Set() };
}

function expressionNames(statements: readonly Node[]): Set<string> {
  const names = [...nodesOf(statements)].flatMap((node) =>
    "CommonTableExpr" in node ? (node.CommonTableExpr.ctename ?? []) : [],
  );
  return new Set(names);
}

const writing = new Set(["into", "update"]);
const reading = new Set(["from", "join", "using", "only"]);

function tablesByWord(text: string): TableUse[] {
  const words = scanSync(text).tokens.filter((token) => !token.tokenName.endsWith("COMMENT"));
  return words.flatMap((word, index): TableUse[] => {
    const before = words[index - 1]?.text.toLowerCase() ?? "";
    const name = words[index + 2]?.text;
    if (words[index + 1]?.text !== "." || name === undefined) return [];
    if (!writing.has(before) && !reading.has(before)) return [];
    const deletes = before === "from" && words[index - 2]?.text.toLowerCase() === "delete";
    return [{ schema: word.text, name, access: deletes || writing.has(before) ? "write" : "read" }];
  });
}
