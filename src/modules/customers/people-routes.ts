import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { NewPerson, Person, PersonChange, PersonFilter, PersonPage } from "./api.ts";
import { changePerson } from "./change-person.ts";
import { createPerson } from "./create-person.ts";
import { getPerson } from "./get-visible.ts";
import { findPerson, listPeople } from "./people.sql.ts";

const params = Type.Object({ id: Id });

async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await findPerson(tx, actor, id)) !== undefined;
}

export function peopleRoutes(app: App): void {
  app.get(
    "/api/v1/people",
    {
      config: { permission: "person.read" },
      schema: { summary: "People at customers, by name", querystring: PersonFilter, response: { 200: PersonPage } },
    },
    (request) => request.asTenant((tx) => listPeople(tx, request.actor, request.query)),
  );

  app.post(
    "/api/v1/people",
    {
      config: { permission: "person.write" },
      schema: { summary: "A new person at a customer", body: NewPerson, response: { 201: Person } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await createPerson(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/people/:id",
    {
      config: { permission: "person.read", subject: isVisible },
      schema: { summary: "One person", params, response: { 200: Person } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => withVersion(reply, await getPerson(tx, request.actor, request.params.id))),
  );

  app.patch(
    "/api/v1/people/:id",
    {
      config: { permission: "person.write", subject: isVisible },
      schema: {
        summary: "Change or archive a person; affiliations are replaced whole",
        params,
        body: PersonChange,
        response: { 200: Person },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changePerson(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );
}
