import { loadModule, type Node, parseSync, type RangeVar, type RawStmt } from "libpg-query";

await loadModule();

/** Parses SQL with PostgreSQL's own grammar. @throws SqlError when it does not parse */
export function parseStatements(text: string): Node[] {
  const statements: RawStmt[] = parseSync(text).stmts ?? [];
  return statements.flatMap(({ stmt }) => (stmt ? [stmt] : []));
}

/** The name of a node's type: `SelectStmt`, `ColumnRef`, … */
export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? "";
}

/** Every node below `value`, parents first; `enter` may refuse to go below a node. */
export function* nodesOf(value: unknown, enter: (node: Node) => boolean = () => true): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item, enter);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (isNode(value)) {
    yield value;
    if (!enter(value)) return;
  }
  for (const member of Object.values(value)) yield* nodesOf(member, enter);
}

/** A node is wrapped in one member that names its type with a capital; plain structures are not. */
function isNode(value: object): value is Node {
  const keys = Object.keys(value);
  return keys.length === 1 && /^[A-Z]/.test(keys[0] ?? "");
}

export interface TableUse {
  schema: string | undefined;
  name: string;
  access: "read" | "write";
}

/** The tables a statement names, common table expressions left out. */
export function tablesOf(statement: Node): TableUse[] {
  const written = new Set<RangeVar>();
  const found: RangeVar[] = [];
  const names = new Set<string>();
  for (const node of nodesOf(statement, (node) => !("LockingClause" in node))) {
    if ("CommonTableExpr" in node) names.add(node.CommonTableExpr.ctename ?? "");
    if ("RangeVar" in node) found.push(node.RangeVar);
    for (const target of targetsOf(node)) {
      written.add(target);
      found.push(target);
    }
  }
  return found
    .filter((table) => table.schemaname !== undefined || written.has(table) || !names.has(table.relname ?? ""))
    .map((table) => ({
      schema: table.schemaname,
      name: table.relname ?? "",
      access: written.has(table) ? "write" : "read",
    }));
}

function targetsOf(node: Node): RangeVar[] {
  const target =
    "InsertStmt" in node
      ? node.InsertStmt.relation
      : "UpdateStmt" in node
        ? node.UpdateStmt.relation
        : "DeleteStmt" in node
          ? node.DeleteStmt.relation
          : "MergeStmt" in node
            ? node.MergeStmt.relation
            : "CopyStmt" in node
              ? node.CopyStmt.relation
              : undefined;
  const truncated = "TruncateStmt" in node ? (node.TruncateStmt.relations ?? []) : [];
  return [
    ...(target ? [target] : []),
    ...truncated.flatMap((relation) => ("RangeVar" in relation ? [relation.RangeVar] : [])),
  ];
}

/** `$1`, also with a cast: the ways to hand a value in. */
export function isParameter(node: Node | undefined): boolean {
  if (!node) return false;
  return "ParamRef" in node || ("TypeCast" in node && isParameter(node.TypeCast.arg));
}

/** The texts of a list of names: `["s", "t", "c"]`; a star is `*`. */
export function namesOf(list: readonly Node[] | undefined): string[] {
  return (list ?? []).map((node) => ("String" in node ? (node.String.sval ?? "") : "*"));
}
