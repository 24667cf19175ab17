import type { Queries } from "../../platform/db.ts";
import { sql } from "../../platform/sql.ts";
import { Passkey } from "./api.ts";

const columns = sql`passkey.id, coalesce(passkey.name, '') as name, passkey.created_at as "createdAt"`;

export function listPasskeys(tx: Queries, loginId: string): Promise<Passkey[]> {
  return tx.many(
    Passkey,
    sql`select ${columns} from auth.passkey where passkey.login_id = ${loginId} order by passkey.id limit 100`,
  );
}

export function findPasskey(tx: Queries, id: string): Promise<Passkey | undefined> {
  return tx.maybe(Passkey, sql`select ${columns} from auth.passkey where passkey.id = ${id}`);
}

/** @returns how many were removed */
export function deletePasskey(tx: Queries, id: string, loginId: string): Promise<number> {
  return tx.run(sql`delete from auth.passkey where passkey.id = ${id} and passkey.login_id = ${loginId}`);
}
