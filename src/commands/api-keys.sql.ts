import { Type } from "typebox";
import { systemActor } from "../platform/actor.ts";
import { nowText } from "../platform/clock.ts";
import type { Database } from "../platform/db.ts";
import { record } from "../platform/events.ts";
import { nothing, sql } from "../platform/sql.ts";

const Owner = Type.Object({
  tenantId: Type.String(),
  slug: Type.String(),
  subjectId: Type.String(),
  kind: Type.String(),
  displayName: Type.String(),
});

/** Active members and persons with this mail address, of one provider or of all. */
export function findOwners(db: Database, email: string, slug: string | undefined) {
  return db.asGlobal((tx) =>
    tx.many(
      Owner,
      sql`select membership.tenant_id as "tenantId", tenant.slug, membership.subject_id as "subjectId", membership.kind,
          membership.display_name as "displayName"
        from identity.membership join identity.tenant on tenant.id = membership.tenant_id
        where lower(membership.email) = ${email.toLowerCase()} and membership.active
          ${slug === undefined ? nothing : sql`and tenant.slug = ${slug}`}
        order by tenant.slug, membership.kind`,
    ),
  );
}

const Key = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  ownerName: Type.String(),
  name: Type.String(),
  prefix: Type.String(),
  scopes: Type.Array(Type.String()),
  lastUsedAt: Type.Union([Type.String(), Type.Null()]),
});

/** The keys that have not been revoked, newest first. */
export function listAllKeys(db: Database, slug: string | undefined) {
  return db.asGlobal((tx) =>
    tx.many(
      Key,
      sql`select api_key.id, tenant.slug, membership.display_name as "ownerName", api_key.name, api_key.prefix,
          api_key.scopes, api_key.last_used_at as "lastUsedAt"
        from identity.api_key
        join identity.membership on membership.tenant_id = api_key.tenant_id
          and membership.subject_id = api_key.subject_id
        join identity.tenant on tenant.id = api_key.tenant_id
        where api_key.revoked_at is null ${slug === undefined ? nothing : sql`and tenant.slug = ${slug}`}
        order by api_key.id desc`,
    ),
  );
}

const Revoked = Type.Object({ tenantId: Type.String(), ownerId: Type.String() });

/** @returns false when there is no such key, or it is revoked already */
export async function revokeKey(db: Database, id: string): Promise<boolean> {
  const key = await db.asGlobal((tx) =>
    tx.maybe(
      Revoked,
      sql`select api_key.tenant_id as "tenantId", api_key.subject_id as "ownerId" from identity.api_key
        where api_key.id = ${id} and api_key.revoked_at is null`,
    ),
  );
  if (!key) return false;
  return db.asTenant(key.tenantId, async (tx) => {
    const revoked = await tx.run(sql`update identity.api_key set revoked_at = ${nowText()}
      where api_key.tenant_id = ${key.tenantId} and api_key.id = ${id} and api_key.revoked_at is null`);
    if (revoked === 0) return false;
    const subject = { kind: "api_key", id, version: 2 };
    record(tx, systemActor(key.tenantId), "identity.api_key_revoked", subject, { ownerId: key.ownerId });
    return true;
  });
}
