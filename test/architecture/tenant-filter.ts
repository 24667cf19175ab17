import type { DeleteStmt, InsertStmt, Node, ResTarget, SelectStmt, UpdateStmt, WithClause } from "libpg-query";
import { isParameter, namesOf, nodesOf } from "./sql-tree.ts";
import { type Ctes, type Entry, type Output, type Qual, renamed, resolve, type Scope, settle } from "./tenant-scope.ts";

export interface FilterRules {
  isTenantTable(qualifiedName: string): boolean;
  /** A named cross-tenant read: one table stands for all tenants, the others are joined to it by tenant_id. */
  crossTenant: boolean;
  report(detail: string): void;
}

/**
 * Reports each tenant table whose tenant_id is not, on its own level, equal to a parameter or to the tenant_id of
 * another table that is; in FROM, joins, subqueries, EXISTS, common table expressions, and the rows of an insert.
 */
export function checkTenantFilter(statement: Node, rules: FilterRules): void {
  analyse(statement, new Map(), undefined, rules);
}

function analyse(node: Node, ctes: Ctes, outer: Scope | undefined, rules: FilterRules): Output[] {
  if ("SelectStmt" in node) return analyseSelect(node.SelectStmt, ctes, outer, rules);
  if ("InsertStmt" in node) return analyseInsert(node.InsertStmt, ctes, outer, rules);
  if ("UpdateStmt" in node) return analyseChange(node.UpdateStmt, node.UpdateStmt.fromClause, ctes, outer, rules);
  if ("DeleteStmt" in node) return analyseChange(node.DeleteStmt, node.DeleteStmt.usingClause, ctes, outer, rules);
  if ("ExplainStmt" in node && node.ExplainStmt.query) return analyse(node.ExplainStmt.query, ctes, outer, rules);
  return [];
}

function analyseSelect(select: SelectStmt, known: Ctes, outer: Scope | undefined, rules: FilterRules): Output[] {
  const ctes = withCtes(select.withClause, known, outer, rules);
  if (select.larg && select.rarg) {
    const left = analyseSelect(select.larg, ctes, outer, rules);
    const right = analyseSelect(select.rarg, ctes, outer, rules);
    return left.map((output, index) => ({ name: output.name, tenant: output.tenant && right[index]?.tenant === true }));
  }
  const scope: Scope = { entries: [], ctes, outer };
  if (select.valuesLists) {
    analyseSubqueries(select.valuesLists, scope, rules);
    const rows = select.valuesLists.map((row) => ("List" in row ? (row.List.items ?? []) : []));
    return (rows[0] ?? []).map((_, index) => ({
      name: `column${index + 1}`,
      tenant: rows.every((row) => isParameter(row[index])),
    }));
  }
  const quals: Qual[] = [];
  for (const item of select.fromClause ?? []) addFrom(item, scope, quals, rules);
  quals.push({ node: select.whereClause });
  settleAndReport(scope, quals, rules);
  const { fromClause: _from, withClause: _with, whereClause: _where, ...expressions } = select;
  analyseSubqueries([Object.values(expressions), quals.map((qual) => qual.node)], scope, rules);
  return outputsOf(select.targetList, scope);
}

function analyseChange(
  change: UpdateStmt | DeleteStmt,
  from: Node[] | undefined,
  known: Ctes,
  outer: Scope | undefined,
  rules: FilterRules,
): Output[] {
  const ctes = withCtes(change.withClause, known, outer, rules);
  const scope: Scope = { entries: [], ctes, outer };
  const quals: Qual[] = [];
  if (change.relation) addFrom({ RangeVar: change.relation }, scope, quals, rules);
  for (const item of from ?? []) addFrom(item, scope, quals, rules);
  quals.push({ node: change.whereClause });
  settleAndReport(scope, quals, rules);
  const assigned = "targetList" in change ? change.targetList : undefined;
  analyseSubqueries([assigned, quals.map((qual) => qual.node), change.returningClause], scope, rules);
  return outputsOf(change.returningClause?.exprs, scope);
}

function analyseInsert(insert: InsertStmt, known: Ctes, outer: Scope | undefined, rules: FilterRules): Output[] {
  const ctes = withCtes(insert.withClause, known, outer, rules);
  const scope: Scope = { entries: [], ctes, outer };
  if (insert.relation) addFrom({ RangeVar: insert.relation }, scope, [], rules);
  const [target] = scope.entries;
  const inserted = insert.selectStmt ? analyse(insert.selectStmt, ctes, outer, rules) : [];
  if (target?.table && target.tenantColumns.size > 0) {
    const position = (insert.cols ?? []).findIndex((column) => resTarget(column)?.name === "tenant_id");
    const starBefore = inserted.slice(0, position + 1).some((output) => output.name === "*");
    if (position < 0) rules.report(`insert into ${target.table} does not name tenant_id among its columns`);
    else if (starBefore || inserted[position]?.tenant !== true) {
      rules.report(`insert into ${target.table} takes its tenant_id from something else than a parameter`);
    }
    target.anchored = true;
  }
  if (target) scope.entries.push({ ...target, name: "excluded" });
  analyseSubqueries([insert.onConflictClause, insert.returningClause], scope, rules);
  return outputsOf(insert.returningClause?.exprs, scope);
}

function withCtes(clause: WithClause | undefined, known: Ctes, outer: Scope | undefined, rules: FilterRules): Ctes {
  const ctes = new Map(known);
  for (const node of clause?.ctes ?? []) {
    if (!("CommonTableExpr" in node) || !node.CommonTableExpr.ctequery) continue;
    const { ctename = "", ctequery, aliascolnames } = node.CommonTableExpr;
    const start = "SelectStmt" in ctequery ? ctequery.SelectStmt.larg : undefined;
    if (clause?.recursive && start) {
      const silent = { ...rules, report: () => {} };
      ctes.set(ctename, renamed(analyseSelect(start, ctes, outer, silent), namesOf(aliascolnames)));
    }
    ctes.set(ctename, renamed(analyse(ctequery, ctes, outer, rules), namesOf(aliascolnames)));
  }
  return ctes;
}

/** Adds what a FROM item brings into scope, and the conditions of its joins; answers the entries it brought. */
function addFrom(item: Node, scope: Scope, quals: Qual[], rules: FilterRules): Entry[] {
  if ("JoinExpr" in item) {
    const { larg, rarg, jointype, quals: on, usingClause, isNatural } = item.JoinExpr;
    const left = larg ? addFrom(larg, scope, quals, rules) : [];
    const right = rarg ? addFrom(rarg, scope, quals, rules) : [];
    if (isNatural) rules.report("a natural join hides what it equates");
    const anchors = { JOIN_INNER: [...left, ...right], JOIN_LEFT: right, JOIN_RIGHT: left }[String(jointype)] ?? [];
    const using = namesOf(usingClause).flatMap((column) => ({ left, right, column }));
    quals.push({ node: on, anchors, using });
    return [...left, ...right];
  }
  if ("RangeTableSample" in item && item.RangeTableSample.relation) {
    return addFrom(item.RangeTableSample.relation, scope, quals, rules);
  }
  const entry = entryOf(item, scope, rules);
  scope.entries.push(entry);
  return [entry];
}

function entryOf(item: Node, scope: Scope, rules: FilterRules): Entry {
  if ("RangeVar" in item) {
    const { schemaname, relname = "", alias } = item.RangeVar;
    const name = alias?.aliasname ?? relname;
    const cte = schemaname === undefined ? scope.ctes.get(relname) : undefined;
    if (cte) return derived(name, renamed(cte, namesOf(alias?.colnames)));
    const table = `${schemaname}.${relname}`;
    const columns = rules.isTenantTable(table) ? ["tenant_id"] : [];
    return { name, table, tenantColumns: new Set(columns), anchored: false };
  }
  if ("RangeSubselect" in item) {
    const { alias, lateral, subquery } = item.RangeSubselect;
    const outputs = subquery ? analyse(subquery, scope.ctes, lateral ? scope : scope.outer, rules) : [];
    return derived(alias?.aliasname ?? "", renamed(outputs, namesOf(alias?.colnames)));
  }
  analyseSubqueries(item, scope, rules);
  const alias = "RangeFunction" in item ? item.RangeFunction.alias?.aliasname : undefined;
  return derived(alias ?? "", []);
}

/** A subquery's tenant columns are already anchored, or reported, inside it. */
function derived(name: string, outputs: readonly Output[]): Entry {
  const columns = outputs.filter((output) => output.tenant).map((output) => output.name);
  return { name, table: undefined, tenantColumns: new Set(columns), anchored: true };
}

function settleAndReport(scope: Scope, quals: readonly Qual[], rules: FilterRules): void {
  settle(scope, quals);
  const isTenantTable = (entry: Entry) => entry.table !== undefined && entry.tenantColumns.size > 0;
  const anchor = scope.entries.find(isTenantTable);
  if (rules.crossTenant && anchor && !anchor.anchored && scope.outer === undefined) {
    anchor.anchored = true;
    settle(scope, quals);
  }
  for (const entry of scope.entries) {
    if (!isTenantTable(entry) || entry.anchored) continue;
    const name = entry.name === entry.table?.split(".")[1] ? entry.table : `${entry.table} as ${entry.name}`;
    rules.report(`${name}: its tenant_id is tied neither to a parameter nor to another's tenant_id`);
  }
}

/** Subqueries inside expressions: EXISTS, IN, scalar, ARRAY. */
function analyseSubqueries(expressions: unknown, scope: Scope, rules: FilterRules): void {
  const enter = (node: Node) => !("SubLink" in node) && !("CommonTableExpr" in node) && !("RangeSubselect" in node);
  for (const node of nodesOf(expressions, enter)) {
    if (!("SubLink" in node)) continue;
    analyseSubqueries(node.SubLink.testexpr, scope, rules);
    if (node.SubLink.subselect) analyse(node.SubLink.subselect, scope.ctes, scope, rules);
  }
}

function resTarget(node: Node): ResTarget | undefined {
  return "ResTarget" in node ? node.ResTarget : undefined;
}

function outputsOf(targets: readonly Node[] | undefined, scope: Scope): Output[] {
  return (targets ?? []).flatMap((node): Output[] => {
    const target = resTarget(node);
    const value = target?.val;
    const fields = value && "ColumnRef" in value ? namesOf(value.ColumnRef.fields) : undefined;
    if (fields?.at(-1) === "*") {
      const entries = scope.entries.filter((entry) => fields.length === 1 || entry.name === fields.at(-2));
      const columns = entries.flatMap((entry) => [...entry.tenantColumns]);
      return [{ name: "*", tenant: false }, ...columns.map((name) => ({ name, tenant: true }))];
    }
    const tenant = isParameter(value) || (fields !== undefined && resolve(fields, scope) !== undefined);
    return [{ name: target?.name ?? fields?.at(-1) ?? "?column?", tenant }];
  });
}
