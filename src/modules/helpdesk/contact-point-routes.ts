import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import {
  ContactPoint,
  ContactPointChange,
  ContactPointFilter,
  ContactPointList,
  NewContactPoint,
  PushKey,
  PushSubscription,
  TestOutcome,
} from "./api-calls.ts";
import type { CallParts } from "./call-parts.ts";
import { listContactPoints } from "./contact-points.sql.ts";
import {
  addContactPoint,
  changeContactPoint,
  getContactPoint,
  getOwner,
  isContactPointVisible,
  removeContactPoint,
  unknownContactPoint,
} from "./contact-points.ts";
import { shownOf } from "./destinations.ts";
import { testContactPoint } from "./send-test.ts";

const params = Type.Object({ id: Id });
const gone = { 204: Type.Null() };

async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await isContactPointVisible(tx, actor, id));
}

/** One's own, or another's by who keeps the channels; what may not be seen does not exist. */
async function refuseUnlessMine(tx: Tx, actor: Actor, id: string, others: string): Promise<void> {
  if (!(await isContactPointVisible(tx, actor, id))) throw unknownContactPoint();
  const { staffId } = await getContactPoint(tx, id);
  if (staffId !== actor.id && !actor.permissions.has(others)) await getOwner(tx, actor, staffId);
}

export function contactPointRoutes(app: App, parts: CallParts): void {
  app.get(
    "/api/v1/contact-points",
    {
      config: { permission: "notification.read" },
      schema: {
        summary: "Where I can be rung; others' for who may read the channels",
        querystring: ContactPointFilter,
        response: { 200: ContactPointList },
      },
    },
    (request) =>
      request.asTenant(async (tx) => {
        const { actor, query } = request;
        const asked = query.staffId ?? actor.id;
        const staffId = actor.permissions.has("channel.read") ? asked : await getOwnerOrSelf(tx, actor, asked);
        return { items: await listContactPoints(tx, staffId), next: null };
      }),
  );

  app.post(
    "/api/v1/contact-points",
    {
      config: { permission: "notification.read" },
      schema: { summary: "A new contact point", body: NewContactPoint, response: { 201: ContactPoint } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => {
        const { actor, body } = request;
        const staffId = await getOwner(tx, actor, body.staffId);
        const input = { ...body, staffId, active: body.active ?? true };
        return withVersion(reply, await addContactPoint(tx, actor, parts, input));
      });
    },
  );

  app.get(
    "/api/v1/contact-points/:id",
    {
      config: { permission: "notification.read", subject: isVisible },
      schema: { summary: "One contact point, without its secrets", params, response: { 200: ContactPoint } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        if (!(await isContactPointVisible(tx, request.actor, request.params.id))) throw unknownContactPoint();
        return withVersion(reply, await getContactPoint(tx, request.params.id));
      }),
  );

  app.patch(
    "/api/v1/contact-points/:id",
    {
      config: { permission: "notification.read", subject: isVisible },
      schema: {
        summary: "Rename it, switch it on or off, or send it elsewhere",
        params,
        body: ContactPointChange,
        response: { 200: ContactPoint },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        await refuseUnlessMine(tx, actor, params.id, "channel.write");
        const changed = await changeContactPoint(tx, actor, parts, params.id, body, expectedVersion(request));
        return withVersion(reply, changed);
      }),
  );

  for (const address of ["/api/v1/contact-points/:id", "/api/v1/push-subscriptions/:id"]) {
    app.delete(
      address,
      {
        config: { permission: "notification.read", subject: isVisible },
        schema: { summary: "Ring there no more", params, response: gone },
      },
      async (request, reply) => {
        await request.asTenant(async (tx) => {
          await refuseUnlessMine(tx, request.actor, request.params.id, "channel.write");
          await removeContactPoint(tx, request.actor, request.params.id);
        });
        return reply.code(204).send(null);
      },
    );
  }

  app.post(
    "/api/v1/contact-points/:id/test",
    {
      config: {
        permission: "notification.read",
        subject: isVisible,
        keepsAnswer: false,
        rateLimit: { max: 20, timeWindow: "1 minute" },
      },
      schema: { summary: "Send me a test: what came of it is the answer", params, response: { 200: TestOutcome } },
    },
    async (request) => {
      const { actor, params } = request;
      await parts.db.asTenant(actor.tenantId, (tx) => refuseUnlessMine(tx, actor, params.id, "channel.write"));
      return testContactPoint(parts, actor, params.id);
    },
  );

  app.get(
    "/api/v1/push-key",
    {
      config: { permission: "signed_in" },
      schema: { summary: "The key a browser subscribes with", response: { 200: PushKey } },
    },
    async () => ({ publicKey: parts.gateways.vapid?.publicKey ?? null }),
  );

  app.get(
    "/api/v1/push-subscriptions",
    {
      config: { permission: "notification.read" },
      schema: { summary: "The browsers in which I am rung", response: { 200: ContactPointList } },
    },
    (request) =>
      request.asTenant(async (tx) => ({
        items: await listContactPoints(tx, request.actor.id, "web_push"),
        next: null,
      })),
  );

  app.post(
    "/api/v1/push-subscriptions",
    {
      config: { permission: "notification.read" },
      schema: {
        summary: "Ring me in this browser; the same subscription again changes nothing",
        body: PushSubscription,
        response: { 201: ContactPoint },
      },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => {
        const { actor, body } = request;
        const { endpoint, keys } = body;
        const destination = { channel: "web_push", endpoint, keys } as const;
        const label = body.label ?? (shownOf(destination).service || "Web push");
        const staffId = await getOwner(tx, actor, undefined);
        return withVersion(
          reply,
          await addContactPoint(tx, actor, parts, { staffId, label, destination, active: true }),
        );
      });
    },
  );
}

async function getOwnerOrSelf(tx: Tx, actor: Actor, asked: string): Promise<string> {
  return asked === actor.id ? actor.id : getOwner(tx, actor, asked);
}
