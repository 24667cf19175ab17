import type { Pool } from "pg";
import { type Static, Type } from "typebox";
import { refuseWhileDown } from "../../platform/db.ts";
import { Id, oneOf, orNull } from "../../platform/fields.ts";
import { checkRows } from "../../platform/row-check.ts";
import { compile, type SqlText, sql } from "../../platform/sql.ts";
import { recordStatement } from "../../platform/statement-log.ts";

/** What a credential stands for: a member of staff or a person, in one tenant, at this moment. */
const CredentialRow = Type.Object({
  credentialId: Id,
  tenantId: Id,
  subjectId: Id,
  kind: oneOf("staff", "person"),
  roles: Type.Array(Type.String()),
  scopes: Type.Array(Type.String()),
  locale: Type.String(),
  seenAt: orNull(Type.String()),
});
export type CredentialRow = Static<typeof CredentialRow>;
const checkingRows = process.env.MAINSTAY_CHECK_ROWS === "1";

const holder = sql`membership.tenant_id as "tenantId", membership.subject_id as "subjectId", membership.kind,
  membership.roles, membership.locale`;

/** One statement on a pooled connection: a look-up at each request pays for no transaction. */
async function look(pool: Pool, statement: SqlText): Promise<CredentialRow | undefined> {
  const compiled = compile(statement);
  recordStatement?.(compiled.text, "");
  const { rows } = await pool.query<CredentialRow>(compiled).catch(refuseWhileDown);
  if (checkingRows) checkRows(CredentialRow, rows, compiled.text);
  return rows[0];
}

export function findSession(pool: Pool, token: string, now: string, idleSince: string) {
  return look(
    pool,
    sql`select session.id as "credentialId", ${holder}, array['*'] as scopes, session.updated_at as "seenAt"
      from auth.session join identity.membership on membership.tenant_id = session.tenant_id
        and membership.subject_id = session.subject_id and membership.login_id = session.login_id
      where session.token = ${token} and session.expires_at > ${now} and session.updated_at > ${idleSince}
        and membership.active`,
  );
}

export function findKey(pool: Pool, hash: Buffer, now: string) {
  return look(
    pool,
    sql`select api_key.id as "credentialId", ${holder}, api_key.scopes, api_key.last_used_at as "seenAt"
      from identity.api_key join identity.membership on membership.tenant_id = api_key.tenant_id
        and membership.subject_id = api_key.subject_id
      where api_key.key_hash = ${hash} and api_key.revoked_at is null
        and (api_key.expires_at is null or api_key.expires_at > ${now}) and membership.active`,
  );
}

export async function touchSession(pool: Pool, id: string, at: string, address: string, agent: string): Promise<void> {
  await pool.query(
    compile(sql`update auth.session set updated_at = ${at}, ip_address = ${address}, user_agent = ${agent}
      where id = ${id}`),
  );
}

export async function touchKey(pool: Pool, id: string, at: string): Promise<void> {
  await pool.query(compile(sql`update identity.api_key set last_used_at = ${at} where id = ${id}`));
}
