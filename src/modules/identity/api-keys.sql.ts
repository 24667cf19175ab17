import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { Id } from "../../platform/fields.ts";
import { pageOf, readCursor } from "../../platform/page.ts";
import { all, type SqlText, sql } from "../../platform/sql.ts";
import { ApiKey, type ApiKeyList, type ListApiKeys } from "./api.ts";

const columns = sql`api_key.id, api_key.name, api_key.prefix, api_key.scopes, api_key.subject_id as "ownerId",
  membership.display_name as "ownerName", api_key.created_at as "createdAt", api_key.last_used_at as "lastUsedAt",
  api_key.expires_at as "expiresAt"`;
const source = sql`identity.api_key join identity.membership
  on membership.tenant_id = api_key.tenant_id and membership.subject_id = api_key.subject_id`;

export interface KeyRow {
  id: string;
  hash: Buffer;
  prefix: string;
  ownerId: string;
  kind: "staff" | "person";
  name: string;
  scopes: readonly string[];
  expiresAt: string | null;
}

export function insertKey(tx: Tx, key: KeyRow): Promise<number> {
  return tx.run(sql`
    insert into identity.api_key (id, key_hash, prefix, tenant_id, subject_id, kind, name, scopes, created_at, expires_at)
    values (${key.id}, ${key.hash}, ${key.prefix}, ${tx.tenantId}, ${key.ownerId}, ${key.kind}, ${key.name},
      ${[...key.scopes]}, ${nowText()}, ${key.expiresAt})`);
}

/** @param ownerId undefined: of everyone in the tenant */
export function findKeyById(tx: Tx, id: string, ownerId: string | undefined): Promise<ApiKey | undefined> {
  return tx.maybe(ApiKey, sql`select ${columns} from ${source} where ${ofOwner(tx, ownerId)} and api_key.id = ${id}`);
}

export async function listKeys(tx: Tx, ownerId: string | undefined, page: ListApiKeys): Promise<ApiKeyList> {
  const after = readCursor(Id, page.after);
  const rows = await tx.many(
    ApiKey,
    sql`select ${columns} from ${source} where ${ofOwner(tx, ownerId)}
      and ${after === undefined ? sql`true` : sql`api_key.id < ${after}`}
      order by api_key.id desc limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit, (row) => row.id);
}

function ofOwner(tx: Tx, ownerId: string | undefined): SqlText {
  const conditions = [sql`api_key.tenant_id = ${tx.tenantId} and api_key.revoked_at is null`];
  if (ownerId !== undefined) conditions.push(sql`api_key.subject_id = ${ownerId}`);
  return all(conditions);
}

export function revokeKey(tx: Tx, id: string): Promise<number> {
  return tx.run(sql`update identity.api_key set revoked_at = ${nowText()}
    where api_key.tenant_id = ${tx.tenantId} and api_key.id = ${id} and api_key.revoked_at is null`);
}

export function revokeKeysOf(tx: Tx, ownerId: string): Promise<number> {
  return tx.run(sql`update identity.api_key set revoked_at = ${nowText()}
    where api_key.tenant_id = ${tx.tenantId} and api_key.subject_id = ${ownerId} and api_key.revoked_at is null`);
}
