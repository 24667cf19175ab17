import { type Static, Type } from "typebox";
import { nowText } from "../../platform/clock.ts";
import type { Queries } from "../../platform/db.ts";
import { Id, orNull } from "../../platform/fields.ts";
import { sql } from "../../platform/sql.ts";

export const Login = Type.Object({
  id: Id,
  email: Type.String(),
  emailVerified: Type.Boolean(),
  twoFactorEnabled: Type.Boolean(),
  passwordHash: orNull(Type.String()),
});
export type Login = Static<typeof Login>;

const columns = sql`login.id, login.email, login.email_verified as "emailVerified",
  coalesce(login.two_factor_enabled, false) as "twoFactorEnabled", account.password as "passwordHash"`;
const source = sql`auth.login left join auth.account on account.login_id = login.id and account.provider_id = 'credential'`;

export function findLogin(tx: Queries, id: string): Promise<Login | undefined> {
  return tx.maybe(Login, sql`select ${columns} from ${source} where login.id = ${id}`);
}

export function findLoginByEmail(tx: Queries, email: string): Promise<Login | undefined> {
  return tx.maybe(Login, sql`select ${columns} from ${source} where login.email = ${email.toLowerCase()}`);
}

/** @returns false when the address has a login already */
export async function insertLogin(
  tx: Queries,
  login: { id: string; name: string; email: string; emailVerified: boolean },
): Promise<boolean> {
  const at = nowText();
  const inserted = await tx.run(sql`
    insert into auth.login (id, name, email, email_verified, created_at, updated_at)
    values (${login.id}, ${login.name}, ${login.email.toLowerCase()}, ${login.emailVerified}, ${at}, ${at})
    on conflict (email) do nothing`);
  return inserted === 1;
}

export async function savePassword(tx: Queries, loginId: string, accountId: string, hash: string): Promise<void> {
  const at = nowText();
  const changed = await tx.run(sql`update auth.account set password = ${hash}, updated_at = ${at}
    where account.login_id = ${loginId} and account.provider_id = 'credential'`);
  if (changed > 0) return;
  await tx.run(sql`
    insert into auth.account (id, login_id, account_id, provider_id, password, created_at, updated_at)
    values (${accountId}, ${loginId}, ${loginId}, 'credential', ${hash}, ${at}, ${at})`);
}

/** Whoever made this login never proved to own its address: what they left behind ends, the address's owner begins anew. */
export async function claimLogin(tx: Queries, loginId: string): Promise<void> {
  await tx.run(sql`delete from auth.session where session.login_id = ${loginId}`);
  await tx.run(sql`delete from auth.passkey where passkey.login_id = ${loginId}`);
  await tx.run(sql`delete from auth.two_factor where two_factor.login_id = ${loginId}`);
  await tx.run(sql`
    update auth.login set email_verified = true, two_factor_enabled = false, updated_at = ${nowText()}
    where login.id = ${loginId}`);
}

export async function countPasskeys(tx: Queries, loginId: string): Promise<number> {
  const Row = Type.Object({ count: Type.Integer() });
  const row = await tx.one(
    Row,
    sql`select count(*)::int as count from auth.passkey where passkey.login_id = ${loginId}`,
  );
  return row.count;
}
