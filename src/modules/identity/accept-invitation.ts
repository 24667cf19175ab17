import type { FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Queries, Tx } from "../../platform/db.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { AcceptInvitation, Invitation, Me } from "./api.ts";
import { agentOf } from "./authenticators.ts";
import { createLogin, hashNewPassword, joinLogin } from "./create-provider.ts";
import type { Identity } from "./identity.ts";
import { findInvitation, type StoredInvitation, takeInvitation } from "./invitations.sql.ts";
import { hashToken } from "./invite.ts";
import { claimLogin, findLoginByEmail, type Login, savePassword } from "./logins.sql.ts";
import { knownRoles } from "./me.ts";
import { findSubject, type Subject } from "./memberships.sql.ts";
import { permissionsOf } from "./permissions.ts";
import { endSession, findOpened } from "./sessions.sql.ts";
import { beginSession, proveLogin } from "./sign-in.ts";
import { findTenant } from "./tenants.sql.ts";

/** What the holder of an invitation's link is told before accepting. */
export async function readInvitation(identity: Identity, token: string): Promise<Invitation> {
  const { db } = identity;
  const { invitation, login } = await db.asGlobal(async (tx) => {
    const invitation = await getGood(tx, token);
    return { invitation, login: await findLoginByEmail(tx, invitation.email) };
  });
  return db.asTenant(invitation.tenantId, async (tx) => {
    const subject = await getInvited(tx, invitation);
    return {
      providerName: (await findTenant(tx)).name,
      invitedBy: invitation.invitedBy,
      kind: invitation.kind,
      name: subject.displayName,
      email: invitation.email,
      roles: knownRoles(subject.roles),
      locale: subject.locale,
      expiresAt: invitation.expiresAt,
      hasLogin: login?.emailVerified ?? false,
    };
  });
}

async function getGood(tx: Queries, token: string): Promise<StoredInvitation> {
  const invitation = await findInvitation(tx, hashToken(token));
  if (!invitation) throw new Refusal("not_found", "invitation_unknown", "This invitation does not exist.");
  if (invitation.acceptedAt !== null) throw used();
  if (invitation.revokedAt !== null || invitation.expiresAt <= nowText()) {
    throw new Refusal("not_found", "invitation_expired", "This invitation has expired. Ask for a new one.");
  }
  return invitation;
}

function used(): Refusal {
  return new Refusal("not_found", "invitation_used", "This invitation has been accepted already. Sign in instead.");
}

async function getInvited(tx: Tx, invitation: StoredInvitation): Promise<Subject> {
  const subject = await findSubject(tx, invitation.tenantId, invitation.subjectId);
  if (subject?.active) return subject;
  throw new Refusal("not_found", "invitation_expired", "This invitation has expired. Ask for a new one.");
}

/**
 * Joins whoever holds the link to the tenant that invited them: with a new login, or with the one that proves to be
 * theirs. A login that somebody made without ever proving the mail address becomes the address's owner's.
 */
export async function acceptInvitation(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  input: AcceptInvitation,
): Promise<Me> {
  const { db } = identity;
  const { invitation, login } = await db.asGlobal(async (tx) => {
    const invitation = await getGood(tx, token);
    return { invitation, login: await findLoginByEmail(tx, invitation.email) };
  });
  const place = { tenantId: invitation.tenantId, subjectId: invitation.subjectId };
  if (login?.emailVerified) {
    const session = await proveLogin(identity, request, { email: login.email, ...input });
    try {
      await db.asTenant(place.tenantId, (tx) => join(tx, token, async () => login.id));
    } catch (error) {
      await db.asGlobal(async (tx) => {
        const opened = await findOpened(tx, session);
        if (opened) await endSession(tx, opened.id, opened.loginId);
      });
      throw error;
    }
    return beginSession(identity, request, reply, session, place);
  }
  const subject = await db.asTenant(place.tenantId, (tx) => getInvited(tx, invitation));
  const passwordHash = await hashNewPassword(input.password, [subject.displayName, invitation.email]);
  const loginId = await db.asTenant(place.tenantId, (tx) =>
    join(tx, token, (subject) => ownLogin(tx, login, invitation.email, subject.displayName, passwordHash)),
  );
  const from = { address: request.ip, userAgent: agentOf(request) };
  return beginSession(identity, request, reply, await identity.library.openSession(loginId, from), place);
}

async function ownLogin(
  tx: Tx,
  unproven: Login | undefined,
  email: string,
  name: string,
  passwordHash: string,
): Promise<string> {
  if (!unproven) return createLogin(tx, { name, email, passwordHash, emailVerified: true });
  await claimLogin(tx, unproven.id);
  await savePassword(tx, unproven.id, uuidv7(), passwordHash);
  return unproven.id;
}

/** The invitation is used up, the login made or proven, and joined, all in one transaction. */
async function join(tx: Tx, token: string, loginOf: (subject: Subject) => Promise<string>): Promise<string> {
  const taken = await takeInvitation(tx, hashToken(token));
  if (!taken) throw used();
  const subject = await getInvited(tx, taken);
  const loginId = await loginOf(subject);
  const version = await joinLogin(tx, subject.subjectId, loginId);
  const actor: Actor = {
    kind: subject.kind,
    id: subject.subjectId,
    tenantId: tx.tenantId,
    permissions: permissionsOf(subject.roles),
    roles: subject.roles,
    locale: subject.locale,
    via: "link",
  };
  const kind = subject.kind === "staff" ? "member" : "person";
  record(tx, actor, "identity.invitation_accepted", { kind, id: subject.subjectId, version: version ?? 0 });
  return loginId;
}
