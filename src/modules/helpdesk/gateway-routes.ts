import { Type } from "typebox";
import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { Gateway, GatewayKind, GatewayTest, SaveGateway, TestOutcome } from "./api-calls.ts";
import type { CallParts } from "./call-parts.ts";
import { getGateway, removeGateway, saveGateway, testGateway } from "./gateways.ts";

const params = Type.Object({ kind: GatewayKind });

export function gatewayRoutes(app: App, parts: CallParts): void {
  app.get(
    "/api/v1/gateways/:kind",
    {
      config: { permission: "channel.read" },
      schema: { summary: "The way out for mail or SMS, without its secrets", params, response: { 200: Gateway } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => withVersion(reply, await getGateway(tx, parts, request.params.kind))),
  );

  app.put(
    "/api/v1/gateways/:kind",
    {
      config: { permission: "channel.write" },
      schema: {
        summary: "A gateway of the provider's own, before the installation's",
        params,
        body: SaveGateway,
        response: { 200: Gateway },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        const saved = await saveGateway(tx, actor, parts, params.kind, body, expectedVersion(request));
        return withVersion(reply, saved);
      }),
  );

  app.delete(
    "/api/v1/gateways/:kind",
    {
      config: { permission: "channel.write" },
      schema: { summary: "Back to the installation's gateway", params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await request.asTenant((tx) => removeGateway(tx, request.actor, request.params.kind));
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/api/v1/gateways/:kind/test",
    {
      config: { permission: "channel.write", keepsAnswer: false, rateLimit: { max: 20, timeWindow: "1 minute" } },
      schema: {
        summary: "Send a test through it: what came of it is the answer",
        params,
        body: GatewayTest,
        response: { 200: TestOutcome },
      },
    },
    (request) => testGateway(parts, request.actor, request.params.kind, request.body.to),
  );
}
