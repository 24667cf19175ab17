import type { ClientBase } from "pg";
import { isTreeNode, readNodeTree, type TreeNode, type TreeValue, treeNodes, word } from "./node-tree.ts";
import { nodesOf, parseStatements } from "./sql-tree.ts";
import type { Violation } from "./statement-rules.ts";

interface Catalogue {
  /** By function number: i(mmutable), s(table), v(olatile), and its name. */
  functions: Map<string, { volatility: string; name: string }>;
  /** By type number: the functions that read and write its text. */
  types: Map<string, { input: string; output: string }>;
}

/**
 * Finds the functions that Citus does not let near a change, in the words of its planner (multi_router_planner.c,
 * ModifyPartialQuerySupported and ErrorIfOnConflictNotSupported). What a `+` or a cast calls depends on the types, so the
 * database itself analyses the statement: as the body of a function that is never kept, which the catalogue then shows.
 * @param client a migrated database, as a role that may create functions
 */
export async function checkVolatility(client: ClientBase, texts: readonly string[]): Promise<Map<string, Violation[]>> {
  const found = new Map<string, Violation[]>();
  const catalogue = await readCatalogue(client);
  for (const text of texts) {
    if (!changesRows(text)) continue;
    try {
      const violations = checkTree(readNodeTree(await analyse(client, text)), catalogue);
      if (violations.length > 0) found.set(text, violations);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      found.set(text, [{ rule: "analysable", detail }]);
    }
  }
  return found;
}

function changesRows(text: string): boolean {
  for (const node of nodesOf(parseStatements(text))) {
    if ("InsertStmt" in node || "UpdateStmt" in node || "DeleteStmt" in node) return true;
  }
  return false;
}

async function analyse(client: ClientBase, text: string): Promise<string> {
  await client.query("begin");
  try {
    await client.query(`prepare analysed as ${text}`);
    const prepared = await client.query<{ types: string[] }>(
      "select parameter_types::text[] as types from pg_prepared_statements where name = 'analysed'",
    );
    await client.query("deallocate analysed");
    const types = (prepared.rows[0]?.types ?? []).join(", ");
    await client.query(`create function pg_temp.analysed(${types}) returns void begin atomic ${text}\n; end`);
    const body = await client.query<{ tree: string }>(
      "select prosqlbody::text as tree from pg_proc where pronamespace = pg_my_temp_schema() and proname = 'analysed'",
    );
    const tree = body.rows[0]?.tree;
    if (tree === undefined) throw new Error("the database kept no analysed body");
    return tree;
  } finally {
    await client.query("rollback");
    await client.query("deallocate all");
  }
}

async function readCatalogue(client: ClientBase): Promise<Catalogue> {
  const functions = await client.query<{ oid: string; volatility: string; name: string }>(
    "select oid::text, provolatile as volatility, proname as name from pg_proc",
  );
  const types = await client.query<{ oid: string; input: string; output: string }>(
    "select oid::text, typinput::oid::text as input, typoutput::oid::text as output from pg_type",
  );
  return {
    functions: new Map(functions.rows.map((row) => [row.oid, row])),
    types: new Map(types.rows.map((row) => [row.oid, row])),
  };
}

function checkTree(tree: TreeValue, catalogue: Catalogue): Violation[] {
  const violations: Violation[] = [];
  const report = (rule: string, where: string, names: readonly string[]) => {
    if (names.length > 0) violations.push({ rule, detail: `${[...new Set(names)].join(", ")} in ${where}` });
  };
  for (const query of treeNodes(tree)) {
    if (query.tag !== "QUERY" || !commands[word(query, "commandType") ?? ""]) continue;
    const command = commands[word(query, "commandType") ?? ""] ?? "";
    const quals = joinQuals(query);
    const assigned = command === "UPDATE" ? (query.fields.get("targetList") ?? []) : [];
    const parts: [string, TreeValue[]][] = [
      [`the SET of ${command}`, assigned],
      [`the WHERE of ${command}`, quals],
    ];
    for (const [where, part] of parts) {
      report("no-volatile", where, mutable(part, catalogue, "v"));
      report("no-stable-over-columns", where, overColumns(part, catalogue));
      report("no-mutable-in-case", where, insideCase(part, catalogue));
    }
    report("immutable-returning", "RETURNING", mutable(query.fields.get("returningList"), catalogue));
    const [conflict] = query.fields.get("onConflict") ?? [];
    if (!isTreeNode(conflict)) continue;
    const { fields } = conflict;
    report("immutable-on-conflict", "ON CONFLICT DO UPDATE", mutable(fields.get("onConflictSet"), catalogue));
    report("immutable-on-conflict", "ON CONFLICT … WHERE", mutable(fields.get("onConflictWhere"), catalogue));
  }
  return violations;
}

const commands: Record<string, string> = { 2: "UPDATE", 3: "INSERT", 4: "DELETE" };

function joinQuals(query: TreeNode): TreeValue[] {
  const [join] = query.fields.get("jointree") ?? [];
  return isTreeNode(join) ? (join.fields.get("quals") ?? []) : [];
}

/** The functions below `value` that are not immutable, or that are of the given volatility. */
function mutable(value: TreeValue | undefined, catalogue: Catalogue, only?: string): string[] {
  return [...treeNodes(value)].flatMap((node) => mutableCalls(node, catalogue, only));
}

/** Functions that are not immutable and see a column of the row. Subqueries are planned apart. */
function overColumns(value: TreeValue, catalogue: Catalogue): string[] {
  return [...treeNodes(value, notSubquery)].flatMap((node) => {
    const calls = node.tag === "COALESCEEXPR" || node.tag === "CASEEXPR" ? [] : mutableCalls(node, catalogue);
    return calls.length > 0 && [...treeNodes(node, notSubquery)].some((inner) => inner.tag === "VAR") ? calls : [];
  });
}

function insideCase(value: TreeValue, catalogue: Catalogue): string[] {
  return [...treeNodes(value, notSubquery)].flatMap((node) =>
    node.tag === "COALESCEEXPR" || node.tag === "CASEEXPR" ? mutable(node, catalogue) : [],
  );
}

const notSubquery = (node: TreeNode) => node.tag !== "QUERY";

function mutableCalls(node: TreeNode, catalogue: Catalogue, only?: string): string[] {
  const called = functionsOf(node, catalogue).map((oid) => catalogue.functions.get(oid));
  const byKeyword = keywords[node.tag];
  return [...called, byKeyword].flatMap((each) =>
    each && (only ? each.volatility === only : each.volatility !== "i") ? [each.name] : [],
  );
}

const keywords: Record<string, { volatility: string; name: string }> = {
  SQLVALUEFUNCTION: { volatility: "s", name: "current_…" },
  NEXTVALUEEXPR: { volatility: "v", name: "nextval" },
  XMLEXPR: { volatility: "s", name: "xml" },
};

const functionFields = ["funcid", "opfuncid", "aggfnoid", "winfnoid"];

function functionsOf(node: TreeNode, catalogue: Catalogue): string[] {
  if (node.tag === "COERCEVIAIO") {
    const [argument] = node.fields.get("arg") ?? [];
    const from = isTreeNode(argument) ? typeOf(argument) : undefined;
    const output = catalogue.types.get(from ?? "")?.output;
    const input = catalogue.types.get(word(node, "resulttype") ?? "")?.input;
    return [output, input].flatMap((oid) => (oid === undefined ? [] : [oid]));
  }
  return functionFields.flatMap((field) => word(node, field) ?? []);
}

const typeFields = [
  ...["vartype", "consttype", "paramtype", "funcresulttype", "opresulttype", "resulttype", "coalescetype", "casetype"],
  ...["aggtype", "wintype", "array_typeid", "minmaxtype", "refrestype", "type"],
];

function typeOf(node: TreeNode): string | undefined {
  return typeFields.map((field) => word(node, field)).find((type) => type !== undefined);
}
