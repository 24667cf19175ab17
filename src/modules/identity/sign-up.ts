import type { FastifyReply, FastifyRequest } from "fastify";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { uuidv7 } from "../../platform/uuidv7.ts";
import type { Me, SignUp } from "./api.ts";
import { agentOf } from "./authenticators.ts";
import { aboutOf, addProvider, createLogin, hashNewPassword, joinLogin } from "./create-provider.ts";
import type { Identity } from "./identity.ts";
import { findLoginByEmail } from "./logins.sql.ts";
import { findOpened } from "./sessions.sql.ts";
import { beginSession } from "./sign-in.ts";
import { signUpLimits } from "./sign-in-limits.ts";
import { hasTenants, lockSetup } from "./tenants.sql.ts";
import { takeAttempt } from "./throttle.ts";

/**
 * A provider signs itself up. Its owner gets a new login; whoever has one already signs in first, and the new provider
 * joins those where they work.
 * @param only "first": the first set-up of an installation, refused as soon as there is any provider
 */
export async function signUp(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  input: SignUp,
  only: "first" | "any",
): Promise<Me> {
  const { db } = identity;
  if (only === "first") {
    if (await db.asGlobal(hasTenants)) throw alreadySetUp();
  } else await takeAttempt(db, signUpLimits(request.ip));
  const ownLoginId = await loginOfBrowser(identity, request, input.ownerEmail);
  const passwordHash = ownLoginId ? undefined : await hashNewPassword(input.password, aboutOf(input));
  const made = await db.asTenant(uuidv7(), async (tx) => {
    if (only === "first") {
      await lockSetup(tx);
      if (await hasTenants(tx)) throw alreadySetUp();
    }
    const { owner, actor } = await addProvider(tx, input);
    const login = { name: input.ownerName, email: input.ownerEmail };
    const loginId = passwordHash === undefined ? ownLoginId : await createLogin(tx, { ...login, passwordHash });
    if (loginId === undefined) throw new Error("a sign-up has neither a login nor a password");
    const version = (await joinLogin(tx, owner.id, loginId)) ?? owner.version;
    record(tx, actor, "identity.member_joined", { kind: "member", id: owner.id, version });
    return { loginId, place: { tenantId: tx.tenantId, subjectId: owner.id } };
  });
  const from = { address: request.ip, userAgent: agentOf(request) };
  const token = await identity.library.openSession(made.loginId, from);
  return beginSession(identity, request, reply, token, made.place);
}

function alreadySetUp(): Refusal {
  return new Refusal("conflict", "already_set_up", "This installation is set up already. Sign in instead.");
}

/** The login of that address, if this browser is signed in with it. */
async function loginOfBrowser(identity: Identity, request: FastifyRequest, email: string): Promise<string | undefined> {
  return identity.db.asGlobal(async (tx) => {
    const login = await findLoginByEmail(tx, email);
    const token = identity.library.tokenOf(request.cookies[identity.library.cookie.name]);
    const session = login && token && request.maybeActor?.via === "session" ? await findOpened(tx, token) : undefined;
    return session && session.loginId === login?.id ? login.id : undefined;
  });
}
