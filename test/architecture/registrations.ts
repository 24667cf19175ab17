import type { ClientBase } from "pg";
import type { Registration } from "./statement-rules.ts";

/** Schemas whose tables and statements are a library's own. */
export const librarySchemas: ReadonlySet<string> = new Set(["graphile_worker", "auth"]);

/** How each table is registered, by qualified name; a partition as its parent is. Unregistered tables are left out. */
export async function readRegistrations(client: ClientBase): Promise<Map<string, Registration>> {
  const { rows } = await client.query<{ schema: string; name: string; comment: string | null }>(`
    select n.nspname as schema, c.relname as name,
      obj_description(coalesce(pg_partition_root(c.oid), c.oid), 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`);
  const registrations = new Map<string, Registration>();
  for (const { schema, name, comment } of rows) {
    const registration = librarySchemas.has(schema) ? "library" : registrationOf(comment);
    if (registration) registrations.set(`${schema}.${name}`, registration);
  }
  return registrations;
}

/** A table says what it is at the beginning of its comment: `tenant: …` or `global: …`, then what a row is. */
export function registrationOf(comment: string | null): "tenant" | "global" | undefined {
  const word = /^(tenant|global): \S/.exec(comment ?? "")?.[1];
  return word === "tenant" || word === "global" ? word : undefined;
}
