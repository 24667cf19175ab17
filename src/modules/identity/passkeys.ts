import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { type Me, type Passkey, PasskeyOptions } from "./api.ts";
import { askLibrary, type LibraryAnswer, openedSession } from "./ask-library.ts";
import type { Identity } from "./identity.ts";
import { deletePasskey, findPasskey } from "./passkeys.sql.ts";
import { loginOfSession } from "./passwords-of-logins.ts";
import { refuseInvisible } from "./refuse-invisible.ts";
import { beginSession } from "./sign-in.ts";
import { passkeyLimits } from "./sign-in-limits.ts";
import { returnAttempt, takeAttempt } from "./throttle.ts";

type Credential = Record<string, unknown>;
const Made = Type.Object({ id: Type.String() });

/** What the browser needs to make a passkey. The challenge is good for five minutes, in this browser. */
export async function beginPasskey(identity: Identity, request: FastifyRequest, reply: FastifyReply) {
  await loginOfSession(identity, request.actor);
  const cookies = request.headers.cookie ?? "";
  const call = { method: "GET", path: "/passkey/generate-register-options", cookies } as const;
  const answer = await askLibrary(identity, request, call);
  if (answer.code === "SESSION_NOT_FRESH") {
    throw new Refusal("forbidden", "sign_in_again", "You signed in long ago. Sign in again, then add the passkey.");
  }
  return challenge(reply, answer);
}

export async function addPasskey(
  identity: Identity,
  request: FastifyRequest,
  input: { name: string; credential: Credential },
): Promise<Passkey> {
  const { actor } = request;
  const { login } = await loginOfSession(identity, actor);
  const answer = await askLibrary(identity, request, {
    method: "POST",
    path: "/passkey/verify-registration",
    body: { name: input.name.trim(), response: input.credential },
    cookies: request.headers.cookie ?? "",
  });
  if (!answer.ok) throw notProven();
  const { id } = Parse(Made, answer.data);
  const passkey = await identity.db.asGlobal((tx) => findPasskey(tx, id));
  if (!passkey) throw new Error(`passkey ${id} was not kept`);
  await identity.db.asTenant(actor.tenantId, async (tx) =>
    record(tx, actor, "identity.passkey_added", { kind: "login", id: login.id, version: 0 }, { passkeyId: id }),
  );
  return passkey;
}

export async function removePasskey(identity: Identity, request: FastifyRequest, id: string): Promise<void> {
  const { actor } = request;
  const { login } = await loginOfSession(identity, actor);
  const removed = await identity.db.asTenant(actor.tenantId, async (tx) => {
    const count = await deletePasskey(tx, id, login.id);
    if (count > 0) {
      record(tx, actor, "identity.passkey_removed", { kind: "login", id: login.id, version: 0 }, { passkeyId: id });
    }
    return count;
  });
  refuseInvisible(removed > 0);
}

/** What the browser needs to sign in by a passkey; any that it has for this installation will do. */
export async function beginPasskeySignIn(identity: Identity, request: FastifyRequest, reply: FastifyReply) {
  await takeAttempt(identity.db, passkeyLimits(request.ip));
  const call = { method: "GET", path: "/passkey/generate-authenticate-options" } as const;
  const options = challenge(reply, await askLibrary(identity, request, call));
  // The library asks for it only as a wish, and then refuses a device that did not check who holds it.
  return { ...options, userVerification: "required" };
}

export async function signInByPasskey(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  credential: Credential,
): Promise<Me> {
  const limits = passkeyLimits(request.ip);
  await takeAttempt(identity.db, limits);
  const answer = await askLibrary(identity, request, {
    method: "POST",
    path: "/passkey/verify-authentication",
    body: { response: credential },
    cookies: request.headers.cookie ?? "",
  });
  if (!answer.ok) throw notProven();
  await returnAttempt(identity.db, limits);
  return beginSession(identity, request, reply, openedSession(identity, answer));
}

/** Hands on the library's document, with the cookie that ties the challenge to this browser. */
function challenge(reply: FastifyReply, answer: LibraryAnswer): Record<string, unknown> {
  if (!answer.ok) throw new Error(`the sign-in library answered ${answer.status} ${answer.code}`);
  reply.header(
    "set-cookie",
    answer.cookies.map(({ header }) => header),
  );
  return Parse(PasskeyOptions, answer.data);
}

function notProven(): Refusal {
  return new Refusal(
    "unauthenticated",
    "passkey_unknown",
    "This passkey is not known here, or its proof has expired. Try again.",
  );
}
