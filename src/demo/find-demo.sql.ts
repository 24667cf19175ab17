import { type Static, Type } from "typebox";
import type { Database } from "../platform/db.ts";
import { sql } from "../platform/sql.ts";

const Row = Type.Object({ id: Type.String() });

export async function tenantExists(db: Database, tenantId: string): Promise<boolean> {
  const found = await db.asGlobal((tx) =>
    tx.maybe(Row, sql`select tenant.id from identity.tenant where tenant.id = ${tenantId}`),
  );
  return found !== undefined;
}

const Subject = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  loginId: Type.Union([Type.String(), Type.Null()]),
});
export type Subject = Static<typeof Subject>;

/** Those whose keys are printed. */
export interface DemoPeople {
  owner: Subject;
  dispatcher: Subject;
  engineer: Subject;
  contact: Subject;
  user: Subject;
  /** Everybody else at the provider. */
  colleagues: Subject[];
  foreignOwner: Subject;
}

/** Mail addresses of the demo that mean something to the program. */
const addresses = {
  owner: "owner@harbourlight.example",
  dispatcher: "deskhongkong@harbourlight.example",
  engineer: "chan@harbourlight.example",
  contact: "it@clearisle.example",
  user: "b008@clearisle.example",
} as const;

export async function findDemoPeople(db: Database, tenantId: string, foreignTenantId: string): Promise<DemoPeople> {
  return db.asGlobal(async (tx) => {
    const ofTenant = (id: string) =>
      tx.many(
        Subject,
        sql`select membership.subject_id as id, membership.display_name as name, membership.email,
            membership.login_id as "loginId"
          from identity.membership
          where membership.tenant_id = ${id} and membership.email is not null and (membership.kind = 'staff'
            or membership.email = any(${Object.values(addresses)}::text[]))
          order by membership.subject_id`,
      );
    const subjects = await ofTenant(tenantId);
    const [foreignOwner] = await ofTenant(foreignTenantId);
    const by = (email: string) => {
      const found = subjects.find((subject) => subject.email === email);
      if (!found) throw new Error(`the demo has nobody with the address ${email}`);
      return found;
    };
    if (!foreignOwner) throw new Error("the demo's foreign provider has no owner");
    const named = new Set<string>(Object.values(addresses));
    return {
      owner: by(addresses.owner),
      dispatcher: by(addresses.dispatcher),
      engineer: by(addresses.engineer),
      contact: by(addresses.contact),
      user: by(addresses.user),
      colleagues: subjects.filter(({ email }) => !named.has(email)),
      foreignOwner,
    };
  });
}

/** Whether a key can be used: of this tenant, and neither revoked nor unknown here. */
export async function keyWorks(db: Database, keyHash: Buffer, tenantId: string): Promise<boolean> {
  const found = await db.asGlobal((tx) =>
    tx.maybe(
      Row,
      sql`select api_key.id from identity.api_key
        where api_key.key_hash = ${keyHash} and api_key.tenant_id = ${tenantId} and api_key.revoked_at is null`,
    ),
  );
  return found !== undefined;
}

/** Keys and passwords of a lost file shall open nothing. */
export async function revokeKeysNamed(db: Database, tenantIds: readonly string[], name: string, at: string) {
  await db.asGlobal((tx) =>
    tx.run(sql`update identity.api_key set revoked_at = ${at}
      where api_key.tenant_id = any(${tenantIds}::uuid[]) and api_key.name = ${name} and api_key.revoked_at is null`),
  );
}

export async function replacePassword(db: Database, loginId: string, hash: string, at: string): Promise<void> {
  await db.asGlobal(async (tx) => {
    await tx.run(sql`update auth.account set password = ${hash}, updated_at = ${at}
      where account.login_id = ${loginId} and account.provider_id = 'credential'`);
    await tx.run(sql`delete from auth.session where session.login_id = ${loginId}`);
  });
}
