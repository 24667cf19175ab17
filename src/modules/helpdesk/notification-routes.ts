import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { acknowledgeCall, calleeOf } from "./acknowledge-call.ts";
import {
  Acknowledgement,
  Calls,
  CallsFilter,
  Notification,
  NotificationFilter,
  NotificationPage,
} from "./api-calls.ts";
import { findChain } from "./call-chain.sql.ts";
import { type CallParts, readAcknowledgeToken } from "./call-parts.ts";
import { isCallTo, listCalls, listNotifications } from "./notifications-list.sql.ts";

const params = Type.Object({ id: Id });

async function isMine(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await isCallTo(tx, id, actor.id));
}

export function notificationRoutes(app: App, parts: CallParts): void {
  app.get(
    "/api/v1/notifications",
    {
      config: { permission: "notification.read" },
      schema: {
        summary: "Calls to me, newest first",
        querystring: NotificationFilter,
        response: { 200: NotificationPage },
      },
    },
    (request) => {
      const { actor, query } = request;
      const staffId = query.staffId ?? actor.id;
      if (staffId !== actor.id && !actor.permissions.has("report.read")) throw notYours();
      if (staffId !== actor.id && actor.kind !== "staff") throw notYours();
      return request.asTenant((tx) => listNotifications(tx, staffId, query));
    },
  );

  app.post(
    "/api/v1/notifications/:id/acknowledge",
    {
      config: { permission: "notification.read", subject: isMine },
      schema: {
        summary: "Take the ticket that this call is about",
        params,
        body: Type.Optional(Type.Union([Type.Object({}, { additionalProperties: false }), Type.Null()])),
        response: { 200: Notification },
      },
    },
    (request) =>
      request.asTenant(async (tx) => {
        if (!(await isMine(tx, request.actor, request.params))) throw unknownCall();
        return acknowledgeCall(tx, request.actor, request.params.id);
      }),
  );

  app.post(
    "/api/v1/acknowledgements/:token",
    {
      config: { permission: "public" },
      schema: {
        summary: "The same by the link in a call, without signing in; a GET of it does nothing",
        params: Type.Object({ token: Type.String({ maxLength: 200 }) }),
        response: { 200: Acknowledgement },
      },
    },
    (request) => {
      const named = readAcknowledgeToken(parts, request.params.token);
      if (!named) throw unknownCall();
      return parts.db.asTenant(named.tenantId, async (tx) => {
        const callee = await calleeOf(tx, named.notificationId);
        if (!callee) throw unknownCall();
        const { ticketNumber, state } = await acknowledgeCall(tx, callee, named.notificationId);
        return { ticketNumber, state };
      });
    },
  );

  app.get(
    "/api/v1/calls",
    {
      config: { permission: "rota.read" },
      schema: {
        summary: "Who was called about a ticket, and who is next",
        querystring: CallsFilter,
        response: { 200: Calls },
      },
    },
    (request) =>
      request.asTenant(async (tx) => {
        const { ticketId } = request.query;
        const [chain, items] = await Promise.all([findChain(tx, ticketId), listCalls(tx, ticketId)]);
        if (!chain) throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
        return { items, ...chain };
      }),
  );
}

function unknownCall(): Refusal {
  return new Refusal("not_found", "notification_unknown", "That notification does not exist.");
}

function notYours(): Refusal {
  return new Refusal("forbidden", "right_missing", 'Calls to others need the right "report.read".');
}
