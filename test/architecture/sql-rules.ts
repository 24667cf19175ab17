import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { Type } from "typebox";
import { Compile } from "typebox/compile";
import { createTestDatabase } from "../database.ts";
import { readRegistrations } from "./registrations.ts";
import { checkStatement, isLibraryStatement, type Violation } from "./statement-rules.ts";
import { checkVolatility } from "./volatility.ts";

export { checkStatement, type Registration, type StatementContext, type Violation } from "./statement-rules.ts";

const Recorded = Type.Object({
  text: Type.String(),
  role: Type.Union([Type.Literal("app"), Type.Literal("sweep"), Type.Literal("owner")]),
  tenant: Type.Boolean(),
});
type Recorded = Type.Static<typeof Recorded>;

const recordedShape = Compile(Recorded);

export interface StatementReport {
  /** Distinct statements that were read; none means that nothing was recorded. */
  statements: number;
  violations: (Violation & { text: string })[];
}

/**
 * Checks every statement that the tests ran, as the platform recorded them under MAINSTAY_SQL_LOG: one JSON line each,
 * `{ text, role, tenant }`, in `<pid>.jsonl`.
 */
export async function checkStatements(folder: string): Promise<StatementReport> {
  const recorded = readRecorded(folder);
  const database = await createTestDatabase();
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    const tables = await readRegistrations(client);
    const violations: StatementReport["violations"] = [];
    const ours = new Set<string>();
    for (const { text, role, tenant } of recorded) {
      const found = checkStatement(text, { role, tenant, tables });
      violations.push(...found.map((violation) => ({ ...violation, text })));
      if (role === "app" && found.every(({ rule }) => rule !== "parses") && !isLibraryStatement(text, tables))
        ours.add(text);
    }
    for (const [text, found] of await checkVolatility(client, [...ours])) {
      violations.push(...found.map((violation) => ({ ...violation, text })));
    }
    return { statements: recorded.length, violations };
  } finally {
    await client.end();
    await database.drop();
  }
}

function readRecorded(folder: string): Recorded[] {
  const distinct = new Map<string, Recorded>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".jsonl"))) {
    for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
      if (line === "") continue;
      const entry: unknown = JSON.parse(line);
      if (!recordedShape.Check(entry)) throw new Error(`${file} holds a line that is no recorded statement: ${line}`);
      distinct.set(`${entry.role} ${entry.tenant} ${entry.text}`, entry);
    }
  }
  return [...distinct.values()];
}

/** For people: each violation with its rule and its statement. */
export function describeViolations({ statements, violations }: StatementReport): string {
  const found = violations.map(
    ({ rule, detail, text }) => `${rule}: ${detail}\n    ${text.replace(/\s+/g, " ").trim()}`,
  );
  return [...found, `${statements} statements checked, ${violations.length} violations`].join("\n");
}

if (import.meta.main) {
  const report = await checkStatements(process.argv[2] ?? process.env.MAINSTAY_SQL_LOG ?? "");
  console.log(describeViolations(report));
  process.exitCode = report.violations.length > 0 || report.statements === 0 ? 1 : 0;
}
