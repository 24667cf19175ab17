import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { NewOverride, NewRota, Rota, RotaChange, RotaList, RotaOverride, ShiftFilter, Shifts } from "./api-calls.ts";
import { isRotaKnown } from "./rotas.sql.ts";
import {
  archiveRota,
  changeRota,
  createRota,
  endOverride,
  getRota,
  getRotas,
  overrideRota,
  shiftsOf,
} from "./rotas.ts";

const params = Type.Object({ id: Id });

/** Rotas are the provider's own: nobody else sees any. */
async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return actor.kind === "staff" && isId(id) && isRotaKnown(tx, id);
}

export function rotaRoutes(app: App): void {
  app.get(
    "/api/v1/rotas",
    {
      config: { permission: "rota.read" },
      schema: { summary: "The rotas in use, and who is on call now", response: { 200: RotaList } },
    },
    (request) => request.asTenant(async (tx) => ({ items: await getRotas(tx), next: null })),
  );

  app.post(
    "/api/v1/rotas",
    {
      config: { permission: "rota.write" },
      schema: { summary: "A new rota: weeks taken in turn", body: NewRota, response: { 201: Rota } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await createRota(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/rotas/:id",
    {
      config: { permission: "rota.read", subject: isVisible },
      schema: { summary: "One rota", params, response: { 200: Rota } },
    },
    (request, reply) => request.asTenant(async (tx) => withVersion(reply, await getRota(tx, request.params.id))),
  );

  app.patch(
    "/api/v1/rotas/:id",
    {
      config: { permission: "rota.write", subject: isVisible },
      schema: {
        summary: "Change a rota; what is sent replaces the old whole",
        params,
        body: RotaChange,
        response: { 200: Rota },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changeRota(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );

  app.delete(
    "/api/v1/rotas/:id",
    {
      config: { permission: "rota.write", subject: isVisible },
      schema: { summary: "Archive a rota", params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await request.asTenant((tx) => archiveRota(tx, request.actor, request.params.id));
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/api/v1/rotas/:id/shifts",
    {
      config: { permission: "rota.read", subject: isVisible },
      schema: {
        summary: "Who is on call when, overrides included",
        params,
        querystring: ShiftFilter,
        response: { 200: Shifts },
      },
    },
    (request) =>
      request.asTenant(async (tx) => ({ items: await shiftsOf(tx, request.params.id, request.query), next: null })),
  );

  app.post(
    "/api/v1/rotas/:id/overrides",
    {
      config: { permission: "rota.write", subject: isVisible },
      schema: {
        summary: "Someone else is on call for a while",
        params,
        body: NewOverride,
        response: { 201: RotaOverride },
      },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant((tx) => overrideRota(tx, request.actor, request.params.id, request.body));
    },
  );

  app.delete(
    "/api/v1/rotas/:id/overrides/:overrideId",
    {
      config: { permission: "rota.write", subject: isVisible },
      schema: {
        summary: "The rotation holds again",
        params: Type.Object({ id: Id, overrideId: Id }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, overrideId } = request.params;
      await request.asTenant((tx) => endOverride(tx, request.actor, id, overrideId));
      return reply.code(204).send(null);
    },
  );
}
