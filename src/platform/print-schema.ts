import type { ClientBase } from "pg";

const header = `-- The database after all migrations, printed from the catalogue by \`npm run mainstay -- schema\`. Do not edit.
-- The tables of the job library (schema graphile_worker) are its own and left out.
`;

/**
 * The product's own schemas as readable SQL, the same text from the same schema on any server: for review, and to be
 * compared with db/schema.sql. It is no backup: what refers to what is not put in order.
 */
export async function printSchema(client: ClientBase): Promise<string> {
  await client.query("begin read only");
  try {
    // With nothing on the path, the server writes every name with its schema.
    await client.query("set local search_path = ''; set local quote_all_identifiers = off");
    await client.query("set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'");
    const sections = [header, await printExtensions(client)];
    const schemas = await list(client, schemaQuery);
    for (const schema of schemas) {
      sections.push(await printSchemaItself(client, schema));
      for (const query of [typeQuery, sequenceQuery, functionQuery])
        sections.push(...(await list(client, query, schema)));
      for (const { oid } of await rows<{ oid: string }>(client, relationQuery, schema)) {
        sections.push(await printRelation(client, oid));
      }
    }
    return `${sections.filter((section) => section !== "").join("\n")}`;
  } finally {
    await client.query("rollback");
  }
}

const notOfAnExtension = (catalogue: string, oid: string) =>
  `not exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;

const schemaQuery = `
  select nspname as line from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'graphile_worker') order by nspname collate "C"`;

const typeQuery = `
  select case t.typtype
    when 'e' then format(E'create type %s as enum (%s);\\n', t.oid::regtype,
      (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid))
    else format(E'create domain %s as %s%s;\\n', t.oid::regtype, format_type(t.typbasetype, t.typtypmod),
      (select string_agg(' ' || pg_get_constraintdef(c.oid), '' order by c.conname) from pg_constraint c where c.contypid = t.oid))
    end as line
  from pg_type t where t.typnamespace = (select oid from pg_namespace where nspname = $1) and t.typtype in ('e', 'd')
    and ${notOfAnExtension("pg_type", "t.oid")} order by t.typname collate "C"`;

const sequenceQuery = `
  select format(E'create sequence %s as %s increment %s;\\n', c.oid::regclass, format_type(s.seqtypid, null), s.seqincrement) as line
  from pg_sequence s join pg_class c on c.oid = s.seqrelid
  where c.relnamespace = (select oid from pg_namespace where nspname = $1)
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('i', 'e'))
  order by c.relname collate "C"`;

const functionQuery = `
  select rtrim(pg_get_functiondef(f.oid), E'\\n') || E';\\n' || coalesce(format(E'comment on function %s is %L;\\n',
      f.oid::regprocedure, obj_description(f.oid, 'pg_proc')), '')
    || coalesce((select string_agg(format(E'grant execute on function %s to %s;\\n', f.oid::regprocedure,
        case g.grantee when 0 then 'public' else g.grantee::regrole::text end), '' order by g.grantee::regrole::text)
      from aclexplode(f.proacl) as g where g.grantee <> f.proowner), '') as line
  from pg_proc f where f.pronamespace = (select oid from pg_namespace where nspname = $1) and f.prokind in ('f', 'p')
    and ${notOfAnExtension("pg_proc", "f.oid")} order by f.oid::regprocedure::text collate "C"`;

const relationQuery = `
  select c.oid from pg_class c
  where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind in ('r', 'p', 'v', 'm')
    and not c.relispartition and ${notOfAnExtension("pg_class", "c.oid")}
  order by c.relname collate "C"`;

const partitionQuery = `
  select c.oid from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = $1 and c.relispartition order by c.relname collate "C"`;

async function printExtensions(client: ClientBase): Promise<string> {
  const lines = await list(
    client,
    "select format('create extension %I;', extname) as line from pg_extension where extname <> 'plpgsql' order by extname",
  );
  return lines.length > 0 ? `${lines.join("\n")}\n` : "";
}

async function printSchemaItself(client: ClientBase, schema: string): Promise<string> {
  const grants = await list(
    client,
    `select format('grant %s on schema %I to %s;', string_agg(lower(g.privilege_type), ', ' order by g.privilege_type), nspname,
        case g.grantee when 0 then 'public' else g.grantee::regrole::text end) as line
      from pg_namespace, aclexplode(nspacl) as g where nspname = $1 and g.grantee <> nspowner
      group by nspname, g.grantee order by g.grantee::regrole::text collate "C"`,
    schema,
  );
  const create = schema === "public" ? [] : [`create schema ${schema};`];
  return `${[...create, ...grants].join("\n")}\n`;
}

interface Relation {
  name: string;
  kind: "r" | "p" | "v" | "m";
  partitionOf: string | null;
  bound: string | null;
  partitionBy: string | null;
  definition: string | null;
  options: string | null;
  unlogged: boolean;
}

async function printRelation(client: ClientBase, oid: string): Promise<string> {
  return `${(await relationLines(client, oid)).join("\n")}\n`;
}

async function relationLines(client: ClientBase, oid: string): Promise<string[]> {
  const [relation] = await rows<Relation>(client, headQuery, oid);
  if (!relation) throw new Error(`relation ${oid} is gone`);
  const lines = [await printCreate(client, oid, relation)];
  // Partitions have the indexes of their parent.
  const queries = relation.partitionOf ? [] : [commentQuery, indexQuery];
  for (const query of [...queries, accessQuery, grantQuery]) {
    lines.push(...(await list(client, query, oid)).map(lowerCase));
  }
  for (const partition of await rows<{ oid: string }>(client, partitionQuery, oid)) {
    lines.push(...(await relationLines(client, partition.oid)));
  }
  return lines;
}

async function printCreate(client: ClientBase, oid: string, relation: Relation): Promise<string> {
  const { name, kind, options } = relation;
  const settings = options ? ` with (${options})` : "";
  if (kind === "v" || kind === "m") {
    return `create ${kind === "m" ? "materialized view" : "view"} ${name}${settings} as\n${relation.definition}`;
  }
  const unlogged = relation.unlogged ? "unlogged " : "";
  const partitioned = relation.partitionBy ? ` partition by ${lowerCase(relation.partitionBy)}` : "";
  if (relation.partitionOf) {
    const bound = lowerCase(relation.bound ?? "");
    return `create ${unlogged}table ${name} partition of ${relation.partitionOf} ${bound}${partitioned}${settings};`;
  }
  const members = [...(await list(client, columnQuery, oid)), ...(await list(client, constraintQuery, oid))];
  const body = members.map((member) => `  ${lowerCase(member)}`).join(",\n");
  return `create ${unlogged}table ${name} (\n${body}\n)${partitioned}${settings};`;
}

const headQuery = `
  select c.oid::regclass::text as name, c.relkind as kind, c.relpersistence = 'u' as unlogged,
    (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid and c.relispartition) as "partitionOf",
    pg_get_expr(c.relpartbound, c.oid) as bound, pg_get_partkeydef(c.oid) as "partitionBy",
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition,
    (select string_agg(option, ', ' order by option) from unnest(c.reloptions) as option) as options
  from pg_class c where c.oid = $1`;

const columnQuery = `
  select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attcollation <> t.typcollation
      then (select format(' collate %I', collname) from pg_collation where oid = a.attcollation) else '' end
    || case when a.attnotnull then ' not null' else '' end
    || case a.attidentity when 'a' then ' generated always as identity' when 'd' then ' generated by default as identity' else '' end
    || coalesce(case a.attgenerated when '' then ' default ' || pg_get_expr(d.adbin, d.adrelid)
      else format(' generated always as (%s) %s', pg_get_expr(d.adbin, d.adrelid),
        case a.attgenerated when 's' then 'stored' else 'virtual' end) end, '') as line
  from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`;

const constraintQuery = `
  select format('constraint %I %s', conname, pg_get_constraintdef(oid)) as line from pg_constraint
  where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x') and conparentid = 0
  order by array_position(array['p', 'u', 'x', 'f', 'c'], contype::text), conname collate "C"`;

const commentQuery = `
  select format('comment on %s %s%s is %L;', case when d.objsubid <> 0 then 'column' when c.relkind = 'v' then 'view'
      when c.relkind = 'm' then 'materialized view' else 'table' end, c.oid::regclass,
    (select format('.%I', attname) from pg_attribute where attrelid = c.oid and attnum = d.objsubid and d.objsubid <> 0),
    d.description) as line
  from pg_description d join pg_class c on c.oid = d.objoid
  where d.classoid = 'pg_class'::regclass and d.objoid = $1 order by d.objsubid`;

/** Indexes that no constraint brings along. */
const indexQuery = `
  select replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') || ';' as line
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1 and not exists (select from pg_constraint con where con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x'))
  order by c.relname collate "C"`;

const accessQuery = `
  select line from (
    select 1 as place, '' as name, format('alter table %s enable row level security;', oid::regclass) as line
    from pg_class where oid = $1 and relrowsecurity
    union all select 2, '', format('alter table %s force row level security;', oid::regclass)
    from pg_class where oid = $1 and relforcerowsecurity
    union all select 3, polname, format('create policy %I on %s%s%s%s%s%s;', polname, polrelid::regclass,
      case when polpermissive then '' else ' as restrictive' end,
      case polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update' when 'd' then ' for delete' else '' end,
      case when polroles = '{0}' then '' else ' to ' || (
        select string_agg(role::regrole::text, ', ' order by role::regrole::text) from unnest(polroles) as role) end,
      ' using (' || pg_get_expr(polqual, polrelid) || ')', ' with check (' || pg_get_expr(polwithcheck, polrelid) || ')')
    from pg_policy where polrelid = $1
    union all select 4, tgname, pg_get_triggerdef(oid) || ';' from pg_trigger where tgrelid = $1 and not tgisinternal
  ) as access order by place, name collate "C"`;

const grantQuery = `
  select format('grant %s%s on %s to %s;', privileges, columns, $1::oid::regclass,
    case grantee when 0 then 'public' else grantee::regrole::text end) as line
  from (
    select g.grantee, '' as columns, string_agg(lower(g.privilege_type), ', '
      order by array_position(array['SELECT', 'INSERT', 'UPDATE', 'DELETE'], g.privilege_type), g.privilege_type) as privileges
    from pg_class c, aclexplode(c.relacl) as g where c.oid = $1 and g.grantee <> c.relowner group by g.grantee
    union all
    select g.grantee, format(' (%s)', string_agg(quote_ident(a.attname), ', ' order by a.attnum)), lower(g.privilege_type)
    from pg_attribute a, aclexplode(a.attacl) as g where a.attrelid = $1 group by g.grantee, g.privilege_type
  ) as granted order by grantee::regrole::text collate "C", columns, privileges`;

/** The server shouts its keywords; names that need capitals it quotes. */
function lowerCase(line: string): string {
  return line.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^'"]+/g, (part) =>
    /^['"]/.test(part) ? part : part.toLowerCase(),
  );
}

async function rows<T extends object>(client: ClientBase, query: string, subject?: string): Promise<T[]> {
  return (await client.query<T>(query, subject === undefined ? [] : [subject])).rows;
}

async function list(client: ClientBase, query: string, subject?: string): Promise<string[]> {
  return (await rows<{ line: string }>(client, query, subject)).map(({ line }) => line);
}
