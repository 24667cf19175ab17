import type { FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../../platform/actor.ts";
import { instantText, now } from "../../platform/clock.ts";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Me, SignIn } from "./api.ts";
import { askLibrary, cookiesOf, openedSession, wrongCredentials } from "./ask-library.ts";
import { idleSince, sessionActor } from "./authenticators.ts";
import { clearSessionCookie, knownDevice, rememberDevice, setSessionCookie } from "./cookies.ts";
import { forgetCredentials } from "./credential-cache.ts";
import type { Identity } from "./identity.ts";
import { findLoginByEmail } from "./logins.sql.ts";
import { readMe } from "./me.ts";
import { noteChosen } from "./memberships.sql.ts";
import { endOldSessionsOf, endSession, findOpened, moveSession, type Opened } from "./sessions.sql.ts";
import { codeLimits, signInLimits, throttledAdvice } from "./sign-in-limits.ts";
import { inTurn } from "./slow-work.ts";
import { returnAttempt, takeAttempt } from "./throttle.ts";

/**
 * Proves a login by its password, and by a code when it has an authenticator app.
 * @returns the token of a session just opened for it
 */
export async function proveLogin(identity: Identity, request: FastifyRequest, input: SignIn): Promise<string> {
  const { db } = identity;
  const login = await db.asGlobal((tx) => findLoginByEmail(tx, input.email));
  const device = knownDevice(identity, request, login?.id);
  const limits = signInLimits({ email: input.email, address: request.ip, knownDevice: device });
  await takeAttempt(db, limits, throttledAdvice);
  const body = { email: input.email.toLowerCase(), password: input.password };
  const call = { method: "POST", path: "/sign-in/email", body } as const;
  const answer = await inTurn(() => askLibrary(identity, request, call));
  if (!answer.ok || !login) throw wrongCredentials();
  if (!login.twoFactorEnabled) {
    await returnAttempt(db, limits);
    return openedSession(identity, answer);
  }
  if (input.code === undefined) {
    await returnAttempt(db, limits);
    throw new Refusal(
      "unauthenticated",
      "code_required",
      "Send the code of your authenticator app, or a recovery code.",
    );
  }
  const code = input.code.replaceAll(" ", "");
  const isTotp = /^[0-9]{6}$/.test(code);
  const codes = isTotp ? codeLimits({ loginId: login.id, code, knownDevice: device }) : [];
  await takeAttempt(db, codes, throttledAdvice);
  const second = await askLibrary(identity, request, {
    method: "POST",
    path: isTotp ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code",
    body: { code },
    cookies: cookiesOf(answer),
  });
  if (!second.ok)
    throw new Refusal("unauthenticated", "wrong_code", "This code is wrong, too old, or was used already.");
  // What was used once stays used: only the other limits are given back.
  await returnAttempt(db, [...limits, ...codes.slice(0, -1)]);
  return openedSession(identity, second);
}

export async function signIn(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  input: SignIn,
): Promise<Me> {
  return beginSession(identity, request, reply, await proveLogin(identity, request, input));
}

/**
 * Lets this browser work with a session that was opened for it: an older one of the same browser ends, the device is
 * known from now on, and the sign-in is on record.
 * @param place where the session is to work, when the caller knows; else where the login worked last
 */
export async function beginSession(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  place?: { tenantId: string; subjectId: string },
): Promise<Me> {
  const { db } = identity;
  const time = now();
  const opened = await db.asGlobal(async (tx) => {
    const session = await findOpened(tx, token);
    if (!session) throw new Error("the session just opened is gone");
    if (place) {
      await moveSession(tx, session.id, place.tenantId, place.subjectId);
      await noteChosen(tx, place.tenantId, place.subjectId);
    }
    await endOldSessionsOf(tx, session.loginId, instantText(time), idleSince());
    await endSessionOfBrowser(identity, request, tx);
    return { ...session, ...place };
  });
  const actor = await sessionActor(db.pool, token);
  if (!actor) return refuseHomeless(identity, opened);
  setSessionCookie(identity, reply, token);
  rememberDevice(identity, request, reply, opened.loginId);
  return db.asTenant(actor.tenantId, (tx) => {
    record(tx, actor, "identity.signed_in", { kind: "session", id: opened.id, version: 1 });
    return readMe(tx, actor);
  });
}

async function refuseHomeless(identity: Identity, opened: Opened): Promise<never> {
  await identity.db.asGlobal((tx) => endSession(tx, opened.id, opened.loginId));
  throw new Refusal("forbidden", "no_membership", "This login belongs to no provider and no customer any more.");
}

/** A browser has one session. */
async function endSessionOfBrowser(
  identity: Identity,
  request: FastifyRequest,
  tx: Parameters<typeof endSession>[0],
): Promise<void> {
  const token = identity.library.tokenOf(request.cookies[identity.library.cookie.name]);
  const session = token && (await findOpened(tx, token));
  if (session) await endSession(tx, session.id, session.loginId);
  forgetCredentials();
}

export async function signOut(identity: Identity, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const actor: Actor | undefined = request.maybeActor;
  await identity.db.asGlobal((tx) => endSessionOfBrowser(identity, request, tx));
  forgetCredentials();
  clearSessionCookie(identity, reply);
  if (actor?.via !== "session" || !actor.credentialId) return;
  const { tenantId, credentialId: id } = actor;
  await identity.db.asTenant(tenantId, async (tx) => {
    record(tx, actor, "identity.signed_out", { kind: "session", id, version: 2 });
  });
}
