import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Invited } from "../identity/api.ts";
import { type Identity, invitePerson } from "../identity/index.ts";
import { getPerson } from "./get-visible.ts";
import { findPerson } from "./people.sql.ts";

async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await findPerson(tx, actor, id)) !== undefined;
}

/** Gives people at customers their logins, which are identity's. */
export function personInvitationRoutes(app: App, identity: Identity): void {
  // A link is a secret: an answer that holds one is not kept for its repetition.
  const keepsAnswer = identity.config.smtpUrl !== undefined;
  app.post(
    "/api/v1/people/:id/invite",
    {
      config: { permission: "person.write", subject: isVisible, keepsAnswer },
      schema: {
        summary: "Invite a person to sign in, by mail; an older link ends",
        params: Type.Object({ id: Id }),
        response: { 201: Invited },
      },
    },
    (request, reply) => {
      reply.code(201);
      const invite = async (tx: Tx) => {
        const { id } = await getPerson(tx, request.actor, request.params.id);
        return invitePerson(tx, request.actor, identity, id);
      };
      return keepsAnswer ? request.asTenant(invite) : identity.db.asTenant(request.actor.tenantId, invite);
    },
  );
}
