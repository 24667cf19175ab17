import type { Node } from "libpg-query";
import { kindOf, namesOf, nodesOf, parseStatements, tablesOf } from "./sql-tree.ts";
import { sweepName, sweepStatements } from "./sweep-statements.ts";
import { checkTenantFilter } from "./tenant-filter.ts";

export interface Violation {
  rule: string;
  detail: string;
}

/** How a table is registered in the catalogue: by its comment, or or by its schema as a library's own. */
export type Registration = "tenant" | "global" | "library";

export interface StatementContext {
  role: "app" | "sweep" | "owner";
  /** Whether it ran inside a tenant. */
  tenant: boolean;
  /** By qualified name. */
  tables: ReadonlyMap<string, Registration>;
  sweeps?: ReadonlySet<string>;
}

const appKinds = new Set(["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "CopyStmt", "ExplainStmt"]);
const sessionKinds = new Set(["TransactionStmt", "VariableSetStmt", "ListenStmt", "UnlistenStmt", "NotifyStmt"]);

/** The rules of architecture.md ("one code for a laptop and for a cluster") that the text alone can show. */
export function checkStatement(text: string, context: StatementContext): Violation[] {
  if (context.role === "owner") return [];
  let statements: Node[];
  try {
    statements = parseStatements(text);
  } catch (error) {
    return [{ rule: "parses", detail: error instanceof Error ? error.message : String(error) }];
  }
  const sweep = context.role === "sweep" ? checkSweepName(text, context.sweeps ?? new Set(sweepStatements)) : [];
  return [...sweep, ...statements.flatMap((statement) => checkOne(statement, context))];
}

function checkOne(statement: Node, context: StatementContext): Violation[] {
  const kind = kindOf(statement);
  if (sessionKinds.has(kind)) return checkSession(statement);
  if (isLibrarys(statement, context.tables)) return [];
  const violations: Violation[] = [];
  const report = (rule: string) => (detail: string) => violations.push({ rule, detail });
  if ("MergeStmt" in statement) report("no-merge")("MERGE");
  else if (!appKinds.has(kind)) report("kind")(`the app runs no ${kind}`);
  for (const use of tablesOf(statement)) checkTable(use.schema, use.name, context, report);
  checkTenantFilter(statement, {
    isTenantTable: (name) => context.tables.get(name) === "tenant",
    crossTenant: context.role === "sweep",
    report: report("tenant-filter"),
  });
  for (const node of nodesOf(statement)) {
    checkNode(node, context, report);
    if (context.role === "sweep") checkSweepNode(node, report("sweep"));
  }
  return violations;
}

type Report = (rule: string) => (detail: string) => void;

function checkTable(schema: string | undefined, name: string, context: StatementContext, report: Report): void {
  if (schema === undefined) {
    report("qualified")(`table ${name} is named without its schema`);
    return;
  }
  if (schema === "pg_catalog" || schema === "information_schema") return;
  const registration = context.tables.get(`${schema}.${name}`);
  if (registration === undefined) report("registered")(`${schema}.${name} is not registered as tenant or global`);
  if (registration === "tenant" && context.role === "app" && !context.tenant) {
    report("inside-tenant")(`${schema}.${name} is a tenant's, and the statement ran outside any tenant`);
  }
}

function checkNode(node: Node, context: StatementContext, report: Report): void {
  if ("SelectStmt" in node) {
    if (node.SelectStmt.limitOffset) report("no-offset")("OFFSET; page by key");
    for (const inner of nodesOf(node.SelectStmt.valuesLists)) {
      if ("SubLink" in inner) report("no-subquery-in-values")("a subquery inside VALUES");
    }
  }
  if ("FuncCall" in node && namesOf(node.FuncCall.funcname).at(-1) === "set_config") {
    report("no-set-config")("set_config() does not travel; SET LOCAL does");
  }
  if ("UpdateStmt" in node) checkAssigned(node.UpdateStmt.targetList, report);
  if ("InsertStmt" in node && node.InsertStmt.onConflictClause) {
    const { infer, targetList } = node.InsertStmt.onConflictClause;
    checkAssigned(targetList, report);
    const { schemaname, relname } = node.InsertStmt.relation ?? {};
    const columns = (infer?.indexElems ?? []).map((each) => ("IndexElem" in each ? each.IndexElem.name : undefined));
    const isTenantTable = context.tables.get(`${schemaname}.${relname}`) === "tenant";
    if (isTenantTable && columns.length > 0 && !columns.includes("tenant_id")) {
      report("conflict-target")(`ON CONFLICT (${columns.join(", ")}) leaves out tenant_id`);
    }
  }
}

function checkAssigned(targets: readonly Node[] | undefined, report: Report): void {
  for (const target of targets ?? []) {
    if ("ResTarget" in target && target.ResTarget.name === "tenant_id") report("fixed-tenant")("tenant_id is updated");
  }
}

function checkSweepName(text: string, known: ReadonlySet<string>): Violation[] {
  const name = sweepName(text);
  if (name === undefined) return [{ rule: "sweep", detail: "does not begin with /* sweep: name */" }];
  if (!known.has(name)) return [{ rule: "sweep", detail: `${name} is not on the list of sweep-statements.ts` }];
  return [];
}

function checkSweepNode(node: Node, report: (detail: string) => void): void {
  if ("InsertStmt" in node || "UpdateStmt" in node || "DeleteStmt" in node) report("it writes");
  if ("LockingClause" in node) report("FOR UPDATE");
  if ("GroupingSet" in node) report("ROLLUP, CUBE or GROUPING SETS");
  if ("SelectStmt" in node && node.SelectStmt.withClause?.recursive) report("WITH RECURSIVE");
}

function checkSession(statement: Node): Violation[] {
  if (!("VariableSetStmt" in statement)) return [];
  const { name, is_local } = statement.VariableSetStmt;
  if (name !== "app.tenant" || is_local) return [];
  return [{ rule: "set-local", detail: "app.tenant is set beyond its transaction" }];
}

/** Statements of the job library and of the sign-in library are theirs to write. */
export function isLibraryStatement(text: string, tables: ReadonlyMap<string, Registration>): boolean {
  return parseStatements(text).some((statement) => isLibrarys(statement, tables));
}

function isLibrarys(statement: Node, tables: ReadonlyMap<string, Registration>): boolean {
  const used = tablesOf(statement);
  return used.length > 0 && used.every(({ schema, name }) => tables.get(`${schema}.${name}`) === "library");
}
