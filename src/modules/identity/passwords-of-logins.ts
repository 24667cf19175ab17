import { verifyPassword } from "better-auth/crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import { record } from "../../platform/events.ts";
import { defineJob, enqueue, type Job } from "../../platform/jobs.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { ChangePassword } from "./api.ts";
import { wrongCredentials } from "./ask-library.ts";
import { rememberDevice } from "./cookies.ts";
import { hashNewPassword } from "./create-provider.ts";
import { forgetCredentials } from "./credential-cache.ts";
import type { Identity } from "./identity.ts";
import { claimLogin, findLogin, findLoginByEmail, type Login, savePassword } from "./logins.sql.ts";
import { listSubjectsOf } from "./memberships.sql.ts";
import { enqueueMail } from "./send-mail.ts";
import { endSessionsOf, findOpenedById } from "./sessions.sql.ts";
import { proofLimits, resetLimits, resetMailLimits } from "./sign-in-limits.ts";
import { inTurn } from "./slow-work.ts";
import { returnAttempt, takeAttempt } from "./throttle.ts";

/** The login behind a session. What concerns a login is not for API keys. */
export async function loginOfSession(identity: Identity, actor: Actor): Promise<{ login: Login; sessionId: string }> {
  const sessionId = actor.via === "session" ? actor.credentialId : undefined;
  const login =
    sessionId &&
    (await identity.db.asGlobal(async (tx) => {
      const session = await findOpenedById(tx, sessionId);
      return session && (await findLogin(tx, session.loginId));
    }));
  if (!sessionId || !login) {
    throw new Refusal("forbidden", "session_needed", "This is only for somebody who is signed in, not for an API key.");
  }
  return { login, sessionId };
}

/** Asks for the password once more, inside a session. */
export async function provePassword(identity: Identity, actor: Actor, password: string): Promise<Login> {
  const { login, sessionId } = await loginOfSession(identity, actor);
  const limits = proofLimits(sessionId);
  await takeAttempt(identity.db, limits);
  const { passwordHash: hash } = login;
  if (hash === null || !(await inTurn(() => verifyPassword({ hash, password })))) throw wrongCredentials();
  await returnAttempt(identity.db, limits);
  return login;
}

/** Ends every other session of the login. */
export async function changePassword(identity: Identity, actor: Actor, input: ChangePassword): Promise<void> {
  const login = await provePassword(identity, actor, input.current);
  const hash = await hashNewPassword(input.next, [login.email]);
  await identity.db.asTenant(actor.tenantId, async (tx) => {
    await savePassword(tx, login.id, uuidv7(), hash);
    await endSessionsOf(tx, login.id, actor.credentialId);
    record(tx, actor, "identity.password_changed", { kind: "login", id: login.id, version: 0 });
  });
  forgetCredentials();
}

/** Jobs are enqueued inside a tenant's transaction; a login has no tenant. */
const noTenant = "00000000-0000-0000-0000-000000000000";

const AskedReset = Type.Object({ email: Type.String() });

/** Takes note that a link is wanted. Whether the address has a login is found out later, so that nobody can tell by asking. */
export async function askPasswordReset(identity: Identity, request: FastifyRequest, email: string): Promise<void> {
  await takeAttempt(identity.db, resetLimits(request.ip));
  await identity.db.asTenant(noTenant, async (tx) => enqueue(tx, "identity.make_password_reset", { email }));
}

export function makeResetJob(identity: Identity): Job {
  const { db, library, config } = identity;
  return defineJob("identity.make_password_reset", AskedReset, async ({ email }) => {
    const found = await db.asGlobal(async (tx) => {
      const login = await findLoginByEmail(tx, email);
      return login && { login, locale: (await listSubjectsOf(tx, login.id))[0]?.locale ?? ("en" as const) };
    });
    if (!found) return;
    try {
      await takeAttempt(db, resetMailLimits(email));
    } catch (error) {
      if (error instanceof Refusal) return;
      throw error;
    }
    if (config.smtpUrl === undefined) {
      identity.log.warn({ login: found.login.id }, "a password reset was asked for, and no mail server is configured");
      return;
    }
    const link = `${config.publicUrl}/reset-password/${await library.makeReset(found.login.id)}`;
    const mail = { to: found.login.email, locale: found.locale, text: "password_reset", params: {}, link } as const;
    await db.asTenant(noTenant, async (tx) => enqueueMail(tx, identity, mail));
  });
}

/** Whoever has the link owns the address: all sessions end, and this device counts as known. */
export async function resetPassword(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  password: string,
): Promise<void> {
  const hash = await hashNewPassword(password, []);
  const loginId = await identity.library.takeReset(token);
  const login = loginId && (await identity.db.asGlobal((tx) => findLogin(tx, loginId)));
  if (!login) throw new Refusal("not_found", "reset_unknown", "This link has expired or was used. Ask for a new one.");
  await identity.db.asGlobal(async (tx) => {
    if (login.emailVerified) await endSessionsOf(tx, login.id, undefined);
    else await claimLogin(tx, login.id);
    await savePassword(tx, login.id, uuidv7(), hash);
  });
  forgetCredentials();
  rememberDevice(identity, request, reply, login.id);
  await recordEverywhere(identity, login.id, "identity.password_reset");
}

/** What happens to a login is on record wherever it may act. */
async function recordEverywhere(identity: Identity, loginId: string, type: string): Promise<void> {
  const subjects = await identity.db.asGlobal((tx) => listSubjectsOf(tx, loginId));
  for (const { tenantId, subjectId: id, kind, roles, locale } of subjects) {
    const actor: Actor = { kind, id, tenantId, permissions: new Set(), roles, locale, via: "link" };
    await identity.db.asTenant(tenantId, async (tx) =>
      record(tx, actor, type, { kind: "login", id: loginId, version: 0 }),
    );
  }
}
