import { Type } from "typebox";
import { whisper } from "../../platform/event-runner.ts";
import { Id } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { Presence } from "./api.ts";
import { isTicketVisible, isVisible } from "./tickets.sql.ts";

/**
 * "Someone else is answering": told to the desk as it happens and kept nowhere. A page says it again every 20 seconds, and
 * forgets others after 45.
 */
export function presenceRoutes(app: App): void {
  app.put(
    "/api/v1/tickets/:id/presence",
    {
      config: { permission: "ticket.note", subject: isVisible },
      schema: {
        summary: "Says that one is looking at a ticket, answering it, or has left",
        params: Type.Object({ id: Id }),
        body: Presence,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { actor, body, params } = request;
      reply.code(204);
      await request.asTenant(async (tx) => {
        if (!(await isTicketVisible(tx, actor, params.id))) {
          throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
        }
        whisper(tx, { type: `helpdesk.presence_${body.doing}`, subjectKind: "ticket", subjectId: params.id, actor });
      });
      return null;
    },
  );
}
