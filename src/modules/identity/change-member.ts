import type { Actor } from "../../platform/actor.ts";
import { sqlState, type Tx, uniqueViolation } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { refuseStale } from "../../platform/versions.ts";
import type { ChangeMember, Member } from "./api.ts";
import { revokeKeysOf } from "./api-keys.sql.ts";
import { refuseDoubleSkills } from "./check-skills.ts";
import { emailTaken } from "./create-provider.ts";
import { forgetCredentialsAfter } from "./credential-cache.ts";
import { revokeInvitationsOf } from "./invitations.sql.ts";
import { saveMembership } from "./memberships.sql.ts";
import { permissionsOf, type StaffRole } from "./permissions.ts";
import { endSessionsIn } from "./sessions.sql.ts";
import { findStaff, lockOwners, lockStaff, replaceSkills, updateStaff } from "./staff.sql.ts";
import { refuseUnknownZone } from "./time-zones.ts";

/**
 * Changes a member of staff: what is sent replaces the old. Roles and deactivation take effect with the commit.
 * @param expected the version that the change was made from
 */
export async function changeMember(
  tx: Tx,
  actor: Actor,
  id: string,
  change: ChangeMember,
  expected: number | undefined,
): Promise<Member> {
  const owners = change.roles !== undefined || change.active !== undefined ? await lockOwners(tx) : [];
  const member = await lockStaff(tx, id);
  if (!member) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
  refuseStale(expected, member.version);
  if (id !== actor.id) refuseAboveOwnRights(actor, member.roles);
  refuseAboveOwnRights(actor, change.roles ?? []);
  if (change.timeZone !== undefined) refuseUnknownZone(change.timeZone);
  const roles = change.roles ?? member.roles;
  const active = change.active ?? member.active;
  const staysOwner = active && roles.includes("owner");
  if (!staysOwner && owners.some((owner) => owner.id === id)) {
    const able = owners.filter((owner) => owner.joined);
    const remaining = (able.length > 0 ? able : owners).filter((owner) => owner.id !== id);
    if (remaining.length === 0) {
      throw new Refusal(
        "conflict",
        "last_owner",
        "This is the last owner who can sign in. Make somebody else owner first.",
      );
    }
  }
  return writeMember(tx, actor, member, change);
}

/** Nobody gives, takes or touches more rights than they have themselves. */
export function refuseAboveOwnRights(actor: Actor, roles: readonly StaffRole[]): void {
  const beyond = [...permissionsOf(roles)].filter((permission) => !actor.permissions.has(permission));
  if (beyond.length === 0) return;
  throw new Refusal(
    "forbidden",
    "above_own_rights",
    `These roles carry rights that you do not have yourself: ${beyond.join(", ")}.`,
  );
}

/** Writes a change that is allowed, to a member whose row is locked, with everything that hangs on it. */
export async function writeMember(tx: Tx, actor: Actor, member: Member, change: ChangeMember): Promise<Member> {
  const { skills, ...changed } = change;
  const { id } = member;
  const fields = { ...member, ...changed, name: (change.name ?? member.name).trim() };
  const version = member.version + 1;
  try {
    await updateStaff(tx, id, fields, version);
  } catch (error) {
    throw sqlState(error) === uniqueViolation ? emailTaken() : error;
  }
  if (skills) {
    refuseDoubleSkills(skills);
    await replaceSkills(tx, id, skills);
  }
  const { name: displayName, email, roles, locale, active } = fields;
  await saveMembership(tx, { subjectId: id, kind: "staff", displayName, email, roles, locale, active });
  if (email !== member.email) await revokeInvitationsOf(tx, id);
  if (!active && member.active) {
    await revokeInvitationsOf(tx, id);
    await revokeKeysOf(tx, id);
    await endSessionsIn(tx, tx.tenantId, id);
  }
  forgetCredentialsAfter(tx);
  const rolesChanged = change.roles !== undefined && change.roles.join() !== member.roles.join();
  record(
    tx,
    actor,
    "identity.member_changed",
    { kind: "member", id, version },
    {
      members: Object.keys(change),
      ...(rolesChanged ? { roles: { from: member.roles, to: roles } } : {}),
      ...(active === member.active ? {} : { active }),
    },
  );
  const written = await findStaff(tx, id);
  if (!written) throw new Error(`member ${id} is gone`);
  return written;
}
