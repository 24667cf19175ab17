import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { NamedEngineers, NewSite, Site, SiteChange, SiteFilter, SitePage } from "./api.ts";
import { changeSite } from "./change-site.ts";
import { createSite } from "./create-site.ts";
import { getSite } from "./get-visible.ts";
import { nameSiteEngineers } from "./name-engineers.ts";
import { findSite, listSites } from "./sites.sql.ts";

const params = Type.Object({ id: Id });

async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await findSite(tx, actor, id)) !== undefined;
}

export function siteRoutes(app: App): void {
  app.get(
    "/api/v1/sites",
    {
      config: { permission: "site.read" },
      schema: { summary: "Sites, by name", querystring: SiteFilter, response: { 200: SitePage } },
    },
    (request) => request.asTenant((tx) => listSites(tx, request.actor, request.query)),
  );

  app.post(
    "/api/v1/sites",
    {
      config: { permission: "site.write" },
      schema: { summary: "A new site", body: NewSite, response: { 201: Site } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await createSite(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/sites/:id",
    {
      config: { permission: "site.read", subject: isVisible },
      schema: { summary: "One site, with its named engineers", params, response: { 200: Site } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => withVersion(reply, await getSite(tx, request.actor, request.params.id))),
  );

  app.patch(
    "/api/v1/sites/:id",
    {
      config: { permission: "site.write", subject: isVisible },
      schema: { summary: "Change or archive a site", params, body: SiteChange, response: { 200: Site } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changeSite(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );

  app.put(
    "/api/v1/sites/:id/named-engineers",
    {
      config: { permission: "site.write", subject: isVisible },
      schema: {
        summary: "Who answers for a site, in order; those named for all sites follow",
        params,
        body: NamedEngineers,
        response: { 200: Site },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await nameSiteEngineers(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );
}
