import type { Actor } from "../../platform/actor.ts";
import { type SqlText, sql } from "../../platform/sql.ts";

/**
 * What an actor may see, as conditions on rows aliased `customer`, `site`, `person`. Staff see all of their tenant; a
 * contact the customers it is contact of (one site of it, when the affiliation names one); a user its own sites.
 */
export function visibleCustomers(actor: Actor): SqlText {
  if (actor.kind === "staff" || actor.kind === "system") return sql`true`;
  if (actor.kind === "visitor") return sql`false`;
  return sql`exists (
    select from customers.affiliation
    where affiliation.tenant_id = customer.tenant_id and affiliation.customer_id = customer.id
      and affiliation.person_id = ${actor.id} and affiliation.role = 'contact')`;
}

/** A condition on one row, cheapest where its id is known already. */
export function visibleSites(actor: Actor): SqlText {
  if (actor.kind === "staff" || actor.kind === "system") return sql`true`;
  if (actor.kind === "visitor") return sql`false`;
  return sql`exists (
    select from customers.affiliation
    where affiliation.tenant_id = site.tenant_id and affiliation.customer_id = site.customer_id
      and affiliation.person_id = ${actor.id}
      and (affiliation.site_id = site.id or (affiliation.site_id is null and affiliation.role = 'contact')))`;
}

/**
 * The same sites as a list of ids, for statements that list: so they begin with the few rows that may be seen, where the
 * condition above would be asked of each row of the tenant.
 */
export function amongVisibleSites(actor: Actor): SqlText {
  if (actor.kind !== "person") return visibleSites(actor);
  return sql`site.id in (
    select affiliation.site_id from customers.affiliation
    where affiliation.tenant_id = ${actor.tenantId} and affiliation.person_id = ${actor.id}
      and affiliation.site_id is not null
    union all
    select covered.id from customers.affiliation
    join customers.site covered
      on covered.tenant_id = affiliation.tenant_id and covered.customer_id = affiliation.customer_id
    where affiliation.tenant_id = ${actor.tenantId} and affiliation.person_id = ${actor.id}
      and affiliation.site_id is null and affiliation.role = 'contact')`;
}

/** A contact sees the people of its customers; everyone sees oneself. */
export function visiblePeople(actor: Actor): SqlText {
  if (actor.kind === "staff" || actor.kind === "system") return sql`true`;
  if (actor.kind === "visitor") return sql`false`;
  // A list of ids, not a condition on each person: so a list begins with the few that may be seen.
  return sql`person.id in (
    select ${actor.id}::uuid
    union all
    select theirs.person_id from customers.affiliation theirs join customers.affiliation mine
      on mine.tenant_id = theirs.tenant_id and mine.customer_id = theirs.customer_id and mine.role = 'contact'
        and (mine.site_id is null or mine.site_id = theirs.site_id)
    where theirs.tenant_id = ${actor.tenantId} and mine.tenant_id = ${actor.tenantId} and mine.person_id = ${actor.id})`;
}

/** Of a person that may be seen, the affiliations that may: one's own, and those at customers one is contact of. */
export function visibleAffiliations(actor: Actor): SqlText {
  if (actor.kind === "staff" || actor.kind === "system") return sql`true`;
  if (actor.kind === "visitor") return sql`false`;
  return sql`(affiliation.person_id = ${actor.id} or exists (
    select from customers.affiliation mine
    where mine.tenant_id = affiliation.tenant_id and mine.customer_id = affiliation.customer_id
      and mine.person_id = ${actor.id} and mine.role = 'contact'
      and (mine.site_id is null or mine.site_id = affiliation.site_id)))`;
}
