import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { Escalation, SaveEscalation } from "./api-calls.ts";
import { getEscalation } from "./escalation-policy.ts";
import { saveEscalation } from "./save-escalation.ts";

export function escalationRoutes(app: App): void {
  app.get(
    "/api/v1/escalation",
    {
      config: { permission: "rota.read" },
      schema: { summary: "How calls are repeated and who is called next", response: { 200: Escalation } },
    },
    (request, reply) => request.asTenant(async (tx) => withVersion(reply, await getEscalation(tx))),
  );

  app.put(
    "/api/v1/escalation",
    {
      config: { permission: "rota.write" },
      schema: { summary: "Replace the escalation whole", body: SaveEscalation, response: { 200: Escalation } },
    },
    (request, reply) =>
      request.asTenant(async (tx) =>
        withVersion(reply, await saveEscalation(tx, request.actor, request.body, expectedVersion(request))),
      ),
  );
}
