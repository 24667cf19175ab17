import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { PriorityMatrix, SavePriorityMatrix } from "./api.ts";
import { getPriorityMatrix } from "./priority-matrix.sql.ts";
import { savePriorityMatrix } from "./save-priority-matrix.ts";

export function priorityMatrixRoutes(app: App): void {
  app.get(
    "/api/v1/priority-matrix",
    {
      config: { permission: "sla.read" },
      schema: { summary: "Which priority impact and urgency make", response: { 200: PriorityMatrix } },
    },
    (request, reply) => request.asTenant(async (tx) => withVersion(reply, await getPriorityMatrix(tx))),
  );

  app.put(
    "/api/v1/priority-matrix",
    {
      config: { permission: "sla.write" },
      schema: {
        summary: "Replace the priority matrix, for tickets from now on",
        body: SavePriorityMatrix,
        response: { 200: PriorityMatrix },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) =>
        withVersion(reply, await savePriorityMatrix(tx, request.actor, request.body, expectedVersion(request))),
      ),
  );
}
