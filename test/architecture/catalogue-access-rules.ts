/** A rule of architecture.md ("Database") and the query that finds what breaks it: one text a row, in column `broken`. */
export interface CatalogueRule {
  rule: string;
  query: string;
}

export const appRole = "mainstay_app";
export const sweepRole = "mainstay_sweep";

const tenantCondition = "(tenant_id = (NULLIF(current_setting(''app.tenant''::text, true), ''''::text))::uuid)";
const served = `('${appRole}'::regrole, '${sweepRole}'::regrole)`;
const appliesTo = (role: string) => `(p.polroles = '{0}' or '${role}'::regrole = any(p.polroles))`;
const granted = (table: string) => `cross join lateral aclexplode(${table}.relacl) as g`;

/** Who may touch what: row-level security, grants, roles. */
export const accessRules: CatalogueRule[] = [
  {
    rule: "row-security-forced",
    query: `select t.name as broken from tenant_table t join pg_class c on c.oid = t.oid
      where not t.is_partition and not (c.relrowsecurity and c.relforcerowsecurity)`,
  },
  {
    rule: "tenant-policy",
    query: `select t.name as broken from tenant_table t where not t.is_partition and not exists (
      select from pg_policy p where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive and ${appliesTo(appRole)}
        and pg_get_expr(p.polqual, p.polrelid) = '${tenantCondition}')`,
  },
  {
    rule: "no-wider-policy",
    query: `select t.name || ' ' || p.polname as broken from tenant_table t join pg_policy p on p.polrelid = t.oid
      where p.polpermissive and ${appliesTo(appRole)}
        and (coalesce(pg_get_expr(p.polqual, p.polrelid), '${tenantCondition}') <> '${tenantCondition}'
          or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '${tenantCondition}') <> '${tenantCondition}')`,
  },
  {
    rule: "sweep-policy-only-reads",
    query: `select t.name || ' ' || p.polname as broken from tenant_table t join pg_policy p on p.polrelid = t.oid
      where '${sweepRole}'::regrole = any(p.polroles) and p.polcmd <> 'r'`,
  },
  {
    rule: "partition-not-open",
    query: `select distinct t.name as broken from tenant_table t join pg_class c on c.oid = t.oid ${granted("c")}
      where t.is_partition and g.grantee in (0, '${appRole}'::regrole, '${sweepRole}'::regrole)
        and not (c.relrowsecurity and c.relforcerowsecurity)`,
  },
  {
    rule: "sweep-only-reads",
    query: `select distinct r.name || ' ' || g.privilege_type as broken from relation r join pg_class c on c.oid = r.oid ${granted("c")}
      where g.grantee = '${sweepRole}'::regrole and g.privilege_type <> 'SELECT'
      union all select r.name || '.' || a.attname || ' ' || g.privilege_type
      from relation r join pg_attribute a on a.attrelid = r.oid cross join lateral aclexplode(a.attacl) as g
      where g.grantee = '${sweepRole}'::regrole and g.privilege_type <> 'SELECT'`,
  },
  {
    rule: "app-changes-rows-only",
    query: `select distinct r.name || ' ' || g.privilege_type as broken from relation r join pg_class c on c.oid = r.oid ${granted("c")}
      where g.grantee = '${appRole}'::regrole and g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`,
  },
  {
    rule: "nothing-for-everyone",
    query: `select distinct r.name || ' ' || g.privilege_type as broken from relation r join pg_class c on c.oid = r.oid ${granted("c")}
      where g.grantee = 0`,
  },
  {
    rule: "serving-roles-own-nothing",
    query: `select d.refobjid::regrole || ' ' || pg_describe_object(d.classid, d.objid, 0) as broken from pg_shdepend d
      where d.deptype = 'o' and d.refobjid in ${served} and d.dbid = (select oid from pg_database where datname = current_database())
      union all select rolname || ' in ' || schema.name from schema, pg_roles
      where pg_roles.oid in ${served} and has_schema_privilege(pg_roles.oid, schema.oid, 'create')`,
  },
  {
    rule: "serving-roles-are-plain",
    query: `select rolname as broken from pg_roles where oid in ${served}
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
      union all select member::regrole || ' is ' || roleid::regrole from pg_auth_members
      where member in ${served}
        and not (member = '${appRole}'::regrole and roleid = '${sweepRole}'::regrole and not inherit_option and not admin_option)`,
  },
  {
    rule: "caller's-rights",
    query: `select schema.name || '.' || f.proname as broken from pg_proc f join schema on schema.oid = f.pronamespace where f.prosecdef
      union all select r.name from relation r join pg_class c on c.oid = r.oid
      where r.kind = 'v' and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false)`,
  },
];
