import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import pg from "pg";
import { pino } from "pino";
import { readConfig } from "../../src/platform/config.ts";
import { type Database, openDatabase } from "../../src/platform/db.ts";
import type { App } from "../../src/platform/http.ts";
import { buildProduct } from "../../src/server.ts";
import { createTestDatabase } from "../database.ts";
import { watchAnswers } from "../documented-answers.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";
import { collectRoutes, type Route } from "./route-table.ts";

/** The whole product on a database of its own, as it is served. */
export interface TestedProduct {
  readonly app: App;
  readonly db: Database;
  readonly routes: readonly Route[];
  /** What the program logged as a defect or an error; a story that expects none looks here. */
  readonly errors: string[];
  /** Looks into every tenant's rows, past row-level security. */
  readonly inspector: pg.Client;
  readonly dataDir: string;
  end(): Promise<void>;
}

export async function startProduct(): Promise<TestedProduct> {
  const database = await createTestDatabase();
  const db = openDatabase({ ...database.connection, user: "mainstay_app" });
  const dataDir = makeTemporaryFolder("isolation");
  const errors: string[] = [];
  const log = pino({ level: "error", base: null }, { write: (line: string) => void errors.push(line) });
  const { built, routes } = await collectRoutes(() => buildProduct(readConfig(["--data", dataDir], {}), db, log));
  const { app } = built;
  const undocumented = watchAnswers(app);
  await app.ready();
  const inspector = new pg.Client(database.connection);
  await inspector.connect();
  return {
    app,
    db,
    routes,
    errors,
    inspector,
    dataDir,
    async end() {
      const found = await undocumented();
      await app.close();
      await inspector.end();
      await db.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
      assert.deepEqual(found, []);
    },
  };
}

/** Kept apart from what a request changes by being one: when a credential was last used, and which numbers are taken. */
const aside = ["last_used_at", "last_seen_at"];

/** Every row of a tenant, table by table, as text that changes when a row does. */
export async function rowsOf(
  { inspector }: TestedProduct,
  tenantId: string,
  isLookedAt: (table: string) => boolean = () => true,
): Promise<Map<string, string>> {
  const { rows: tables } = await inspector.query(`
    select format('%I.%I', namespace.nspname, class.relname) as name
    from pg_class class
    join pg_namespace namespace on namespace.oid = class.relnamespace
    join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attname = 'tenant_id'
    where class.relkind in ('r', 'p') and not class.relispartition and namespace.nspname not in ('auth')
    order by 1`);
  const rows = new Map<string, string>();
  for (const { name } of tables) {
    if (!isLookedAt(name)) continue;
    const { rows: found } = await inspector.query(
      `select coalesce(string_agg(line, e'\n' order by line), '') as text
        from (select (to_jsonb(t) - $2::text[])::text as line from ${name} t where tenant_id = $1) as lines`,
      [tenantId, aside],
    );
    rows.set(name, found[0].text);
  }
  const { rows: jobs } = await inspector.query(
    `select coalesce(string_agg(payload::text, e'\n' order by id), '') as text from graphile_worker._private_jobs
      where payload::text like $1`,
    [`%${tenantId}%`],
  );
  rows.set("jobs", jobs[0].text);
  return rows;
}

/** The tables whose rows differ. */
export function changedTables(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...before.keys()].filter((table) => before.get(table) !== after.get(table));
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export function idsIn(text: string): Set<string> {
  return new Set(text.match(uuid) ?? []);
}
