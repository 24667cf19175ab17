import type { ClientBase } from "pg";
import { moduleOrder } from "../../module-order.mjs";
import { accessRules, type CatalogueRule } from "./catalogue-access-rules.ts";

/** The tables of the product with their registration, before each rule's own query. The job library's are its own. */
export const tables = `
  with schema as (
    select oid, nspname as name from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'graphile_worker')
  ), relation as (
    select c.oid, schema.name || '.' || c.relname as name, c.relkind as kind, c.relispartition as is_partition,
      substring(obj_description(coalesce(pg_partition_root(c.oid), c.oid), 'pg_class') from '^(tenant|global): \\S') as registered
    from pg_class c join schema on schema.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
  ), tenant_table as (
    select * from relation where registered = 'tenant' and kind in ('r', 'p')
  ), own_table as (
    select * from relation where kind in ('r', 'p') and not is_partition
  ), foreign_key as (
    select con.*, f.name as from_table, t.name as to_table, f.registered as from_kind, t.registered as to_kind
    from pg_constraint con join relation f on f.oid = con.conrelid left join relation t on t.oid = con.confrelid
    where con.contype = 'f' and con.conparentid = 0
  )`;

const first = (table: string, key: string) =>
  `coalesce((select attname from pg_attribute where attrelid = ${table} and attnum = ${key}), '')`;

/** Where a fraction is the truth and no money is near. */
const measuredColumns = "'latitude', 'longitude'";

const shapeRules: CatalogueRule[] = [
  {
    rule: "registered",
    query: `select name as broken from relation where registered is null and not is_partition`,
  },
  {
    rule: "known-schema",
    query: `select name as broken from schema where name not in (${["platform", "auth", "public", ...moduleOrder].map((name) => `'${name}'`)})
      union all select name from relation where name like 'public.%' and name <> 'public.mainstay_migration'`,
  },
  {
    rule: "tenant-id",
    query: `select name as broken from tenant_table t where not exists (
      select from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.atttypid = 'uuid'::regtype and a.attnotnull)`,
  },
  {
    rule: "primary-key",
    query: `select name as broken from own_table t where not exists (
      select from pg_constraint con where con.conrelid = t.oid and con.contype = 'p')`,
  },
  {
    rule: "tenant-first-in-key",
    query: `select t.name || ' (' || pg_get_constraintdef(con.oid) || ')' as broken
      from tenant_table t join pg_constraint con on con.conrelid = t.oid
      where con.contype in ('p', 'u', 'x') and con.conparentid = 0 and ${first("t.oid", "con.conkey[1]")} <> 'tenant_id'`,
  },
  {
    rule: "tenant-first-in-unique-index",
    query: `select pg_get_indexdef(i.indexrelid) as broken from tenant_table t join pg_index i on i.indrelid = t.oid
      where i.indisunique and not t.is_partition and ${first("t.oid", "i.indkey[0]")} <> 'tenant_id'
        and not exists (select from pg_constraint con where con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x'))`,
  },
  {
    rule: "foreign-key-with-tenant",
    query: `select from_table || ' ' || pg_get_constraintdef(oid) as broken from foreign_key
      where from_kind = 'tenant' and to_kind = 'tenant'
        and (${first("conrelid", "conkey[1]")} <> 'tenant_id' or ${first("confrelid", "confkey[1]")} <> 'tenant_id')`,
  },
  {
    rule: "no-foreign-key-between-tenant-and-global",
    query: `select from_table || ' ' || pg_get_constraintdef(oid) as broken from foreign_key
      where (from_kind = 'tenant') is distinct from (to_kind = 'tenant')`,
  },
  {
    rule: "no-set-null-no-cascade-of-keys",
    query: `select from_table || ' ' || pg_get_constraintdef(oid) as broken from foreign_key
      where confdeltype in ('n', 'd') or confupdtype not in ('a', 'r')`,
  },
  {
    rule: "foreign-key-has-index",
    query: `select from_table || ' ' || pg_get_constraintdef(oid) as broken from foreign_key con where not exists (
      select from pg_index i where i.indrelid = con.conrelid and i.indisvalid
        and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
        and (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(con.conkey) - 1]) k)
          = (select array_agg(k order by k) from unnest(con.conkey) k))`,
  },
  {
    rule: "id-by-uuidv7",
    query: `select t.name || '.id' as broken from own_table t join pg_attribute a on a.attrelid = t.oid and a.attname = 'id'
      left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
      where t.name not like 'auth.%' and exists (
          select from pg_constraint con where con.conrelid = t.oid and con.contype = 'p' and a.attnum = any(con.conkey))
        and (a.atttypid = 'uuid'::regtype or t.registered = 'tenant')
        and (a.atttypid <> 'uuid'::regtype or pg_get_expr(d.adbin, d.adrelid) is distinct from 'uuidv7()')`,
  },
  {
    rule: "exact-types",
    query: `select t.name || '.' || a.attname || ' ' || format_type(a.atttypid, null) as broken
      from own_table t join pg_attribute a on a.attrelid = t.oid
      left join pg_type array_type on array_type.oid = a.atttypid and array_type.typelem <> 0
      where a.attnum > 0 and not a.attisdropped and case when coalesce(array_type.typelem, 0) <> 0 then array_type.typelem else a.atttypid end
        in ('timestamp'::regtype, 'timetz'::regtype, 'numeric'::regtype, 'money'::regtype, 'real'::regtype, 'double precision'::regtype)
        and not (a.atttypid = 'double precision'::regtype and a.attname in (${measuredColumns}))`,
  },
  {
    rule: "no-trigger",
    query: `select t.name || ' ' || g.tgname as broken from relation t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
      union all select t.name || ' ' || r.rulename from relation t join pg_rewrite r on r.ev_class = t.oid where r.rulename <> '_RETURN'
      union all select evtname from pg_event_trigger`,
  },
  {
    rule: "no-materialized-view",
    query: `select name as broken from relation where kind = 'm'`,
  },
];

/** What in this migrated database breaks a rule, as `rule: what`. */
export async function checkCatalogue(client: ClientBase): Promise<string[]> {
  const violations: string[] = [];
  for (const { rule, query } of [...shapeRules, ...accessRules]) {
    const { rows } = await client.query<{ broken: string }>(`${tables} ${query}`);
    violations.push(...rows.map(({ broken }) => `${rule}: ${broken}`));
  }
  return violations.sort();
}
