import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Static, Type } from "typebox";
import { Check } from "typebox/value";
import { createApiKey, createLogin, hashNewPassword, joinLogin } from "../modules/identity/index.ts";
import { systemActor } from "../platform/actor.ts";
import { nowText } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Database } from "../platform/db.ts";
import { demoTenantId, foreignTenantId } from "./build-demo.ts";
import { type DemoPeople, keyWorks, replacePassword, revokeKeysNamed, type Subject } from "./find-demo.sql.ts";

const Login = Type.Object({ email: Type.String(), password: Type.String() });

/** The line that a start with `--demo` prints, and what `<data>/demo.json` holds. */
export const Credentials = Type.Object({
  url: Type.String(),
  logins: Type.Object({ owner: Login, dispatcher: Login, engineer: Login, contact: Login, user: Login }),
  apiKeys: Type.Object({
    owner: Type.String(),
    engineer: Type.String(),
    contact: Type.String(),
    user: Type.String(),
  }),
  foreign: Type.Object({ apiKeys: Type.Object({ owner: Type.String() }) }),
  inventorySecret: Type.String(),
});
export type Credentials = Static<typeof Credentials>;

const keyName = "Demo";

/** The credentials of an earlier start, or new ones where the file is lost or belongs to another database. */
export async function ensureCredentials(config: Config, db: Database, people: DemoPeople): Promise<Credentials> {
  const path = join(config.dataDir, "demo.json");
  const kept = await readCredentials(path);
  const hash = kept && createHash("sha256").update(kept.apiKeys.owner).digest();
  const isOurs = hash !== undefined && (await keyWorks(db, hash, demoTenantId));
  if (kept && isOurs && kept.url === config.publicUrl) return kept;
  const credentials = kept && isOurs ? { ...kept, url: config.publicUrl } : await makeCredentials(config, db, people);
  await writeCredentials(path, credentials);
  return credentials;
}

async function readCredentials(path: string): Promise<Credentials | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return Check(Credentials, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** For its owner's eyes; written whole or not at all. */
async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await writeFile(aside, `${JSON.stringify(credentials)}\n`, { mode: 0o600 });
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

async function makeCredentials(config: Config, db: Database, people: DemoPeople): Promise<Credentials> {
  await revokeKeysNamed(db, [demoTenantId, foreignTenantId], keyName, nowText());
  const { owner, dispatcher, engineer, contact, user } = people;
  const [ownerLogin, dispatcherLogin, engineerLogin, contactLogin, userLogin] = await Promise.all([
    makeLogin(db, owner),
    makeLogin(db, dispatcher),
    makeLogin(db, engineer),
    makeLogin(db, contact),
    makeLogin(db, user),
  ]);
  await letColleaguesJoin(db, people.colleagues);
  return {
    url: config.publicUrl,
    logins: {
      owner: ownerLogin,
      dispatcher: dispatcherLogin,
      engineer: engineerLogin,
      contact: contactLogin,
      user: userLogin,
    },
    apiKeys: {
      owner: await makeKey(db, demoTenantId, owner),
      engineer: await makeKey(db, demoTenantId, engineer),
      contact: await makeKey(db, demoTenantId, contact),
      user: await makeKey(db, demoTenantId, user),
    },
    foreign: { apiKeys: { owner: await makeKey(db, foreignTenantId, people.foreignOwner) } },
    inventorySecret: randomBytes(24).toString("base64url"),
  };
}

async function makeLogin(db: Database, { id, name, email, loginId }: Subject): Promise<Static<typeof Login>> {
  const password = randomBytes(12).toString("base64url");
  const passwordHash = await hashNewPassword(password, []);
  if (loginId) await replacePassword(db, loginId, passwordHash, nowText());
  else {
    await db.asTenant(demoTenantId, async (tx) =>
      joinLogin(tx, id, await createLogin(tx, { name, email, passwordHash, emailVerified: true })),
    );
  }
  return { email, password };
}

/** The others have logins, too, with a password that nobody knows. */
async function letColleaguesJoin(db: Database, colleagues: readonly Subject[]): Promise<void> {
  const passwordHash = await hashNewPassword(randomBytes(24).toString("base64url"), []);
  await db.asTenant(demoTenantId, async (tx) => {
    for (const { id, name, email, loginId } of colleagues) {
      if (loginId) continue;
      await joinLogin(tx, id, await createLogin(tx, { name, email, passwordHash, emailVerified: true }));
    }
  });
}

async function makeKey(db: Database, tenantId: string, { id }: Subject): Promise<string> {
  const made = await db.asTenant(tenantId, (tx) =>
    createApiKey(tx, systemActor(tenantId), { ownerId: id, name: keyName, scopes: ["*"] }),
  );
  return made.key;
}
