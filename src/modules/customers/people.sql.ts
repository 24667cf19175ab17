import { type Static, Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, type SqlText, sql } from "../../platform/sql.ts";
import { Person, type PersonFilter, type PersonPage } from "./api.ts";
import { visibleAffiliations, visiblePeople } from "./visibility.sql.ts";

function columnsFor(actor: Actor): SqlText {
  return sql`
    person.id, person.version, person.name, person.email, person.phone, person.locale, coalesce((
      select jsonb_agg(jsonb_build_object('id', affiliation.id, 'customerId', affiliation.customer_id,
        'customerName', customer.name, 'role', affiliation.role, 'siteId', affiliation.site_id, 'siteName', site.name,
        'tier', affiliation.tier) order by customer.sort_name, affiliation.role, site.sort_name, affiliation.id)
      from customers.affiliation
      join customers.customer on customer.tenant_id = affiliation.tenant_id and customer.id = affiliation.customer_id
      left join customers.site on site.tenant_id = affiliation.tenant_id and site.id = affiliation.site_id
      where affiliation.tenant_id = person.tenant_id and affiliation.person_id = person.id
        and ${visibleAffiliations(actor)}), '[]') as affiliations,
    person.created_at as "createdAt", person.archived_at as "archivedAt"`;
}

const { login: _, ...stored } = Person.properties;
const PersonRow = Type.Object(stored);
type PersonRow = Static<typeof PersonRow>;

export async function findPerson(tx: Tx, actor: Actor, id: string): Promise<Person | undefined> {
  const row = await tx.maybe(
    PersonRow,
    sql`select ${columnsFor(actor)} from customers.person
      where person.tenant_id = ${tx.tenantId} and person.id = ${id} and ${visiblePeople(actor)}`,
  );
  return row && (await withLogins(tx, [row]))[0];
}

const SortKey = Type.Tuple([Type.String(), Id]);
const Sorted = Type.Object({ ...PersonRow.properties, sortName: Type.String() });

/** With a `customerId` and a `siteId`: its users, and the contacts who answer for it. */
export async function listPeople(tx: Tx, actor: Actor, filter: PersonFilter): Promise<PersonPage> {
  const conditions = [
    sql`person.tenant_id = ${tx.tenantId}`,
    filter.archived ? sql`person.archived_at is not null` : sql`person.archived_at is null`,
    visiblePeople(actor),
  ];
  const affiliated: SqlText[] = [];
  if (filter.customerId) affiliated.push(sql`affiliation.customer_id = ${filter.customerId}`);
  if (filter.siteId) {
    affiliated.push(sql`(affiliation.site_id = ${filter.siteId} or (affiliation.site_id is null
      and affiliation.customer_id = (
        select site.customer_id from customers.site where site.tenant_id = ${tx.tenantId} and site.id = ${filter.siteId})))`);
  }
  if (filter.role) affiliated.push(sql`affiliation.role = ${filter.role}`);
  if (affiliated.length > 0) {
    conditions.push(sql`exists (
      select from customers.affiliation where affiliation.tenant_id = person.tenant_id
        and affiliation.person_id = person.id and ${visibleAffiliations(actor)} and ${all(affiliated)})`);
  }
  if (filter.q) {
    const part = filter.q.toLowerCase();
    conditions.push(sql`(strpos(person.sort_name, ${part}) > 0 or strpos(person.email, ${part}) > 0
      or strpos(person.phone, ${part}) > 0)`);
  }
  const after = readCursor(SortKey, filter.after);
  if (after) conditions.push(sql`(person.sort_name, person.id) > (${after[0]}, ${after[1]})`);
  const rows = await tx.many(
    Sorted,
    sql`select ${columnsFor(actor)}, person.sort_name as "sortName" from customers.person
      where ${all(conditions)} order by person.sort_name, person.id limit ${filter.limit + 1}`,
  );
  const page = pageOf(rows, filter.limit, (row) => [row.sortName, row.id]);
  return { items: await withLogins(tx, page.items), next: page.next };
}

const Login = Type.Object({ personId: Type.String(), login: Person.properties.login });

/** A statement of its own: in a cluster, global tables are not joined to a tenant's. */
async function withLogins(tx: Tx, rows: readonly PersonRow[]): Promise<Person[]> {
  if (rows.length === 0) return [];
  const logins = await tx.many(
    Login,
    sql`select membership.subject_id as "personId",
        case when membership.login_id is not null and membership.active then 'active'
          when exists (
            select from identity.invitation where invitation.tenant_id = ${tx.tenantId}
              and invitation.subject_id = membership.subject_id and invitation.accepted_at is null
              and invitation.revoked_at is null and invitation.expires_at > ${nowText()}) then 'invited'
          else 'none' end as login
      from identity.membership
      where membership.tenant_id = ${tx.tenantId} and membership.subject_id = any(${rows.map((row) => row.id)}::uuid[])`,
  );
  const byPerson = new Map(logins.map(({ personId, login }) => [personId, login]));
  return rows.map((row) => ({ ...row, login: byPerson.get(row.id) ?? "none" }));
}

/** What is stored of a person, apart from its affiliations. */
export const StoredPerson = Type.Pick(Person, ["name", "email", "phone", "locale"]);
export type StoredPerson = Static<typeof StoredPerson>;

const IdRow = Type.Object({ id: Id });

/** @returns undefined when someone else has this mail address */
export async function insertPerson(tx: Tx, person: StoredPerson, createdAt: string): Promise<string | undefined> {
  const row = await tx.maybe(
    IdRow,
    sql`insert into customers.person (tenant_id, name, email, phone, locale, created_at)
      values (${tx.tenantId}, ${person.name}, ${person.email}, ${person.phone}, ${person.locale}, ${createdAt})
      on conflict (tenant_id, email) where email is not null and archived_at is null do nothing returning id`,
  );
  return row?.id;
}

const Locked = Type.Object({ version: Type.Integer() });

export function lockPerson(tx: Tx, id: string): Promise<Static<typeof Locked> | undefined> {
  return tx.maybe(
    Locked,
    sql`select version from customers.person where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

export function updatePerson(tx: Tx, id: string, person: StoredPerson, archivedAt: string | null): Promise<number> {
  return tx.run(sql`
    update customers.person set name = ${person.name}, email = ${person.email}, phone = ${person.phone},
      locale = ${person.locale}, archived_at = ${archivedAt}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

export function saveChosenLocale(tx: Tx, id: string, locale: string): Promise<number> {
  return tx.run(sql`
    update customers.person set locale = ${locale}, version = version + 1
    where tenant_id = ${tx.tenantId} and id = ${id} and locale <> ${locale}`);
}
