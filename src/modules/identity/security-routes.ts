import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import {
  AddPasskey,
  AskPasswordReset,
  ById,
  ByToken,
  ChangePassword,
  Done,
  NoBody,
  Passkey,
  PasskeyList,
  PasskeyOptions,
  PasswordProof,
  RecoveryCodes,
  ResetPassword,
  TotpCode,
  TotpEnrolment,
} from "./api.ts";
import type { Identity } from "./identity.ts";
import { findSubject } from "./memberships.sql.ts";
import { listPasskeys } from "./passkeys.sql.ts";
import { addPasskey, beginPasskey, removePasskey } from "./passkeys.ts";
import { askPasswordReset, changePassword, loginOfSession, resetPassword } from "./passwords-of-logins.ts";
import { refuseInvisible } from "./refuse-invisible.ts";
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from "./totp.ts";

const signedIn = { permission: "signed_in" } as const;
const open = { permission: "public" } as const;

async function isOwnPasskey(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  const subject = isId(id) ? await findSubject(tx, tx.tenantId, actor.id) : undefined;
  return subject?.loginId ? (await listPasskeys(tx, subject.loginId)).some((passkey) => passkey.id === id) : false;
}

/** How a login proves itself: password, authenticator app, passkeys. */
export function securityRoutes(app: App, identity: Identity): void {
  app.post(
    "/api/v1/password",
    { config: signedIn, schema: { summary: "Change the password", body: ChangePassword, response: { 204: Done } } },
    async (request, reply) => {
      await changePassword(identity, request.actor, request.body);
      reply.code(204);
      return null;
    },
  );

  app.post(
    "/api/v1/password-resets",
    {
      config: open,
      schema: {
        summary: "Have a link mailed to choose a new password",
        body: AskPasswordReset,
        response: { 202: Done },
      },
    },
    async (request, reply) => {
      await askPasswordReset(identity, request, request.body.email);
      reply.code(202);
      return null;
    },
  );

  app.post(
    "/api/v1/password-resets/:token",
    {
      config: open,
      schema: { summary: "Choose a new password", params: ByToken, body: ResetPassword, response: { 204: Done } },
    },
    async (request, reply) => {
      await resetPassword(identity, request, reply, request.params.token, request.body.password);
      reply.code(204);
      return null;
    },
  );

  app.post(
    "/api/v1/totp",
    {
      config: signedIn,
      schema: { summary: "Begin with an authenticator app", body: PasswordProof, response: { 200: TotpEnrolment } },
    },
    (request) => beginTotp(identity, request, request.body.password),
  );

  app.post(
    "/api/v1/totp/confirm",
    {
      config: signedIn,
      schema: { summary: "The app's first code switches it on", body: TotpCode, response: { 200: RecoveryCodes } },
    },
    (request, reply) => confirmTotp(identity, request, reply, request.body.code),
  );

  app.post(
    "/api/v1/totp/recovery-codes",
    {
      config: signedIn,
      schema: { summary: "New recovery codes; the old end", body: PasswordProof, response: { 200: RecoveryCodes } },
    },
    (request) => renewRecoveryCodes(identity, request, request.body.password),
  );

  app.delete(
    "/api/v1/totp",
    {
      config: signedIn,
      schema: { summary: "Do without an authenticator app", body: PasswordProof, response: { 204: Done } },
    },
    async (request, reply) => {
      await removeTotp(identity, request, reply, request.body.password);
      reply.code(204);
      return null;
    },
  );

  app.get(
    "/api/v1/passkeys",
    { config: signedIn, schema: { summary: "One's own passkeys", response: { 200: PasskeyList } } },
    async (request) => {
      const { login } = await loginOfSession(identity, request.actor);
      return { items: await identity.db.asGlobal((tx) => listPasskeys(tx, login.id)), next: null };
    },
  );

  app.post(
    "/api/v1/passkeys/options",
    {
      config: signedIn,
      schema: { summary: "A challenge for a new passkey", body: NoBody, response: { 200: PasskeyOptions } },
    },
    (request, reply) => beginPasskey(identity, request, reply),
  );

  app.post(
    "/api/v1/passkeys",
    {
      config: signedIn,
      schema: { summary: "Keep the passkey that was made", body: AddPasskey, response: { 201: Passkey } },
    },
    async (request, reply) => {
      const passkey = await addPasskey(identity, request, request.body);
      reply.code(201);
      return passkey;
    },
  );

  app.delete(
    "/api/v1/passkeys/:id",
    {
      config: { ...signedIn, subject: isOwnPasskey },
      schema: { summary: "Forget a passkey", params: ById, response: { 204: Done } },
    },
    async (request, reply) => {
      await identity.db.asTenant(request.actor.tenantId, async (tx) =>
        refuseInvisible(await isOwnPasskey(tx, request.actor, request.params)),
      );
      await removePasskey(identity, request, request.params.id);
      reply.code(204);
      return null;
    },
  );
}
