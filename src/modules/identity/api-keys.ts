import { randomBytes } from "node:crypto";
import type { Actor } from "../../platform/actor.ts";
import { instantText, now } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { AddApiKey, ApiKeyList, ListApiKeys, NewApiKey } from "./api.ts";
import { findKeyById, insertKey, listKeys, revokeKey } from "./api-keys.sql.ts";
import { hashKey } from "./authenticators.ts";
import { forgetCredentialsAfter } from "./credential-cache.ts";
import { findSubject } from "./memberships.sql.ts";
import { permissionsOf } from "./permissions.ts";

/**
 * Makes a key that acts as a member of staff or a person, within its scopes. The key is in the answer and nowhere else.
 * @param input.scopes rights, or `["*"]` for all that its owner has at each moment
 */
export async function createApiKey(tx: Tx, actor: Actor, input: AddApiKey & { ownerId: string }): Promise<NewApiKey> {
  const owner = await findSubject(tx, tx.tenantId, input.ownerId);
  if (!owner) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
  if (input.expiresAt !== undefined && Temporal.Instant.compare(Temporal.Instant.from(input.expiresAt), now()) <= 0) {
    throw new Refusal("invalid", "expires_in_past", "The key would expire in the past.");
  }
  const key = `msk_${randomBytes(32).toString("base64url")}`;
  const id = uuidv7();
  await insertKey(tx, {
    id,
    hash: hashKey(key),
    prefix: key.slice(0, 10),
    ownerId: input.ownerId,
    kind: owner.kind,
    name: input.name.trim(),
    scopes: input.scopes,
    expiresAt: input.expiresAt === undefined ? null : instantText(Temporal.Instant.from(input.expiresAt)),
  });
  record(
    tx,
    actor,
    "identity.api_key_created",
    { kind: "api_key", id, version: 1 },
    { ownerId: input.ownerId, scopes: input.scopes },
  );
  const created = await findKeyById(tx, id, undefined);
  if (!created) throw new Error(`key ${id} was not inserted`);
  return { ...created, key };
}

/** A key of one's own. Nobody hands on more than they have at this moment, be it through another key. */
export function createOwnKey(tx: Tx, actor: Actor, input: AddApiKey): Promise<NewApiKey> {
  const unrestricted = permissionsOf(actor.roles).size === actor.permissions.size;
  const beyond = input.scopes.filter((scope) => (scope === "*" ? !unrestricted : !actor.permissions.has(scope)));
  if (beyond.length > 0) {
    throw new Refusal("forbidden", "above_own_rights", `You do not have these rights yourself: ${beyond.join(", ")}.`);
  }
  return createApiKey(tx, actor, { ...input, ownerId: actor.id });
}

export function listOwnKeys(tx: Tx, actor: Actor, page: ListApiKeys): Promise<ApiKeyList> {
  return listKeys(tx, reach(actor), page);
}

export async function isKeyVisible(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  return (await findKeyById(tx, id, reach(actor))) !== undefined;
}

export async function revokeApiKey(tx: Tx, actor: Actor, id: string): Promise<void> {
  const key = await findKeyById(tx, id, reach(actor));
  if (!key) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
  await revokeKey(tx, id);
  forgetCredentialsAfter(tx);
  record(tx, actor, "identity.api_key_revoked", { kind: "api_key", id, version: 2 }, { ownerId: key.ownerId });
}

/** Whoever runs the provider sees all its keys, everyone else their own. */
function reach(actor: Actor): string | undefined {
  return actor.permissions.has("provider.write") ? undefined : actor.id;
}
