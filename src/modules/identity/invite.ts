import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "../../platform/actor.ts";
import { instantText, now } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { AddedMember, AddMember, Invited } from "./api.ts";
import { refuseAboveOwnRights } from "./change-member.ts";
import { createStaff } from "./create-provider.ts";
import type { Identity } from "./identity.ts";
import { insertInvitation, revokeInvitationsOf } from "./invitations.sql.ts";
import { findSubject, type Subject } from "./memberships.sql.ts";
import { enqueueMail } from "./send-mail.ts";
import { findStaff } from "./staff.sql.ts";
import { findTenant } from "./tenants.sql.ts";

const goodForDays = 7;

/** A new member of staff, invited by mail. */
export async function addMember(tx: Tx, actor: Actor, identity: Identity, input: AddMember): Promise<AddedMember> {
  refuseAboveOwnRights(actor, input.roles);
  const member = await createStaff(tx, actor, input);
  return { ...member, invitation: await inviteMember(tx, actor, identity, member.id) };
}

/** Invites a member of staff, again if need be: an older link ends. */
export async function inviteMember(tx: Tx, actor: Actor, identity: Identity, id: string): Promise<Invited> {
  const member = await findStaff(tx, id);
  if (!member) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
  refuseAboveOwnRights(actor, member.roles);
  return invite(tx, actor, identity, id);
}

/**
 * Invites a person at a customer to sign in. The customers module has told who it is with `setPersonRoles`, and has
 * checked that the actor may.
 */
export function invitePerson(tx: Tx, actor: Actor, identity: Identity, personId: string): Promise<Invited> {
  return invite(tx, actor, identity, personId);
}

async function invite(tx: Tx, actor: Actor, identity: Identity, subjectId: string): Promise<Invited> {
  const subject = await findSubject(tx, tx.tenantId, subjectId);
  if (!subject) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
  if (subject.loginId !== null) {
    throw new Refusal(
      "conflict",
      "already_joined",
      "This person can sign in already. A forgotten password is reset by mail.",
    );
  }
  if (!subject.active) throw new Refusal("conflict", "not_active", "This person is not active. Activate them first.");
  if (subject.email === null) throw new Refusal("invalid", "email_missing", "An invitation needs a mail address.");
  const inviter = await findSubject(tx, tx.tenantId, actor.id);
  const tenant = await findTenant(tx);
  const token = randomBytes(32).toString("base64url");
  const expiresAt = instantText(now().add({ hours: goodForDays * 24 }));
  const invitedBy = inviter?.displayName ?? tenant.name;
  await revokeInvitationsOf(tx, subjectId);
  await insertInvitation(tx, hashToken(token), { ...withEmail(subject), invitedBy, expiresAt });
  const kind = subject.kind === "staff" ? "member" : "person";
  record(tx, actor, "identity.invited", { kind, id: subjectId, version: 0 });
  const link = `${identity.config.publicUrl}/invitation/${token}`;
  if (identity.config.smtpUrl === undefined) return { expiresAt, link };
  enqueueMail(tx, identity, {
    to: subject.email,
    locale: subject.locale,
    text: `invitation_${subject.kind}`,
    params: { name: subject.displayName, inviter: invitedBy, provider: tenant.name, days: goodForDays },
    link,
  });
  return { expiresAt };
}

function withEmail(subject: Subject): { subjectId: string; kind: "staff" | "person"; email: string } {
  return { subjectId: subject.subjectId, kind: subject.kind, email: subject.email ?? "" };
}

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
