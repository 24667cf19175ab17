import type { Node } from "libpg-query";
import { isParameter, namesOf } from "./sql-tree.ts";

/** A column that a query gives out, and whether it carries the tenant's id. */
export interface Output {
  name: string;
  tenant: boolean;
}

export type Ctes = ReadonlyMap<string, readonly Output[]>;

/** One name in FROM. */
export interface Entry {
  name: string;
  /** `schema.table`, unless it is a subquery, a function or a common table expression. */
  table: string | undefined;
  tenantColumns: ReadonlySet<string>;
  /** Its rows are known to be of the tenant that a parameter names. */
  anchored: boolean;
}

export interface Scope {
  readonly entries: Entry[];
  readonly ctes: Ctes;
  readonly outer: Scope | undefined;
}

/** A condition, and the entries whose rows it can hold back; without a list, all of its scope. */
export interface Qual {
  node: Node | undefined;
  anchors?: readonly Entry[];
  using?: readonly { left: readonly Entry[]; right: readonly Entry[]; column: string }[];
}

type Term = "anchor" | Entry | undefined;

export function renamed(outputs: readonly Output[], names: readonly string[]): Output[] {
  if (names.length > 0 && outputs.some((output) => output.name === "*")) return [];
  return outputs.map((output, index) => ({ ...output, name: names[index] ?? output.name }));
}

/** The entry whose tenant column these names mean, in the nearest scope that has it. */
export function resolve(fields: readonly string[], scope: Scope): { entry: Entry; own: boolean } | undefined {
  const column = fields.at(-1) ?? "";
  const qualifier = fields.at(-2);
  for (let each: Scope | undefined = scope; each; each = each.outer) {
    const named = each.entries.filter((entry) => qualifier === undefined || entry.name === qualifier);
    const entry = named.find((candidate) => candidate.tenantColumns.has(column));
    if (entry) return { entry, own: each === scope };
    if (qualifier !== undefined && named.length > 0) return undefined;
  }
  return undefined;
}

/** Marks every entry that equalities tie, directly or in steps, to a parameter or to the tenant_id of an outer query. */
export function settle(scope: Scope, quals: readonly Qual[]): void {
  const ties = quals.flatMap((qual) =>
    [...equalities(qual.node, scope), ...merged(qual)].map(([a, b]) => ({ a, b, anchors: qual.anchors })),
  );
  let changed = true;
  while (changed) {
    changed = false;
    for (const { a, b, anchors } of ties) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ]) {
        if (!isAnchored(from) || typeof to !== "object" || to.anchored) continue;
        if (anchors && !anchors.includes(to)) continue;
        to.anchored = true;
        changed = true;
      }
    }
  }
}

function isAnchored(term: Term): boolean {
  return term === "anchor" || (typeof term === "object" && term.anchored);
}

function merged(qual: Qual): [Term, Term][] {
  return (qual.using ?? []).flatMap(({ left, right, column }) => {
    const having = (entries: readonly Entry[]) => entries.filter((entry) => entry.tenantColumns.has(column));
    return having(left).flatMap((a) => having(right).map((b): [Term, Term] => [a, b]));
  });
}

/** The equalities that must all hold for `node` to hold: `a = b and (c, d) = (e, f)`. */
function equalities(node: Node | undefined, scope: Scope): [Term, Term][] {
  if (!node) return [];
  if ("BoolExpr" in node) {
    if (node.BoolExpr.boolop !== "AND_EXPR") return [];
    return (node.BoolExpr.args ?? []).flatMap((each) => equalities(each, scope));
  }
  if (!("A_Expr" in node) || node.A_Expr.kind !== "AEXPR_OP" || namesOf(node.A_Expr.name).join() !== "=") return [];
  const { lexpr, rexpr } = node.A_Expr;
  if (lexpr && rexpr && "RowExpr" in lexpr && "RowExpr" in rexpr) {
    const right = rexpr.RowExpr.args ?? [];
    return (lexpr.RowExpr.args ?? []).map((left, index) => [termOf(left, scope), termOf(right[index], scope)]);
  }
  return [[termOf(lexpr, scope), termOf(rexpr, scope)]];
}

function termOf(node: Node | undefined, scope: Scope): Term {
  if (isParameter(node)) return "anchor";
  if (!node || !("ColumnRef" in node)) return undefined;
  const found = resolve(namesOf(node.ColumnRef.fields), scope);
  // An outer entry is anchored itself, or reported on its own level.
  return found && !found.own ? "anchor" : found?.entry;
}
