import { Type } from "typebox";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { expectedVersion, refuseStale, withVersion } from "../../platform/versions.ts";
import { SavedView, SaveView } from "./api.ts";
import {
  changeSavedView,
  insertSavedView,
  isSavedViewVisible,
  listSavedViews,
  removeSavedView,
} from "./saved-views.sql.ts";

const params = Type.Object({ id: Id });

/** Named lists of the desk. */
export function viewRoutes(app: App): void {
  const config = {
    permission: "view.write",
    subject: (
      tx: Parameters<typeof isSavedViewVisible>[0],
      actor: Parameters<typeof isSavedViewVisible>[1],
      at: Record<string, string>,
    ) => (isId(at.id) ? isSavedViewVisible(tx, actor, at.id) : Promise.resolve(false)),
  };
  app.get(
    "/api/v1/saved-views",
    {
      config: { permission: "view.write" },
      schema: {
        summary: "One's own and shared views",
        response: { 200: Type.Object({ items: Type.Array(SavedView) }) },
      },
    },
    (request) => request.asTenant(async (tx) => ({ items: await listSavedViews(tx, request.actor) })),
  );
  app.post(
    "/api/v1/saved-views",
    {
      config: { permission: "view.write" },
      schema: { summary: "Saves a view", body: SaveView, response: { 201: SavedView } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await insertSavedView(tx, request.actor, request.body)));
    },
  );
  app.put(
    "/api/v1/saved-views/:id",
    { config, schema: { summary: "Replaces a view", params, body: SaveView, response: { 200: SavedView } } },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const view = await changeSavedView(tx, request.actor, request.params.id, request.body);
        if (!view) throw await refusal(isSavedViewVisible(tx, request.actor, request.params.id));
        // Asked under the row's lock; the refusal takes the change back.
        refuseStale(expectedVersion(request), view.version - 1);
        return withVersion(reply, view);
      }),
  );
  app.delete(
    "/api/v1/saved-views/:id",
    { config, schema: { summary: "Removes a view", params, response: { 204: Type.Null() } } },
    async (request, reply) => {
      reply.code(204);
      await request.asTenant(async (tx) => {
        if (await removeSavedView(tx, request.actor, request.params.id)) return;
        throw await refusal(isSavedViewVisible(tx, request.actor, request.params.id));
      });
      return null;
    },
  );
}

async function refusal(visible: Promise<boolean>): Promise<Refusal> {
  return (await visible)
    ? new Refusal("forbidden", "not_your_view", "Only its owner or a service manager may change a shared view.")
    : new Refusal("not_found", "view_unknown", "That view does not exist.");
}
