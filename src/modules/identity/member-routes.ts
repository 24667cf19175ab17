import type { FastifyRequest } from "fastify";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { acceptInvitation, readInvitation } from "./accept-invitation.ts";
import {
  AcceptInvitation,
  AddApiKey,
  AddedMember,
  AddMember,
  ApiKeyList,
  ById,
  ByToken,
  ChangeMember,
  Done,
  Invitation,
  Invited,
  ListApiKeys,
  ListMembers,
  Me,
  Member,
  MemberList,
  NewApiKey,
  NoBody,
} from "./api.ts";
import { createOwnKey, isKeyVisible, listOwnKeys, revokeApiKey } from "./api-keys.ts";
import { changeMember } from "./change-member.ts";
import type { Identity } from "./identity.ts";
import { addMember, inviteMember } from "./invite.ts";
import { findStaff, listStaff } from "./staff.sql.ts";

/** Members of staff see each other; people at customers know them by what helpdesk tells. */
async function isMember(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return actor.kind === "staff" && isId(id) && (await findStaff(tx, id)) !== undefined;
}

async function isVisibleKey(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && isKeyVisible(tx, actor, id);
}

export function memberRoutes(app: App, identity: Identity): void {
  /** An answer that holds a secret is not kept for its repetition, as those to an Idempotency-Key are. */
  const keepsAnswer = identity.config.smtpUrl !== undefined;
  function inTenant<R>(request: FastifyRequest, work: (tx: Tx) => Promise<R>): Promise<R> {
    return keepsAnswer ? request.asTenant(work) : identity.db.asTenant(request.actor.tenantId, work);
  }

  app.get(
    "/api/v1/members",
    {
      config: { permission: "staff.read" },
      schema: { summary: "The provider's staff, by name", querystring: ListMembers, response: { 200: MemberList } },
    },
    (request) => request.asTenant((tx) => listStaff(tx, request.query)),
  );

  app.post(
    "/api/v1/members",
    {
      config: { permission: "staff.write", keepsAnswer },
      schema: { summary: "A new member of staff, invited by mail", body: AddMember, response: { 201: AddedMember } },
    },
    (request, reply) => {
      reply.code(201);
      return inTenant(request, async (tx) =>
        withVersion(reply, await addMember(tx, request.actor, identity, request.body)),
      );
    },
  );

  app.get(
    "/api/v1/members/:id",
    {
      config: { permission: "staff.read", subject: isMember },
      schema: { summary: "One member of staff", params: ById, response: { 200: Member } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const member = await findStaff(tx, request.params.id);
        if (!member) throw new Refusal("not_found", "not_found", "There is nothing here that you may see.");
        return withVersion(reply, member);
      }),
  );

  app.patch(
    "/api/v1/members/:id",
    {
      config: { permission: "staff.write", subject: isMember },
      schema: {
        summary: "Change, promote, deactivate a member; what is sent replaces the old whole",
        params: ById,
        body: ChangeMember,
        response: { 200: Member },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changeMember(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );

  app.post(
    "/api/v1/members/:id/invite",
    {
      config: { permission: "staff.write", keepsAnswer, subject: isMember },
      schema: { summary: "Send the invitation again", params: ById, body: NoBody, response: { 201: Invited } },
    },
    (request, reply) => {
      reply.code(201);
      return inTenant(request, (tx) => inviteMember(tx, request.actor, identity, request.params.id));
    },
  );

  app.get(
    "/api/v1/invitations/:token",
    {
      config: { permission: "public" },
      schema: { summary: "Who invites whom", params: ByToken, response: { 200: Invitation } },
    },
    (request) => readInvitation(identity, request.params.token),
  );

  app.post(
    "/api/v1/invitations/:token/accept",
    {
      config: { permission: "public" },
      schema: { summary: "Join", params: ByToken, body: AcceptInvitation, response: { 201: Me } },
    },
    async (request, reply) => {
      const me = await acceptInvitation(identity, request, reply, request.params.token, request.body);
      reply.code(201);
      return me;
    },
  );

  app.get(
    "/api/v1/api-keys",
    {
      config: { permission: "signed_in" },
      schema: {
        summary: "One's own API keys; of the whole provider for whoever runs it",
        querystring: ListApiKeys,
        response: { 200: ApiKeyList },
      },
    },
    (request) => request.asTenant((tx) => listOwnKeys(tx, request.actor, request.query)),
  );

  app.post(
    "/api/v1/api-keys",
    {
      config: { permission: "signed_in" },
      schema: { summary: "A new API key, shown this once", body: AddApiKey, response: { 201: NewApiKey } },
    },
    (request, reply) => {
      reply.code(201);
      const { actor, body } = request;
      return identity.db.asTenant(actor.tenantId, (tx) => createOwnKey(tx, actor, body));
    },
  );

  app.delete(
    "/api/v1/api-keys/:id",
    {
      config: { permission: "signed_in", subject: isVisibleKey },
      schema: { summary: "Revoke an API key", params: ById, response: { 204: Done } },
    },
    async (request, reply) => {
      await request.asTenant((tx) => revokeApiKey(tx, request.actor, request.params.id));
      reply.code(204);
      return null;
    },
  );
}
