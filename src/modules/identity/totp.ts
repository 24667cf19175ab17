import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { record } from "../../platform/events.ts";
import { Refusal } from "../../platform/refusal.ts";
import { askLibrary, type LibraryAnswer, openedSession } from "./ask-library.ts";
import { setSessionCookie } from "./cookies.ts";
import { forgetCredentials } from "./credential-cache.ts";
import type { Identity } from "./identity.ts";
import { loginOfSession, provePassword } from "./passwords-of-logins.ts";
import { proofLimits } from "./sign-in-limits.ts";
import { takeAttempt } from "./throttle.ts";

const Enrolment = Type.Object({ totpURI: Type.String() });
const Codes = Type.Object({ backupCodes: Type.Array(Type.String()) });

/** Begins with an authenticator app. It counts only once a code of it has come back. */
export async function beginTotp(identity: Identity, request: FastifyRequest, password: string) {
  const login = await provePassword(identity, request.actor, password);
  if (login.twoFactorEnabled) {
    throw new Refusal("conflict", "totp_on", "An authenticator app is in use already. Take it out first.");
  }
  const answer = await post(identity, request, "/two-factor/enable", { password });
  const { totpURI: uri } = Parse(Enrolment, answer.data);
  return { uri, secret: new URL(uri).searchParams.get("secret") ?? "" };
}

/** The first code of a new app: from now on signing in by password asks for one. Shows the recovery codes. */
export async function confirmTotp(identity: Identity, request: FastifyRequest, reply: FastifyReply, code: string) {
  const { login, sessionId } = await loginOfSession(identity, request.actor);
  if (login.twoFactorEnabled) throw new Refusal("conflict", "totp_on", "An authenticator app is in use already.");
  await takeAttempt(identity.db, proofLimits(sessionId));
  const answer = await post(identity, request, "/two-factor/verify-totp", { code });
  await changeSession(identity, request, reply, answer, login.id, "identity.totp_added");
  return { recoveryCodes: await identity.library.recoveryCodes(login.id) };
}

/** New recovery codes; the old ones end. */
export async function renewRecoveryCodes(identity: Identity, request: FastifyRequest, password: string) {
  const login = await provePassword(identity, request.actor, password);
  if (!login.twoFactorEnabled) throw notOn();
  const answer = await post(identity, request, "/two-factor/generate-backup-codes", { password });
  await note(identity, request, login.id, "identity.recovery_codes_renewed");
  return { recoveryCodes: Parse(Codes, answer.data).backupCodes };
}

export async function removeTotp(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  password: string,
): Promise<void> {
  const login = await provePassword(identity, request.actor, password);
  if (!login.twoFactorEnabled) throw notOn();
  const answer = await post(identity, request, "/two-factor/disable", { password });
  await changeSession(identity, request, reply, answer, login.id, "identity.totp_removed");
}

function notOn(): Refusal {
  return new Refusal("conflict", "totp_off", "No authenticator app is in use.");
}

async function post(identity: Identity, request: FastifyRequest, path: string, body: object): Promise<LibraryAnswer> {
  const cookies = request.headers.cookie ?? "";
  const answer = await askLibrary(identity, request, { method: "POST", path, body, cookies });
  if (answer.ok) return answer;
  if (answer.code === "INVALID_CODE") {
    throw new Refusal("invalid", "wrong_code", "This code is wrong or too old. Take the one that the app shows now.");
  }
  if (answer.code === "TOTP_NOT_ENABLED") throw notOn();
  throw new Error(`the sign-in library answered ${answer.status} ${answer.code} to ${path}`);
}

/** With another strength of proof comes another session: the library has opened it and ended the old one. */
async function changeSession(
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: LibraryAnswer,
  loginId: string,
  type: string,
): Promise<void> {
  setSessionCookie(identity, reply, openedSession(identity, answer));
  forgetCredentials();
  await note(identity, request, loginId, type);
}

async function note(identity: Identity, request: FastifyRequest, loginId: string, type: string): Promise<void> {
  const { actor } = request;
  await identity.db.asTenant(actor.tenantId, async (tx) =>
    record(tx, actor, type, { kind: "login", id: loginId, version: 0 }),
  );
}
