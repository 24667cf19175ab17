import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { AlterTableStmt, Node } from "libpg-query";
import { moduleOrder } from "../../module-order.mjs";
import { listFiles } from "./project-files.ts";
import { nodesOf, parseStatements } from "./sql-tree.ts";

const owners = new Set(["platform", ...moduleOrder]);

/** Names in order, and no step that a cluster refuses. What a migration leaves behind is checked in the catalogue. */
export function checkMigrations(root: string): string[] {
  const files = listFiles(root, ["migrations/*"]);
  const numbers = files.map((path) => basename(path).slice(0, 4));
  return files.flatMap((path, index) => {
    const violations = checkName(path);
    if (numbers.indexOf(numbers[index] ?? "") !== index) violations.push(`${path}: its number is taken`);
    let statements: Node[] = [];
    try {
      statements = parseStatements(readFileSync(join(root, path), "utf8"));
    } catch (error) {
      violations.push(`${path}: ${error instanceof Error ? error.message : error}`);
    }
    for (const node of nodesOf(statements)) {
      if ("AlterTableStmt" in node)
        violations.push(...checkAlter(node.AlterTableStmt).map((what) => `${path}: ${what}`));
      if ("TransactionStmt" in node) violations.push(`${path}: begins or ends a transaction; it runs in one`);
    }
    return violations;
  });
}

function checkName(path: string): string[] {
  const owner = /^\d{4}_([a-z]+)(?:_[a-z0-9_]+)?\.sql$/.exec(basename(path))?.[1];
  if (owner === undefined) return [`${path}: is not named like 0007_helpdesk_sla.sql`];
  return owners.has(owner) ? [] : [`${path}: ${owner} is no module`];
}

const constraints = new Set(["CONSTR_CHECK", "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_FOREIGN", "CONSTR_EXCLUSION"]);

/** Citus takes a new column and a new constraint only one after the other. */
function checkAlter({ cmds, relation }: AlterTableStmt): string[] {
  const commands = (cmds ?? []).flatMap((node) => ("AlterTableCmd" in node ? [node.AlterTableCmd] : []));
  const table = `${relation?.schemaname}.${relation?.relname}`;
  const violations: string[] = [];
  if (commands.length > 1 && commands.some(({ subtype }) => subtype === "AT_AddConstraint")) {
    violations.push(`a constraint of ${table} is added together with something else`);
  }
  for (const { subtype, def } of commands) {
    if (subtype !== "AT_AddColumn" || !def || !("ColumnDef" in def)) continue;
    const has = (def.ColumnDef.constraints ?? []).some(
      (node) => "Constraint" in node && constraints.has(String(node.Constraint.contype)),
    );
    if (has) violations.push(`column ${table}.${def.ColumnDef.colname} is added together with its constraint`);
  }
  return violations;
}
