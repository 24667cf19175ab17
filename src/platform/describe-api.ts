import { STATUS_CODES } from "node:http";
import swagger from "@fastify/swagger";
import type { FastifyInstance, RouteOptions } from "fastify";
import { expectedAnswers, type OperationFacts, operationFacts } from "./operation-facts.ts";
import { refusalKinds } from "./refusal.ts";
import { sharedParts } from "./shared-api-parts.ts";

const pathItemMethods = ["get", "post", "put", "patch", "delete"] as const;

/**
 * The OpenAPI 3.1 document of every address (`app.swagger()`), completed from what the platform does for all of them: rights,
 * refusals, versions, repeated writes. It is made when first asked for, and kept.
 */
export async function describeApi(app: FastifyInstance): Promise<void> {
  const routes = new Map<string, RouteOptions>();
  app.addHook("onRoute", (route) => {
    const path = route.url.replaceAll(/:(\w+)(?:\([^)]*\))?/g, "{$1}");
    for (const method of [route.method].flat()) routes.set(`${method.toLowerCase()} ${path}`, route);
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Mainstay",
        version: "1",
        description:
          "The interface that the web app itself uses. Every answer carries `X-Request-Id` and, within the limits of an " +
          "identity, `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`. A refusal is a Problem (RFC 9457), " +
          "whose codes are listed at /api/docs.",
      },
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "An API key: `Authorization: Bearer msk_…`" },
          session: {
            type: "apiKey",
            in: "cookie",
            name: "mainstay.session",
            description: "Who signed in with `POST /api/v1/session`; named `__Host-mainstay.session` over HTTPS",
          },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    transformObject(made) {
      if (!("openapiObject" in made)) throw new Error("only OpenAPI 3 is made here");
      const { openapiObject } = made;
      for (const [path, item] of Object.entries(openapiObject.paths ?? {})) {
        for (const method of pathItemMethods) {
          const operation = item?.[method];
          const route = routes.get(`${method} ${path}`);
          if (operation && route?.config?.permission) complete(operation, method, path, route);
        }
      }
      for (const tuple of tuplesIn(openapiObject.paths)) sayAsPrefix(tuple);
      return Object.assign(openapiObject, { components: { ...openapiObject.components, ...sharedParts } });
    },
  });
}

/** As much of an operation of the document as is completed here; all that hangs below is written as it was made. */
interface Operation {
  operationId?: string;
  description?: string;
  security?: unknown;
  parameters?: unknown;
  requestBody?: unknown;
  responses?: unknown;
}

function complete(operation: Operation, method: string, path: string, route: RouteOptions): void {
  const facts = operationFacts(route);
  operation.operationId =
    method +
    path
      .replace("/api/v1", "")
      .replaceAll(/[{}]/g, "")
      .replaceAll(/[/-](\w)/g, upper);
  operation.description = whoMay(facts.permission);
  if (facts.permission === "public") operation.security = [];

  const parameters = (Array.isArray(operation.parameters) ? operation.parameters : []).filter(isRealParameter);
  if (facts.keepsAnswer) parameters.push({ $ref: "#/components/parameters/IdempotencyKey" });
  if (facts.isVersionedChange) parameters.push({ $ref: "#/components/parameters/IfMatch" });
  operation.parameters = parameters;

  if (facts.isUpload) operation.requestBody = { required: true, content: { "multipart/form-data": upload } };
  operation.responses = {
    ...Object.fromEntries(
      Object.entries(Object(operation.responses)).map(([status, answer]) => [
        status,
        { ...Object(answer), description: describe(status, answer), ...headersOf(facts) },
      ]),
    ),
    ...Object.fromEntries(expectedAnswers(facts).map((kind) => [refusalKinds[kind].status, refer(kind)])),
    "500": refer("defect"),
  };
}

const upper = (_: string, letter: string) => letter.toUpperCase();
const refer = (name: string) => ({ $ref: `#/components/responses/${name}` });

/** What a form holds; the file comes last, so that the fields before it are known when it is read. */
const upload = {
  schema: {
    type: "object",
    required: ["file"],
    properties: {
      internal: { type: "string", enum: ["true", "false"], description: "`true` hides the file from the customer" },
      file: { type: "string", contentMediaType: "application/octet-stream", description: "The file, with its name" },
    },
  },
};

/** A closed, empty query comes out as parameters that nobody means; what has a default need not be sent. */
function isRealParameter(parameter: { in: string; schema?: unknown; required?: boolean }): boolean {
  const { schema } = parameter;
  if (parameter.in === "query" && (typeof schema !== "object" || schema === null)) return false;
  if (typeof schema === "object" && schema !== null && "default" in schema) parameter.required = false;
  return true;
}

function whoMay(permission: string): string {
  if (permission === "public") return "Needs no sign-in.";
  if (permission === "signed_in") return "For whoever is signed in.";
  return `Needs the right \`${permission}\`.`;
}

/** The schema's own words, else the status's. */
function describe(status: string, answer: unknown): string {
  const { description } = Object(answer);
  return description && description !== "Default Response" ? description : (STATUS_CODES[status] ?? "An answer");
}

function headersOf({ isVersioned, keepsAnswer }: OperationFacts) {
  const headers = {
    ...(isVersioned ? { ETag: { $ref: "#/components/headers/ETag" } } : {}),
    ...(keepsAnswer ? { "Idempotent-Replayed": { $ref: "#/components/headers/IdempotentReplayed" } } : {}),
  };
  return Object.keys(headers).length > 0 ? { headers } : {};
}

/** A list of fixed length, as JSON Schema wrote it before 2020-12. */
interface Tuple {
  items?: unknown;
  prefixItems?: unknown;
  additionalItems?: unknown;
}

function* tuplesIn(value: unknown): Generator<Tuple> {
  if (typeof value !== "object" || value === null) return;
  if ("items" in value && Array.isArray(value.items)) yield value;
  for (const member of Object.values(value)) yield* tuplesIn(member);
}

function sayAsPrefix(tuple: Tuple): void {
  tuple.prefixItems = tuple.items;
  tuple.items = tuple.additionalItems ?? true;
  delete tuple.additionalItems;
}
