import { type Static, Type } from "typebox";
import { nowText } from "../../platform/clock.ts";
import type { Queries, Tx } from "../../platform/db.ts";
import { Id, Locale, oneOf, orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";
import { Membership } from "./api.ts";

/** The copy of a member of staff or of a person that says who may act, and as what. */
export const Subject = Type.Object({
  tenantId: Id,
  subjectId: Id,
  kind: oneOf("staff", "person"),
  loginId: orNull(Id),
  displayName: Type.String(),
  email: orNull(Type.String()),
  roles: Type.Array(Type.String()),
  locale: Locale,
  active: Type.Boolean(),
});
export type Subject = Static<typeof Subject>;

const columns = sql`membership.tenant_id as "tenantId", membership.subject_id as "subjectId", membership.kind,
  membership.login_id as "loginId", membership.display_name as "displayName", membership.email, membership.roles,
  membership.locale, membership.active`;

type Copy = Pick<Subject, "subjectId" | "kind" | "displayName" | "email" | "roles" | "locale" | "active">;

export function saveMembership(tx: Tx, copy: Copy): Promise<number> {
  return tx.run(sql`
    insert into identity.membership
      (tenant_id, subject_id, kind, display_name, email, roles, locale, active, created_at)
    values (${tx.tenantId}, ${copy.subjectId}, ${copy.kind}, ${copy.displayName}, ${copy.email}, ${copy.roles},
      ${copy.locale}, ${copy.active}, ${nowText()})
    on conflict (tenant_id, subject_id) do update set display_name = excluded.display_name, email = excluded.email,
      roles = excluded.roles, locale = excluded.locale, active = excluded.active`);
}

export function setLogin(tx: Tx, subjectId: string, loginId: string): Promise<number> {
  return tx.run(sql`
    update identity.membership set login_id = ${loginId}
    where membership.tenant_id = ${tx.tenantId} and membership.subject_id = ${subjectId} and login_id is null`);
}

export function setLocale(tx: Tx, subjectId: string, locale: string): Promise<number> {
  return tx.run(sql`
    update identity.membership set locale = ${locale}
    where membership.tenant_id = ${tx.tenantId} and membership.subject_id = ${subjectId}`);
}

export function findSubject(tx: Queries, tenantId: string, subjectId: string): Promise<Subject | undefined> {
  return tx.maybe(
    Subject,
    sql`select ${columns} from identity.membership
      where membership.tenant_id = ${tenantId} and membership.subject_id = ${subjectId}`,
  );
}

/** Where a login may act, the place chosen last first. */
export function listSubjectsOf(tx: Queries, loginId: string): Promise<Subject[]> {
  return tx.many(
    Subject,
    sql`select ${columns} from identity.membership where membership.login_id = ${loginId} and membership.active
      order by membership.last_chosen_at desc nulls last, membership.created_at, membership.subject_id`,
  );
}

export function listMembershipsOf(tx: Queries, loginId: string, subjectId: string): Promise<Membership[]> {
  return tx.many(
    Membership,
    sql`select membership.tenant_id as "tenantId", membership.kind, tenant.name,
        membership.subject_id = ${subjectId} as current
      from identity.membership join identity.tenant on tenant.id = membership.tenant_id
      where membership.login_id = ${loginId} and membership.active
      order by lower(tenant.name), membership.tenant_id, membership.kind`,
  );
}

export async function noteChosen(tx: Queries, tenantId: string, subjectId: string): Promise<void> {
  await tx.run(sql`update identity.membership set last_chosen_at = ${nowText()}
    where membership.tenant_id = ${tenantId} and membership.subject_id = ${subjectId}`);
}
