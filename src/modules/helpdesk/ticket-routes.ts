import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import { Id } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { nextNumber } from "../../platform/number-blocks.ts";
import { pageQuery } from "../../platform/page.ts";
import { Refusal } from "../../platform/refusal.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import {
  BulkChange,
  BulkResult,
  EditTicket,
  Journal,
  LogWork,
  OpenTicket,
  Say,
  Ticket,
  TicketCounts,
  TicketFilter,
  TicketList,
  type Verb,
  verbBodies,
  WorkEntry,
} from "./api.ts";
import { changeMany } from "./change-many.ts";
import { changeTicketState } from "./change-ticket-state.ts";
import { editTicket } from "./edit-ticket.ts";
import { getTicket } from "./find-ticket.ts";
import { listJournal } from "./journal.sql.ts";
import { listTickets } from "./list-tickets.sql.ts";
import { openTicket } from "./open-ticket.ts";
import { priorityMatrixRoutes } from "./priority-matrix-routes.ts";
import { addNote, addReply, logWork, Said } from "./say.ts";
import { countTickets } from "./ticket-counts.sql.ts";
import { isTicketVisible, isVisible } from "./tickets.sql.ts";

const params = Type.Object({ id: Id });

/** Opening, finding, changing tickets, and what is said and done on them. */
export function ticketRoutes(app: App): void {
  app.post(
    "/api/v1/tickets",
    {
      config: { permission: "ticket.open" },
      schema: {
        summary: "Opens a ticket and rings the responsible engineer",
        body: OpenTicket,
        response: { 201: Ticket },
      },
    },
    async (request, reply) => {
      const { actor, body } = request;
      if (actor.kind === "visitor")
        throw new Refusal("forbidden", "by_label_only", "Report by the QR label of the device.");
      reply.code(201);
      // That someone telephoned is the desk's to say.
      const told = actor.kind !== "staff" && body.channel === "phone" ? undefined : body.channel;
      const channel = told ?? defaultChannel(actor);
      const ticket = await request.asTenant((tx) =>
        openTicket(tx, actor, body, { channel }, (prefix) => nextNumber(app.db, actor.tenantId, prefix)),
      );
      return withVersion(reply, ticket);
    },
  );

  app.get(
    "/api/v1/tickets",
    {
      config: { permission: "ticket.read" },
      schema: {
        summary: "Tickets, newest first, or open ones by what is due next (sort=due)",
        querystring: TicketFilter,
        response: { 200: TicketList },
      },
    },
    (request) => request.asTenant((tx) => listTickets(tx, request.actor, request.query)),
  );

  app.get(
    "/api/v1/ticket-counts",
    {
      config: { permission: "ticket.read" },
      schema: { summary: "How many tickets are open, unassigned, mine, overdue", response: { 200: TicketCounts } },
    },
    (request) => request.asTenant((tx) => countTickets(tx, request.actor)),
  );

  app.get(
    "/api/v1/tickets/:id",
    {
      config: { permission: "ticket.read", subject: isVisible },
      schema: { summary: "One ticket with its clocks as of now", params, response: { 200: Ticket } },
    },
    async (request, reply) =>
      withVersion(reply, await request.asTenant((tx) => getTicket(tx, request.actor, request.params.id))),
  );

  app.patch(
    "/api/v1/tickets/:id",
    {
      config: { permission: "ticket.edit", subject: isVisible },
      schema: { summary: "Changes what is written on a ticket", params, body: EditTicket, response: { 200: Ticket } },
    },
    async (request, reply) => {
      const expected = expectedVersion(request);
      return withVersion(
        reply,
        await request.asTenant((tx) => editTicket(tx, request.actor, request.params.id, request.body, expected)),
      );
    },
  );

  app.get(
    "/api/v1/tickets/:id/journal",
    {
      config: { permission: "ticket.read", subject: isVisible },
      schema: {
        summary: "What happened, oldest first",
        params,
        querystring: Type.Object(
          { ...pageQuery, limit: Type.Integer({ minimum: 1, maximum: 200, default: 200 }) },
          { additionalProperties: false },
        ),
        response: { 200: Journal },
      },
    },
    (request) =>
      request.asTenant(async (tx) => {
        await requireVisible(tx, request.actor, request.params.id);
        return listJournal(tx, request.actor, request.params.id, request.query);
      }),
  );

  for (const verb of Object.keys(verbBodies) as Verb[]) addVerb(app, verb);
  priorityMatrixRoutes(app);

  for (const [path, permission, add, summary] of [
    ["notes", "ticket.note", addNote, "Adds a note; internal, always"],
    ["replies", "ticket.reply", addReply, "Adds a reply that everyone who sees the ticket sees"],
  ] as const) {
    app.post(
      `/api/v1/tickets/:id/${path}`,
      { config: { permission, subject: isVisible }, schema: { summary, params, body: Say, response: { 201: Said } } },
      (request, reply) => {
        reply.code(201);
        return request.asTenant((tx) => add(tx, request.actor, request.params.id, request.body));
      },
    );
  }

  app.post(
    "/api/v1/tickets/:id/work",
    {
      config: { permission: "ticket.work", subject: isVisible },
      schema: { summary: "Logs time spent", params, body: LogWork, response: { 201: WorkEntry } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant((tx) => logWork(tx, request.actor, request.params.id, request.body));
    },
  );

  app.post(
    "/api/v1/ticket-changes",
    {
      // Each ticket is a transaction of its own.
      config: { permission: "ticket.assign", keepsAnswer: false },
      schema: {
        summary: "One change on many tickets; each answers for itself",
        body: BulkChange,
        response: { 200: BulkResult },
      },
    },
    (request) => changeMany(app.db, request.actor, request.body),
  );
}

const permissions: Readonly<Record<Verb, string>> = {
  assign: "ticket.assign",
  acknowledge: "ticket.work",
  depart: "ticket.work",
  arrive: "ticket.work",
  restore: "ticket.work",
  pause: "ticket.work",
  resume: "ticket.work",
  resolve: "ticket.work",
  reopen: "ticket.reopen",
  close: "ticket.close",
  cancel: "ticket.cancel",
};

function addVerb(app: App, verb: Verb): void {
  app.post(
    `/api/v1/tickets/:id/${verb}`,
    {
      config: { permission: permissions[verb], subject: isVisible },
      schema: {
        summary: `${verb}: a step in a ticket's life`,
        params,
        body: verbBodies[verb],
        response: { 200: Ticket },
      },
      preValidation: async (request) => {
        request.body ??= {};
      },
    },
    async (request, reply) => {
      const expected = expectedVersion(request);
      const change = { verb, body: request.body } as Parameters<typeof changeTicketState>[3];
      return withVersion(
        reply,
        await request.asTenant((tx) => changeTicketState(tx, request.actor, request.params.id, change, expected)),
      );
    },
  );
}

async function requireVisible(tx: Parameters<typeof isTicketVisible>[0], actor: Actor, id: string): Promise<void> {
  if (!(await isTicketVisible(tx, actor, id))) {
    throw new Refusal("not_found", "ticket_unknown", "That ticket does not exist.");
  }
}

/** A key is a program; a signed-in person uses the portal; the desk logs what it was told by phone. */
function defaultChannel(actor: Actor): "api" | "portal" | "phone" {
  if (actor.via === "api_key") return "api";
  return actor.kind === "person" ? "portal" : "phone";
}
