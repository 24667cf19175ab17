import { join } from "node:path";
import { moduleOrder } from "../../module-order.mjs";
import { listFiles } from "./project-files.ts";
import { parseSource } from "./source-tree.ts";
import { type SqlInSource, sqlInStrings, sqlTemplates, tablesInTemplate } from "./sql-in-source.ts";

/** Left to right, and in each place the schemas that it owns. */
const owners: readonly { name: string; schemas: readonly string[] }[] = [
  { name: "platform", schemas: ["platform", "graphile_worker", "public"] },
  ...moduleOrder.map((name) => ({ name, schemas: name === "identity" ? ["identity", "auth"] : [name] })),
];

/**
 * Reads the SQL in src/ and reports each statement that stands outside `*.sql.ts` and src/platform, each table that is
 * named without its schema, each read from a schema to the right, and each write to a schema of somebody else.
 * Tests look where they like.
 */
export function checkSchemaOwnership(root: string): { violations: string[]; templates: number } {
  const violations: string[] = [];
  let templates = 0;
  for (const path of listFiles(root, ["src/**/*.ts"])) {
    if (path.endsWith(".test.ts")) continue;
    const source = parseSource(join(root, path));
    const found = sqlTemplates(source);
    templates += found.length;
    const isPlatform = path.startsWith("src/platform/");
    if (!isPlatform && !path.endsWith(".sql.ts")) {
      for (const { line } of [...found, ...sqlInStrings(source)]) {
        violations.push(`${path}:${line} holds SQL; it belongs into a *.sql.ts`);
      }
    }
    if (!isPlatform && path.endsWith(".sql.ts")) {
      for (const { line } of sqlInStrings(source)) violations.push(`${path}:${line} holds SQL outside of sql\`…\``);
    }
    const place = owners.findIndex(
      ({ name }) => path.startsWith(`src/modules/${name}/`) || path.startsWith(`src/${name}/`),
    );
    violations.push(...checkTables(path, place, found));
  }
  return { violations, templates };
}

function checkTables(path: string, place: number, found: readonly SqlInSource[]): string[] {
  const read = found.map(({ line, parts }) => ({ line, ...tablesInTemplate(parts) }));
  const expressions = new Set(read.flatMap(({ expressions }) => [...expressions]));
  return read.flatMap(({ line, tables }) =>
    tables.flatMap(({ schema, name, access }) => {
      if (schema === undefined) {
        return expressions.has(name) ? [] : [`${path}:${line} names ${name} without its schema`];
      }
      const owner = owners.findIndex(({ schemas }) => schemas.includes(schema));
      if (owner < 0) return [`${path}:${line} names ${schema}.${name}, a schema that nobody owns`];
      // What composes the modules stands to the right of them all.
      if (place < 0) return [];
      if (access === "write" && owner !== place) {
        return [`${path}:${line} writes ${schema}.${name}, which belongs to ${owners[owner]?.name}`];
      }
      return owner > place ? [`${path}:${line} reads ${schema}.${name}, which stands to its right`] : [];
    }),
  );
}
