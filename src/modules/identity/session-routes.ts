import type { Actor } from "../../platform/actor.ts";
import { nowText } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import {
  ById,
  ChangeMe,
  ChooseTenant,
  Done,
  Me,
  NoBody,
  PasskeyOptions,
  PasskeySignIn,
  SessionList,
  SignIn,
} from "./api.ts";
import { idleSince } from "./authenticators.ts";
import { chooseTenant } from "./choose-tenant.ts";
import { forgetCredentials } from "./credential-cache.ts";
import type { Identity } from "./identity.ts";
import { changeMe, readMe } from "./me.ts";
import { findSubject } from "./memberships.sql.ts";
import { beginPasskeySignIn, signInByPasskey } from "./passkeys.ts";
import { loginOfSession } from "./passwords-of-logins.ts";
import { refuseInvisible } from "./refuse-invisible.ts";
import { endSession, endSessionsOf, findOpenedById, listSessions } from "./sessions.sql.ts";
import { signIn, signOut } from "./sign-in.ts";

/** One sees the sessions of one's own login. */
async function isOwn(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  if (!isId(id)) return false;
  const subject = await findSubject(tx, tx.tenantId, actor.id);
  const session = await findOpenedById(tx, id);
  return session !== undefined && session.loginId === subject?.loginId;
}

export function sessionRoutes(app: App, identity: Identity): void {
  const { db } = identity;

  app.post(
    "/api/v1/session",
    {
      config: { permission: "public" },
      schema: {
        summary: "Sign in by password, and a code where one is asked for",
        body: SignIn,
        response: { 200: Me },
      },
    },
    (request, reply) => signIn(identity, request, reply, request.body),
  );

  app.delete(
    "/api/v1/session",
    { config: { permission: "public" }, schema: { summary: "Sign out", response: { 204: Done } } },
    async (request, reply) => {
      await signOut(identity, request, reply);
      reply.code(204);
      return null;
    },
  );

  app.post(
    "/api/v1/session/choose",
    {
      config: { permission: "signed_in" },
      schema: { summary: "Go on in another tenant of one's own", body: ChooseTenant, response: { 200: Me } },
    },
    (request) => chooseTenant(identity, request.actor, request.body),
  );

  app.post(
    "/api/v1/session/passkey-options",
    {
      config: { permission: "public" },
      schema: { summary: "A challenge for a passkey", body: NoBody, response: { 200: PasskeyOptions } },
    },
    (request, reply) => beginPasskeySignIn(identity, request, reply),
  );

  app.post(
    "/api/v1/session/passkey",
    {
      config: { permission: "public" },
      schema: { summary: "Sign in by passkey", body: PasskeySignIn, response: { 200: Me } },
    },
    (request, reply) => signInByPasskey(identity, request, reply, request.body.credential),
  );

  app.get(
    "/api/v1/me",
    { config: { permission: "signed_in" }, schema: { summary: "Who I am and what I may do", response: { 200: Me } } },
    (request) => request.asTenant((tx) => readMe(tx, request.actor)),
  );

  app.patch(
    "/api/v1/me",
    {
      config: { permission: "signed_in", keepsAnswer: true },
      schema: { summary: "Change one's own particulars", body: ChangeMe, response: { 200: Me } },
    },
    (request) => request.asTenant((tx) => changeMe(tx, request.actor, request.body)),
  );

  app.get(
    "/api/v1/sessions",
    {
      config: { permission: "signed_in" },
      schema: { summary: "The devices on which one is signed in", response: { 200: SessionList } },
    },
    async (request) => {
      const { login, sessionId } = await loginOfSession(identity, request.actor);
      const items = await db.asGlobal((tx) => listSessions(tx, login.id, sessionId, nowText(), idleSince()));
      return { items, next: null };
    },
  );

  app.delete(
    "/api/v1/sessions/:id",
    {
      config: { permission: "signed_in", subject: isOwn },
      schema: { summary: "Sign a device out", params: ById, response: { 204: Done } },
    },
    async (request, reply) => {
      await identity.db.asTenant(request.actor.tenantId, async (tx) =>
        refuseInvisible(await isOwn(tx, request.actor, request.params)),
      );
      const { login } = await loginOfSession(identity, request.actor);
      const ended = await db.asGlobal((tx) => endSession(tx, request.params.id, login.id));
      forgetCredentials();
      refuseInvisible(ended > 0);
      reply.code(204);
      return null;
    },
  );

  app.delete(
    "/api/v1/sessions",
    {
      config: { permission: "signed_in" },
      schema: { summary: "Sign all other devices out", response: { 204: Done } },
    },
    async (request, reply) => {
      const { login, sessionId } = await loginOfSession(identity, request.actor);
      await db.asGlobal((tx) => endSessionsOf(tx, login.id, sessionId));
      forgetCredentials();
      reply.code(204);
      return null;
    },
  );
}
