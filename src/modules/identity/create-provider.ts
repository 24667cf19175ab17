import { hashPassword } from "better-auth/crypto";
import type { Actor } from "../../platform/actor.ts";
import { type Database, sqlState, type Tx, uniqueViolation } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { AddMember, Member, SignUp, Tenant } from "./api.ts";
import { refuseDoubleSkills } from "./check-skills.ts";
import { insertLogin, savePassword } from "./logins.sql.ts";
import { saveMembership, setLogin } from "./memberships.sql.ts";
import { refuseCommonPassword } from "./passwords.ts";
import { permissionsOf } from "./permissions.ts";
import { inTurn } from "./slow-work.ts";
import { slugBeside, slugOf } from "./slug.ts";
import { findStaff, insertStaff, replaceSkills, setJoined } from "./staff.sql.ts";
import { findTenant, insertTenant } from "./tenants.sql.ts";
import { refuseUnknownZone } from "./time-zones.ts";

export type NewTenant = Pick<Tenant, "name" | "locale" | "timeZone" | "currency">;
export type NewProvider = Omit<SignUp, "password"> & {
  /** Without one the owner has no login yet: quick, for demo data and tests that use API keys. */
  password?: string;
};

/** A provider with its owner, in one transaction of its own. Emits `identity.provider_created`. */
export async function createProvider(
  db: Database,
  input: NewProvider,
): Promise<{ tenant: Tenant; owner: Member; actor: Actor; loginId: string | undefined }> {
  const hash = input.password === undefined ? undefined : await hashNewPassword(input.password, aboutOf(input));
  return db.asTenant(uuidv7(), async (tx) => {
    const created = await addProvider(tx, input);
    if (hash === undefined) return { ...created, loginId: undefined };
    const loginId = await createLogin(tx, { name: input.ownerName, email: input.ownerEmail, passwordHash: hash });
    await joinLogin(tx, created.owner.id, loginId);
    return { ...created, owner: { ...created.owner, joined: true }, loginId };
  });
}

/** Tenant and owner, and the news that they exist, in the transaction of the new tenant. */
export async function addProvider(
  tx: Tx,
  input: Omit<NewProvider, "password">,
): Promise<{ tenant: Tenant; owner: Member; actor: Actor }> {
  const { providerName, locale, timeZone, currency } = input;
  const tenant = await createTenant(tx, { name: providerName, locale, timeZone, currency });
  const ownerId = uuidv7();
  const actor: Actor = {
    kind: "staff",
    id: ownerId,
    tenantId: tx.tenantId,
    permissions: permissionsOf(["owner"]),
    roles: ["owner"],
    locale,
    via: "session",
  };
  const owner = await createStaff(
    tx,
    actor,
    { name: input.ownerName, email: input.ownerEmail, roles: ["owner"] },
    ownerId,
  );
  record(
    tx,
    actor,
    "identity.provider_created",
    { kind: "provider", id: tx.tenantId, version: 1 },
    {
      locale,
      timeZone,
      currency,
    },
  );
  return { tenant, owner, actor };
}

/** The directory's row of a tenant, its slug made from its name. The transaction is already the new tenant's. */
export async function createTenant(tx: Tx, input: NewTenant): Promise<Tenant> {
  refuseUnknownZone(input.timeZone);
  const slug = slugOf(input.name);
  for (let tries = 0; tries < 20; tries++) {
    const tenant = { ...input, id: tx.tenantId, slug: tries === 0 ? slug : slugBeside(slug) };
    if (await insertTenant(tx, tenant)) return tenant;
  }
  throw new Error(`no free slug beside ${slug}`);
}

/**
 * A member of staff without a login; language and time zone are the provider's unless given. Whether the actor may grant
 * the roles is the caller's business. Refuses a mail address that another member has.
 */
export async function createStaff(tx: Tx, actor: Actor, input: AddMember, id: string = uuidv7()): Promise<Member> {
  const tenant = await findTenant(tx);
  const fields = {
    name: input.name.trim(),
    email: input.email,
    phone: input.phone ?? null,
    title: input.title ?? null,
    locale: input.locale ?? tenant.locale,
    timeZone: input.timeZone ?? tenant.timeZone,
    roles: input.roles,
    active: true,
  };
  refuseUnknownZone(fields.timeZone);
  refuseDoubleSkills(input.skills ?? []);
  try {
    await insertStaff(tx, id, fields);
  } catch (error) {
    throw sqlState(error) === uniqueViolation ? emailTaken() : error;
  }
  await replaceSkills(tx, id, input.skills ?? []);
  const { roles, locale, active, name: displayName, email } = fields;
  await saveMembership(tx, { subjectId: id, kind: "staff", displayName, email, roles, locale, active });
  record(tx, actor, "identity.member_added", { kind: "member", id, version: 1 }, { roles });
  const member = await findStaff(tx, id);
  if (!member) throw new Error(`member ${id} was not inserted`);
  return member;
}

export function emailTaken(): Refusal {
  return new Refusal("conflict", "email_taken", "Another member of staff has this mail address.");
}

/**
 * A login with a password, of nobody yet.
 * @param input.emailVerified whether its owner has proven to receive mail there (an invitation's link does)
 * @returns its id
 */
export async function createLogin(
  tx: Tx,
  input: { name: string; email: string; passwordHash: string; emailVerified?: boolean },
): Promise<string> {
  const id = uuidv7();
  const login = { id, name: input.name, email: input.email, emailVerified: input.emailVerified ?? false };
  if (!(await insertLogin(tx, login))) {
    throw new Refusal("conflict", "login_exists", "This mail address has a login already.");
  }
  await savePassword(tx, id, uuidv7(), input.passwordHash);
  return id;
}

/**
 * Lets a login act as a member of staff or a person of this tenant.
 * @returns the new version of a member of staff
 */
export async function joinLogin(tx: Tx, subjectId: string, loginId: string): Promise<number | undefined> {
  let joined: number;
  try {
    joined = await setLogin(tx, subjectId, loginId);
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error;
    throw new Refusal("conflict", "already_member", "This login belongs to somebody else of the same provider.");
  }
  if (joined === 0) throw new Refusal("conflict", "already_joined", "This person has a login already.");
  return setJoined(tx, subjectId);
}

/**
 * The slow hash of a password that somebody chooses; refuses one that is too easily guessed.
 * @param about names and mail addresses that a guesser would try
 */
export async function hashNewPassword(password: string, about: readonly string[]): Promise<string> {
  refuseCommonPassword(password, about);
  return inTurn(() => hashPassword(password));
}

/** What a guesser would know of a provider's owner. */
export function aboutOf(input: Pick<SignUp, "providerName" | "ownerName" | "ownerEmail">): string[] {
  return [input.providerName, input.ownerName, input.ownerEmail];
}
