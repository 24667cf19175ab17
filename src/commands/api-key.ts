import { parseArgs } from "node:util";
import { createApiKey, type Permission, permissions } from "../modules/identity/index.ts";
import { systemActor } from "../platform/actor.ts";
import { readConfig } from "../platform/config.ts";
import type { Database } from "../platform/db.ts";
import { isId } from "../platform/fields.ts";
import { findOwners, listAllKeys, revokeKey } from "./api-keys.sql.ts";
import { joinInstallation } from "./join-installation.ts";

const usage = `Use one of:
  mainstay api-key create --email <member> --name <name> [--tenant <slug>] [--scope <right>]…
  mainstay api-key list [--tenant <slug>]
  mainstay api-key revoke <id>
and --data <folder> for another data folder. Without --scope the key may do all that its owner may.
`;

/** A mistake of whoever typed the command: said in a sentence, exit code 2. */
class Misused extends Error {}

/** `mainstay api-key`: keys of any member or person, made by whoever runs the installation. The key goes to standard output. */
export async function apiKeyCommand(args: string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof Misused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = read(args);
  const [action, id, ...rest] = positionals;
  if (!action || rest.length > 0 || (id !== undefined && action !== "revoke")) throw new Misused(usage);
  if (!["create", "list", "revoke"].includes(action)) throw new Misused(usage);
  if (action === "create" && (!values.email || !values.name))
    throw new Misused(`create needs --email and --name.\n${usage}`);
  const scopes = checkedScopes(values.scope ?? ["*"]);
  if (action === "revoke" && !isId(id)) throw new Misused("revoke needs the id of a key, as `api-key list` shows it.");

  const installation = await joinInstallation(readConfig(values.data ? ["--data", values.data] : [], process.env));
  try {
    const { db } = installation;
    if (action === "list") return await list(db, values.tenant);
    if (action === "revoke") return await revoke(db, id ?? "");
    return await create(db, { email: values.email ?? "", name: values.name ?? "", tenant: values.tenant, scopes });
  } finally {
    await installation.stop();
  }
}

function read(args: string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { email: text, tenant: text, name: text, scope: { ...text, multiple: true }, data: text },
    });
  } catch (error) {
    throw new Misused(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

type Scope = Permission | "*";

function checkedScopes(scopes: readonly string[]): Scope[] {
  const known: readonly Scope[] = ["*", ...permissions];
  return scopes.map((scope) => {
    const found = known.find((each) => each === scope);
    if (!found) throw new Misused(`There is no right ${scope}. There are: ${known.join(", ")}.`);
    return found;
  });
}

async function create(
  db: Database,
  asked: { email: string; name: string; tenant: string | undefined; scopes: Scope[] },
): Promise<number> {
  const owners = await findOwners(db, asked.email, asked.tenant);
  const [owner] = owners;
  if (!owner)
    throw new Misused(
      `Nobody with the mail address ${asked.email} ${asked.tenant ? `at ${asked.tenant} ` : ""}may sign in.`,
    );
  if (owners.length > 1) {
    const choices = owners.map(({ slug, kind }) => `${slug} (${kind})`).join(", ");
    throw new Misused(`${asked.email} belongs to several: ${choices}. Choose with --tenant.`);
  }
  const { tenantId, subjectId, slug, displayName } = owner;
  const { key, id } = await db.asTenant(tenantId, (tx) =>
    createApiKey(tx, systemActor(tenantId), { ownerId: subjectId, name: asked.name, scopes: asked.scopes }),
  );
  process.stderr.write(`Key ${id} of ${displayName} at ${slug}. It is shown this once:\n`);
  process.stdout.write(`${key}\n`);
  return 0;
}

async function list(db: Database, tenant: string | undefined): Promise<number> {
  for (const key of await listAllKeys(db, tenant)) {
    const used = key.lastUsedAt ? `used ${key.lastUsedAt}` : "never used";
    const cells = [key.id, key.slug, key.ownerName, key.name, `${key.prefix}…`, key.scopes.join(","), used];
    process.stdout.write(`${cells.join("  ")}\n`);
  }
  return 0;
}

async function revoke(db: Database, id: string): Promise<number> {
  if (!(await revokeKey(db, id))) throw new Misused(`There is no key ${id} that could be revoked.`);
  process.stderr.write("The key is revoked. A running server forgets it within seconds.\n");
  return 0;
}
