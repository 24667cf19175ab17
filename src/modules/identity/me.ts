import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { ChangeMe, Me } from "./api.ts";
import { writeMember } from "./change-member.ts";
import { forgetCredentialsAfter } from "./credential-cache.ts";
import { countPasskeys, findLogin } from "./logins.sql.ts";
import { findSubject, listMembershipsOf, type Subject, setLocale } from "./memberships.sql.ts";
import { staffRoles } from "./permissions.ts";
import { findStaff, lockStaff } from "./staff.sql.ts";
import { findTenant } from "./tenants.sql.ts";
import { refuseUnknownZone } from "./time-zones.ts";

/** Who asks, and what they may do. */
export async function readMe(tx: Tx, actor: Actor): Promise<Me> {
  const subject = await getSubject(tx, actor);
  const tenant = await findTenant(tx);
  const staff = subject.kind === "staff" ? await findStaff(tx, actor.id) : undefined;
  const login = subject.loginId === null ? undefined : await findLogin(tx, subject.loginId);
  return {
    kind: subject.kind,
    id: actor.id,
    name: subject.displayName,
    email: subject.email,
    phone: staff?.phone ?? null,
    title: staff?.title ?? null,
    timeZone: staff?.timeZone ?? tenant.timeZone,
    locale: subject.locale,
    roles: knownRoles(subject.roles),
    permissions: [...actor.permissions],
    tenant,
    memberships: login ? await listMembershipsOf(tx, login.id, actor.id) : [],
    twoFactorEnabled: login?.twoFactorEnabled ?? false,
    passkeys: login ? await countPasskeys(tx, login.id) : 0,
    via: actor.via === "api_key" ? "api_key" : "session",
  };
}

async function getSubject(tx: Tx, actor: Actor): Promise<Subject> {
  const subject = await findSubject(tx, tx.tenantId, actor.id);
  if (!subject) throw new Refusal("unauthenticated", "sign_in", "Sign in, or send an API key as a bearer token.");
  return subject;
}

const everyRole = [...staffRoles, "contact", "user"] as const;

export function knownRoles(roles: readonly string[]): (typeof everyRole)[number][] {
  return everyRole.filter((role) => roles.includes(role));
}

/** Staff keep their own particulars; those of a person at a customer belong to the provider's register, all but the language. */
export async function changeMe(tx: Tx, actor: Actor, change: ChangeMe): Promise<Me> {
  const subject = await getSubject(tx, actor);
  if (subject.kind === "staff") {
    const member = await lockStaff(tx, actor.id);
    if (!member) throw new Error(`staff ${actor.id} has a membership and no row`);
    if (change.timeZone !== undefined) refuseUnknownZone(change.timeZone);
    await writeMember(tx, actor, member, change);
    return readMe(tx, actor);
  }
  if (Object.keys(change).some((key) => key !== "locale")) {
    throw new Refusal(
      "invalid",
      "held_by_provider",
      "Your provider keeps your name and numbers. Ask them to change these.",
    );
  }
  if (change.locale !== undefined) {
    await setLocale(tx, actor.id, change.locale);
    forgetCredentialsAfter(tx);
    record(
      tx,
      actor,
      "identity.locale_chosen",
      { kind: "person", id: actor.id, version: 0 },
      { locale: change.locale },
    );
  }
  return readMe(tx, actor);
}
