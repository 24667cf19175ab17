import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { Customer, CustomerChange, CustomerFilter, CustomerPage, NamedEngineers, NewCustomer } from "./api.ts";
import { changeCustomer } from "./change-customer.ts";
import { createCustomer } from "./create-customer.ts";
import { findCustomer, listCustomers } from "./customers.sql.ts";
import { getCustomer } from "./get-visible.ts";
import { nameCustomerEngineers } from "./name-engineers.ts";

const params = Type.Object({ id: Id });

async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await findCustomer(tx, actor, id)) !== undefined;
}

export function customerRoutes(app: App): void {
  app.get(
    "/api/v1/customers",
    {
      config: { permission: "customer.read" },
      schema: { summary: "Customers, by name", querystring: CustomerFilter, response: { 200: CustomerPage } },
    },
    (request) => request.asTenant((tx) => listCustomers(tx, request.actor, request.query)),
  );

  app.post(
    "/api/v1/customers",
    {
      config: { permission: "customer.write" },
      schema: { summary: "A new customer", body: NewCustomer, response: { 201: Customer } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await createCustomer(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/customers/:id",
    {
      config: { permission: "customer.read", subject: isVisible },
      schema: { summary: "One customer", params, response: { 200: Customer } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => withVersion(reply, await getCustomer(tx, request.actor, request.params.id))),
  );

  app.patch(
    "/api/v1/customers/:id",
    {
      config: { permission: "customer.write", subject: isVisible },
      schema: { summary: "Change or archive a customer", params, body: CustomerChange, response: { 200: Customer } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changeCustomer(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );

  app.put(
    "/api/v1/customers/:id/named-engineers",
    {
      config: { permission: "customer.write", subject: isVisible },
      schema: {
        summary: "Who answers for all sites of a customer, in order",
        params,
        body: NamedEngineers,
        response: { 200: Customer },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await nameCustomerEngineers(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );
}
