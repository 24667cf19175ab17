import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import { findAgreement, listAgreements } from "./agreements.sql.ts";
import {
  Agreement,
  AgreementChange,
  AgreementFilter,
  AgreementPage,
  NewAgreement,
  NewSlaPolicy,
  SlaPolicy,
  SlaPolicyChange,
  SlaPolicyFilter,
  SlaPolicyPage,
} from "./api.ts";
import { changePolicy } from "./change-policy.ts";
import { createPolicy } from "./create-policy.ts";
import { endAgreement } from "./end-agreement.ts";
import { getAgreement, getPolicy } from "./get-visible.ts";
import { makeAgreement } from "./make-agreement.ts";
import { findPolicy, listPolicies } from "./policies.sql.ts";

const params = Type.Object({ id: Id });

async function isPolicyVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await findPolicy(tx, actor, id)) !== undefined;
}

async function isAgreementVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await findAgreement(tx, actor, id)) !== undefined;
}

/** Addresses of SLA policies and agreements. */
export function contractRoutes(app: App): void {
  app.get(
    "/api/v1/sla-policies",
    {
      config: { permission: "sla.read" },
      schema: { summary: "SLA policies, by name", querystring: SlaPolicyFilter, response: { 200: SlaPolicyPage } },
    },
    (request) => request.asTenant((tx) => listPolicies(tx, request.actor, request.query)),
  );

  app.post(
    "/api/v1/sla-policies",
    {
      config: { permission: "sla.write" },
      schema: { summary: "A new SLA policy", body: NewSlaPolicy, response: { 201: SlaPolicy } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await createPolicy(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/sla-policies/:id",
    {
      config: { permission: "sla.read", subject: isPolicyVisible },
      schema: { summary: "One SLA policy with its targets", params, response: { 200: SlaPolicy } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => withVersion(reply, await getPolicy(tx, request.actor, request.params.id))),
  );

  app.patch(
    "/api/v1/sla-policies/:id",
    {
      config: { permission: "sla.write", subject: isPolicyVisible },
      schema: {
        summary: "Change or archive an SLA policy; what is sent replaces the old whole",
        params,
        body: SlaPolicyChange,
        response: { 200: SlaPolicy },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changePolicy(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );

  app.get(
    "/api/v1/agreements",
    {
      config: { permission: "sla.read" },
      schema: {
        summary: "Which customer has which SLA policy, the latest first",
        querystring: AgreementFilter,
        response: { 200: AgreementPage },
      },
    },
    (request) => request.asTenant((tx) => listAgreements(tx, request.actor, request.query)),
  );

  app.post(
    "/api/v1/agreements",
    {
      config: { permission: "sla.write" },
      schema: { summary: "Promise a customer an SLA policy", body: NewAgreement, response: { 201: Agreement } },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await makeAgreement(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/agreements/:id",
    {
      config: { permission: "sla.read", subject: isAgreementVisible },
      schema: { summary: "One agreement", params, response: { 200: Agreement } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => withVersion(reply, await getAgreement(tx, request.actor, request.params.id))),
  );

  app.patch(
    "/api/v1/agreements/:id",
    {
      config: { permission: "sla.write", subject: isAgreementVisible },
      schema: {
        summary: "Set or lift the last day of an agreement",
        params,
        body: AgreementChange,
        response: { 200: Agreement },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await endAgreement(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );
}
